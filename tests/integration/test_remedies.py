"""Every remedy that the doctor prints, carried out on the fault for which it prints it."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, materialise
from remedy_cases import CASES, Case
from remedy_place import Place

import assets.doctor
from assets.doctor import cluster, dependencies, files, findings, lake, machine, objects, scheduler
from assets.doctor.findings import Finding

DOCTOR = Path(assets.doctor.__file__).parent
MODULES = (cluster, dependencies, files, lake, machine, objects, scheduler)
Maker = Callable[[str, str, str], Finding]
MAKERS = ("warn", "fail", "make")  # the last is one of the others, by the kind of home


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home of two published nights, and their landing folder."""
    folder = tmp_path_factory.mktemp("remedies")
    for night, count in ((None, 2), (NEXT_NIGHT, 3)):
        write_ferries(folder / "raw", count)
        nights = {"night": night} if night else {}
        assert materialise(folder / "home", raw=folder / "raw", **nights).is_published
    return folder


@pytest.fixture
def place(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    subprocess.run(["cp", "--archive", f"{sound}/.", tmp_path], check=True)  # with hard links
    place = Place(home=tmp_path / "home", raw=tmp_path / "raw", patch=monkeypatch)
    yield place
    place.end_processes()


def places() -> dict[tuple[str, int], str]:
    """By module and line: the places at which the doctor makes a finding that is not ok."""
    found = {}
    for path in sorted(DOCTOR.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and path.stem != "findings":
                for number, line in enumerate(_lines(node), start=1):
                    found[path.stem, line] = f"{path.stem}.{node.name}.{number}"
    return found


def _lines(function: ast.FunctionDef) -> list[int]:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MAKERS]
    return sorted(call.lineno for call in named)


def test_there_is_a_case_for_every_remedy() -> None:
    assert sorted(case.place for case in CASES) == sorted(places().values())


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_the_remedy_mends_the_fault(case: Case, place: Place) -> None:
    case.spoil(place)
    found = look(case, place)
    assert case.place in found, found
    assert case.says in found[case.place].remedy
    case.mend(place)
    assert case.place not in look(case, place)


def look(case: Case, place: Place) -> dict[str, Finding]:
    """What the doctor finds that is not ok, by the place in its code."""
    by_line, found = places(), {}

    def noting(make: Maker) -> Maker:
        def note(subject: str, message: str, remedy: str) -> Finding:
            frame = sys._getframe(1)
            finding = make(subject, message, remedy)
            found[by_line[Path(frame.f_code.co_filename).stem, frame.f_lineno]] = finding
            return finding

        return note

    with pytest.MonkeyPatch.context() as patch:
        for module in MODULES:
            for name in ("warn", "fail"):
                if hasattr(module, name):
                    patch.setattr(module, name, noting(getattr(findings, name)))
        list(case.look(place))
    return found
