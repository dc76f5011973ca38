"""Initials that an article itself explains: whose name they are there.

What belongs here: finding "the National Biodiversity Centre (NBC)" in a text, so that NBC is no
broadcaster in it. What does not: what an outlet is cited or credited by (citations.py, cues.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from etl.sources.evidence import Evidence
from etl.sources.names import NameIndex, name_key

_INITIALS = r"(?P<initials>[A-Z][A-Z&]{0,5}[A-Z])"
# "(NBC)", "(“NBC”, in Dzongkha GRB)"; ", or NBC,", "known by its acronym NBC".
_BEHIND_NAME = re.compile(
    rf"\s\([\"“'‘]?{_INITIALS}[\"”'’]?[);,]"
    r"|,?\s(?:or|(?:also |better |commonly )?known (?:as|by (?:its|their|the) (?:acronym|initials))"
    r"|abbreviated(?: as| to)?|called|hereafter|shortened to)\s(?:the )?[\"“'‘]?"
    r"(?P<short>[A-Z][A-Z&]{0,5}[A-Z])\b"
)
# "NBC (National Biodiversity Centre)", "NBC, the National Biodiversity Centre,".
_BEFORE_NAME = re.compile(
    rf"\b{_INITIALS}(?:\s\(|,\s(?:or )?)(?:the )?(?P<name>[^\s(),.;][^(),.;]{{3,80}})[),.;]"
)
_TOKEN = re.compile(r"[^\W\d_]+")
LONGEST_NAME_CHARS = 120


def defined_otherwise(body: str, index: NameIndex) -> dict[str, set[str]]:
    """Initials that the text explains, and the outlets that they then are not.

    "the National Broadcasting Commission (NBC)" is no broadcaster of the US, "the Anti-Poaching
    Authority, or APA," no agency of Austria; "Asian News International (ANI)" is ANI.
    """
    found: dict[str, set[str]] = {}
    for initials, name in _explained(body):
        owner = index.ids.get(name_key(initials)) or index.spoken.get(initials)
        if owner and index.find(name) != owner:
            found.setdefault(initials, set()).add(owner)
    return found


def names_another(evidence: Evidence, others: Mapping[str, set[str]]) -> bool:
    """Whether evidence rests on initials that the article explains as another name."""
    return any(
        evidence.source_id in owners and re.search(rf"\b{re.escape(initials)}\b", evidence.text)
        for initials, owners in others.items()
    )


def _explained(body: str) -> Iterator[tuple[str, str]]:
    """Initials, each with the name that they are short for."""
    for found in _BEHIND_NAME.finditer(body):
        initials = found["initials"] or found["short"]
        before = body[max(0, found.start() - LONGEST_NAME_CHARS) : found.start()]
        if name := _name_at_end(initials, before):
            yield initials, name
    for found in _BEFORE_NAME.finditer(body):
        if _name_at_end(found["initials"], found["name"]) == found["name"]:
            yield found["initials"], found["name"]


def _name_at_end(initials: str, text: str) -> str | None:
    """The end of a text that initials are short for; words like "of" are left out or counted."""
    letters = initials.replace("&", "").casefold()
    tokens = list(_TOKEN.finditer(text))
    capitalised = [token for token in tokens if token[0][0].isupper()]
    starts = (_start_of(letters, some) for some in (capitalised, tokens))
    return next((text[start:] for start in starts if start is not None), None)


def _start_of(letters: str, tokens: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin whose first letters are these; the first of them is a capital.

    A small word that is none of these letters may stand between: "League of young Sailors" is LYS.
    """
    lacking = len(letters)
    for token in reversed(tokens):
        is_letter = token[0][0].casefold() == letters[lacking - 1]
        if is_letter and lacking == 1 and token[0][0].isupper():
            return token.start()
        if not is_letter and token[0][0].isupper():
            return None
        lacking -= is_letter and lacking > 1
    return None
