"""Which rows of two files differ: one published, and the one that takes its place.

What belongs here: finding these rows by hash joins inside DuckDB, and the digests that follow. What
does not: why they differ (etl/warehouse/reasons.py) and what is made of it
(etl/warehouse/manifest.py).

A file differs from the one it was copied from in the nights that were replaced, in what is derived
from all nights, and in the columns of articles that belong to the stages across articles. So only
these are read, and the texts of other nights are not. What differs is left in temporary tables
``changed_<table>``: the key, ``was_there``, ``is_there``, ``is_linked_alone`` (nothing but columns
of those stages differs), and what tells why, as it is now and, as ``former_…``, as it was.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from etl import schema
from etl.errors import WarehouseError
from etl.warehouse.digest import OF_RUNS, RowsDigest, digest_of
from etl.warehouse.layout import described_by

COMPARED = tuple(table for table in schema.TABLES if table.kind != "log")
OF_LINKS = ("story_id", "version_of", "is_latest", "entity_ids")
"""Columns of articles that follow from other articles, too, also those of other nights."""
BY_DAY = schema.ENTITY_DAYS
"""Far more rows than a night changes: of a day they are others only where an article of the day is,
or the day's digest in ``daily_totals``."""
CARRIED = (
    *("ingested_on", "article_id", "delivery_id", "story_id", "entity_id"),
    *("derived_by", "linked_by", "stage", "outcome", "rule"),
)


@dataclass(frozen=True)
class Pair:
    """Two files, attached as ``old`` and ``new``, and the columns of their tables."""

    con: duckdb.DuckDBPyConnection
    old: Mapping[str, Sequence[str]]
    new: Mapping[str, Sequence[str]]

    @property
    def is_same_structure(self) -> bool:
        return all(self.old.get(t.name) == self.new.get(t.name) for t in COMPARED)

    def columns(self, table: schema.Table) -> list[str]:
        """Declared columns that both have; none where either lacks the table or part of its key."""
        common = {*self.old.get(table.name, ())} & {*self.new.get(table.name, ())}
        return [n for n in table.column_names if n in common] if common >= {*table.key} else []


@contextmanager
def comparing(old: Path, new: Path) -> Iterator[Pair]:
    """Open two files side by side, read-only. Raises WarehouseError where one can't be read."""
    try:
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"ATTACH {schema.literal(str(old))} AS old (READ_ONLY)")
            con.execute(f"ATTACH {schema.literal(str(new))} AS new (READ_ONLY)")
            yield Pair(con, _columns(con, "old"), _columns(con, "new"))
    except duckdb.Error as error:
        raise WarehouseError(f"{old} and {new} can't be compared: {error}") from error


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, Sequence[str]]:
    rows = con.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' AND NOT internal GROUP BY ALL",
        [database],
    )
    return dict(rows.fetchall())


def note_changes(pair: Pair, nights: Collection[date] | None) -> None:
    """Fill the tables ``changed_<table>``; only ``nights`` were replaced, where None: all."""
    con = pair.con
    con.execute("CREATE OR REPLACE TEMP TABLE nights (ingested_on DATE)")
    if nights is not None:
        con.execute("INSERT INTO nights SELECT unnest(?::DATE[])", [sorted(nights)])
    for table in (*(t for t in COMPARED if t != BY_DAY), BY_DAY):
        if table == BY_DAY and nights is not None:
            con.execute(_DAYS)
        if pair.columns(table):
            scope = _scope(table) if nights is not None else ""
            con.execute(_changes(table, pair.columns(table), scope))
        else:
            con.execute(_all_changed(table, pair))
    if nights is not None and {*OF_LINKS} <= {*pair.columns(schema.ARTICLES)}:
        con.execute(_NOTE_RELINKED)


def _scope(table: schema.Table) -> str:
    """What leaves out rows that the nights can't have touched."""
    if table.kind == "night":
        return " SEMI JOIN nights USING (ingested_on)"
    return " SEMI JOIN days USING (published_on)" if table == BY_DAY else ""


def _changes(table: schema.Table, columns: Sequence[str], scope: str) -> str:
    keys = ", ".join(table.key)
    values = [n for n in columns if n not in OF_RUNS]
    own = [n for n in values if table.name != schema.ARTICLES.name or n not in OF_LINKS]
    carried = [n for n in _carried(table) if n in columns]
    side = (
        f"SELECT {', '.join((*table.key, *carried))}, hash({', '.join(values)}) AS row_hash, "
        f"hash({', '.join(own)}) AS own_hash FROM {{}}.{table.name}{scope}"
    )
    told = "".join(
        f", coalesce(n.{n}, o.{n}) AS {n}, o.{n} AS former_{n}"
        if n in carried
        else f", NULL AS {n}, NULL AS former_{n}"
        for n in _carried(table)
    )
    return f"""
    CREATE OR REPLACE TEMP TABLE changed_{table.name} AS
    SELECT {keys}, o.row_hash IS NOT NULL AS was_there, n.row_hash IS NOT NULL AS is_there,
        o.own_hash IS NOT DISTINCT FROM n.own_hash AS is_linked_alone{told}
    FROM ({side.format("old")}) o FULL JOIN ({side.format("new")}) n USING ({keys})
    WHERE o.row_hash IS DISTINCT FROM n.row_hash
    """


def _all_changed(table: schema.Table, pair: Pair) -> str:
    """A table that only one of the files has, or that has another key there."""
    sides = [
        f"SELECT {', '.join(table.key)}, {is_old} AS was_there, {not is_old} AS is_there, "
        "false AS is_linked_alone"
        + "".join(
            f", {n if n in columns else 'NULL'} AS {n}, NULL AS former_{n}" for n in _carried(table)
        )
        + f" FROM {'old' if is_old else 'new'}.{table.name}"
        for is_old, columns in ((True, pair.old.get(table.name)), (False, pair.new.get(table.name)))
        if columns and {*table.key} <= {*columns}
    ]
    return f"CREATE OR REPLACE TEMP TABLE changed_{table.name} AS {' UNION ALL '.join(sides)}"


def _carried(table: schema.Table) -> list[str]:
    return [n for n in CARRIED if n in table.column_names and n not in table.key]


_DAYS = """
CREATE OR REPLACE TEMP TABLE days AS
SELECT published_on FROM old.articles SEMI JOIN nights USING (ingested_on)
UNION SELECT published_on FROM new.articles SEMI JOIN nights USING (ingested_on)
UNION SELECT published_on FROM changed_daily_totals
"""
_LINKS = ", ".join(OF_LINKS)
_NOTE_RELINKED = f"""
INSERT INTO changed_articles BY NAME
SELECT article_id, true AS was_there, true AS is_there, true AS is_linked_alone,
    n.ingested_on, o.ingested_on AS former_ingested_on, n.delivery_id,
    o.delivery_id AS former_delivery_id, n.story_id, o.story_id AS former_story_id
FROM (SELECT article_id, ingested_on, delivery_id, {_LINKS} FROM old.articles
      ANTI JOIN nights USING (ingested_on)) o
JOIN (SELECT article_id, ingested_on, delivery_id, {_LINKS} FROM new.articles
      ANTI JOIN nights USING (ingested_on)) n USING (article_id)
WHERE ({", ".join(f"o.{name}" for name in OF_LINKS)})
    IS DISTINCT FROM ({", ".join(f"n.{name}" for name in OF_LINKS)})
"""


def differs(pair: Pair) -> bool:
    """Whether any row does, or a view or description, once the changes are noted."""
    return _told(pair, "old") != _told(pair, "new") or any(
        pair.con.execute(f"SELECT true FROM changed_{table.name} LIMIT 1").fetchall()
        for table in COMPARED
    )


def _told(pair: Pair, database: str) -> tuple[object, ...]:
    """What a file says of its views and descriptions, and its storage version."""
    version = pair.con.execute(
        "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = ?", [database]
    ).fetchone()
    return described_by(pair.con, schema.literal(database)), version


def moved_stories(pair: Pair) -> list[tuple[str, str, int, bool]]:
    """Stories of the old file, those in which articles of them are now, and how many are.

    Also whether the former id is that of no story any more. None where other code has linked the
    articles: that moves any of them. Once the changes are noted.
    """
    if not pair.is_same_structure or _is_linked_otherwise(pair):
        return []
    return pair.con.execute(_MOVED).fetchall()


def _is_linked_otherwise(pair: Pair) -> bool:
    sides = (f"SELECT DISTINCT linked_by FROM {side}.stories" for side in ("old", "new"))
    return len(pair.con.execute(" UNION ".join(sides)).fetchall()) > 1


_MOVED = """
SELECT former_story_id, story_id, count(*),
    former_story_id NOT IN (SELECT story_id FROM new.stories) AS is_gone
FROM changed_articles
WHERE was_there AND is_there AND former_story_id <> story_id
GROUP BY ALL ORDER BY ALL
"""


def digests_after(pair: Pair, before: Mapping[str, RowsDigest]) -> dict[str, RowsDigest]:
    """The digests of the new file's tables, once the changes are noted.

    ``before`` are those of the old file, from which the rows that went are taken and to which those
    that came are added; of a table that is not among them all rows are read.
    """
    told = dict(before) if pair.is_same_structure else {}
    return {table.name: _digest_after(pair.con, table, told.get(table.name)) for table in COMPARED}


def _digest_after(
    con: duckdb.DuckDBPyConnection, table: schema.Table, before: RowsDigest | None
) -> RowsDigest:
    if before is None:
        return digest_of(con, table, f"new.{table.name}")
    went, came = (digest_of(con, table, _changed_rows(table, side)) for side in ("old", "new"))
    return before.without(went).with_more(came)


def _changed_rows(table: schema.Table, database: str) -> str:
    """The rows of a file that differ; a night without any is not read."""
    of_nights = (
        f"SEMI JOIN (SELECT ingested_on FROM changed_{table.name} UNION ALL "
        f"SELECT former_ingested_on FROM changed_{table.name}) USING (ingested_on) "
        if table.kind == "night" and "ingested_on" not in table.key
        else ""
    )
    keys = ", ".join(table.key)
    return (
        f"(SELECT * FROM {database}.{table.name} {of_nights}"
        f"SEMI JOIN changed_{table.name} USING ({keys}))"
    )
