"""The registry's file, and what the loader refuses."""

import polars as pl
import pytest

from etl import schema
from etl.errors import ReferenceDataError
from etl.sources import load_registry, read_registry
from etl.sources.attribution import find_publisher
from etl.sources.cues import house_styles
from etl.sources.names import NameIndex, build_index
from etl.tables import read_table

HEAD = "source_id,name,kind,country_code,homepage,aliases,weak_names\n"


def load(tmp_path, *lines):
    path = tmp_path / "sources.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_registry(path.read_bytes())


def test_values_become_the_schema_s_types(tmp_path):
    registry = load(tmp_path, "nampa,Namibia Press Agency,agency,NA,nampa.org,NAMPA;Nampa,Nampa")

    assert registry.select(HEAD.strip().split(",")).row(0) == (
        "nampa",
        "Namibia Press Agency",
        "agency",
        "NA",
        "nampa.org",
        ["NAMPA", "Nampa"],
        ["Nampa"],
    )


def test_empty_values_are_null_or_empty_lists(tmp_path):
    row = load(tmp_path, "un,UN News,government,,,,").row(0, named=True)

    assert (row["country_code"], row["homepage"]) == (None, None)
    assert (row["aliases"], row["weak_names"]) == ([], [])


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Bad Id,Name,agency,FJ,,,", "'Bad Id'"),
        ("x,,agency,FJ,,,", "name ''"),
        ("x,Name,blog,FJ,,,", "'blog'"),
        ("x,Name,agency,Fiji,,,", "'Fiji'"),
        ("x,Name,agency,FJ,https://x.example/,,", "'https://x.example/'"),
        ("x,Name,agency,FJ,,A;;B,", "'A;;B'"),
        ("x,Name,agency,FJ,,A,B", "'B'"),
        ("x,Name,agency,FJ", "line 3: 4 values; expected 7, parted by commas"),
        ("x,Name,agency,FJ,,,,more,still", "line 3: 9 values; expected 7"),
    ],
)
def test_malformed_value_is_named_with_its_line(tmp_path, line, named):
    with pytest.raises(ReferenceDataError, match=r"sources\.csv, line 3: ") as error:
        load(tmp_path, "good,Good,agency,FJ,,,", line)

    assert named in str(error.value)
    assert "expected" in str(error.value)


@pytest.mark.parametrize(
    "line", ["good,Other,agency,FJ,,,", "other,Other,agency,FJ,good.example,,"]
)
def test_ids_and_homepages_are_unique(tmp_path, line):
    with pytest.raises(ReferenceDataError, match="line 3"):
        load(tmp_path, "good,Good,agency,FJ,good.example,,", line)


def test_missing_column_is_refused(tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text("source_id,name\nx,X\n", encoding="utf-8")

    with pytest.raises(ReferenceDataError, match="line 1"):
        read_registry(path.read_bytes())


@pytest.mark.parametrize(
    "content",
    [f"{HEAD}x,El País,newspaper,ES,,,\n".encode("latin-1"), f'{HEAD}x,"N"n,,,,,\n'.encode()],
    ids=["latin-1", "stray quote"],
)
def test_a_file_that_is_no_csv_in_utf8_is_named(content):
    with pytest.raises(ReferenceDataError, match=r"sources\.csv: .* expected CSV in UTF-8"):
        read_registry(content)


def test_the_mark_of_a_spreadsheet_is_no_part_of_the_first_column():
    content = f"\ufeff{HEAD}x,Name,agency,FJ,,,\n".encode()

    assert read_registry(content)["source_id"].to_list() == ["x"]


def test_shipped_registry_covers_the_world():
    registry = load_registry()

    assert registry.height >= 500
    assert registry["country_code"].n_unique() >= 150
    assert set(registry["kind"]) == set(schema.SOURCE_KINDS)


def test_only_what_has_no_press_has_no_outlet():
    countries = set(read_table("countries.csv")["country_code"])

    assert countries - set(load_registry()["country_code"].drop_nulls()) == set(
        "AQ BV CC CX GS HM IO PN TF TK UM".split()
    )


def test_most_outlets_stand_in_a_list_of_others():
    registry = load_registry()

    assert registry.filter(pl.col("verified_by").list.len() > 0).height >= 0.91 * registry.height


def test_shipped_countries_are_known():
    known = set(read_table("countries.csv")["country_code"])

    assert set(load_registry()["country_code"].drop_nulls()) <= known


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("Reuter", "reuters"),
        ("AP", "ap"),
        ("ITAR-TASS", "tass"),
        ("xinhua", "xinhua"),
        ("PTI", "pti"),
        ("The Guardian", "guardian"),
        ("El País", "el-pais"),
        ("新华社", "xinhua"),
    ],
)
def test_shipped_names_find_their_outlet(name, source_id):
    assert build_index(load_registry()).find(name) == source_id


def test_house_styles_are_of_shipped_agencies():
    assert {source_id for source_id, _ in house_styles()} <= build_index(load_registry()).agencies


@pytest.mark.parametrize("word", ["Time", "Nature", "The Sun", "Metro", "The National", "Dawn"])
def test_common_words_are_not_searched_in_running_text(word):
    index = build_index(load_registry())

    assert not {word, word.removeprefix("The "), "t" + word[1:]} & index.spoken.keys()


def test_longest_domain_of_an_address_wins():
    index = build_index(load_registry())

    assert index.find_address("https://asia.nikkei.com/x") == "nikkei-asia"
    assert index.find_address("https://www.nikkei.com/x") == "nikkei"
    assert index.find_address("not an address") is None


FULL = (
    "source_id,name,kind,country_code,homepage,aliases,domains,wikidata_id,verified_by,"
    "weak_names,found_by\n"
)


def index_of(*lines: str) -> NameIndex:
    return build_index(read_registry((FULL + "\n".join(lines)).encode()))


def test_an_outlet_is_found_by_each_of_its_domains() -> None:
    index = index_of("lyre-post,Lyre Post,newspaper,KE,lyre.example,,post.example;post.uk=GB,,,,")
    for address in ("https://www.lyre.example/1", "news.post.example", "//post.uk/2"):
        assert index.find_address(address) == "lyre-post"
    assert index.find_address("https://other.uk") is None


def test_an_outlet_found_by_its_domain_is_no_name_in_a_text() -> None:
    index = index_of(
        "focus-ke,Focus,newspaper,KE,focus.example,,,Q1,wikidata,,domain",
        "lyre-post,Lyre Post,newspaper,KE,lyre.example,,,,,,",
        "lyre-post-us,The Lyre Post,newspaper,US,lyre.us,,,Q2,wikidata,,domain",
    )
    assert index.find("Focus") is None
    assert "Focus" not in index.spoken
    assert find_publisher("Focus", index) == "focus-ke"
    assert find_publisher("https://focus.example/1", index) == "focus-ke"
    assert find_publisher("The Lyre Post", index) == "lyre-post"


def test_a_name_of_two_listed_outlets_finds_none() -> None:
    index = index_of(
        *(
            f"focus-{c.lower()},Focus,newspaper,{c},focus.{c.lower()},,,,,,domain"
            for c in ("KE", "US")
        )
    )
    assert find_publisher("Focus", index) is None


@pytest.mark.parametrize(
    "values",
    ["a.example;a.example,,,,", "no domain,,,,", "a.example=ke,,,,", ",P1,,,", ",,,,name"],
)
def test_a_malformed_value_of_the_further_columns_is_named(values: str) -> None:
    with pytest.raises(ReferenceDataError, match="line 2: "):
        index_of(f"lyre-post,Lyre Post,newspaper,KE,lyre.example,,{values}")


def test_a_registry_of_an_earlier_version_is_read() -> None:
    registry = read_registry((HEAD + "lyre-post,Lyre Post,newspaper,KE,,,\n").encode())
    assert registry.row(0, named=True)["domains"] == []


def test_the_shipped_registry_knows_the_domains_that_people_send() -> None:
    index = build_index(load_registry())
    asked = {"bbc.com": "bbc-news", "tass.ru": "tass", "barbados.loopnews.com": "loop-news"}
    assert {domain: index.find_address(f"https://www.{domain}/x") for domain in asked} == asked


def test_most_of_the_shipped_registry_is_witnessed() -> None:
    registry = load_registry()
    assert registry.height >= 3_000
    assert registry.filter(pl.col("verified_by").list.len() > 0).height >= 0.8 * registry.height
    assert registry["country_code"].n_unique() > 220
