"""Which feed a document came from."""

import re
from pathlib import Path

import pytest
from landed import FEW, LATER, NIGHT, claimed, json_lines

from assets.settings import Settings, load_settings
from etl.errors import SettingsError
from etl.lake.store import Lake
from etl.landing.claims import claim
from etl.landing.drops import SUFFIXES_OF_DROPS
from etl.landing.feeds import feed_of
from etl.landing.scan import scan

TWO_FOLDERS = re.compile("^(?P<feed>[^/]+/[^/]+)/")


@pytest.mark.parametrize(
    ("path", "url", "pattern", "wanted"),
    [
        ("wires/2024/a.txt", None, None, "wires"),
        ("wires/2024/a.txt", "https://lyre.example/1", None, "wires"),
        ("wires/ap/a.txt", None, TWO_FOLDERS, "wires/ap"),
        ("wires/a.txt", None, TWO_FOLDERS, "wires"),
        ("a.txt", "https://www.Lyre.example:8080/1", None, "lyre.example"),
        ("a.jsonl", "//news.lyre.example/1", None, "news.lyre.example"),
        ("evening-2024-01-19.jsonl.gz", None, None, "evening"),
        ("evening_20240119T0200.warc.gz", None, None, "evening"),
        ("2024-01-19.csv", None, None, None),
        ("CC-NEWS.warc", "no address", None, "CC-NEWS"),
        ("a.txt", None, None, None),
        ("a.html", "", None, None),
    ],
)
def test_the_first_that_tells_names_the_feed(
    path: str, url: str | None, pattern: re.Pattern[str] | None, wanted: str | None
) -> None:
    assert feed_of(path, url, pattern, SUFFIXES_OF_DROPS) == wanted


def test_a_claim_notes_the_feed_of_each_document(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    (folder / "wires").mkdir(parents=True)
    (folder / "wires" / "a.txt").write_text("Alpha.")
    records = ({"text": "One.", "url": "https://lyre.example/1"}, {"text": "Two."})
    (folder / "day.jsonl").write_bytes(json_lines(*records))
    lake = Lake(tmp_path / "lake")
    claim(scan(folder, now=LATER, settle_seconds=0), lake, night=NIGHT, limits=FEW)
    found = dict(claimed(lake).select("raw", "feed").iter_rows())
    assert found == {b"Alpha.": "wires", b"One.": "lyre.example", b"Two.": "day"}


@pytest.mark.parametrize("pattern", ["(", "^[^/]+/"])
def test_a_pattern_without_its_group_is_refused(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_FEED_PATTERN", pattern)
    with pytest.raises(SettingsError, match="DATELINE_FEED_PATTERN"):
        load_settings()


def test_a_pattern_with_its_group_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_FEED_PATTERN", TWO_FOLDERS.pattern)
    assert Settings().feed_pattern == TWO_FOLDERS.pattern
