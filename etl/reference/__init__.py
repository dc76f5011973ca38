"""The reference tables: CSV files of facts that people may edit, and their loaders.

What belongs here: making a checked frame of a table of this folder. What does not: reading
tables (etl/tables.py), what they are used for (etl.extract, etl.sources) and how they are built
(bench/build_reference.py). Where each file comes from, and under which licence, stands in
README.md beside this file.
"""

import polars as pl

from etl.reference.places import load_places, typed_countries
from etl.schema import COUNTRIES, COUNTRY_GROUPS
from etl.tables import REGISTRY, read_table, reference_version, split_list, typed

__all__ = [
    "REGISTRY",
    "load_countries",
    "load_country_groups",
    "load_places",
    "read_table",
    "reference_version",
    "split_list",
]


def load_countries() -> pl.DataFrame:
    """``schema.COUNTRIES``: one row per country, sorted by code, with its demonyms.

    Raises:
        ReferenceDataError: countries.csv or demonyms.csv is missing or malformed.
    """
    countries = typed_countries().with_columns(split_list("languages"))
    demonyms = read_table("demonyms.csv").select(
        "country_code",
        pl.concat_list(split_list("adjectives"), split_list("people"))
        .list.unique(maintain_order=True)
        .alias("demonyms"),
    )
    joined = countries.join(demonyms, on="country_code", how="left", validate="1:1")
    filled = joined.with_columns(pl.col("demonyms").fill_null([]))
    return COUNTRIES.conform(filled.sort("country_code"))


def load_country_groups() -> pl.DataFrame:
    """``schema.COUNTRY_GROUPS``, in the order of the file.

    Raises:
        ReferenceDataError: country_groups.csv is missing or malformed.
    """
    table = read_table("country_groups.csv")
    return COUNTRY_GROUPS.conform(typed(table, since=pl.Date, until=pl.Date))
