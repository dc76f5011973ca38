"""The logs of runs: which nights were published, what every audit found, what each file was.

What belongs here: rows of ``runs`` and ``quality_results`` in the lake, one file a run, and the
manifests of what was published. The published file's tables are filled from here, so that a failed
audit, which publishes nothing, reaches the analysts with the next release.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from etl import schema
from etl.durability import make_folder, write_durably
from etl.lake.rows import read_rows
from etl.lake.store import Lake, overwrite
from etl.lake.wholeness import is_whole, read_json
from etl.schema import Table
from etl.warehouse.contents import last_publications
from etl.warehouse.manifest import Manifest
from etl.warehouse.release_records import recorded_version
from etl.warehouse.release_versions import next_version
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


def read_manifests(lake: Lake) -> list[Manifest]:
    """Of all publications, in their order; one whose file is damaged is passed over."""
    files = sorted((lake.root / schema.RELEASES.name).glob("*.json"))
    records = filter(None, map(read_json, files))
    return [manifest for record in records if (manifest := Manifest.read(record))]


def write_manifest(lake: Lake, manifest: Manifest) -> None:
    """Add a publication to the log."""
    folder = lake.root / schema.RELEASES.name
    make_folder(folder)
    told = json.dumps(manifest.record(), ensure_ascii=False)
    write_durably(folder / f"{manifest.sequence:06}-{manifest.version}.json", told + "\n")


def write_runs(lake: Lake, run_id: str, rows: pl.DataFrame) -> None:
    """Add a run's nights to the log."""
    _write(lake, schema.RUNS, run_id, rows)


def next_sequence(lake: Lake, warehouse: Warehouse) -> int:
    """The number of the next publication: above all that log and releases know."""
    logged = read_runs(lake)["sequence"].max()
    kept = (sequence_of(release) for release in releases(warehouse))
    return 1 + max(logged if isinstance(logged, int) else 0, *kept, 0)


def version_on(lake: Lake, warehouse: Warehouse, day: date) -> str:
    """The version of a file that is published on a day: one that no other ever had.

    Those of releases count beside the log, which lacks one whose run was killed.
    """
    kept = filter(None, map(recorded_version, releases(warehouse)))
    return next_version(day, [*read_runs(lake)["version"].drop_nulls(), *kept])


def run_rows(
    staged: Staged,
    night_counts: Sequence[Mapping[str, object]],
    *,
    finished_at: datetime,
    sequence: int,
    version: str,
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
            "version": version,
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
