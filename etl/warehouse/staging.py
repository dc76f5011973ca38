"""The staging file: the published file's copy with one night's rows replaced.

What belongs here: building staging from the lake, in one transaction. What does not: deriving
rows (the stages), what staging begins with (etl/warehouse/beginning.py), the SQL that replaces
a night (etl/warehouse/night_rows.py), judging the rows (expectations/) and putting the file in
place (etl/warehouse/publish.py).
"""

import json
import logging
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from etl import schema
from etl.errors import WarehouseError
from etl.lake.store import Lake
from etl.night import linking_version
from etl.warehouse.across import link_articles
from etl.warehouse.beginning import begin, check_lake
from etl.warehouse.contents import nights_behind
from etl.warehouse.counts import count_days
from etl.warehouse.layout import describe, free_share, opens_everywhere, write_anew
from etl.warehouse.night_rows import NIGHT_TABLES, OnNight, Run, replace_nights
from etl.warehouse.search_index import has_many_unmerged, index_articles

logger = logging.getLogger(__name__)

MOST_FREE = 0.1
"""A file of which a larger share of the blocks is free is written anew: it is 1.11 times as large
as it need be. On small files, which a night touches all over, that is every other night."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What a staging file holds that is new: ``nights`` asked for, ``moved`` by ownership.

    ``anew`` says why the file was built from the lake, with all nights; '' where it is a copy.
    ``freed`` are the bytes by which it became smaller when it was written anew, 0 where it was not.
    """

    run: Run
    nights: tuple[date, ...]
    moved: tuple[date, ...]
    anew: str = ""
    freed: int = 0

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), default=str, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Staged":
        """Raises WarehouseError where nothing is staged."""
        if not path.exists():
            raise WarehouseError(f"nothing is staged: {path} is missing; run staging first")
        record = json.loads(path.read_text())
        run = record["run"]
        started_at = datetime.fromisoformat(run.pop("started_at"))
        return cls(
            run=Run(started_at=started_at, **run),
            nights=tuple(date.fromisoformat(night) for night in record["nights"]),
            moved=tuple(date.fromisoformat(night) for night in record["moved"]),
            anew=record["anew"],
            freed=record.get("freed", 0),
        )

    @property
    def all_nights(self) -> tuple[date, ...]:
        return tuple(sorted({*self.nights, *self.moved}))


def stage(
    lake: Lake,
    staging: Path,
    *,
    published: Path,
    nights: Sequence[date],
    logged: pl.DataFrame,
    run: Run,
    references: dict[str, pl.DataFrame],
    raw_text: Callable[[bytes], str],
    known: Container[str],
    caught_up: Sequence[date] = (),
    forgotten: Sequence[str] = (),
    from_lake: bool = False,
    on_night: OnNight | None = None,
) -> Staged:
    """Build the staging file from the published one with the rows of ``nights`` replaced.

    ``logged`` holds all publications ever (``schema.RUNS``). Nights that the published file
    lacks, as it does after a rollback, are replaced as well; all that were ever published where
    it can't be the base (``begin``), or is not to be: ``from_lake``. ``caught_up`` are nights
    derived again after an upgrade, to be replaced too. ``known`` are the SHA-256 of
    what was published. ``on_night`` is called after each night that is replaced.
    ``references`` holds the rows of the reference tables by name;
    ``raw_text`` makes the text of quarantined bytes. Where withdrawn articles or deliveries are
    to be ``forgotten``, audit samples that show them are cleared and the file is written anew; so
    is one that is larger or slower than need be.
    Raises WarehouseError where a stage or the lake has lost a document.
    """
    base = begin(published, staging, known=known, from_lake=from_lake)
    behind = logged["ingested_on"] if base.anew else nights_behind(staging, logged)
    wanted = {*nights, *caught_up, *behind, *base.delivered}
    check_lake(lake, wanted, logged=logged, held=base.delivered)
    with duckdb.connect(str(staging)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("BEGIN")
        _write_references(con, references)  # articles and stories tell what stands there
        replaced = replace_nights(con, lake, wanted, run=run, raw_text=raw_text, on_night=on_night)
        link_articles(con, replaced, linked_by=linking_version())
        count_days(con, replaced)
        _clear_samples(con, forgotten)
        index_articles(con, replaced)
        describe(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
        is_anew = bool(forgotten) or _is_better_anew(con)
    size = staging.stat().st_size
    if is_anew:
        write_anew(staging)
    moved = tuple(sorted(replaced - set(nights)))
    if moved:
        logger.info("articles moved between nights: %s replaced too", [*map(str, moved)])
    return Staged(
        run=run,
        nights=tuple(sorted(nights)),
        moved=moved,
        anew=base.anew,
        freed=size - staging.stat().st_size,
    )


def _is_better_anew(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file is larger or slower than need be, or only newer clients could open it."""
    has_much_free = free_share(con) > MOST_FREE
    return has_much_free or has_many_unmerged(con) or not opens_everywhere(con)


def row_counts(path: Path) -> dict[str, int]:
    """Rows of every declared table of a DuckDB file."""
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            table.name: con.sql(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
            for table in schema.TABLES
        }


def night_row_counts(path: Path, nights: Sequence[date]) -> dict[tuple[str, date], int]:
    """Rows of each table of nights by (table, night); a night without any is left out."""
    counts: dict[tuple[str, date], int] = {}
    with duckdb.connect(str(path), read_only=True) as con:
        for table in NIGHT_TABLES:
            rows = con.execute(
                f"SELECT ingested_on, count(*) FROM {table.name} "
                "WHERE ingested_on IN (SELECT unnest(?)) GROUP BY ingested_on",
                [list(nights)],
            ).fetchall()
            counts |= {(table.name, night): count for night, count in rows}
    return counts


def night_counts(path: Path, nights: Iterable[date]) -> list[dict[str, object]]:
    """Rows of the view v_nights for some nights, ascending."""
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(
            "SELECT * FROM v_nights WHERE ingested_on IN (SELECT unnest(?)) ORDER BY ingested_on",
            [list(nights)],
        )
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _write_references(
    con: duckdb.DuckDBPyConnection, references: Mapping[str, pl.DataFrame]
) -> None:
    """Those that differ from what the file has: its places alone are tens of thousands of rows."""
    for name, frame in references.items():
        con.register("reference", frame)
        differing = con.execute(
            f"(FROM reference EXCEPT ALL FROM {name}) UNION ALL "
            f"(FROM {name} EXCEPT ALL FROM reference) LIMIT 1"
        )
        if differing.fetchone() is not None:
            con.execute(f"DELETE FROM {name}")
            con.execute(f"INSERT INTO {name} SELECT * FROM reference")
        con.unregister("reference")


def _clear_samples(con: duckdb.DuckDBPyConnection, forgotten: Sequence[str]) -> None:
    if not forgotten:
        return
    con.execute(
        "UPDATE quality_results SET sample = NULL WHERE EXISTS "
        "(SELECT 1 FROM unnest(?) AS t(identifier) WHERE contains(sample, identifier))",
        [list(forgotten)],
    )
