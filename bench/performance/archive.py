"""Published files as they are after years: a large one, and one whose nights were replaced.

What belongs here: making them from a home that has a night or some. What does not: what a night on
them costs (nights.py).

An archive repeats its only night on each of the days before: a copy has ids of its own, its days
moved back, and the names, places and outlets of the first. So an archive of 1,000,000 articles has
as many a day as one of 10,000, over more days, and each of its entities is named on all of them.
The lake behind it has the first night alone: what a long list of claimed files costs is another
case.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.faults.nights import FIRST_NIGHT, night_of, write_documents

if TYPE_CHECKING:
    import duckdb

    from etl.schema import Table

IDS = frozenset(
    "article_id delivery_id story_id group_id copy_of version_of first_id nearest_id".split()
)
DAYS = frozenset(
    "published_on ingested_on first_published_on last_published_on starts_on ends_on".split()
)
INSTANTS = frozenset(("published_at", "mtime"))
SHARED = frozenset(("entities",))
_COUNTED = """
UPDATE entities SET article_count = c.n, first_published_on = c.first, last_published_on = c.last
FROM (
    SELECT entity_id, count(DISTINCT article_id) AS n, min(published_on) AS first,
        max(published_on) AS last
    FROM {table} JOIN articles USING (article_id) GROUP BY entity_id
) AS c
WHERE c.entity_id = entities.entity_id AND {condition}
"""


_SIZE = """
SELECT count(*), any_value(nights.days) FROM one.articles, (
    SELECT max(ingested_on) - min(ingested_on) + 1 AS days FROM one.deliveries
) AS nights
"""


def enlarge(home: Path, *, articles: int) -> dict[str, Any]:
    """Have the published file of a home hold so many articles, as if nights had brought them.

    Returns the articles and bytes that it has then.
    """
    import duckdb

    from etl.warehouse.digest import sha256
    from etl.warehouse.release_records import write_record
    from etl.warehouse.releases import Warehouse, keep_release, put_in_place, release_at

    warehouse = Warehouse(home / "warehouse")
    large = warehouse.staging.with_name("large.duckdb")
    _multiply(warehouse.published, large, articles=articles)
    release = release_at(warehouse, datetime.now(UTC), 2)
    write_record(release, sha256(large))
    put_in_place(warehouse, large)
    keep_release(warehouse, release)
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        ((count,),) = con.execute("SELECT count(*) FROM articles").fetchall()
    return {"articles": count, "bytes": warehouse.published.stat().st_size}


def _multiply(published: Path, path: Path, *, articles: int) -> None:
    import duckdb

    from etl import schema
    from etl.warehouse.counts import count_days
    from etl.warehouse.layout import create, describe, write_anew
    from etl.warehouse.search_index import index_articles
    from etl.warehouse.windows import make_room

    create(path)
    with duckdb.connect(str(path)) as con:
        con.execute(f"SET TimeZone = 'UTC'; ATTACH '{published}' AS one (READ_ONLY)")
        ((count, days),) = con.execute(_SIZE).fetchall()
        for table in schema.TABLES:
            if table not in schema.COUNT_TABLES:
                con.execute(
                    f"INSERT INTO {table.name} {_repeated(table, -(-articles // count), days)}"
                )
        con.execute("DETACH one")
        _count_entities(con)
        make_room(con)
        count_days(con, [])
        index_articles(con, [])
        describe(con)
        con.execute("CHECKPOINT")
    write_anew(path)  # as nights leave it: sooner or later one of them has


def _repeated(table: "Table", times: int, days: int) -> str:
    """The rows so often, the oldest copy first, as many days apart as they cover; logs once."""
    names = table.column_names
    is_repeated = table.name not in SHARED and bool({*names} & (IDS | {"ingested_on"}))
    is_log = table.name in ("runs", "quality_results")
    if is_log or not is_repeated:
        return f"SELECT {', '.join(names)} FROM one.{table.name}"
    columns = ", ".join(_column(name, days) for name in names)
    return f"SELECT {columns} FROM one.{table.name}, range({times}) AS r(n) ORDER BY n DESC"


def _column(name: str, days: int) -> str:
    """The end of an id gives way to the number of the copy: ids of a copy keep their order."""
    if name in IDS:
        copied = f"left({name}, length({name}) - 8) || printf('%08x', n)"
        return f"CASE WHEN n = 0 THEN {name} ELSE {copied} END AS {name}"
    if name in DAYS:
        return f"({name} - (n * {days})::INTEGER)::DATE AS {name}"
    if name in INSTANTS:
        return f"{name} - to_days((n * {days})::INTEGER) AS {name}"
    return name


def _count_entities(con: "duckdb.DuckDBPyConnection") -> None:
    mentioned = "entities.entity_id IN (SELECT entity_id FROM mentions)"
    con.execute(_COUNTED.format(table="mentions", condition=mentioned))
    linked = (
        "(SELECT article_id, linked_entity_id AS entity_id FROM entity_links "
        "WHERE linked_entity_id NOT IN (SELECT entity_id FROM mentions))"
    )
    con.execute(_COUNTED.format(table=linked, condition=f"NOT {mentioned}"))
    con.execute(
        "UPDATE entities SET article_count = 0 WHERE entity_id NOT IN "
        "(SELECT entity_id FROM mentions)"
    )


# -- replaced nights ----------------------------------------------------------------------------


def replace_nights(folder: Path, *, nights: int, documents: int) -> dict[str, Any]:
    """The bytes of a file whose every night was replaced, and of one built from the same lake.

    The rows of each night are replaced by those of another run, with the function by which a night
    does it, and the file takes the place of the last one.
    """
    home = folder / "home"
    _publish_nights(home, folder / "landing", nights=nights, documents=documents)
    published = home / "warehouse" / "dateline.duckdb"
    sizes = [published.stat().st_size]
    for batch in range(nights):
        _stage(home, night_of(batch), run_id=f"again-{batch}").replace(published)
        sizes.append(published.stat().st_size)
    fresh = _stage(home, FIRST_NIGHT, run_id="fresh", from_lake=True).stat().st_size
    return {"replaced_bytes": sizes[-1], "fresh_bytes": fresh, "sizes": sizes}


def _publish_nights(home: Path, landing: Path, *, nights: int, documents: int) -> None:
    """Nights claimed one by one, then derived and published in one run, as by a backfill.

    Raises RuntimeError where they are not published.
    """
    import dagster as dg

    from assets.cli.instance import make_instance
    from assets.cli.nights import run_nights
    from assets.resources import Clock
    from assets.settings import Settings
    from etl.landing.claims import claim
    from etl.landing.limits import Limits
    from etl.landing.scan import scan

    settings = Settings(home=home, raw=landing, workers=1, settle_seconds=0)
    for batch in range(nights):
        write_documents(landing, documents, batch=batch)
        found = scan(landing, now=datetime.now(UTC), settle_seconds=0)
        claim(found, settings.lake, night=night_of(batch), limits=Limits())
    make_instance(settings.dagster_home, with_postgres=False)
    last = night_of(nights - 1)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        outcome = run_nights(
            settings,
            instance,
            first=FIRST_NIGHT,
            last=last,
            clock=Clock(timezone="UTC", fixed_today=last.isoformat()),
        )
    if not outcome.is_published:
        raise RuntimeError(f"not published: {outcome.failures}")


def _stage(home: Path, night: date, *, run_id: str, from_lake: bool = False) -> Path:
    """The staging file with the rows of a night replaced by another run's."""
    from etl import reference, schema
    from etl.decode import lossy_text
    from etl.lake.store import Lake
    from etl.night import night_code_version, night_model_version
    from etl.sources import load_registry
    from etl.tables import reference_version
    from etl.warehouse import run_log
    from etl.warehouse.digest import sha256
    from etl.warehouse.night_rows import Run
    from etl.warehouse.releases import Warehouse
    from etl.warehouse.staging import stage

    warehouse, lake = Warehouse(home / "warehouse"), Lake(home / "lake")
    stage(
        lake,
        warehouse.staging,
        published=warehouse.published,
        nights=[night],
        logged=run_log.read_runs(lake),
        run=Run(
            run_id=run_id,
            started_at=datetime(2026, 6, 1),
            code_version=night_code_version(),
            model_version=night_model_version(None),
            reference_version=reference_version(),
        ),
        references={
            "countries": reference.load_countries(),
            "country_groups": reference.load_country_groups(),
            "places": reference.load_places(),
            "sources": schema.SOURCES.conform(load_registry()),
        },
        raw_text=lossy_text,
        known={sha256(warehouse.published)},
        from_lake=from_lake,
    )
    return warehouse.staging
