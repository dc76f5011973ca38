"""Candidates: whom the bare names of articles may mean.

What belongs here: which bare names are asked about, the persons with a full name that has it as a
form, the heads of state and government, and what else is called so. What does not: what speaks for
each (bare_names.py), and how much of it there is (window.py).
"""

import polars as pl

from etl.link.forms import NameRules, person_of, words_of
from etl.link.window import PERSON, around, counted, shared_countries

WITHIN_DAYS = 14
"""Who is meant by a bare name is told by the news of so many days before and after."""

HOLDER_SCHEMA = {
    "name": pl.String(),
    "entity_id": pl.String(),
    "short_name": pl.String(),
    "country_code": pl.String(),
    "first": pl.Int32(),
    "last": pl.Int32(),
}


def offices_by_key(holders: pl.DataFrame, rules: NameRules) -> pl.DataFrame:
    """The holders by key: key, person, country_code, first, last, holder_name, holder_id."""
    keyed = [
        (row, rules.key(short), person_of(name, rules.key(short), rules))
        for row, (name, short) in enumerate(holders.select("name", "short_name").iter_rows())
    ]
    schema = {"row": pl.UInt32(), "key": pl.String(), "person": pl.String()}
    found = pl.DataFrame(keyed, schema=schema, orient="row")
    named = holders.with_row_index("row").rename({"name": "holder_name", "entity_id": "holder_id"})
    return found.join(named, on="row").drop("row", "short_name")


def asked_names(
    bare: pl.DataFrame, bearers: pl.DataFrame, offices: pl.DataFrame, wanted: pl.Series
) -> pl.DataFrame:
    """Bare names of wanted articles that anybody bears: article_id, day, entity_id, key, is_common.

    ``has_given``: the article names somebody with it as given name.
    """
    keys = pl.concat([bearers["key"], offices["key"]]).unique()
    found = bare.filter(
        pl.col("article_id").is_in(wanted.implode()), pl.col("key").is_in(keys.implode())
    )
    own = bearers.group_by("article_id", "key").agg(
        has_family=(pl.col("kind") == "family").any(),
        has_given=(pl.col("kind") == "given").any(),
    )
    found = found.join(own, on=["article_id", "key"], how="left")
    free = found.filter(~pl.col("has_family").fill_null(value=False))
    return free.select(
        *("article_id", "day", "entity_id", "key", "is_common"),
        pl.col("has_given").fill_null(value=False),
    )


def countries_by_kind(countries: pl.DataFrame, given_in: list[str]) -> pl.DataFrame:
    """article_id, kind and country_code: where people are called by their given name, that counts
    in articles about such a country only."""
    given = countries.filter(pl.col("is_focus") & pl.col("country_code").is_in(given_in))
    return pl.concat(
        [
            frame.select("article_id", pl.lit(kind).alias("kind"), "country_code")
            for kind, frame in (("family", countries), ("given", given))
        ]
    )


def candidates(
    asked: pl.DataFrame, bearers: pl.DataFrame, by_kind: pl.DataFrame, offices: pl.DataFrame
) -> pl.DataFrame:
    """The persons that each asked name may mean, with what is counted of them."""
    given_there = by_kind.filter(pl.col("kind") == "given").select("article_id", "kind").unique()
    bearers = pl.concat(
        [
            bearers.filter(pl.col("kind") == "family"),
            bearers.join(given_there, on=["article_id", "kind"], how="semi"),
        ]
    )
    people = counted(asked, bearers, days=WITHIN_DAYS)
    shared = shared_countries(asked, bearers, by_kind, days=WITHIN_DAYS)
    on = ["article_id", *PERSON]
    found = asked.join(people, on=["key", "day"]).join(shared, on=on, how="left")
    called_so = (pl.col("kind") == "family") | (
        ~pl.col("has_given") & pl.col("shared").is_not_null()
    )
    return _with_holders(found.filter(called_so), asked, by_kind, offices)


def _with_holders(
    found: pl.DataFrame, asked: pl.DataFrame, by_kind: pl.DataFrame, offices: pl.DataFrame
) -> pl.DataFrame:
    """Candidates with the head of state or government that they are, and such as no article names
    in full."""
    there = by_kind.filter(pl.col("kind") == "family").rename({"country_code": "holds_in"})
    holding = (
        asked.join(offices.rename({"country_code": "holds_in"}), on="key")
        .filter(pl.col("day").is_between("first", "last"))
        .join(there, on=["article_id", "holds_in"], how="semi")
        .with_columns(kind=pl.lit("family"))
        .sort("article_id", *PERSON, "holds_in", "holder_name", "holder_id")
        .unique(["article_id", *PERSON], keep="first", maintain_order=True)
    )
    office = holding.select("article_id", *PERSON, "holds_in", "holder_name", "holder_id")
    on = ["article_id", *PERSON]
    known = found.join(office, on=on, how="left")
    unseen = holding.join(found, on=on, how="anti").select(
        *asked.columns, "kind", "person", "holds_in", "holder_name", "holder_id"
    )
    return pl.concat([known, unseen], how="diagonal")


def with_other_names(asked: pl.DataFrame, names: pl.DataFrame, rules: NameRules) -> pl.DataFrame:
    """``asked`` with each other name of the article that has not the bare one as a word."""
    others = names.filter(pl.col("label") != "NORP").select(
        "article_id", other="entity_id", name="name", other_name=pl.col("name").str.to_lowercase()
    )
    pairs = asked.join(others, on="article_id").filter(pl.col("other") != pl.col("entity_id"))
    words = words_of(pairs["name"], rules, set(asked["key"]))
    return pairs.join(words, on=["name", "key"], how="anti").drop("name")


def things_called_so(
    asked: pl.DataFrame, names: pl.DataFrame, bearers: pl.DataFrame, rules: NameRules
) -> pl.DataFrame:
    """By asked key and day: articles that name an organisation or a place with that word and nobody
    of that name."""
    called = names.filter(pl.col("label").is_in(["ORG", "PLACE"]))
    words = words_of(called["name"], rules, set(asked["key"]))
    daily = (
        called.join(words, on="name")
        .join(bearers, on=["article_id", "key"], how="anti")
        .group_by("key", "day")
        .agg(things=pl.col("article_id").n_unique())
        .rename({"day": "day_of"})
    )
    days = asked.select("key", "day").unique()
    return (
        around(days, daily, ["key"], days=WITHIN_DAYS)
        .group_by("key", "day")
        .agg(pl.col("things").sum())
    )


def called_by_title(
    asked: pl.DataFrame, bare: pl.DataFrame, bearers: pl.DataFrame, countries: pl.DataFrame
) -> pl.DataFrame:
    """By asked article and name: other articles with a country in common that have it behind a
    title and nobody with the full name ("President Reagan"): they take the person as known."""
    alone = bare.join(bearers, on=["article_id", "key"], how="anti").filter("is_titled")
    titled = alone.select("article_id", "key", "day").unique()
    codes = countries.select("article_id", "country_code")
    daily = (
        titled.join(codes, on="article_id")
        .group_by("key", "country_code", "day")
        .agg(titled=pl.len())
        .rename({"day": "day_of"})
    )
    own = asked.select("article_id", "entity_id", "key", "day").join(codes, on="article_id")
    sums = (
        around(own, daily, ["key", "country_code"], days=WITHIN_DAYS)
        .group_by("article_id", "entity_id", "key", "country_code")
        .agg(pl.col("titled").sum())
    )
    most = sums.group_by("article_id", "entity_id", "key").agg(pl.col("titled").max())
    itself = titled.select("article_id", "key", itself=pl.lit(1))
    most = most.join(itself, on=["article_id", "key"], how="left")
    return most.select(
        "article_id", "entity_id", titled=pl.col("titled") - pl.col("itself").fill_null(0)
    )
