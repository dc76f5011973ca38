"""The two logs of runs: which nights were published, and what every audit found.

What belongs here: rows of ``runs`` and ``quality_results`` in the lake, one file a run. The
published file's tables of these names are filled from here, so that a failed audit, which
publishes nothing, reaches the analysts with the next release.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from etl import schema
from etl.durability import make_folder
from etl.lake.rows import read_rows
from etl.lake.store import Lake, overwrite
from etl.lake.wholeness import is_whole
from etl.schema import Table
from etl.warehouse.contents import last_publications
from etl.warehouse.releases import Warehouse, releases, sequence_of
from etl.warehouse.staging import Staged

logger = logging.getLogger(__name__)


def _files(lake: Lake, table: Table) -> list[Path]:
    """Those that are whole: a run whose file is damaged counts as one that published nothing."""
    files = sorted((lake.root / table.name).glob("*.parquet"))
    whole = [file for file in files if is_whole(file)]
    if damaged := set(files) - set(whole):
        logger.warning("damaged, passed over: %s", ", ".join(map(str, sorted(damaged))))
    return whole


def _read(lake: Lake, table: Table) -> pl.DataFrame:
    return read_rows(_files(lake, table), table)


def _write(lake: Lake, table: Table, run_id: str, rows: pl.DataFrame) -> None:
    """One file per run; a repeated step writes it anew."""
    folder = lake.root / table.name
    make_folder(folder)
    overwrite(folder / f"{run_id}.parquet", table.conform(rows))


def read_runs(lake: Lake) -> pl.DataFrame:
    """All published nights of all runs (``schema.RUNS``)."""
    return _read(lake, schema.RUNS)


def published_nights(lake: Lake) -> list[date]:
    """Nights that any run has published, ascending."""
    return read_runs(lake)["ingested_on"].unique().sort().to_list()


def waiting_nights(lake: Lake) -> list[date]:
    """Nights of which documents are claimed that no publication has counted, ascending.

    Of a night that was published, a later claim may still wait.
    """
    last = last_publications(read_runs(lake))
    counted = dict(last.select("ingested_on", "delivered_count").iter_rows())
    return [
        night
        for night in lake.nights("raw_documents")
        if night not in counted
        or sum(p.document_count() for p in lake.raw_parts(night) if p.is_whole) > counted[night]
    ]


def write_runs(lake: Lake, run_id: str, rows: pl.DataFrame) -> None:
    """Add a run's nights to the log."""
    _write(lake, schema.RUNS, run_id, rows)


def next_sequence(lake: Lake, warehouse: Warehouse) -> int:
    """The number of the next publication: above all that log and releases know."""
    logged = read_runs(lake)["sequence"].max()
    kept = (sequence_of(release) for release in releases(warehouse))
    return 1 + max(logged if isinstance(logged, int) else 0, *kept, 0)


def run_rows(
    staged: Staged,
    night_counts: Sequence[Mapping[str, object]],
    finished_at: datetime,
    sequence: int,
) -> pl.DataFrame:
    """The ``runs`` rows of a staged run; ``night_counts`` are rows of the view v_nights."""
    run = staged.run
    counts = {row["ingested_on"]: row for row in night_counts}
    names = [name for name in schema.RUNS.column_names if name.endswith("_count")]
    return schema.RUNS.frame(
        {
            "run_id": run.run_id,
            "ingested_on": night,
            "started_at": run.started_at,
            "finished_at": finished_at.replace(tzinfo=None),
            "sequence": sequence,
            **{name: counts.get(night, {}).get(name, 0) for name in names},
            "code_version": run.code_version,
            "model_version": run.model_version,
            "reference_version": run.reference_version,
        }
        for night in staged.all_nights
    )


def read_quality_results(lake: Lake) -> pl.DataFrame:
    """Results of every audit, failed ones included (``schema.QUALITY_RESULTS``)."""
    return _read(lake, schema.QUALITY_RESULTS)


def write_quality_results(lake: Lake, run_id: str, rows: pl.DataFrame) -> None:
    """Add an audit's results to the log."""
    _write(lake, schema.QUALITY_RESULTS, run_id, rows)


def quality_results_of(lake: Lake, run_id: str) -> pl.DataFrame:
    """Results of one run's audit; no rows where it made none."""
    file = lake.root / schema.QUALITY_RESULTS.name / f"{run_id}.parquet"
    return read_rows([file] if file.exists() else [], schema.QUALITY_RESULTS)
