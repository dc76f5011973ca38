"""What the days around an article say: sums of daily counts within so many days before and after.

What belongs here: who bears a full name how often, in which countries, beside which other names.
What does not: what that is worth (bare_names.py). Counts are by day before they are joined, so
that a name of every second article costs no more than one of a few.
"""

import polars as pl

PERSON = ("key", "kind", "person")
"""Full names that may be one person's, by one form of them."""

_NEARNESS = ("apart", "day_of", "article_id")


def around(asked: pl.DataFrame, daily: pl.DataFrame, by: list[str], *, days: int) -> pl.DataFrame:
    """Daily rows within ``days`` of each asked day, with how many days they are ``apart``.

    ``asked`` has ``day`` and the columns ``by``; of ``daily`` the day is ``day_of``.
    """
    pairs = asked.join(daily, on=by)
    apart = (pl.col("day_of") - pl.col("day")).abs()
    return pairs.with_columns(apart=apart).filter(pl.col("apart") <= days)


def counted(asked: pl.DataFrame, bearers: pl.DataFrame, *, days: int) -> pl.DataFrame:
    """By asked key and day, and person: articles that bear a full name of theirs (``n``), the full
    name that most of them bear, and the nearest article with that name.

    ``bearers``: article_id, day, entity_id, name, key, kind, person.
    """
    of_day = [*PERSON, "day"]
    asked = asked.select("key", "day").unique()
    daily = bearers.group_by(of_day).agg(n=pl.col("article_id").n_unique()).rename(_LATER)
    people = around(asked, daily, ["key"], days=days).group_by(of_day).agg(pl.col("n").sum())
    wordings = (
        bearers.sort("article_id", "name")
        .group_by([*of_day, "entity_id"], maintain_order=True)
        .agg(
            pl.col("article_id", "name").first(),
            borne=pl.col("article_id").n_unique(),
            length=pl.col("name").str.len_chars().min(),
        )
        .rename(_LATER)
    )
    near = around(asked, wordings, ["key"], days=days).sort(_NEARNESS)
    full = near.group_by([*of_day, "entity_id"], maintain_order=True).agg(
        pl.col("borne").sum(), pl.col("length").min(), pl.col("article_id", "name").first()
    )
    best = full.sort("borne", "length", "entity_id", descending=[True, False, False])
    best = best.unique(of_day, keep="first", maintain_order=True)
    return people.join(
        best.select(
            *of_day, linked_entity_id="entity_id", nearest_id="article_id", evidence="name"
        ),
        on=of_day,
    )


_LATER = {"day": "day_of"}


def shared_countries(
    asked: pl.DataFrame, bearers: pl.DataFrame, countries: pl.DataFrame, *, days: int
) -> pl.DataFrame:
    """By asked article, key and person: the country in common with most of the articles that bear
    the full name, and how many these are (``shared``).

    ``countries``: article_id, kind (of a form), country_code.
    """
    daily = (
        bearers.select(*PERSON, "day", "article_id")
        .unique()
        .join(countries, on=["article_id", "kind"])
        .group_by([*PERSON, "country_code", "day"])
        .agg(shared=pl.len())
        .rename(_LATER)
    )
    own = asked.select("article_id", "key", "day").join(countries, on="article_id")
    sums = (
        around(own, daily, ["key", "kind", "country_code"], days=days)
        .group_by(["article_id", *PERSON, "country_code"])
        .agg(pl.col("shared").sum())
    )
    most = sums.sort("shared", "country_code", descending=[True, False])
    return most.unique(["article_id", *PERSON], keep="first", maintain_order=True)


def shared_names(
    asked: pl.DataFrame, bearers: pl.DataFrame, names: pl.DataFrame, *, days: int, most: int
) -> pl.DataFrame:
    """By asked article, key and person: how far other names of the article stand for the person.

    ``context`` sums over these names the part of the other articles with the name, within the
    days, that bear the full name; ``names`` are the ``most`` telling ones.
    ``names``: article_id, day, entity_id, name; ``asked`` has ``other`` and ``other_name``, the
    names that count, a row each.
    """
    wanted = names.select("article_id", "day", other="entity_id").join(
        asked.select("other").unique(), on="other", how="semi"
    )
    held = wanted.group_by("other", "day").agg(held=pl.len()).rename(_LATER)
    both = (
        bearers.select(*PERSON, "article_id")
        .unique()
        .join(wanted, on="article_id")
        .group_by([*PERSON, "other", "day"])
        .agg(both=pl.len())
        .rename(_LATER)
    )
    pairs = asked.select("key", "day", "other").unique()
    together = (
        around(pairs, both, ["key", "other"], days=days)
        .group_by([*PERSON, "day", "other"])
        .agg(pl.col("both").sum())
    )
    totals = (
        around(together.select("day", "other").unique(), held, ["other"], days=days)
        .group_by("day", "other")
        .agg(pl.col("held").sum())
    )
    # The asked article holds the name too, and bears no full name of that form.
    parts = together.join(totals, on=["day", "other"]).with_columns(
        part=pl.col("both") / (pl.col("held") - 1)
    )
    found = asked.join(parts, on=["key", "day", "other"])
    found = found.sort("part", "other_name", descending=[True, False])
    return found.group_by(["article_id", *PERSON], maintain_order=True).agg(
        context=pl.col("part").sum(), names=pl.col("other_name").head(most)
    )
