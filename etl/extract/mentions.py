"""A mention: one span of a field that names somebody or something.

What belongs here: the mention itself, and how its text becomes its name. What does not: many
mentions of one article (spans), and which entity a name is (entity_ids).
"""

from dataclasses import dataclass

POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(slots=True)
class Mention:
    """One row of ``mentions`` in the making; offsets are characters of ``field``.

    Without a ``label`` it is a phrase that holds the name of a place and means none ("French
    fries"): it keeps other names off its words until it is dropped. ``shared_codes`` are the
    countries of a name that means several at once ("the two Koreas") and is of none alone.
    ``place_id`` is the row of ``places`` that is meant. ``chance``, 0 to 1, is how sure the entity
    model was of its span and label, where the model found it and tells.
    """

    field: str
    start: int
    end: int
    text: str
    label: str
    name: str
    country_code: str | None
    method: str
    score: float
    shared_codes: tuple[str, ...] = ()
    place_id: str | None = None
    chance: float | None = None


def tidy_name(text: str) -> str:
    """One line, no possessive: "Amina Sow\\nDiallo's" is "Amina Sow Diallo"."""
    name = " ".join(text.split())
    for ending in POSSESSIVES:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name
