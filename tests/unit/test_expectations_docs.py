"""docs/expectations.md shows what is: its examples run and its table is complete."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from sound_warehouse import NIGHT, build

from expectations.catalogue import with_tables
from expectations.model import Expectation, measure, native, no_rows
from expectations.of_site import with_expectations_of_site
from expectations.validate import validate

DOCUMENT = Path(__file__).parents[2] / "docs" / "expectations.md"
CODE = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
EXAMPLES = [code for code in CODE if code.startswith("yield ")]
(FILE_OF_SITE,) = (code for code in CODE if code not in EXAMPLES)

BREAKING = {
    "bylines_are_short": "UPDATE articles SET byline = repeat('x', 201)",
    "most_articles_have_a_byline": "UPDATE articles SET byline = NULL",
    "titles_fit_a_screen": "UPDATE articles SET title = repeat('x', 301)",
}


def _expectation(example: str) -> Expectation:
    names = {"Expectation": Expectation, "measure": measure, "native": native, "no_rows": no_rows}
    found: Expectation = eval(example.strip().removeprefix("yield "), names)
    return found


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "sound.duckdb"
    build(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE articles SET byline = 'By Marta Voss'")
    return path


def test_there_are_examples_of_every_kind() -> None:
    assert {_expectation(example).name for example in EXAMPLES} == set(BREAKING)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_passes_and_fails_as_it_should(
    sound: Path, tmp_path: Path, example: str
) -> None:
    expectation = _expectation(example)
    broken = tmp_path / "broken.duckdb"
    shutil.copy(sound, broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute(BREAKING[expectation.name])

    assert validate(sound, nights=[NIGHT], expectations=[expectation])[0].passed
    failed = validate(broken, nights=[NIGHT], expectations=[expectation])[0]
    assert (failed.passed, failed.error) == (False, None)


def test_the_file_of_a_site_is_loaded_and_its_expectation_fails_as_it_should(
    sound: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.py").write_text(FILE_OF_SITE)
    own = with_expectations_of_site((), tmp_path)
    broken = tmp_path / "broken.duckdb"
    shutil.copy(sound, broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("UPDATE articles SET title = upper(title)")
    assert [r.passed for r in validate(sound, nights=[NIGHT], expectations=own)] == [True]
    assert [r.passed for r in validate(broken, nights=[NIGHT], expectations=own)] == [False]


def test_the_tables_are_complete() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")

    assert with_tables(document) == document
