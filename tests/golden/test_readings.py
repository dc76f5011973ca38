"""The extraction reads every written passage as it did when its readings were last reviewed."""

from etl.extract import Extractor
from tests.golden.readings import READINGS, readings, replaying


def test_the_readings_are_as_committed(extractor: Extractor) -> None:
    """After a wanted change: make snapshots, and look at the diff."""
    expected = READINGS.read_text(encoding="utf-8").splitlines()
    assert readings(replaying(extractor)).splitlines() == expected
