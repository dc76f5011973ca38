"""Bare names and the full name that each means.

What belongs here: the steps from names of articles to links, and when a link is sure enough. What
does not: what is counted of the days around an article (window.py), and forms of names (forms.py).

How much speaks for a person of that name: the articles of those days that bear the full name, those
of a country in common with this one more than others, and more where articles take the person as
known ("President Reagan", and no full name). Each further name of the article counts by the part of
its news that bears the full name too. Against it speak the other persons of that name,
organisations and places called so, and that it may be somebody whom no article names in full.
"""

import polars as pl

from etl.link.candidates import (
    WITHIN_DAYS,
    asked_names,
    called_by_title,
    candidates,
    countries_by_kind,
    offices_by_key,
    things_called_so,
    with_other_names,
)
from etl.link.forms import NameRules, bare_names, full_names
from etl.link.window import PERSON, shared_names

THRESHOLD = 0.75
"""Score from which on a name is linked."""

WEIGHT = 0.5
"""Of an article that bears the full name and has a country in common."""
OTHER_COUNTRY = 0.25
"""Of one that has none, as part of that."""
CONTEXT_BASE = 4.0
"""So many times the weight for each other name whose news all bears the full name."""
MOST_CONTEXT = 4.0
HOLDER_ARTICLES = 4
"""A head of state or government of a country of the article counts as if so many bore the name."""
OTHER_THING = 0.1
"""Of an article that names an organisation or a place with that word."""
MOST_NAMES = 5
SCORE_DIGITS = 6
UNKNOWN = {False: 0.25, True: 1.0}
"""That it is somebody whom no article names in full, by whether the name is a common one."""

OF_NAME = ["article_id", "entity_id"]

LINK_SCHEMA = {
    "article_id": pl.String(),
    "entity_id": pl.String(),
    "linked_entity_id": pl.String(),
    "method": pl.String(),
    "evidence": pl.String(),
    "nearest_id": pl.String(),
    "bearer_count": pl.Int64(),
    "rival_count": pl.Int64(),
    "country_code": pl.String(),
    "names": pl.List(pl.String()),
    "score": pl.Float64(),
}


def link_bare_names(
    names: pl.DataFrame,
    countries: pl.DataFrame,
    holders: pl.DataFrame,
    *,
    wanted: pl.Series,
    rules: NameRules,
    given_in: list[str],
) -> pl.DataFrame:
    """The bare names of ``wanted`` articles that mean somebody with a full name: ``LINK_SCHEMA``.

    Input: names (article_id, day, label, name, entity_id, is_titled: behind a title) of all
    articles within ``WITHIN_DAYS`` of these, each once, those of countries left out; ``day`` counts
    days. Countries (article_id, country_code, is_focus) of the same. Holders of offices:
    ``HOLDER_SCHEMA``. ``given_in`` are the countries in which people are called by their given
    name.
    A name of whose bearers the article itself has one stays alone: extraction has decided on it.
    """
    persons = names.filter(pl.col("label") == "PERSON")
    spelled = persons["name"].unique().sort()
    bare = persons.join(bare_names(spelled, rules), on="name")
    keys = set(bare.join(wanted.to_frame("article_id"), on="article_id", how="semi")["key"])
    bearers = persons.join(full_names(spelled, rules, keys), on="name")
    offices = offices_by_key(holders, rules)
    asked = asked_names(bare, bearers, offices, wanted)
    bearers = bearers.join(asked, on="key", how="semi")
    by_kind = countries_by_kind(countries, given_in)
    others = with_other_names(asked, names, rules)
    found = candidates(asked, bearers, by_kind, offices)
    context = shared_names(others, bearers, names, days=WITHIN_DAYS, most=MOST_NAMES)
    things = things_called_so(asked, names, bearers, rules)
    titled = called_by_title(asked, bare, bearers, countries)
    told = (
        found.join(context, on=["article_id", *PERSON], how="left")
        .join(things, on=["key", "day"], how="left")
        .join(titled, on=OF_NAME, how="left")
    )
    return _chosen(
        told.with_columns(
            pl.col("n", "shared", "context", "things", "titled").fill_null(0),
            pl.col("names").fill_null([]),
        )
    )


def _chosen(candidates: pl.DataFrame) -> pl.DataFrame:
    """The candidate of each name that is sure enough."""
    all_borne = pl.col("n").sum().over(OF_NAME)
    weighed = candidates.with_columns(all_borne=all_borne).with_columns(weight=_weight())
    unknown = pl.col("is_common").replace_strict(UNKNOWN, return_dtype=pl.Float64())
    whole = pl.col("weight").sum().over(OF_NAME) + unknown + OTHER_THING * pl.col("things")
    named = weighed.with_columns(
        score=(pl.col("weight") / whole).round(SCORE_DIGITS),
        method=pl.when(pl.col("n") == 0)
        .then(pl.lit("office_holder"))
        .otherwise(pl.format("{}_name", "kind")),
        linked_entity_id=pl.coalesce("linked_entity_id", "holder_id"),
        evidence=pl.coalesce("evidence", "holder_name"),
        country_code=pl.coalesce("country_code", "holds_in"),
        bearer_count=pl.col("n"),
        rival_count=pl.col("all_borne") - pl.col("n"),
    )
    sure = named.filter(pl.col("score") >= THRESHOLD).sort(OF_NAME)
    return sure.select(pl.col(name).cast(dtype) for name, dtype in LINK_SCHEMA.items())


def _weight() -> pl.Expr:
    """How much speaks for a candidate."""
    borne = pl.col("shared") + OTHER_COUNTRY * (pl.col("n") - pl.col("shared"))
    known = 1 + pl.col("titled") / pl.max_horizontal("all_borne", pl.lit(1))
    holding = pl.when(pl.col("holds_in").is_not_null()).then(HOLDER_ARTICLES).otherwise(0)
    context = pl.min_horizontal(pl.col("context"), pl.lit(MOST_CONTEXT))
    return WEIGHT * (borne * known + holding) * pl.lit(CONTEXT_BASE).pow(context)
