"""Who had a text from whom, as far as the articles say.

What belongs here: the direction between a copy and the article that it copies, from the outlets
and agencies that each names. What does not: which articles are copies (verdict.py), and finding
outlets in a text (etl/sources).
"""

import polars as pl

_PUBLISHED = ("publisher",)
_NAMED = ("agency", "republisher", "cited")


def with_credit(links: pl.DataFrame, article_sources: pl.DataFrame) -> pl.DataFrame:
    """Links (article_id, copy_of) with ``direction`` and ``credit``, a source or null.

    Input: ``schema.ARTICLE_SOURCES`` of all articles of the links. A copy that names the outlet of
    what it copies has it from there; where the earlier one names the outlet of the later, the
    later is the original; where both name an agency, both have it from that. Else only time tells.
    """
    published = article_sources.filter(pl.col("role").is_in(_PUBLISHED))
    named = article_sources.filter(pl.col("role").is_in(_NAMED))
    agencies = article_sources.filter(pl.col("role") == "agency")
    found = pl.concat(
        [
            _shared(links, named, published, direction="credited", rank=1),
            _shared(links, published, named, direction="credits_back", rank=2),
            _shared(links, agencies, agencies, direction="agency", rank=3),
        ]
    )
    best = found.sort("rank", "credit").unique("article_id", keep="first", maintain_order=True)
    return links.join(
        best.drop("rank"), on="article_id", how="left", maintain_order="left"
    ).with_columns(pl.col("direction").fill_null("time"))


def _shared(
    links: pl.DataFrame,
    of_copy: pl.DataFrame,
    of_copied: pl.DataFrame,
    *,
    direction: str,
    rank: int,
) -> pl.DataFrame:
    """A source that stands in one part with the copy and in another with what it copies."""
    return (
        links.select("article_id", "copy_of")
        .join(of_copy.select("article_id", "source_id"), on="article_id")
        .join(
            of_copied.select(pl.col("article_id").alias("copy_of"), "source_id"),
            on=["copy_of", "source_id"],
        )
        .select(
            "article_id",
            pl.lit(direction).alias("direction"),
            pl.col("source_id").alias("credit"),
            pl.lit(rank).alias("rank"),
        )
    )
