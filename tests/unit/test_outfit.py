"""What a process brings, and which workers are admitted by it."""

import asyncio
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from etl.lake.engines.admission import Answer, Question, answer, refusal
from etl.lake.engines.outfit import LIBRARIES, Outfit, differences, outfit
from etl.locks import held
from etl.tables import use_site_tables


@pytest.fixture
def ours() -> Outfit:
    return outfit(None, None)


def test_it_names_all_that_stages_are_versioned_by(ours: Outfit) -> None:
    assert {"polars", "spacy", "trafilatura"} <= set(LIBRARIES)
    assert "none" not in dict(ours.libraries).values()
    assert ours.model != "none" and ours.code and ours.tables
    assert pickle.loads(pickle.dumps(ours)) == ours


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"python": "3.9"}, "python 3.9, expected "),
        ({"code": "0b1"}, "code 0b1, expected "),
        ({"tables": "0b2"}, "tables 0b2, expected "),
        ({"site_tables": "0b3"}, "site tables 0b3, expected none"),
        ({"model": "other 0b4"}, "model other 0b4, expected news_ner "),
    ],
)
def test_a_difference_is_named(ours: Outfit, change: dict[str, str], told: str) -> None:
    (found,) = differences(replace(ours, **change), ours)
    assert found.startswith(told)


def test_a_library_of_another_release_is_named(ours: Outfit) -> None:
    libraries = tuple((n, "1.0" if n == "polars" else v) for n, v in ours.libraries)
    (found,) = differences(replace(ours, libraries=libraries), ours)
    assert found.startswith("polars 1.0, expected ")
    assert differences(ours, ours) == []


def test_a_sites_own_rows_count_and_stay_out_of_use(tmp_path: Path, ours: Outfit) -> None:
    (tmp_path / "wares.csv").write_text("word\nferry\n")
    (found,) = differences(outfit(None, tmp_path), ours)
    assert found.startswith("site tables ")
    assert use_site_tables(None) == ""


def test_what_cannot_be_told_stands_in_its_place(tmp_path: Path, ours: Outfit) -> None:
    (tmp_path / "no_such_table.csv").write_text("word\n")
    found = outfit("no_such_model", tmp_path)
    assert "'no_such_model' is not installed" in found.model
    assert "no table is called no_such_table" in found.site_tables


def test_a_worker_is_admitted_that_is_the_same_and_sees_the_lock(
    tmp_path: Path, ours: Outfit
) -> None:
    with held(tmp_path / "cluster" / "a.lock") as asked:
        question = Question(asked=asked)
        told = asyncio.run(answer(question))
    assert told == Answer(outfit=ours, sees_file=True, sees_lock=True)
    assert refusal(told, ours, question) == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sees_file": False, "sees_lock": False}, "is not the same folder there"),
        ({"sees_lock": False}, "are not shared with it"),
    ],
)
def test_a_worker_that_does_not_share_the_home_is_refused(
    ours: Outfit, change: dict[str, bool], told: str
) -> None:
    question = Question(asked=Path("cluster/a.lock"))
    shared = Answer(outfit=ours, sees_file=True, sees_lock=True)
    assert refusal(replace(shared, **change), ours, question).endswith(told)


def test_a_worker_that_lacks_the_code_is_refused(ours: Outfit) -> None:
    error = ModuleNotFoundError("No module named 'etl'")
    told = refusal(error, ours, Question(asked=Path("a.lock")))
    assert told == "it can't tell its versions: ModuleNotFoundError: No module named 'etl'"
