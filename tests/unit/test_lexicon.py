"""The words of the tables at work: each in the place that it is there for."""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.dates.readings import Reading, read_dates
from etl.lexicon import calendar, words
from etl.lexicon.agencies import agencies_version, agency_names
from etl.parse.dateline import find_dateline
from etl.parse.stamps import is_stamp
from etl.parse.trailer import split_ending
from etl.tables import ROOMS, forget_tables, read_table

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(read_table("languages.csv")["language"])


def read(text: str, language: str | None = None) -> tuple[Reading, ...]:
    """All meanings of all dates in a stamp."""
    found = read_dates(text, origin="stamp", language=language)
    return tuple(reading for candidate in found for reading in candidate.readings)


# -- months and weekdays ------------------------------------------------------------------------


def long_dates() -> dict[str, list[tuple[int, str]]]:
    """By language the 17th of each month of 2023, as CLDR writes it out."""
    found = defaultdict(list)
    with (ROOT / "tests/golden/long_dates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["language"]].append((int(row["month"]), row["text"]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_written_out_is_a_stamp_in_each_language(language: str) -> None:
    dates = long_dates()[language]
    assert len(dates) == 12
    assert [text for _, text in dates if not is_stamp(text)] == []
    unread = [(m, t) for m, t in dates if read(t, language) != (Reading(2023, m, 17),)]
    assert unread == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_of_a_month_is_read_in_its_language(language: str) -> None:
    tables = (read_table("calendar.csv"), read_table("calendar_variants.csv"))
    unread = [
        row["word"]
        for table in tables
        for row in table.filter(language=language, unit="month").iter_rows(named=True)
        if read(f"17 {row['word']} 2023", language) != (Reading(2023, int(row["number"]), 17),)
    ]
    assert unread == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_weekday_may_stand_in_a_stamp(language: str) -> None:
    rows = read_table("calendar.csv").filter(language=language, unit="weekday")
    names = [row["word"] for row in rows.iter_rows(named=True)]
    assert len(names) >= 7
    assert [name for name in names if not is_stamp(f"{name}, 17.01.2023, 10:05")] == []


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("12. Jänner 2024", Reading(2024, 1, 12)),
        ("12 de setiembre de 2023", Reading(2023, 9, 12)),
        ("12 Ağu 2023", Reading(2023, 8, 12)),
        ("12 AĞUSTOS 2023", Reading(2023, 8, 12)),
        ("12 Ogos 2023", Reading(2023, 8, 12)),
        ("19 كانون الثاني 2024", Reading(2024, 1, 19)),
        ("19 फरवरी 2024", Reading(2024, 2, 19)),
        ("19 בינואר 2024", Reading(2024, 1, 19)),
        ("19 ม.ค. 2024", Reading(2024, 1, 19)),
        ("19 tháng 1 năm 2024", Reading(2024, 1, 19)),
        ("19 มกราคม พ.ศ. 2567", Reading(2024, 1, 19)),
        ("Published: 2024-W03-5", Reading(2024, 1, 19)),
        ("19 Jan '24", Reading(2024, 1, 19)),
        ("2024. január 19.", Reading(2024, 1, 19)),
        ("2024. 1. 19.", Reading(2024, 1, 19)),
        ("19\u200f/01\u200f/2024", Reading(2024, 1, 19)),
    ],
)
def test_a_stamp_in_another_language(stamp: str, day: Reading) -> None:
    assert is_stamp(stamp)
    assert read(stamp) == (day,)


@pytest.mark.parametrize(
    ("stamp", "language", "month"),
    [
        ("12 listopada 2023", "pl", 11),
        ("12. listopada 2023.", "hr", 10),
        ("12 listopada 2023", None, 11),  # Croatian would write a point
        ("12. listopada 2023.", None, 10),  # and Polish none
        ("12. listopad 2023", "cs", 11),
        ("12. listopad 2023", None, None),  # Czech or Croatian
        ("12. listopad 2023", "en", None),
    ],
)
def test_a_name_of_two_months(stamp: str, language: str | None, month: int | None) -> None:
    expected = () if month is None else (Reading(2023, month, 12),)
    assert read(stamp, language) == expected


def test_a_short_name_without_a_year_is_read_in_english_alone() -> None:
    assert read("3 out of 5") == ()
    assert read("3 out 2024") == (Reading(2024, 10, 3),)
    assert read("3 Oct") == (Reading(None, 10, 3),)


def test_numbers_are_those_of_the_language() -> None:
    assert calendar.numbers("weekday", "en")["tues"] == 2
    assert calendar.numbers("day", "de")["gestern"] == -1
    assert "gestern" not in calendar.numbers("day", "en")


# -- zones and stamp words ----------------------------------------------------------------------


@pytest.mark.parametrize("zone", sorted(words("zones") - {"Z"}))
def test_a_zone_is_known_to_the_stamp_and_to_the_date(zone: str) -> None:
    stamp = f"19 January 2024 10:05 {zone}"
    assert is_stamp(stamp)
    assert [candidate.zone for candidate in read_dates(stamp, origin="stamp")] == [zone]


def test_a_zone_that_spells_a_word_counts_in_capitals() -> None:
    assert is_stamp("12 May 2024, 10:05 ART")
    assert not is_stamp("Art 12 May 2024")
    assert is_stamp("12 May 2024, 10:05 ist")


@pytest.mark.parametrize("word", sorted(words("stamp_words", "published")))
def test_what_says_published_is_a_stamp_and_labels_it(word: str) -> None:
    stamp = f"{word} 19.01.2024"
    assert is_stamp(stamp)
    assert [candidate.is_labelled for candidate in read_dates(stamp, origin="stamp")] == [True]


@pytest.mark.parametrize("word", sorted(words("stamp_words", "updated")))
def test_what_says_updated_is_a_stamp_of_an_update(word: str) -> None:
    stamp = f"{word} 19.01.2024"
    assert is_stamp(stamp)
    assert [candidate.is_update for candidate in read_dates(stamp, origin="stamp")] == [True]


# -- agencies -----------------------------------------------------------------------------------


def short_names() -> list[str]:
    return sorted(name for name in agency_names().marked if " " not in name)


def test_each_short_name_of_an_agency_gives_a_dateline() -> None:
    """Behind a comma two letters are a state more often: "HARRISBURG, PA"."""
    assert len(short_names()) > 300
    told = agency_names().sure | agency_names().capitals
    for name in short_names():
        bracketed = find_dateline(f"Harare ({name}) – The minister left.")
        assert bracketed is not None, name
        assert bracketed.place == "Harare"
        behind_comma = find_dateline(f"Harare, {name} – The minister left.")
        # In small letters it is no name but in brackets, nor is a word of a script without them.
        if name in ("epd", "sda") or not (name.isascii() or name in told):
            assert behind_comma is None
            continue
        assert behind_comma is not None, name
        is_region = len(name) == 2 and name != "AP"
        assert behind_comma.place == (f"Harare, {name}" if is_region else "Harare")


def test_each_short_name_is_cut_behind_the_last_sentence() -> None:
    left = [n for n in short_names() if split_ending(f"He left. ({n})") != len("He left.")]
    assert left == []


@pytest.mark.parametrize("line", ["Nova Scotia – the minister", "The Beta – a test of Suva"])
def test_an_agency_that_is_a_word_makes_no_dateline(line: str) -> None:
    assert find_dateline(line) is None


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The reference tables that agencies are made of, to edit."""
    for name in ("sources.csv", "plain_words.csv", "person_names.csv"):
        (tmp_path / name).write_bytes((ROOMS["reference"] / name).read_bytes())
    monkeypatch.setitem(ROOMS, "reference", tmp_path)
    yield tmp_path / "sources.csv"
    monkeypatch.undo()
    forget_tables()


@pytest.mark.parametrize(
    ("kind", "is_agency"), [("agency", True), ("newspaper", False), ("broadcaster", False)]
)
def test_only_an_agency_of_the_registry_changes_the_names(
    kind: str, is_agency: bool, registry: Path
) -> None:
    before = agencies_version()
    with registry.open("a") as file:
        file.write(f"lakeside,Lakeside Wire,{kind},KE,lakeside.example,LKSW,\n")
    forget_tables()
    assert (agencies_version() != before) is is_agency
    assert ("LKSW" in agency_names().sure) is is_agency


# -- the words that code asks for ---------------------------------------------------------------


def asked() -> set[tuple[str, tuple[str, ...]]]:
    """The tables and kinds that calls of ``words`` name."""
    found = set()
    for path in (ROOT / "etl").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "from etl.lexicon import" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("words", "words_of"):
                names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if len(names) == len(node.args):
                    found.add((str(names[0]), tuple(map(str, names[1:]))))
    return found


@pytest.mark.parametrize(("table", "kinds"), sorted(asked()))
def test_a_table_has_the_words_that_code_asks_for(table: str, kinds: tuple[str, ...]) -> None:
    assert words(table, *kinds)
    for kind in kinds:
        assert words(table, kind)
