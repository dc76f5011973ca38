"""What a run over several nights has before it, and how long that took before.

What belongs here: the line that the log begins with. What does not: which parts are to be done
(etl/lake/staleness.py), and how far a run has come (assets/progress/). Dagster is not imported.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from assets.night.plurals import quantity, span_of
from assets.progress.pace import spoken_rate, spoken_time
from etl.lake.staleness import UNPUBLISHED, stale_nights
from etl.lake.store import Lake
from etl.stage import Stage
from etl.warehouse import run_log

TELLING_DOCUMENTS = 100
"""A smaller night takes what a night takes that brings nothing: of a rate it tells nothing."""
LAST_NIGHTS = 7


def plan_line(lake: Lake, stages: Sequence[Stage], nights: Sequence[date]) -> str:
    """'2026-03-01 to 2026-03-31 (31): 4000 of 62000 documents to derive, in 2 parts; some 50 s …'.

    Looks at the seals of all parts of the nights.
    """
    stale = [night for night in stale_nights(lake, stages, nights) if night.can_be_derived]
    to_derive = [night for night in stale if night.stage != UNPUBLISHED]
    documents = sum(night.documents for night in to_derive)
    parts = [part for night in nights for part in lake.raw_parts(night) if part.is_whole]
    claimed = sum(part.document_count() for part in parts)
    if not documents:
        return f"{span_of(nights)}: none of {quantity(claimed, 'document')} is to be derived again"
    in_parts = quantity(sum(night.parts for night in to_derive), "part")
    return (
        f"{span_of(nights)}: {documents} of {quantity(claimed, 'document')} to derive, in "
        f"{in_parts}; {_duration(documents, rate(run_log.read_runs(lake)))}"
    )


def _duration(documents: int, per_second: float | None) -> str:
    if per_second is None:
        return "no night yet tells how long that takes"
    time, pace = spoken_time(documents / per_second), spoken_rate(per_second, " a ")
    return f"some {time} at {pace}, as the last nights took from claim to publication"


def rate(runs: pl.DataFrame) -> float | None:
    """Documents a second, from claim to publication, of the last nights that were of some size.

    ``runs`` is the whole log (``schema.RUNS``). Only the first publication of a night counts, on
    its own day: a later one may have had nothing to derive. None where no night tells.
    """
    first = runs.sort("sequence").unique("ingested_on", keep="first", maintain_order=True)
    telling = first.filter(
        pl.col("started_at").dt.date() == pl.col("ingested_on"),
        pl.col("delivered_count") >= TELLING_DOCUMENTS,
        pl.col("finished_at") > pl.col("started_at"),
    ).tail(LAST_NIGHTS)
    if telling.is_empty():
        return None
    took = (telling["finished_at"] - telling["started_at"]).dt.total_milliseconds()
    return 1000 * int(telling["delivered_count"].sum()) / int(took.sum())
