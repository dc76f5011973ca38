"""How good links of bare names are: ``python -m bench.entity_links FILE``.

FILE is what a night over the development corpus published (``DATELINE_CORPUS``, ``dev/in``).

What belongs here: links against bench/entity_link_labels.csv, in which whoever read the articles
says whether the bare name means that person; keyed by ids alone. What does not: the sets
(bench/story_sets.py) and the linking (etl/link).
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from bench.story_sets import StorySet, read_incidents, read_triples
from etl import schema
from etl.warehouse.entity_link_rows import write_entity_links
from etl.warehouse.windows import make_room

LABELS = Path(__file__).with_name("entity_link_labels.csv")
KEY = ("article_id", "entity_id", "linked_entity_id")
SETS = {"triples": read_triples, "incidents": read_incidents}
_BARE = """
SELECT count(*) AS persons, count(*) FILTER (NOT contains(name, ' ')) AS bare
FROM (SELECT article_id, entity_id, max(name) AS name FROM mentions WHERE label = 'PERSON'
      GROUP BY ALL)
"""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one set: names of persons by article, the bare ones, links, and those of them judged."""

    persons: int
    bare: int
    links: int
    judged: int
    right: int

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: value + vars(other)[name] for name, value in vars(self).items()})

    def row(self, name: str) -> str:
        shares = (self.bare / self.persons, self.links / self.bare, self.right / self.judged)
        told = " | ".join(f"{share:.3f}" for share in shares)
        counts = f"{self.persons:,} | {self.bare:,} | {self.links} | {self.judged} | {self.right}"
        return f"| {name} | {counts} | {told} |"


def linked(known: StorySet) -> duckdb.DuckDBPyConnection:
    """A file in memory with the set's names, and its links."""
    con = duckdb.connect()
    for name in ("articles", "mentions", "article_countries"):
        con.register("rows", getattr(known, name))
        con.execute(f"CREATE TABLE {name} AS FROM rows")
        con.unregister("rows")
    for table in (schema.ENTITIES, schema.ENTITY_LINKS):
        con.execute(schema.create_statement(table))
    make_room(con)
    write_entity_links(con, known.articles["published_on"].unique(), linked_by="bench")
    return con


def figures(con: duckdb.DuckDBPyConnection, labels: pl.DataFrame) -> Figures:
    """The links of a file against labels of it."""
    links = con.sql("FROM entity_links").pl()
    ((persons, bare),) = con.execute(_BARE).fetchall()
    judged = links.join(labels, on=list(KEY))
    right = judged.filter(pl.col("is_right") == 1).height
    return Figures(
        persons=persons, bare=bare, links=links.height, judged=judged.height, right=right
    )


def rows(development: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """A table in Markdown, of the development corpus and of ``SETS``."""
    shares = "bare of persons | linked of bare | right of judged"
    yield f"| articles | persons | bare | links | judged | right | {shares} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    labels = dict(pl.read_csv(LABELS).group_by("set"))
    first = figures(development, labels[("development",)])
    others = {name: figures(linked(read()), labels[(name,)]) for name, read in SETS.items()}
    yield first.row("development")
    yield from (figure.row(name) for name, figure in others.items())
    yield sum(others.values(), start=first).row("all")


def main() -> None:
    with duckdb.connect(sys.argv[1], read_only=True) as development:
        for line in rows(development):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
