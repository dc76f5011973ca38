"""Results, the page that is made of them, and its pictures."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.performance import flames
from bench.performance.cases import Measured
from bench.performance.catalogue import CASES, case_named
from bench.performance.measuring import Usage
from bench.performance.naive import PACKAGES
from bench.performance.page import page
from bench.performance.plots import pictures_of
from bench.performance.results import FOLDER, Machine, Result, read_results, result_of, this_machine

DOCS = Path(__file__).parents[2] / "docs"
MACHINE = Machine(cores=2, processor="Made", memory_gb=4.0, load=0.5, python="3.11.7")
USAGE = Usage(seconds=4, processor_seconds=3, peak_bytes=250_000_000, memory=((0.2, 1), (0.4, 2)))


def result(name: str, *figures: float, documents: int = 100) -> Result:
    measured = Measured(
        figures=figures,
        arms={"dateline": [USAGE] * len(figures)},
        facts={"pages": 1200, "articles": {"dateline": 7}},
    )
    return result_of(name, measured, documents=documents, machine=MACHINE, commit="abc1234")


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = result("pages", 2.0, 3.0)
    written.write(tmp_path)
    written.write(tmp_path)
    result("night", 7.0).write(tmp_path)
    found = read_results(tmp_path)
    assert set(found) == {"pages", "night"}
    assert replace(found["pages"], arms={}) == replace(written, arms={})
    assert found["pages"].arms["dateline"][1]["memory"] == [[0.2, 1], [0.4, 2]]
    assert "[0.2, 1]" in (tmp_path / "pages.json").read_text()


def test_the_machine_is_told() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.processor
    assert machine.memory_gb > 0


def test_the_page_has_median_wanted_spread_and_what_is_missing() -> None:
    text = page({"pages": result("pages", 2.0, 4.5, 5.0)}, pictures=[])
    row = next(line for line in text.splitlines() if line.startswith("| [whole pages"))
    assert "| 4.50 | ≥ 3.00 | 3 | 2.00 to 5.00 |" in row
    assert row.endswith(", 0.5 |")
    assert "Not measured yet: night, extraction, workers" in text
    assert "| dateline | 3.00 s | 4.00 s | 250 MB |" in text
    assert "pages: 1,200; articles: dateline 7" in text
    assert "commit abc1234: 2 cores, Made, 4 GB, Python 3.11.7; load before it began 0.5" in text
    assert case_named("pages").limit in text


def test_a_figure_that_is_not_what_was_wanted_is_bold() -> None:
    text = page({"memory": result("memory", 1.3), "audit": result("audit", 3.4)}, pictures=[])
    assert "| **1.30** | ≤ 1.20 | 1 | - | 100 documents (asked for: 100,000) |" in text
    assert "| 3.40 | ≤ 3.50 |" in text


def test_cases_have_names_of_their_own_and_say_what_limits_them() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 11
    assert all(case.limit.endswith(".") for case in CASES)
    assert case_named("workers").is_met([1.7, 1.8, 1.9])
    assert not case_named("memory").is_met([1.1, 1.3, 1.3])
    with pytest.raises(SystemExit, match="no case nights; there are: night"):
        case_named("nights")


STACKS = [
    "main (dagster/core.py:3);run (assets/night.py:9);find (etl/find.py:4) 60",
    "main (dagster/core.py:4);run (assets/night.py:9);find (etl/find.py:5);find (etl/find.py:5) 20",
    "run (assets/night.py:1);_find_and_load (<frozen importlib._bootstrap>:1);x (y.py:1) 19",
    "run (assets/night.py:9);<seldom> (z.py:1) 1",
]


def test_stacks_are_folded() -> None:
    folded = flames.fold([*STACKS, *["run (assets/night.py:9) 100"] * 9])
    assert folded == {
        ("run (assets/night.py)", "find (etl/find.py)"): 80,
        ("run (assets/night.py)", "import"): 19,
        ("run (assets/night.py)",): 901,
    }


def test_the_flame_graph_is_a_picture_with_a_box_per_frame(tmp_path: Path) -> None:
    assert flames.read(tmp_path) is None
    drawn = flames.draw({("a (etl/a.py)", "b (c.py)"): 30, ("a (etl/a.py)",): 10})
    (tmp_path / flames.PICTURE).write_text(f"<!-- 60 documents -->\n{drawn}")
    found = flames.read(tmp_path)
    assert found and found[0] == "60 documents"
    picture = ElementTree.fromstring(found[1])
    titles = [e.text for e in picture.iter() if e.tag.endswith("title")]
    assert titles == ["a (etl/a.py) 100.0 %", "b (c.py) 75.0 %"]


def test_the_page_is_of_the_results_that_are_kept() -> None:
    results, night = read_results(FOLDER), flames.read(FOLDER)
    text = page(results, pictures=pictures_of(results), flames_of=night[0] if night else None)
    kept = (DOCS / "performance.md").read_text(encoding="utf-8")
    assert text == kept, "python -m bench.performance --page"
    assert all((DOCS / name).is_file() for name in re.findall(r"\((images/[^)]+)\)", kept))


@pytest.mark.skipif(
    not PACKAGES.is_dir(), reason=f"no matplotlib in {PACKAGES}: make bench-performance"
)
def test_equal_results_give_equal_pictures(tmp_path: Path) -> None:
    from bench.performance.plots import draw

    night = replace(
        result("night", 7.0),
        facts={"milliseconds_per_article": {"dateline": 9.0, "naive": 63.0}},
    )
    memory = replace(
        result("memory", 1.1),
        arms={"large drop": [{"memory": [[0.2, 9], [0.4, 8]], "seconds": 1.0}]},
        facts={"large drop": 100},
    )
    results = {"night": night, "memory": memory}
    drawn = draw(results, tmp_path / "a")
    assert drawn == draw(results, tmp_path / "b")
    assert len(drawn) == 3
    for name in drawn:
        picture = (tmp_path / "a" / name).read_bytes()
        assert picture == (tmp_path / "b" / name).read_bytes()
        assert b"</svg>" in picture
        assert len(picture) < 100_000
