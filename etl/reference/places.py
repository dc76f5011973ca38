"""Where places lie: ``places`` as analysts have it, of towns, first-level divisions and countries.

What belongs here: their ids, and the positions of divisions, which follow from those of their
towns. What does not: what a name in a text means (etl/extract/places).
"""

from collections.abc import Sequence

import polars as pl

from etl.schema import PLACES
from etl.tables import made_of_tables, read_table, typed

POSITION = ("latitude", "longitude")


def load_places() -> pl.DataFrame:
    """``schema.PLACES``, sorted by id.

    Raises:
        ReferenceDataError: a table is missing or malformed.
    """
    towns = _towns()
    kinds = [
        towns.with_columns(place_id=pl.col("geonames_id").cast(pl.String)),
        _divisions(towns),
        _countries(),
    ]
    return PLACES.conform(pl.concat(kinds, how="diagonal").sort("place_id"))


@made_of_tables
def divisions_by_id() -> pl.DataFrame:
    """First-level divisions: place_id, country_code, geonames_code, name, division_code.

    Those of GeoNames (divisions.csv), and those that only ISO 3166-2 has (subdivisions.csv,
    states.csv). Codes that are not known are null.
    """
    known = typed(read_table("divisions.csv"), subdivision_code=pl.String)
    geonames_id = pl.concat_str("country_code", "geonames_code", separator=".")
    both = known.select(
        pl.coalesce("subdivision_code", geonames_id).alias("place_id"),
        "country_code",
        "geonames_code",
        "name",
        division_code="subdivision_code",
    )
    iso = _iso_divisions().join(both, on="place_id", how="anti")
    return pl.concat([both, iso], how="diagonal")


def _iso_divisions() -> pl.DataFrame:
    states = read_table("states.csv").filter(pl.col("subdivision_code") != "")
    codes = [
        read_table("subdivisions.csv"),
        states.select(
            "country_code",
            pl.concat_str("country_code", "subdivision_code", separator="-").alias(
                "subdivision_code"
            ),
            "name",
        ),
    ]
    rows = pl.concat(codes).unique("subdivision_code", keep="first", maintain_order=True)
    return rows.select(
        "country_code", "name", place_id="subdivision_code", division_code="subdivision_code"
    )


def middle_of(towns: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The middle between the outermost towns of each group, also across the 180th meridian."""
    east = pl.col("longitude")
    is_across = (east.max() - east.min() > 180).over(by)
    eastward = towns.with_columns(
        longitude=pl.when(is_across & (east < 0)).then(east + 360).otherwise(east)
    )
    middles = eastward.group_by(by).agg((pl.col(n).min() + pl.col(n).max()) / 2 for n in POSITION)
    return middles.with_columns(
        pl.col("latitude").round(4), longitude=((east + 180) % 360 - 180).round(4)
    )


def _towns() -> pl.DataFrame:
    names = divisions_by_id().select(
        "country_code", "division_code", geonames_code="geonames_code", division="name"
    )
    towns = typed(
        read_table("places.csv.gz").rename({"subdivision": "geonames_code"}),
        geonames_id=pl.Int64,
        population=pl.Int64,
        latitude=pl.Float64,
        longitude=pl.Float64,
    )
    return towns.join(names, on=["country_code", "geonames_code"], how="left")


def _divisions(towns: pl.DataFrame) -> pl.DataFrame:
    key = ("country_code", "geonames_code")
    return (
        divisions_by_id()
        .join(middle_of(towns, key), on=key, how="left")
        .with_columns(kind=pl.lit("division"), division="name")
    )


def _countries() -> pl.DataFrame:
    return typed_countries().with_columns(place_id="country_code", kind=pl.lit("country"))


def typed_countries() -> pl.DataFrame:
    """countries.csv with its figures as numbers; what is empty is null."""
    return typed(
        read_table("countries.csv"),
        numeric_code=pl.String,
        region=pl.String,
        subregion=pl.String,
        geonames_id=pl.Int64,
        population=pl.Int64,
        area_km2=pl.Float64,
        latitude=pl.Float64,
        longitude=pl.Float64,
    )
