"""The reference tables: CSV files of facts that people may edit, and their loaders.

What belongs here: making a checked frame of a table of this folder. What does not: reading
tables (etl/tables.py), what they are used for (etl.extract, etl.sources) and how they are built
(bench/build_reference.py). Where each file comes from, and under which licence, stands in
README.md beside this file.
"""

import polars as pl

from etl.schema import COUNTRIES
from etl.tables import REGISTRY, read_table, reference_version, split_list

__all__ = ["REGISTRY", "load_countries", "read_table", "reference_version", "split_list"]


def load_countries() -> pl.DataFrame:
    """``schema.COUNTRIES``: one row per country, sorted by code, with its demonyms.

    Raises:
        ReferenceDataError: countries.csv or demonyms.csv is missing or malformed.
    """
    countries = read_table("countries.csv").with_columns(
        pl.col("numeric_code", "region", "subregion").replace("", None)
    )
    demonyms = read_table("demonyms.csv").select(
        "country_code",
        pl.concat_list(split_list("adjectives"), split_list("people"))
        .list.unique(maintain_order=True)
        .alias("demonyms"),
    )
    joined = countries.join(demonyms, on="country_code", how="left", validate="1:1")
    filled = joined.with_columns(pl.col("demonyms").fill_null([]))
    return COUNTRIES.conform(filled.sort("country_code"))
