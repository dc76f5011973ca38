"""Every view and every question of the guide on a file of a million articles.

    python -m bench.query_speed FILE [--articles 1000000] [--write]

What belongs here: a file of so many articles made of a published one, and what each question costs
on it. What does not: the questions (etl/schema/views/guide.sql).

The file repeats the articles of FILE on other days under other ids, so its texts, names and
countries are as varied as FILE's, its ids and days as those of a large file. A question runs three
times with 500 MB and no disk to spill to; the fastest counts, as processor time of all threads.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl import schema
from etl.schema.views import VIEWS
from etl.schema.views.guide import guide
from etl.warehouse.counts import count_days
from etl.warehouse.layout import create, describe
from etl.warehouse.search_index import index_articles
from etl.warehouse.windows import make_room

PAGE = Path(__file__).parents[1] / "docs" / "queries-speed.md"
MOST_SECONDS, MEMORY = 0.3, "500MB"
COPIED_IDS = ("article_id", "story_id", "first_id", "group_id", "copy_of", "version_of")
DAYS = ("published_on", "first_published_on", "last_published_on", "starts_on", "ends_on")
DAY_LISTS = ("spoken_days",)
HEAD = """\
# How fast questions are

Written by `make bench-queries` (`python -m bench.query_speed`): a file of {articles:,} articles
({gigabytes:.2f} GB, of it {index:.0f} MB for the search), each question with {memory} of memory
and no disk beside it, the fastest of three runs. Wanted: {wanted} s.

| question | processor time | memory |
|---|---|---|
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time of a question; None where it needs more memory than it may have."""

    name: str
    seconds: float | None

    @property
    def is_fast(self) -> bool:
        return self.seconds is not None and self.seconds <= MOST_SECONDS


def multiply(published: Path, path: Path, *, articles: int) -> None:
    """Make a file of so many articles of those of a published one."""
    create(path)
    with duckdb.connect(str(path)) as con:
        con.execute(f"ATTACH {schema.literal(str(published))} AS one (READ_ONLY)")
        ((count,),) = con.execute("SELECT count(*) FROM one.articles").fetchall()
        for table in schema.TABLES:
            if table in schema.COUNT_TABLES:
                continue
            times = -(-articles // count) if _is_of(table) else 1
            con.execute(f"INSERT INTO {table.name} {_repeated(table, times)}")
        con.execute("DETACH one")
        make_room(con)
        count_days(con, [])
        index_articles(con, [])
        describe(con)
        con.execute("CHECKPOINT")


def _is_of(table: schema.Table) -> bool:
    return table.kind != "log" and bool({*COPIED_IDS} & {*table.column_names})


def _repeated(table: schema.Table, times: int) -> str:
    columns = ", ".join(_column(name) if times > 1 else name for name in table.column_names)
    order = "ORDER BY n, published_on" if "published_on" in table.column_names else "ORDER BY n"
    return f"SELECT {columns} FROM one.{table.name}, range({times}) AS r(n) {order}"


def _column(name: str) -> str:
    if name in COPIED_IDS:
        return f"CASE WHEN n = 0 THEN {name} ELSE md5({name} || n) END AS {name}"
    if name in DAYS:
        return f"{_later(name)} AS {name}"
    if name in DAY_LISTS:
        return f"[{_later('day')} FOR day IN {name}] AS {name}"
    return name


def _later(day: str) -> str:
    return f"({day} + (n % 3000)::INTEGER)::DATE"


def costs(path: Path) -> Iterator[Cost]:
    """Of the first rows of each view, and of each question of the guide."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = ''")
        for view in VIEWS:
            yield Cost(f"`FROM {view.name} LIMIT 10`", _seconds(con, f"FROM {view.name} LIMIT 10"))
        for question in guide():
            yield Cost(question.question, _seconds(con, question.sql))


def _seconds(con: duckdb.DuckDBPyConnection, sql: str) -> float | None:
    found = []
    for _ in range(3):
        begun = time.process_time()
        try:
            con.execute(sql).fetchall()
        except duckdb.OutOfMemoryException:
            return None
        found.append(time.process_time() - begun)
    return min(found)


def page(path: Path, found: list[Cost]) -> str:
    """docs/queries-speed.md."""
    with duckdb.connect(str(path), read_only=True) as con:
        ((articles,),) = con.execute("SELECT count(*) FROM articles").fetchall()
        ((index,),) = con.execute(
            "SELECT count(DISTINCT block_id) * 262144 "
            "FROM pragma_storage_info('search_index.postings')"
        ).fetchall()
    size = path.stat().st_size
    head = HEAD.format(
        articles=articles,
        gigabytes=size / 1e9,
        index=index / 1e6,
        memory=MEMORY,
        wanted=MOST_SECONDS,
    )
    return head + "".join(_row(cost) for cost in found)


def _row(cost: Cost) -> str:
    told = "-" if cost.seconds is None else f"{cost.seconds:.2f} s"
    told = told if cost.is_fast else f"**{told}**"
    return f"| {cost.name} | {told} | {'more' if cost.seconds is None else 'enough'} |\n"


def main(arguments: list[str]) -> None:
    """Make the file, ask, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="dateline-queries-") as folder:
        path = Path(folder) / "many.duckdb"
        multiply(chosen.file, path, articles=chosen.articles)
        text = page(path, list(costs(path)))
    if chosen.write:
        PAGE.write_text(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
