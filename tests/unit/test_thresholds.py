"""Thresholds of a deployment: read from its file, refused in one line where they are wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assets.night.thresholds import read_thresholds
from etl.errors import SettingsError
from expectations.suites import Thresholds


def written(folder: Path, text: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(text)
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert read_thresholds(None) == Thresholds()


def test_the_file_moves_what_it_names(tmp_path: Path) -> None:
    path = written(tmp_path, "high_rejected_share = 0.3\nlowest_volume_ratio = 0\n")
    assert read_thresholds(path) == Thresholds(high_rejected_share=0.3, lowest_volume_ratio=0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("high_reject_share = 0.3", "no threshold is called high_reject_share; there are judged"),
        ("volume_nights = 2.5", r"volume_nights = 2.5: expected a whole number"),
        ("high_rejected_share = true", "expected a number"),
        ('high_rejected_share = "20 %"', "expected a number"),
        ("high_rejected_share = 20", "high_rejected_share = 20: expected 0 to 1"),
        ("volume_from_nights = 0", "volume_from_nights = 0: expected 1 to inf"),
        ("high_rejected_share 0.3", "thresholds in .*thresholds.toml"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        read_thresholds(written(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"thresholds in .*No such file"):
        read_thresholds(tmp_path / "thresholds.toml")


def test_the_code_location_holds_to_the_file(tmp_path: Path) -> None:
    code = (
        "from assets.night.audit import audit; "
        "print(*(s.description for s in audit.check_specs if 'lack_a_title' in s.name))"
    )
    path = written(tmp_path, "high_untitled_share = 0.95")
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DATELINE_THRESHOLDS": str(path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "At most 95%" in shown.stdout
