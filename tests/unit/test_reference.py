"""The reference tables: complete, consistent and readable by a person."""

import polars as pl
import pytest

from etl.reference import load_countries
from etl.schema import COUNTRIES
from etl.tables import read_table

COUNTRY_TABLES = (
    "demonyms.csv",
    "country_aliases.csv",
    "seats_of_power.csv",
    "organisations.csv",
    "cues.csv",
    "states.csv",
    "regions.csv",
    "counties.csv",
    "subdivisions.csv",
    "city_aliases.csv",
    "local_names.csv",
    "local_aliases.csv",
    "local_peoples.csv",
    "local_words.csv",
    "airports.csv",
    "country_prefixes.csv",
    "peoples.csv",
    "places.csv.gz",
    "place_forms.csv",
    "neighbours.csv",
)


def test_countries_have_the_schema_and_a_unique_key() -> None:
    countries = load_countries()
    assert countries.schema == COUNTRIES.polars_schema
    assert countries["country_code"].is_unique().all()
    assert len(countries) == 250


def test_namibia_is_no_missing_value() -> None:
    row = load_countries().row(by_predicate=pl.col("country_code") == "NA", named=True)
    assert row["name"] == "Namibia"
    assert row["demonyms"] == ["Namibian", "Namibians"]


def test_kosovo_has_no_numeric_code_but_a_region() -> None:
    row = load_countries().row(by_predicate=pl.col("country_code") == "XK", named=True)
    assert (row["alpha_3"], row["numeric_code"]) == ("XKX", None)
    assert row["subregion"] == "Southern Europe"


def test_every_country_has_a_region() -> None:
    countries = load_countries()
    assert countries["region"].null_count() == 0
    assert set(countries["region"]) == {
        "Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania",
    }  # fmt: skip


@pytest.mark.parametrize("name", COUNTRY_TABLES)
def test_tables_name_only_known_countries(name: str) -> None:
    known = set(load_countries()["country_code"])
    assert set(read_table(name)["country_code"]) <= known
