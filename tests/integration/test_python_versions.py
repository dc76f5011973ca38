"""Other versions of Python than the one that runs the tests: installed from the lock, a tiny night.

Only wheels are installed: whoever installs Dateline needs no compiler. What is needed of packages
comes from the index that pip is configured for; without it, these tests are skipped.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from person import ROOT, Person

from etl.warehouse.digest import table_digests

pytestmark = pytest.mark.slow

LOCK = ROOT / "requirements.lock"
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
OTHERS = [version for version in ("3.11", "3.12", "3.13", "3.14") if version != RUNNING]
FROM_LOCK = ("--only-binary", ":all:", "--requirement", str(LOCK))


def interpreter(version: str) -> Path | None:
    """One that is installed and starts; a name alone may be a shim for what is not there."""
    by_pyenv = Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}")
    named = shutil.which(f"python{version}")
    for path in [*map(Path, filter(None, [named])), *sorted(by_pyenv)]:
        if subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    return None


def pip(python: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The package index; without it, nothing can be installed."""
    target = str(tmp_path_factory.mktemp("index"))
    asked = pip(sys.executable, "--no-deps", "--ignore-installed", "--target", target, "click")
    if asked.returncode:
        pytest.skip(f"no package index here: {asked.stderr.strip().splitlines()[-1]}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """With a night published that the Python of the tests has run."""
    person = Person(tmp_path_factory.mktemp("running"))
    person.calls("run")
    return person


@pytest.fixture
def python(index: None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """An environment of another version, from the lock; gone after the test, for it is large."""
    found = interpreter(request.param)
    if found is None:
        pytest.skip(f"no python{request.param} here: only wheels for it are looked for")
    folder = tmp_path / "environment"
    subprocess.run([found, "-m", "venv", folder], check=True)
    installed = pip(folder / "bin" / "python", "--require-hashes", "--no-compile", *FROM_LOCK)
    assert installed.returncode == 0, installed.stderr
    yield folder / "bin" / "python"
    shutil.rmtree(folder)


def made(published: Path) -> tuple[dict[str, str], list[tuple[object, ...]]]:
    """The digest of every table; the rows of stories, which name the version of NumPy, too.

    That is another one for Python 3.11, in the lock.
    """
    digests = table_digests(published)
    del digests["stories"]
    with duckdb.connect(str(published), read_only=True) as con:
        return digests, con.execute("SELECT * EXCLUDE (linked_by) FROM stories").fetchall()


@pytest.mark.parametrize("python", OTHERS, indirect=True)
def test_a_night_comes_out_the_same(python: Path, running: Person, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    other = Person(tmp_path / "desk", python=python)
    other.calls("run")
    assert made(other.published) == made(running.published)


@pytest.mark.parametrize("version", [v for v in OTHERS if interpreter(v) is None])
def test_there_are_wheels_for_a_python_that_is_not_here(
    version: str, index: None, tmp_path: Path
) -> None:
    of_version = ("--python-version", version, "--implementation", "cp", "--target", str(tmp_path))
    looked = pip(
        sys.executable, "--dry-run", "--no-deps", "--ignore-installed", *of_version, *FROM_LOCK
    )
    assert looked.returncode == 0, looked.stderr
