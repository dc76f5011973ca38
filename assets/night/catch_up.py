"""Published nights that the next night derives again: damaged ones, and those of an old structure.

What belongs here: doing it before staging. What does not: what is damaged (etl/lake/damage.py),
what nights lack after an upgrade (etl/lake/structure.py), which of them tonight derives and the
lines that say so (upgrade.py), and nights that only changed code would derive otherwise, which
wait for a refresh (assets/operations/refresh.py).
"""

from collections.abc import Sequence
from datetime import date

import dagster as dg

from assets.night.all_stages import derive_all
from assets.night.upgrade import choose, counted, line_of
from assets.resources import Home, PartEngine
from etl.lake.damage import nights_to_mend
from etl.lake.staleness import is_newer_than_published
from etl.lake.structure import (
    declared_structure,
    have_derived_again,
    is_of_structure,
    note_structure,
    older_nights,
)
from etl.warehouse import run_log
from etl.warehouse.layout import has_declared_structure


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
        context.log.info(f"after an upgrade: deriving {counted(chosen)} again first")
        derive_all(context, again, home=home, part_engine=part_engine)
    if older:
        context.log.info(line_of(older, chosen))
    # Also those that a run derived which was killed before it published them.
    newer = [n for n in published if is_newer_than_published(home.lake, made, n)]
    is_left = newer or any(night.can_be_derived for night in older)
    note_structure(home.lake, None if is_left else declared)
    return sorted({*again, *newer} - set(nights))
