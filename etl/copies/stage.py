"""articles → links of copies, and the groups that follow from them.

What belongs here: the steps in their order. What does not: the steps (this room's modules).
"""

import polars as pl

from etl import schema
from etl.copies.credit import with_credit
from etl.copies.verdict import copies

WITHIN_DAYS = 14
"""A text is passed on within days; what comes back later is a rerun of an old piece."""

LINK_SCHEMA = {
    name: schema.TEXT_GROUPS.polars_schema[name]
    for name in ("article_id", "copy_of", "kind", "share", "jaccard", "direction", "credit")
}


def find_copies(articles: pl.DataFrame, article_sources: pl.DataFrame) -> pl.DataFrame:
    """Which article copies which earlier one of the last ``WITHIN_DAYS`` days: the nearest to it.

    Input: article_id, published_on, title, body; ``schema.ARTICLE_SOURCES`` of these articles.
    Output: ``schema.TEXT_GROUPS`` without the groups, a row for each article that is a copy.
    Whether it is one depends on the articles of those days alone.
    """
    from etl.copies.pairs import measured_pairs  # numpy, which the code location does without
    from etl.shingles import shingles

    ordered = articles.sort("published_on", "article_id")
    days = ordered["published_on"].to_physical().cast(pl.Int64).to_numpy()
    pairs = measured_pairs(shingles(ordered["body"]), days, within_days=WITHIN_DAYS)
    ids = (
        ordered.select("article_id")
        .with_row_index("number")
        .with_columns(pl.col("number").cast(pl.Int64))
    )
    links = (
        copies(pairs, ordered)
        .join(ids, left_on="later", right_on="number")
        .join(ids.rename({"article_id": "copy_of"}), left_on="earlier", right_on="number")
        .select("article_id", "copy_of", "kind", "share", "jaccard")
    )
    return with_credit(links, article_sources).select(
        pl.col(name).cast(dtype) for name, dtype in LINK_SCHEMA.items()
    )


def grouped(links: pl.DataFrame) -> pl.DataFrame:
    """``schema.TEXT_GROUPS`` but for linked_by, of all links of some whole groups."""
    parent = dict(links.select("article_id", "copy_of").iter_rows())
    firsts = sorted(set(parent.values()) - parent.keys())
    first_rows = pl.DataFrame(
        {"article_id": firsts, "kind": "first"}, schema_overrides=LINK_SCHEMA
    ).select("article_id", "kind")
    rows = pl.concat([links, first_rows], how="diagonal")
    groups = [_first(article_id, parent) for article_id in rows["article_id"]]
    return rows.with_columns(group_id=pl.Series(groups, dtype=pl.String())).sort(
        "group_id", "article_id"
    )


def _first(article_id: str, parent: dict[str, str]) -> str:
    while article_id in parent:
        article_id = parent[article_id]
    return article_id
