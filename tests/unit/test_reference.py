"""The reference tables: complete, consistent and readable by a person."""

import polars as pl
import pytest

from etl.errors import ReferenceDataError
from etl.reference import load_countries, load_country_groups, load_places
from etl.reference.places import middle_of
from etl.schema import COUNTRIES, COUNTRY_GROUPS, PLACES
from etl.tables import read_table, typed

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
    "country_groups.csv",
    "country_prefixes.csv",
    "divisions.csv",
    "peoples.csv",
    "places.csv.gz",
    "place_forms.csv",
    "neighbours.csv",
    "office_holders.csv",
    "given_name_countries.csv",
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


def test_groups_have_their_members_and_days() -> None:
    groups = load_country_groups()
    assert groups.schema == COUNTRY_GROUPS.polars_schema
    assert set(groups["country_code"]) <= set(load_countries()["country_code"])
    assert not groups.select(COUNTRY_GROUPS.key).is_duplicated().any()
    assert groups.filter(pl.col("until") < pl.col("since")).is_empty()
    left = groups.filter(pl.col("until").is_not_null())
    assert left.select("country_group", "country_code").rows() == [("EU", "GB")]


def test_countries_lie_where_they_are() -> None:
    places = {code: (lat, lon) for code, lat, lon in _positions(load_countries())}
    assert places["KE"] == pytest.approx((0.6, 37.8), abs=1)
    assert places["US"] == pytest.approx((39.5, -99), abs=2)  # without Alaska and Hawaii
    assert places["FJ"][1] > 175  # on both sides of the 180th meridian
    assert places["TV"][0] == pytest.approx(-8.5, abs=1)  # no shape: the middle of its towns


def _positions(frame: pl.DataFrame) -> list[tuple[str, float, float]]:
    return frame.select("country_code", "latitude", "longitude").drop_nulls().rows()


def test_places_have_the_schema_and_a_unique_key() -> None:
    places = load_places()
    assert places.schema == PLACES.polars_schema
    assert not places["place_id"].is_duplicated().any()
    assert set(places["country_code"]) <= set(load_countries()["country_code"])
    degrees = places.select("latitude", "longitude").drop_nulls()
    assert degrees["latitude"].is_between(-90, 90).all()
    assert degrees["longitude"].is_between(-180, 180).all()


@pytest.mark.parametrize(
    ("place_id", "name", "kind", "division", "division_code"),
    [
        ("184745", "Nairobi", "capital", "Nairobi Area", None),
        ("4717560", "Paris", "city", "Texas", "US-TX"),
        ("US-TX", "Texas", "division", "Texas", "US-TX"),
        ("DE.02", "Bavaria", "division", "Bavaria", None),
        ("KE", "Kenya", "country", None, None),
    ],
)
def test_a_place_tells_what_it_is_and_what_it_is_in(
    place_id: str, name: str, kind: str, division: str | None, division_code: str | None
) -> None:
    row = load_places().row(by_predicate=pl.col("place_id") == place_id, named=True)
    told = (row["name"], row["kind"], row["division"], row["division_code"])
    assert told == (name, kind, division, division_code)
    assert row["latitude"] is not None


def test_a_division_lies_in_the_middle_of_its_towns_across_the_meridian_too() -> None:
    towns = pl.DataFrame(
        {
            "division": ["a", "a", "b", "b"],
            "latitude": [10.0, 20.0, -16.0, -18.0],
            "longitude": [30.0, 34.0, 179.0, -179.0],
        }
    )
    middles = {name: (lat, lon) for name, lat, lon in middle_of(towns, ["division"]).rows()}
    assert middles["a"] == (15.0, 32.0)
    assert middles["b"][0] == -17.0
    assert abs(middles["b"][1]) == 180.0


def test_a_field_that_is_no_number_is_a_fault_of_the_table() -> None:
    with pytest.raises(ReferenceDataError, match="people"):
        typed(pl.DataFrame({"people": ["many"]}), people=pl.Int64)


def test_a_malformed_figure_of_a_country_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("countries.csv").with_columns(population=pl.lit("many"))
    monkeypatch.setattr(
        "etl.reference.places.read_table",
        lambda name: table if name == "countries.csv" else read_table(name),
    )
    with pytest.raises(ReferenceDataError, match="population"):
        load_countries()
