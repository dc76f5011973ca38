"""The reference tables: CSV files that people may edit, and their loaders.

What belongs here: reading a table of this folder into a checked Polars frame, and the
fingerprint of all of them. What does not: what the tables are used for (etl.extract,
etl.sources) and how they are built (bench/build_reference.py). Where each file comes from,
and under which licence, stands in README.md beside this file.
"""

import hashlib
from functools import cache
from pathlib import Path

import polars as pl

from etl.errors import ReferenceDataError
from etl.schema import COUNTRIES

FOLDER = Path(__file__).resolve().parent
LIST_SEPARATOR = ";"
REGISTRY = "sources.csv"
"""The registry that people correct: only the sources stage reads it, so only that is redone."""


def read_table(name: str) -> pl.DataFrame:
    """One CSV of this folder, every column text, an empty field the empty string.

    Nothing is read as null: "NA" is Namibia. Compressed tables (``.csv.gz``) are read too.

    Raises:
        ReferenceDataError: the file is missing or is not CSV with a header.
    """
    path = FOLDER / name
    try:
        frame = pl.read_csv(path, infer_schema=False, null_values=[])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReferenceDataError(f"reference table {path} cannot be read: {error}") from error
    return frame.with_columns(pl.all().fill_null(""))


def split_list(column: str) -> pl.Expr:
    """The distinct items of a ``;`` list, in order; an empty field is an empty list."""
    items = pl.col(column).str.split(LIST_SEPARATOR)
    return items.list.eval(pl.element().filter(pl.element() != "")).list.unique(maintain_order=True)


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


@cache
def reference_version(*, without: tuple[str, ...] = ()) -> str:
    """Fingerprint (16 hex characters) of the tables of this folder, by name and bytes.

    ``without`` names those that the asker does not read: who edits the registry of sources
    does not make countries stale.
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in FOLDER.glob("*.csv*") if p.name not in without):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
