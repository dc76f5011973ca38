"""Which nights a changed code, model or reference table touches, told without doing any work.

What belongs here: comparing the seals of parts with the fingerprints that the stages would
write now, and with what was last published. What does not: doing the parts (etl/parts.py) and
building a stage's version (assets/stages.py).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.lake import Lake, RawPart, fingerprint, read_seal
from etl.parts import Stage
from etl.retention import can_be_done_again

Way = Sequence[tuple[Stage, tuple[str, str]]]
"""The stages in their order, each with the (stage, table) that it reads."""

UNPUBLISHED = "published"
"""In place of a stage: the lake is up to date, the published file has older rows."""


@dataclass(frozen=True, kw_only=True)
class StaleNight:
    """A night that would come out anew: from which stage on, and how much of it.

    ``stage`` is the earliest that is stale in any part, or ``UNPUBLISHED``. ``can_be_derived``
    is false where retention has removed what that stage reads, and no later one is stale.
    """

    night: date
    stage: str
    parts: int
    documents: int
    can_be_derived: bool


def stale_nights(lake: Lake, way: Way, nights: Iterable[date]) -> list[StaleNight]:
    """The stale ones among ``nights``, ascending; reads seals and delivery ids only."""
    found = (_stale_night(lake, way, night) for night in sorted(nights))
    return [night for night in found if night]


def _stale_night(lake: Lake, way: Way, night: date) -> StaleNight | None:
    stale: list[tuple[int, RawPart]] = []
    gone: list[tuple[int, RawPart]] = []
    for part in lake.raw_parts(night):
        first, can_be_derived = _first_stale_stage(lake, way, part)
        if first is not None:
            (stale if can_be_derived else gone).append((first, part))
    if not stale and is_newer_than_published(lake, way, night):
        return _of(night, UNPUBLISHED, lake.raw_parts(night))
    if not stale and not gone:
        return None
    return _of(
        night,
        way[min(first for first, _ in stale or gone)][0].name,
        [part for _, part in stale or gone],
        can_be_derived=bool(stale),
    )


def _of(
    night: date, stage: str, parts: Sequence[RawPart], *, can_be_derived: bool = True
) -> StaleNight:
    return StaleNight(
        night=night,
        stage=stage,
        parts=len(parts),
        documents=sum(part.document_count() for part in parts),
        can_be_derived=can_be_derived,
    )


def _first_stale_stage(lake: Lake, way: Way, part: RawPart) -> tuple[int | None, bool]:
    """Index of the first stage whose seal is not what it would write; None if all are whole.

    One that reads what is gone stays as it is, and later stages go by its seal. So the index
    is that of the first which can be derived; where there is none, of the first that can't.
    """
    origins = {"raw_documents": part.fingerprint()}
    gone = None
    for index, (stage, (source, _)) in enumerate(way):
        origins[stage.name] = fingerprint(stage.name, stage.version, origins[source])
        seal = read_seal(lake.part_folder(stage.name, part.night, part.name))
        if seal != origins[stage.name]:
            if can_be_done_again(lake, part, stage.name):
                return index, True
            gone = index if gone is None else gone
            origins[stage.name] = seal or origins[stage.name]
    return gone, False


# -- what was published -----------------------------------------------------------------------


def night_state(lake: Lake, way: Way, night: date) -> str:
    """Fingerprint of a night as the lake has it: of the seals that its stages wrote."""
    folders = (
        lake.part_folder(stage.name, night, part.name)
        for part in lake.raw_parts(night)
        for stage, _ in way
    )
    return fingerprint(*(read_seal(folder) or "" for folder in folders))


def record_published(lake: Lake, way: Way, nights: Iterable[date]) -> None:
    """Note in which state nights were published.

    A run that is killed between deriving and publishing leaves whole seals behind; without
    the note nobody would see that its nights still wait.
    """
    for night in nights:
        record = _record(lake, night)
        record.parent.mkdir(parents=True, exist_ok=True)
        temporary = record.with_suffix(".tmp")
        temporary.write_text(json.dumps({"state": night_state(lake, way, night)}) + "\n")
        temporary.replace(record)


def is_newer_than_published(lake: Lake, way: Way, night: date) -> bool:
    """Whether the night was derived anew since it was last published."""
    record = _record(lake, night)
    if not record.exists():
        return False
    return bool(json.loads(record.read_text())["state"] != night_state(lake, way, night))


def _record(lake: Lake, night: date) -> Path:
    return lake.root / "published_states" / f"{night.isoformat()}.json"
