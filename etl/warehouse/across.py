"""The stages across articles, on the staging file: links of names, versions, copies, stories.

What belongs here: when they run on what. What does not: what they do (etl/link, etl/copies,
etl/stories) and the rows of each (entity_link_rows.py, copy_rows.py, story_rows.py).
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from etl.warehouse.copy_rows import write_copies, write_versions
from etl.warehouse.entity_link_rows import write_entity_links
from etl.warehouse.story_rows import regroup, regroup_all
from etl.warehouse.windows import changed_days


def link_articles(
    con: duckdb.DuckDBPyConnection, nights: Iterable[date], *, linked_by: str
) -> None:
    """Link the articles of replaced nights with all others, and all where other code linked them.

    ``linked_by`` names the code and tables of now. Rows of what the nights do not touch stay as
    they are; the outcome is the same as if all were linked at once.
    """
    if is_whole := is_to_be_linked_anew(con, linked_by):
        nights = [
            row[0] for row in con.execute("SELECT DISTINCT ingested_on FROM articles").fetchall()
        ]
    nights = sorted(nights)
    days = changed_days(con, nights)
    write_entity_links(con, days, linked_by=linked_by)
    moved = write_versions(con, nights, linked_by=linked_by)
    moved |= write_copies(con, days, linked_by=linked_by)
    if is_whole:
        regroup_all(con, linked_by=linked_by)
        return
    new = con.execute(
        "SELECT article_id FROM articles WHERE ingested_on IN (SELECT unnest(?))", [nights]
    )
    regroup(con, {row[0] for row in new.fetchall()}, moved, linked_by=linked_by)


def is_to_be_linked_anew(con: duckdb.DuckDBPyConnection, linked_by: str) -> bool:
    """Whether any story was made by other code, or none was made yet."""
    row = con.execute(
        "SELECT coalesce(bool_or(linked_by <> ?), true) FROM stories", [linked_by]
    ).fetchone()
    return row is None or bool(row[0])
