"""Published nights that the next night derives again: damaged ones, and those of an old structure.

What belongs here: which of them tonight derives, doing it before staging, and the lines that say
so. What does not: what is damaged (etl/lake/damage.py), what nights lack after an upgrade
(etl/lake/structure.py), and nights that only changed code would derive otherwise, which wait for
a refresh (assets/operations/refresh.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date

import dagster as dg

from assets.night.all_stages import derive_all
from assets.night.plurals import quantity
from assets.resources import Home, PartEngine
from etl.lake.damage import nights_to_mend
from etl.lake.staleness import is_newer_than_published
from etl.lake.structure import (
    OlderNight,
    declared_structure,
    have_derived_again,
    is_of_structure,
    note_structure,
    older_nights,
)
from etl.warehouse import run_log
from etl.warehouse.layout import has_declared_structure

SHOWN_LACKS = 5


def catch_up(
    context: dg.OpExecutionContext, nights: Sequence[date], *, home: Home, part_engine: PartEngine
) -> list[date]:
    """Derive again what is damaged or of an old structure; the nights to stage beside ``nights``.

    The caller holds the writer's lock.
    """
    mended = _mend(context, nights, home=home, part_engine=part_engine)
    older = _catch_up(context, nights, home=home, part_engine=part_engine)
    return sorted({*mended, *older})


def _mend(
    context: dg.OpExecutionContext, nights: Sequence[date], *, home: Home, part_engine: PartEngine
) -> list[date]:
    """Derive nights again of which a part is damaged; looks at the ends of all files.

    They are staged as well: code that has changed since would derive them otherwise.
    """
    published = set(run_log.published_nights(home.lake)) - set(nights)
    damaged = nights_to_mend(home.lake, published)
    if damaged:
        derive_all(context, damaged, home=home, part_engine=part_engine)
        names = ", ".join(map(str, damaged))
        context.log.warning(f"damaged parts of {names} were derived again from their bytes")
    return damaged


def _catch_up(
    context: dg.OpExecutionContext, nights: Sequence[date], *, home: Home, part_engine: PartEngine
) -> list[date]:
    """Derive again what lacks a declared table or column.

    Looks at all published nights where the structure has changed since it last found them whole;
    else at none.
    """
    made = part_engine.stages()
    declared = declared_structure(made)
    is_published_so = has_declared_structure(home.warehouse.published)
    if is_published_so and is_of_structure(home.lake, declared):
        return []
    published = run_log.published_nights(home.lake)
    older = older_nights(home.lake, made, {*published, *nights})
    chosen = choose(older, documents=part_engine.catch_up_documents)
    for night in chosen:
        have_derived_again(home.lake, night)
    again = [night.night for night in chosen]
    if again:
        derive_all(context, again, home=home, part_engine=part_engine)
    if older:
        context.log.info(line_of(older, chosen))
    # Also those that a run derived which was killed before it published them.
    newer = [n for n in published if is_newer_than_published(home.lake, made, n)]
    is_left = newer or any(night.can_be_derived for night in older)
    note_structure(home.lake, None if is_left else declared)
    return sorted({*again, *newer} - set(nights))


def choose(older: Sequence[OlderNight], *, documents: int) -> list[OlderNight]:
    """The nights to derive again now, ascending: all that can't be read as they are.

    Of the others the latest, as far as ``documents`` go; one at the least, unless that is 0.
    """
    urgent = [night for night in older if not night.can_wait]
    patient = [night for night in older if night.can_wait and night.can_be_derived]
    left = documents - sum(night.documents for night in urgent)
    chosen = list(urgent)
    for night in reversed(patient):
        if left < night.documents and (chosen or not documents):
            break
        chosen.append(night)
        left -= night.documents
    return sorted(chosen, key=lambda night: night.night)


def line_of(older: Sequence[OlderNight], chosen: Sequence[OlderNight]) -> str:
    """What the log says of nights of an earlier structure."""
    waiting = [night for night in older if night.can_be_derived and night not in chosen]
    beyond = [night for night in older if not night.is_whole_then]
    parts = [f"the tables have changed since {quantity(len(older), 'night')} were derived"]
    if len(chosen) == len(older) and not beyond:
        return f"{parts[0]} ({_names(older)}): derived again"
    if chosen:
        parts.append(f"{quantity(len(chosen), 'night')} derived again")
    if waiting:
        parts.append(
            f"{quantity(len(waiting), 'night')} left to the next nights (all now: dateline "
            f"refresh), until then without {_names(waiting)}"
        )
    if beyond:
        parts.append(
            f"{quantity(len(beyond), 'night')} for good without {_names(beyond, only_gone=True)}, "
            "which can't be derived any more"
        )
    return f"{parts[0]}: {'; '.join(parts[1:])}"


def _names(nights: Iterable[OlderNight], *, only_gone: bool = False) -> str:
    lacks = (lack for night in nights for lack in night.lacks)
    names = sorted({lack.name for lack in lacks if not (only_gone and lack.can_be_derived)})
    more = f" and {len(names) - SHOWN_LACKS} more" if len(names) > SHOWN_LACKS else ""
    return ", ".join(names[:SHOWN_LACKS]) + more
