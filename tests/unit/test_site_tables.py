"""A site's own rows, laid over the shipped ones: what they change, and what is refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import night
from etl.errors import ReferenceDataError
from etl.extract.gazetteer.aliases import load_aliases
from etl.sources import load_registry
from etl.tables import (
    REGISTRY,
    read_table,
    site_effect,
    site_table_names,
    table_content,
    table_path,
    use_site_tables,
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of a home; nothing of it is in use afterwards."""
    folder = tmp_path / "tables"
    folder.mkdir()
    yield folder
    use_site_tables(None)


def lay(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    use_site_tables(folder)


def sources() -> dict[str, dict[str, object]]:
    return {row["source_id"]: row for row in load_registry().iter_rows(named=True)}


def test_without_rows_a_table_is_the_shipped_one_to_the_byte(folder: Path) -> None:
    assert use_site_tables(folder) == ""
    assert use_site_tables(folder / "absent") == ""
    assert table_content(REGISTRY) == table_path(REGISTRY).read_bytes()


def test_a_row_is_added(folder: Path) -> None:
    before = sources()
    lay(folder, "sources.csv", "source_id,name,kind", "lakeside-post,Lakeside Post,newspaper")
    after = sources()
    assert after.keys() - before.keys() == {"lakeside-post"}
    assert after["lakeside-post"]["country_code"] is None
    assert {key: after[key] for key in before} == before


def test_a_row_changes_the_values_that_it_names_alone(folder: Path) -> None:
    before = sources()["reuters"]
    lay(folder, "sources.csv", "source_id,country_code", "reuters,KE")
    assert sources()["reuters"] == {**before, "country_code": "KE"}


def test_a_row_is_taken_out(folder: Path) -> None:
    lay(folder, "sources.removed.csv", "source_id", "reuters")
    assert "reuters" not in sources()


def test_a_key_of_several_columns_names_one_row(folder: Path) -> None:
    label, alias = read_table("entity_aliases.csv").select("label", "alias").row(0)
    before = load_aliases()
    lay(folder, "entity_aliases.removed.csv", "label,alias", f'{label},"{alias}"')
    assert before.keys() - load_aliases().keys() == {(label, alias)}


def test_a_packed_table_is_laid_over_by_its_plain_name(folder: Path) -> None:
    before = read_table("places.csv.gz")
    name, code, division = before.select("name", "country_code", "subdivision").row(0)
    lay(
        folder,
        "places.removed.csv",
        "name,country_code,subdivision",
        f'"{name}",{code},"{division}"',
    )
    assert read_table("places.csv.gz").height < before.height


def test_what_was_made_of_tables_does_not_leak_from_one_home_into_the_next(
    folder: Path, tmp_path: Path
) -> None:
    label, alias = read_table("entity_aliases.csv").select("label", "alias").row(0)
    lay(folder, "entity_aliases.removed.csv", "label,alias", f'{label},"{alias}"')
    assert (label, alias) not in load_aliases()
    use_site_tables(tmp_path / "another")
    assert (label, alias) in load_aliases()
    use_site_tables(folder)
    assert (label, alias) not in load_aliases()


def test_an_edit_is_seen_without_a_new_process(folder: Path) -> None:
    lay(folder, "sources.csv", "source_id,country_code", "reuters,KE")
    lay(folder, "sources.csv", "source_id,country_code", "reuters,FJ")
    assert sources()["reuters"]["country_code"] == "FJ"


@pytest.mark.parametrize(
    ("name", "lines", "stale"),
    [
        ("sources.csv", ("source_id,name,kind", "a-b,A B,newspaper"), {"sources"}),
        (
            "sources.csv",
            ("source_id,name,kind", "a-b,A B,agency"),
            {"sources", "parsed_articles"},
        ),
        ("cues.removed.csv", ("country_code,cue", "KE,none"), {"parsed_articles", "extraction"}),
    ],
)
def test_rows_make_the_stages_stale_that_read_their_table(
    folder: Path, name: str, lines: tuple[str, ...], stale: set[str]
) -> None:
    before = {stage.name: stage.version for stage in night.stages(None, folder)}
    lay(folder, name, *lines)
    after = {stage.name: stage.version for stage in night.stages(None, folder)}
    assert {stage for stage in before if before[stage] != after[stage]} == stale


def test_what_rows_do_is_counted_and_idle_lines_are_named(folder: Path) -> None:
    name = str(sources()["reuters"]["name"])
    lay(
        folder,
        "sources.csv",
        "source_id,name,kind",
        f"reuters,{name},agency",
        "ap,Another Name,agency",
        "lakeside-post,Lakeside Post,newspaper",
    )
    lay(folder, "sources.removed.csv", "source_id", "afp", "never-there")
    effect = site_effect(REGISTRY)
    assert (effect.added, effect.changed, effect.removed) == (1, 1, 1)
    assert effect.idle == (
        "tables/sources.csv, line 2: reuters is shipped so",
        "tables/sources.removed.csv, line 3: never-there is not shipped",
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("source_id,colour", "reuters,red"), "line 1: column 'colour'; expected some of"),
        (("source_id,name,name", "a,A,A"), "line 1: column 'name'; expected .* each once"),
        (("name", "Reuters"), "line 1: no column 'source_id'"),
        (("source_id,name", "reuters"), "line 2: 1 values; expected 2, parted by commas"),
        (("source_id,name", ",Reuters"), "line 2: source_id without a value"),
        (("source_id,name", "reuters,A", "reuters,B"), "line 3: reuters; expected a key that"),
        (("source_id,name", "new-one,New One"), "line 2: kind ''; expected one of"),
        (
            ("source_id,country_code", "reuters,Fiji"),
            "line 2: country_code 'Fiji'; expected a code",
        ),
        (("source_id,kind", "ap,agency", "reuters,blog"), "line 3: kind 'blog'; expected one of"),
        (("source_id,name", 'reuters,"R"s'), "expected CSV in UTF-8"),
    ],
)
def test_a_malformed_row_is_named_with_file_and_line(
    folder: Path, lines: tuple[str, ...], told: str
) -> None:
    lay(folder, "sources.csv", *lines)
    with pytest.raises(ReferenceDataError, match=rf"tables/sources\.csv(, |: .*){told}"):
        load_registry()


def test_a_number_wants_a_number(folder: Path) -> None:
    method = read_table("evidence.csv")["method"][0]
    lay(folder, "evidence.csv", "method,base_score", f"{method},high")
    with pytest.raises(ReferenceDataError, match=r"line 2: base_score 'high'; expected a number"):
        read_table("evidence.csv")
    lay(folder, "places.csv", "name,country_code,subdivision", "Port Nowhere,KE,KE-99")
    with pytest.raises(ReferenceDataError, match="line 2: population ''; expected a whole number"):
        read_table("places.csv.gz")


def test_a_file_of_no_table_is_refused_and_what_was_meant_is_named(folder: Path) -> None:
    (folder / "sorces.csv").write_text("source_id\n")
    with pytest.raises(ReferenceDataError, match=r"no table is called sorces; sources\.csv is"):
        use_site_tables(folder)


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    for name in ("thresholds.toml", "README.md", ".sources.csv", "sources.csv~"):
        (folder / name).write_text("")
    assert site_table_names(folder) == []


WITHOUT_TABLES = {
    "etl/lexicon/calendar.py: fold",
    "etl/night.py: night_model_version",
}


def test_nothing_that_asks_tables_is_kept_beyond_them() -> None:
    """Else what one home made of its rows would be found by the next in the same process."""
    root = Path(__file__).parents[2]
    cached = re.compile(r"^@(?:cache|lru_cache\b.*)\ndef (\w+)", re.MULTILINE)
    asks = re.compile(r"^from etl\.(?:tables|lexicon|reference)\b", re.MULTILINE)
    found = {
        f"{path.relative_to(root).as_posix()}: {name}"
        for path in (root / "etl").rglob("*.py")
        if asks.search(text := path.read_text())
        for name in cached.findall(text)
    }
    assert found == WITHOUT_TABLES
