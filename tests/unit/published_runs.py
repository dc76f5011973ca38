"""A published file that holds nothing but its table of runs."""

from datetime import date, datetime
from pathlib import Path

import duckdb

from etl import schema
from etl.warehouse.releases import Warehouse


def publish_runs(home: Path, *runs: tuple[date, datetime], delivered: int = 9) -> Warehouse:
    """Each run: the night that it published, and when it started (UTC); its documents."""
    warehouse = Warehouse(home / "warehouse")
    warehouse.published.parent.mkdir(parents=True, exist_ok=True)
    warehouse.published.unlink(missing_ok=True)
    rows = schema.RUNS.frame(
        {
            "run_id": f"run-{number}",
            "ingested_on": night,
            "started_at": started_at,
            "finished_at": started_at,
            "sequence": number,
            **{name: delivered for name in schema.RUNS.column_names if name.endswith("_count")},
            "code_version": "c",
            "model_version": "m",
            "reference_version": "r",
        }
        for number, (night, started_at) in enumerate(runs, start=1)
    )
    with duckdb.connect(str(warehouse.published)) as con:
        con.register("rows", rows)
        con.execute("CREATE TABLE runs AS FROM rows")
    return warehouse
