"""The rows of a night: from the lake's parts into the tables of an open DuckDB file.

What belongs here: the SQL that replaces a night, who owns an article, and the entities that
follow from the mentions. What does not: the file itself (etl/warehouse/staging.py).

Who owns an article is settled here, since it is the one question that spans nights: of all
deliveries of the same text that can be published, the first by night, then by delivery id.
So a night that is derived anew may win articles from later nights or give some up; those
later nights are replaced in the same transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import duckdb
import polars as pl

from etl import schema
from etl.errors import WarehouseError
from etl.lake.rows import differences, read_rows
from etl.lake.store import Lake
from etl.night import NIGHT, STAGE_NAMES, deriving_stages, stage_of, tables_beside_articles
from etl.schema.views.gkg import LOCATION
from etl.warehouse.supersession import supersede
from etl.warehouse.windows import make_room, note_former

QUARANTINE = schema.lake_table(schema.QUARANTINE)
BESIDE_ARTICLES = tables_beside_articles()
NIGHT_TABLES = tuple(table for table in schema.TABLES if table.kind == "night")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Who writes: the run's id and start (UTC), and the versions it works with."""

    run_id: str
    started_at: datetime
    code_version: str
    model_version: str
    reference_version: str


OnNight = Callable[[int, int], None]
"""Is told how many nights have been replaced, and how many will be, as far as is known by then."""


def replace_nights(
    con: duckdb.DuckDBPyConnection,
    lake: Lake,
    nights: Iterable[date],
    *,
    run: Run,
    raw_text: Callable[[bytes], str],
    on_night: OnNight | None = None,
) -> set[date]:
    """Replace nights in ascending order, and the later ones whose articles change hands.

    ``on_night`` is called after each of them.
    Returns all nights that were replaced, and those of which a rejected document is superseded
    by what these brought. Raises WarehouseError where a stage has lost a
    document, StageError where a night is not derived to its end.
    """
    pending = set(nights)
    done: set[date] = set()
    con.execute("CREATE TEMP TABLE touched_entities (entity_id VARCHAR)")
    make_room(con)
    while pending:
        night = min(pending)
        pending.remove(night)
        _touch_entities(con, night)
        note_former(con, night)
        _load_night(con, lake, night, raw_text)
        _choose_owners(con, night)
        _check_conservation(con, night)
        pending |= _later_nights_that_share(con, night)
        _write_night(con, night, run)
        _touch_entities(con, night)
        done.add(night)
        if on_night:
            on_night(len(done), len(done | pending))
    _refresh_entities(con)
    return done | supersede(con, lake, done)


def _load_night(
    con: duckdb.DuckDBPyConnection, lake: Lake, night: date, raw_text: Callable[[bytes], str]
) -> None:
    """The night's lake rows as temporary tables ``in_<table>``."""
    raw_files = [part.whole().path for part in lake.raw_parts(night)]
    _load(con, schema.RAW_DOCUMENTS, raw_files, leave_out=("raw",))
    con.execute(_NO_BATCHES)
    if raw_files:
        con.execute(_NOTE_BATCHES, [[str(file) for file in raw_files]])
    for table in (schema.LAKE_ARTICLES, schema.ATTRIBUTIONS):
        _load(con, table, lake.table_files(stage_of(table.name).name, night, table.name))
    con.execute(_ATTRIBUTE)
    for stage_name, tables in BESIDE_ARTICLES.items():
        for table in tables:
            files = lake.table_files(stage_name, night, table.name)
            _load(con, schema.lake_table(table), files)
    derived = [
        file
        for stage_name in deriving_stages()
        for file in lake.table_files(stage_name, night, schema.DERIVATIONS.name)
    ]
    _load(con, schema.lake_table(schema.DERIVATIONS), derived)
    rejected = [
        file
        for stage_name in STAGE_NAMES
        for file in lake.table_files(stage_name, night, "quarantine")
    ]
    _load(con, QUARANTINE, rejected)
    con.execute(_REJECT_ONCE, [[stage.rejects_as for stage in NIGHT]])
    con.register("raw_texts", _raw_texts(con, raw_files, raw_text))
    con.execute("CREATE OR REPLACE TEMP TABLE in_raw_text AS SELECT * FROM raw_texts")
    con.unregister("raw_texts")


_NO_BATCHES = "CREATE OR REPLACE TEMP TABLE in_batches (delivery_id VARCHAR, batch BIGINT)"
_NOTE_BATCHES = r"""
INSERT INTO in_batches
SELECT delivery_id, regexp_extract(filename, '/batch-(\d+)/[^/]+$', 1)::BIGINT
FROM read_parquet(?, hive_partitioning = false, filename = true)
"""
_ATTRIBUTE = """
CREATE OR REPLACE TEMP TABLE in_articles AS
SELECT a.* EXCLUDE (given_publisher, marked_url, marked_publisher),
    s.* EXCLUDE (delivery_id, ingested_on)
FROM in_articles a JOIN in_attributions s USING (delivery_id)
"""
# Stages that read the same work side by side, so several may have rejected a document: the last
# one tells why.
_REJECT_ONCE = """
CREATE OR REPLACE TEMP TABLE in_quarantine AS FROM in_quarantine
QUALIFY row_number() OVER (
    PARTITION BY delivery_id ORDER BY list_position(?::VARCHAR[], stage) DESC NULLS LAST, rule
) = 1
"""


def _load(
    con: duckdb.DuckDBPyConnection,
    table: schema.Table,
    files: Sequence[Path],
    *,
    leave_out: tuple[str, ...] = (),
) -> None:
    loaded = table.only([name for name in table.column_names if name not in leave_out])
    older = [file for file in files if differences(file, loaded)]
    names, name = ", ".join(loaded.column_names), f"in_{table.name}"
    con.register("rows", read_rows(older, loaded))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {names} FROM rows")
    con.unregister("rows")
    if current := [str(file) for file in files if file not in older]:
        parquet = "read_parquet(?, hive_partitioning = false)"
        con.execute(f"INSERT INTO {name} SELECT {names} FROM {parquet}", [current])


def _raw_texts(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], raw_text: Callable[[bytes], str]
) -> pl.DataFrame:
    """delivery_id and raw_text of the quarantined documents."""
    ids = con.sql("SELECT delivery_id FROM in_quarantine").pl()
    texts = {"delivery_id": pl.String(), "raw_text": pl.String()}
    if ids.is_empty():
        return pl.DataFrame(schema=texts)
    documents = pl.concat(
        pl.scan_parquet(file, hive_partitioning=False)
        .select("delivery_id", "raw")
        .join(ids.lazy(), on="delivery_id", how="semi")
        for file in files
    ).collect()
    return pl.DataFrame(
        {
            "delivery_id": documents["delivery_id"],
            "raw_text": [raw_text(raw) for raw in documents["raw"]],
        },
        schema=texts,
    )


def _choose_owners(con: duckdb.DuckDBPyConnection, night: date) -> None:
    """Temporary tables: ``candidates`` can be published, ``owners`` are the first of their text."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT delivery_id, article_id, published_on, file_name FROM in_articles
        SEMI JOIN in_article_countries USING (delivery_id)
        ANTI JOIN in_quarantine USING (delivery_id)
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE owners AS
        SELECT article_id, min(delivery_id) AS delivery_id, arg_min(published_on, delivery_id)
            AS published_on
        FROM candidates
        ANTI JOIN (SELECT article_id FROM articles WHERE ingested_on < ?) earlier USING (article_id)
        GROUP BY article_id
        """,
        [night],
    )


def _check_conservation(con: duckdb.DuckDBPyConnection, night: date) -> None:
    """Raise WarehouseError unless each delivered document is a candidate or quarantined."""
    wrong = con.execute(
        """
        WITH ends AS (
            SELECT delivery_id FROM candidates UNION ALL SELECT delivery_id FROM in_quarantine
        )
        SELECT coalesce(d.delivery_id, e.delivery_id) AS id, count(e.delivery_id) AS ends
        FROM in_raw_documents d FULL JOIN ends e USING (delivery_id)
        GROUP BY id, d.delivery_id HAVING ends <> 1 OR d.delivery_id IS NULL ORDER BY id
        """
    ).fetchall()
    if wrong:
        raise WarehouseError(
            f"night {night}: {len(wrong)} documents do not end exactly once, neither lost nor "
            f"doubled was expected; first: {wrong[0][0]} ends {wrong[0][1]} times"
        )


def _later_nights_that_share(con: duckdb.DuckDBPyConnection, night: date) -> set[date]:
    """Later nights with a text that this night gains or gives up."""
    rows = con.execute(
        """
        WITH held AS (
            SELECT article_id FROM articles WHERE ingested_on = $night
            UNION SELECT article_id FROM duplicates WHERE ingested_on = $night
        ), changed AS (
            (SELECT article_id FROM held EXCEPT SELECT article_id FROM candidates)
            UNION (SELECT article_id FROM candidates EXCEPT SELECT article_id FROM held)
        )
        SELECT DISTINCT ingested_on FROM (
            SELECT article_id, ingested_on FROM articles WHERE ingested_on > $night
            UNION ALL SELECT article_id, ingested_on FROM duplicates WHERE ingested_on > $night
        ) SEMI JOIN changed USING (article_id)
        """,
        {"night": night},
    ).fetchall()
    return {row[0] for row in rows}


def _write_night(con: duckdb.DuckDBPyConnection, night: date, run: Run) -> None:
    for table in NIGHT_TABLES:
        con.execute(f"DELETE FROM {table.name} WHERE ingested_on = ?", [night])
    _insert_owned(
        con,
        schema.ARTICLES,
        replacing={
            "run_id": "$run_id",
            "body": "nullif(r.body, '')",
            "dateline_country_code": (
                """(SELECT arg_min(m.country_code, m.start_char) FROM in_mentions m
            WHERE m.delivery_id = r.delivery_id AND m.field = 'dateline')"""
            ),
            "countries": _COUNTRIES.format("country_code", ""),
            "focus_countries": _COUNTRIES.format("country_code", " FILTER (is_focus)"),
            "saliences": _COUNTRIES.format("salience", ""),
            "entity_ids": _ENTITIES,
            "place_ids": _PLACES,
            "names": _NAMED.format("name"),
            "name_labels": _NAMED.format("label"),
            "name_starts": _NAMED.format("start_char"),
            "locations": _LOCATIONS,
            "spoken_days": _DAYS,
            "story_id": "r.article_id",  # alone, until etl/warehouse/across.py has looked around
            "version_of": "NULL",
            "is_latest": "true",
        },
        parameters={"run_id": run.run_id},
    )
    for tables in BESIDE_ARTICLES.values():
        for table in tables:
            _insert_owned(con, table)
    names = ", ".join(schema.DERIVATIONS.column_names)
    con.execute(
        f"INSERT INTO derivations ({names}) SELECT DISTINCT {names} "
        "FROM in_derivations SEMI JOIN owners USING (delivery_id) ORDER BY derived_by"
    )
    con.execute(
        """
        INSERT INTO duplicates (delivery_id, file_name, article_id, ingested_on)
        SELECT delivery_id, file_name, article_id, ? FROM candidates
        ANTI JOIN owners USING (delivery_id) ORDER BY delivery_id
        """,
        [night],
    )
    con.execute(
        """
        INSERT INTO quarantine
            (delivery_id, file_name, path, feed, stage, rule, detail, raw_text, ingested_on, run_id)
        SELECT delivery_id, q.file_name, d.path, d.feed, q.stage, q.rule, q.detail,
            nullif(raw_text, ''), q.ingested_on, ?
        FROM in_quarantine q JOIN in_raw_text USING (delivery_id)
        JOIN in_raw_documents d USING (delivery_id) ORDER BY delivery_id
        """,
        [run.run_id],
    )
    con.execute(
        """
        INSERT INTO deliveries
            (delivery_id, path, member, size, mtime, sha256, ingested_on, outcome, feed, batch,
             url)
        SELECT delivery_id, path, member, size, mtime, sha256, ingested_on,
            CASE WHEN delivery_id IN (SELECT delivery_id FROM owners) THEN 'published'
                 WHEN delivery_id IN (SELECT delivery_id FROM candidates) THEN 'duplicate'
                 ELSE 'quarantined' END,
            feed, batch, nullif(trim(given_url), '')
        FROM in_raw_documents JOIN in_batches USING (delivery_id) ORDER BY delivery_id
        """
    )


_COUNTRIES = """(SELECT coalesce(list(c.{} ORDER BY c.rank){}, [])
            FROM in_article_countries c WHERE c.delivery_id = r.delivery_id)"""
# Links of names as they are stored; where they come out otherwise, entity_link_rows.py says so.
_ENTITIES = """(SELECT coalesce(list_sort(list(DISTINCT n.entity_id)), []) FROM (
                SELECT m.delivery_id, coalesce(l.linked_entity_id, m.entity_id) AS entity_id
                FROM in_mentions m JOIN in_articles a USING (delivery_id)
                LEFT JOIN entity_links l
                  ON (l.article_id, l.entity_id) = (a.article_id, m.entity_id)
            ) n WHERE n.delivery_id = r.delivery_id)"""
_PLACES = """(SELECT coalesce(list_sort(list(DISTINCT m.place_id)), []) FROM in_mentions m
            WHERE m.delivery_id = r.delivery_id AND m.place_id IS NOT NULL)"""
_NAMED = """(SELECT coalesce(list(m.{} ORDER BY m.field, m.start_char), []) FROM in_mentions m
            WHERE m.delivery_id = r.delivery_id)"""
_LOCATIONS = f"""(SELECT coalesce(list({LOCATION} || '#' || m.start_char
                ORDER BY m.field, m.start_char), [])
            FROM in_mentions m JOIN places p USING (place_id)
            WHERE m.delivery_id = r.delivery_id)"""
_DAYS = """(SELECT coalesce(list_sort(list(DISTINCT d.starts_on)), []) FROM in_date_mentions d
            WHERE d.delivery_id = r.delivery_id AND d.precision = 'day'
                AND d.starts_on <> r.published_on)"""


def _insert_owned(
    con: duckdb.DuckDBPyConnection,
    table: schema.Table,
    *,
    replacing: Mapping[str, str] = MappingProxyType({}),
    parameters: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Insert the rows of the deliveries that own their article, sorted by day of publication."""
    names = table.column_names
    values = ", ".join(replacing.get(name, f"r.{name}") for name in names)
    order = ", ".join(f"r.{name}" for name in table.key)
    con.execute(
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values} FROM in_{table.name} r "
        f"JOIN owners o ON o.delivery_id = r.delivery_id ORDER BY o.published_on, {order}",
        dict(parameters) or None,
    )


def _touch_entities(con: duckdb.DuckDBPyConnection, night: date) -> None:
    con.execute(
        "INSERT INTO touched_entities "
        "SELECT DISTINCT entity_id FROM mentions WHERE ingested_on = ?",
        [night],
    )


def _refresh_entities(con: duckdb.DuckDBPyConnection) -> None:
    """Compute anew the entities that replaced rows mentioned before or mention now."""
    con.execute("DELETE FROM entities WHERE entity_id IN (SELECT entity_id FROM touched_entities)")
    con.execute(
        """
        INSERT INTO entities (entity_id, label, name, aliases, country_code, article_count,
                              first_published_on, last_published_on)
        WITH seen AS (
            SELECT m.entity_id, m.label, m.name, m.text, m.country_code, m.article_id,
                   a.published_on
            FROM mentions m JOIN articles a USING (article_id)
            SEMI JOIN touched_entities t ON t.entity_id = m.entity_id
        ), names AS (
            SELECT entity_id, name, count(*) AS n FROM seen GROUP BY ALL
        ), codes AS (
            SELECT entity_id, country_code, count(*) AS n FROM seen
            WHERE country_code IS NOT NULL GROUP BY ALL
        )
        SELECT s.entity_id, min(s.label), any_value(n.name), list_sort(list(DISTINCT s.text)),
               any_value(c.country_code), count(DISTINCT s.article_id), min(s.published_on),
               max(s.published_on)
        FROM seen s
        JOIN (SELECT entity_id, first(name ORDER BY n DESC, name) AS name
              FROM names GROUP BY entity_id) n USING (entity_id)
        LEFT JOIN (SELECT entity_id, first(country_code ORDER BY n DESC, country_code)
                   AS country_code FROM codes GROUP BY entity_id) c USING (entity_id)
        GROUP BY s.entity_id ORDER BY s.entity_id
        """
    )
