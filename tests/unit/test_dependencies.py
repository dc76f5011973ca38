"""What the project is made of: locked, by hash, under licences that it may be used under."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-audit.lock")
ACCEPTED = frozenset(PYPROJECT["tool"]["dateline"]["accepted-licences"])


def locked(lock: str) -> dict[str, str]:
    """Versions by canonical name."""
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", text, flags=re.MULTILINE)
    return {canonical(name): version for name, version in pins}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def licences() -> dict[str, str]:
    """What pip-licenses reads of each installed package that is locked, by canonical name."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("pip-licenses")), "--from=mixed", "--format=json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {canonical(row["Name"]): row["License"] for row in json.loads(done.stdout)}
    return {name: found[name] for name in locked("requirements.lock") if name in found}


def parts(licence: str) -> list[list[str]]:
    """All of these must be kept; of each one may choose."""
    together = re.split(r" AND |; ", licence)
    return [re.sub(r"^\((.*)\)$", r"\1", part).split(" OR ") for part in together]


def is_accepted(licence: str) -> bool:
    return all(any(choice in ACCEPTED for choice in choices) for choices in parts(licence))


def test_every_dependency_has_a_licence_that_is_accepted(licences: dict[str, str]) -> None:
    assert len(licences) > 100
    refused = {name: licence for name, licence in licences.items() if not is_accepted(licence)}
    assert refused == {}, "look at its terms; then [tool.dateline] of pyproject.toml, or without it"


def test_no_licence_is_accepted_that_nothing_has(licences: dict[str, str]) -> None:
    named = {
        choice for licence in licences.values() for choices in parts(licence) for choice in choices
    }
    assert ACCEPTED - named == set()


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-2.0-only", True),
        ("MIT AND MPL-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND BSD-3-Clause", True),
        ("GNU General Public License v3 (GPLv3)", False),
        ("MIT License; GNU General Public License (GPL)", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_how_a_licence_is_judged(licence: str, accepted: bool) -> None:
    assert is_accepted(licence) == accepted


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_index_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"https?://|--index-url|--find-links", text)


def test_what_is_asked_for_is_what_is_locked() -> None:
    """With its version where pyproject.toml pins one."""
    groups = PYPROJECT["dependency-groups"]
    asked = [*PYPROJECT["project"]["dependencies"], *groups["dev"]]
    for lock, wanted in zip(LOCKS, (asked, groups["audit"]), strict=True):
        pins = locked(lock)
        for name, version in map(_parts, wanted):
            assert name in pins, f"{name} is not in {lock}: make lock"
            assert version in (None, pins[name]), f"{name} is another one in {lock}: make lock"


def test_the_library_of_object_storage_goes_with_what_is_locked() -> None:
    (wanted,) = PYPROJECT["project"]["optional-dependencies"]["s3"]
    assert _parts(wanted) == ("s3fs", locked("requirements.lock")["fsspec"])
    image = (ROOT / "deploy" / "Dockerfile").read_text()
    assert f" {wanted}\n" in image


def _parts(requirement: str) -> tuple[str, str | None]:
    found = re.match(r"([A-Za-z0-9._-]+)(?:==(\S+))?", requirement)
    assert found
    return canonical(found[1]), found[2]
