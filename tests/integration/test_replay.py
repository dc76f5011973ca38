"""Quarantined documents tried again after a fix: what each became."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from ferries import HEADER, ferry, write_ferries, write_text
from night_setup import NEXT_NIGHT, materialise, operate, published, rows

import etl.extract.stage
import etl.lake.parts
from assets.operations.replay import ReplayConfig, ReplayReport, replay_job
from etl.lake.parts import StageFunction
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow  # nights of their own, one after the other

NOWHERE = (
    "The ferries will cross the lake again on Monday, the port authority said. "
    "Repairs to the pier took most of the winter and cost more than had been planned."
)


def replay(home: Path, raw: Path, rule: str = "") -> ReplayReport:
    return operate(home, replay_job, ReplayConfig(rule=rule), ReplayReport, raw=raw)


def test_a_mended_stage_publishes_what_it_had_failed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 3)
    write_text(raw, "copy.txt", ferry(1) + "\n")
    write_text(raw, "nowhere.txt", HEADER + NOWHERE)
    with monkeypatch.context() as patch:
        _let_extraction_fail_on(patch, "Line 1")
        assert materialise(home, raw=raw).is_published
    etl.lake.parts.build_function.cache_clear()
    write_text(raw, "tomorrow.txt", ferry(7))
    materialise(home, night=NEXT_NIGHT, raw=raw)
    untouched = rows(home, f"SELECT run_id FROM articles WHERE ingested_on = '{NEXT_NIGHT}'")

    report = replay(home, raw, "processing_failed")
    became = {row["file_name"]: row["outcome"] for row in report.documents.to_dicts()}
    assert sorted(became.values()) == ["duplicate", "published"]
    assert set(became) == {"ferry-1.txt", "copy.txt"}
    assert rows(home, "SELECT rule FROM quarantine") == [("no_country",)]
    assert untouched == rows(
        home, f"SELECT run_id FROM articles WHERE ingested_on = '{NEXT_NIGHT}'"
    )

    before = digest(published(home))
    again = replay(home, raw)
    assert again.documents.select("file_name", "rule_before", "outcome", "rule").rows() == [
        ("nowhere.txt", "no_country", "quarantined", "no_country")
    ]
    assert digest(published(home)) == before
    assert replay(home, raw, "no_date").release is None


def _let_extraction_fail_on(patch: pytest.MonkeyPatch, words: str) -> None:
    build: Callable[..., StageFunction] = etl.extract.stage.build_extraction

    def build_failing(**options: str | None) -> StageFunction:
        extract = build(**options)

        def fail(articles):  # type: ignore[no-untyped-def]
            if any(words in body for body in articles["body"]):
                raise ValueError(words)
            return extract(articles)

        return fail

    etl.lake.parts.build_function.cache_clear()
    patch.setattr(etl.extract.stage, "build_extraction", build_failing)


def test_nights_out_of_range_are_left_alone(tmp_path: Path) -> None:
    config = ReplayConfig(first_night=date(2026, 5, 1).isoformat())
    report = operate(tmp_path, replay_job, config, ReplayReport, raw=tmp_path)
    assert report.documents.is_empty()
