"""The layers hold, the code location is light, and nothing tells of a machine."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "great_expectations", "sqlalchemy", "pandas", "pyarrow", "duckdb_engine")


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in names.stdout.splitlines() if (ROOT / name).is_file()]


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_code_location_imports_nothing_heavy() -> None:
    code = f"import assets.definitions, sys; print([m for m in {HEAVY} if m in sys.modules])"
    assert python(code) == "[]"


def test_the_code_location_costs_little_beyond_dagster_itself() -> None:
    """In calls, not in seconds: they are as many on a slow or a busy machine.

    What is left out by this, the time of reading libraries, is in the test above.
    """
    code = """
import sys
calls = [0]
def count(*_): calls[0] += 1
sys.setprofile(count); import dagster
first = calls[0]; import assets.definitions
sys.setprofile(None)
print((calls[0] - first) / first)
"""
    assert float(python(code)) < 2


def test_nothing_heavy_is_needed_for_help() -> None:
    heavy = ("dagster", *HEAVY)
    code = f"import assets.cli.main, sys; print([m for m in {heavy} if m in sys.modules])"
    assert python(code) == "[]"


def test_the_lock_has_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^[a-z0-9][^\s]*==", lock, flags=re.MULTILINE)
    assert len(pinned) > 80
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://|--index-url|--find-links", lock)
    assert "[html-clean]" not in lock  # pip 24 stumbles over it, see the Makefile


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    home = re.compile(rb"(?<![A-Za-z0-9_.])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+)/")
    found = [path for path in tracked() if home.search(path.read_bytes())]
    assert [path for path in found if path != Path(__file__)] == []


def test_every_module_that_a_docstring_or_comment_names_is_there() -> None:
    """By its path, or by its name from a module beside or below it."""
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked("etl/*.py", "expectations/*.py", "assets/*.py", "bench/*.py")
        for name in re.findall(r"(?<![\w/.])(?:\w+/)*\w+\.py\b", path.read_text())
        if not any((folder / name).is_file() for folder in (ROOT, path.parent, path.parents[1]))
    ]
    assert lost == []


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        path
        for path in tracked("etl/*.py", "expectations/*.py", "assets/*.py")
        if not path.read_text().removeprefix("r").startswith('"""')
    ]
    assert silent == []


def test_no_two_modules_of_the_tests_bear_one_name() -> None:
    """pytest imports the modules of folders without `__init__.py` by their bare names."""
    names = Counter(
        path.name for path in tracked("tests/**/*.py", "tests/*.py") if path.name != "conftest.py"
    )
    assert [name for name, times in names.items() if times > 1] == []
