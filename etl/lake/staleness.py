"""Which nights a changed code, model or reference table touches, told without doing any work.

What belongs here: comparing the seals of parts with the fingerprints that the stages would
write now, and with what was last published. What does not: doing the parts (etl/lake/parts.py) and
building a stage's version (etl/night.py).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.durability import make_folder, write_durably
from etl.fingerprint import fingerprint
from etl.lake.parts import task_of, touched_documents
from etl.lake.retention import can_be_done_again
from etl.lake.store import Lake, RawPart, read_seal, read_state
from etl.lake.wholeness import read_json
from etl.stage import RAW, Stage

UNPUBLISHED = "published"
"""In place of a stage: the lake is up to date, the published file has older rows."""


@dataclass(frozen=True, kw_only=True)
class StaleNight:
    """A night that would come out anew: from which stage on, and how much of it.

    ``stage`` is the earliest that is stale in any part, or ``UNPUBLISHED``. ``can_be_derived``
    is false where retention has removed what that stage reads, and no later one is stale; and
    where ``stage`` is that of the raw parts, since one of them is damaged (damage.py).
    """

    night: date
    stage: str
    parts: int
    documents: int
    can_be_derived: bool


def stale_nights(lake: Lake, stages: Sequence[Stage], nights: Iterable[date]) -> list[StaleNight]:
    """The stale ones among ``nights``, ascending.

    Reads seals and delivery ids, and articles where a table was corrected.
    """
    found = (_stale_night(lake, stages, night) for night in sorted(nights))
    return [night for night in found if night]


@dataclass(frozen=True)
class _StalePart:
    """A part, its first stale stage, and how many of its documents are to be done again."""

    part: RawPart
    first: int
    documents: int
    can_be_derived: bool


def _stale_night(lake: Lake, stages: Sequence[Stage], night: date) -> StaleNight | None:
    parts = lake.raw_parts(night)
    if damaged := [part for part in parts if not part.is_whole]:
        return StaleNight(
            night=night, stage=RAW, parts=len(damaged), documents=0, can_be_derived=False
        )
    found = [_stale_part(lake, stages, part) for part in parts]
    stale = [one for one in found if one and one.can_be_derived]
    gone = [one for one in found if one and not one.can_be_derived]
    if not stale and is_newer_than_published(lake, stages, night):
        return unpublished(lake, night)
    if not stale and not gone:
        return None
    chosen = stale or gone
    return StaleNight(
        night=night,
        stage=stages[min(one.first for one in chosen)].name,
        parts=len(chosen),
        documents=sum(one.documents for one in chosen),
        can_be_derived=bool(stale),
    )


def unpublished(lake: Lake, night: date) -> StaleNight:
    """A night that the lake has as it should be, and the published file has not."""
    parts = lake.raw_parts(night)
    return StaleNight(
        night=night,
        stage=UNPUBLISHED,
        parts=len(parts),
        documents=sum(part.document_count() for part in parts),
        can_be_derived=True,
    )


def _stale_part(lake: Lake, stages: Sequence[Stage], part: RawPart) -> _StalePart | None:
    """The first stage whose seal is not what it would write; None if all are whole.

    One that reads what is gone stays as it is, and later stages go by its seal. So it is the
    first which can be derived; where there is none, the first that can't. One whose corrected
    table touches no document of the part is whole.
    """
    origins = {RAW: part.fingerprint()}
    gone = None
    for index, stage in enumerate(stages):
        origins[stage.name] = fingerprint(stage.name, stage.version, origins[stage.reads.stage])
        seal = read_seal(lake.part_folder(stage.name, part.night, part.name))
        if seal == origins[stage.name]:
            continue
        if not can_be_done_again(lake, part, stage):
            gone = gone or _StalePart(part, index, part.document_count(), can_be_derived=False)
            origins[stage.name] = seal or origins[stage.name]
            continue
        touched = touched_documents(stage, task_of(stage, lake, part))
        if touched != 0:
            documents = part.document_count() if touched is None else touched
            return _StalePart(part, index, documents, can_be_derived=True)
    return gone


# -- what was published -----------------------------------------------------------------------


def night_state(lake: Lake, stages: Sequence[Stage], night: date) -> str:
    """Fingerprint of a night as the lake has it: of the states of its parts.

    A stage that a part does not have yet leaves no trace in it.
    """
    folders = (
        lake.part_folder(stage.name, night, part.name)
        for part in lake.raw_parts(night)
        for stage in stages
    )
    return fingerprint(*filter(None, map(read_state, folders)))


def record_published(lake: Lake, stages: Sequence[Stage], nights: Iterable[date]) -> None:
    """Note in which state nights were published, and of which stages.

    A run that is killed between deriving and publishing leaves whole seals behind; without
    the note nobody would see that its nights still wait.
    """
    for night in nights:
        record = lake.published_record(night)
        make_folder(record.parent)
        noted = {
            "state": night_state(lake, stages, night),
            "stages": [stage.name for stage in stages if _has_stage(lake, stage, night)],
        }
        write_durably(record, json.dumps(noted) + "\n")


def _has_stage(lake: Lake, stage: Stage, night: date) -> bool:
    return not any(lake.is_older_than(stage.name, part) for part in lake.raw_parts(night))


def is_newer_than_published(lake: Lake, stages: Sequence[Stage], night: date) -> bool:
    """Whether the night was derived anew since it was last published."""
    record = lake.published_record(night)
    if not record.exists():
        return False
    return (read_json(record) or {}).get("state") != night_state(lake, stages, night)
