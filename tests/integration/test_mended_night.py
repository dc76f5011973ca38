"""A refused night whose records are mended in their file: it is published on the second run."""

import json
from pathlib import Path

import pytest
from night_setup import NIGHT, make_settings, materialise, rows

from assets.cli.summary import print_night, print_query

pytestmark = pytest.mark.slow  # nights of their own, one after the other

UNDATED = 30
MENDED = 27


def write_records(raw: Path, *, dated: int) -> None:
    """A drop of ``UNDATED`` records, of which the first ``dated`` have a date by now."""
    raw.mkdir(exist_ok=True)
    records = (
        {
            "text": f"Ferry {number} was named by the harbour board of Mombasa, Kenya. Its crew of "
            f"{number + 5} will train in the bay before the first passengers go aboard.",
            "title": f"Ferry {number} named in Kenya",
            **({"published_at": "2026-02-20"} if number < dated else {}),
        }
        for number in range(UNDATED)
    )
    (raw / "ferries.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))


def test_a_night_that_was_refused_is_published_once_its_records_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It explains itself, and the three that nobody has mended are not lost from sight."""
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_records(raw, dated=0)
    refused = materialise(home, raw=raw)
    assert not refused.is_published
    assert "not_most_documents_are_rejected" in refused.failed_checks
    settings = make_settings(home, raw=raw)
    print_night(settings, refused)
    told = " ".join(capsys.readouterr().out.split())
    assert "30 delivered = 0 fit to publish + 0 duplicate + 0 superseded + 30 quarantined" in told
    assert "Quarantined no_date 30" in told
    assert "(100%, at most 50% allowed)" in told
    assert 'Look dateline query --staging "SELECT rule, path, detail FROM quarantine' in told
    print_query(settings, "SELECT DISTINCT rule FROM quarantine", limit=0, of_staging=True)
    assert "no_date" in capsys.readouterr().out
    write_records(raw, dated=MENDED)
    assert materialise(home, raw=raw).is_published
    assert rows(home, "SELECT COLUMNS('.*_count') FROM v_nights") == [
        (UNDATED + MENDED, MENDED, 0, MENDED, UNDATED - MENDED)
    ]
    assert rows(home, "SELECT superseded_on, count(*) FROM quarantine GROUP BY ALL ORDER BY 2") == [
        (None, UNDATED - MENDED),
        (NIGHT, MENDED),
    ]
    assert rows(home, "SELECT superseded_count, quarantined_count FROM runs") == [(27, 3)]
