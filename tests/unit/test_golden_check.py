"""The check of the golden set: scored once per version of extraction and set, never half."""

import json
from pathlib import Path

import pytest

import etl.extract
from assets.night.golden_check import _figures
from assets.resources import PartEngine
from etl.extract import golden
from etl.extract.golden import GoldenScores, Score
from etl.lake.store import Lake

ENGINE = PartEngine(workers=1)
SCORES = GoldenScores({}, Score(0.5, 0.5, 0.5), 0.5)


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """An extraction that is scored at once; what was scored, in order."""
    calls: list[object] = []

    def score(extractor: object) -> GoldenScores:
        calls.append(extractor)
        return SCORES

    monkeypatch.setattr(golden, "score", score)
    monkeypatch.setattr(etl.extract, "build_extractor", lambda **_: "extractor")
    return calls


def test_a_version_is_scored_once(tmp_path: Path, scored: list[object]) -> None:
    lake = Lake(tmp_path)
    assert _figures(lake, ENGINE) == _figures(lake, ENGINE) == SCORES.figures()
    assert len(scored) == 1


def test_another_set_is_scored_anew(
    tmp_path: Path, scored: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Lake(tmp_path)
    _figures(lake, ENGINE)
    passages = tmp_path / "passages.jsonl"
    passages.write_text('{"trap": "new"}')
    monkeypatch.setattr(golden, "PASSAGES", passages)
    _figures(lake, ENGINE)
    assert len(scored) == 2


def test_a_record_is_put_in_place_in_one_piece(
    tmp_path: Path, scored: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a record would stop every later night."""
    lake = Lake(tmp_path)
    write = Path.write_text

    def die(path: Path, text: str, **_: object) -> int:
        write(path, text[:5])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", die)
        with pytest.raises(KeyboardInterrupt):
            _figures(lake, ENGINE)
    assert _figures(lake, ENGINE) == SCORES.figures()
    (record,) = (tmp_path / "golden_scores").glob("*.json")
    assert json.loads(record.read_text()) == SCORES.figures()
