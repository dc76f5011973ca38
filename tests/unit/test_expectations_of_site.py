"""A site's own expectations: loaded from its home, refused in one line where they are wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sound_warehouse

from assets.doctor.dependencies import examine_expectations
from assets.settings import Settings
from etl.errors import SettingsError
from expectations.of_site import with_expectations_of_site
from expectations.suites import EXPECTATIONS
from expectations.validate import validate

GOOD = """
from expectations.model import Expectation, no_rows

EXPECTATIONS = [
    Expectation(
        name="site_titles_are_short",
        suite="rows",
        table="articles",
        severity="warning",
        description="No headline has more than three characters.",
        **no_rows("SELECT article_id, title FROM batch WHERE length(title) > 3"),
    )
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "expectations"
    folder.mkdir(parents=True)
    (folder / "titles.py").write_text(GOOD)
    (folder / "_draft.py").write_text("this is none")
    (folder / "notes.txt").write_text("nor is this")
    return folder


def test_they_stand_behind_the_shipped_ones(folder: Path) -> None:
    found = with_expectations_of_site(EXPECTATIONS, folder)
    assert found[:-1] == EXPECTATIONS
    assert found[-1].name == "site_titles_are_short"
    assert with_expectations_of_site(EXPECTATIONS, folder / "none") == EXPECTATIONS


def test_they_are_checked_like_the_others(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "sound.duckdb"
    sound_warehouse.build(path)
    own = with_expectations_of_site((), folder)
    (result,) = validate(path, nights=[sound_warehouse.NIGHT], expectations=own)
    assert (result.passed, result.error) == (False, None)
    assert result.unexpected_count > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("EXPECTATIONS = [", r"titles\.py, line 1: '\[' was never closed"),
        ("import nothing_of_that_name", r"line 1: ModuleNotFoundError: No module named"),
        ("\n\nx = 1 / 0", r"line 3: ZeroDivisionError: division by zero"),
        ("x = 1", r"titles\.py: expected EXPECTATIONS = \[Expectation"),
        ("EXPECTATIONS = 'all'", r"expected EXPECTATIONS = \["),
        ("EXPECTATIONS = [1]", r"EXPECTATIONS holds 1, no Expectation"),
        (GOOD.replace("site_titles_are_short", "articles_have_a_date"), "bears this name"),
        (GOOD.replace("site_titles_are_short", "Titles!"), "expected a name in small letters"),
        (GOOD.replace('"articles"', '"artcles"'), "there is no table 'artcles'"),
        (GOOD.replace('"warning"', '"fatal"'), "severity = 'fatal': expected one of blocking, war"),
        (GOOD.replace('suite="rows"', 'suite="site"'), "suite = 'site': expected one of"),
        (GOOD.replace("name=", "nme="), r"line 5: TypeError: .*unexpected keyword argument 'nme'"),
    ],
)
def test_a_mistake_is_told_in_one_line(folder: Path, text: str, message: str) -> None:
    (folder / "titles.py").write_text(text)
    with pytest.raises(SettingsError, match=message) as caught:
        with_expectations_of_site(EXPECTATIONS, folder)
    assert "\n" not in str(caught.value)


def test_the_doctor_names_them(folder: Path) -> None:
    settings = Settings(home=folder.parent)
    (finding,) = examine_expectations(settings)
    assert (finding.status, finding.message) == ("ok", "1 expectation of the site: titles.py")
    (folder / "titles.py").write_text("x = 1")
    (finding,) = examine_expectations(settings)
    assert finding.status == "fail"
    assert list(examine_expectations(Settings(home=folder.parent / "none"))) == []


def test_the_code_location_has_them_among_its_checks(folder: Path) -> None:
    code = (
        "from assets.night.audit import audit; "
        "print(*(s.name for s in audit.check_specs if s.name.startswith('site_')))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DATELINE_HOME": str(folder.parent)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == ["site_titles_are_short"]
