"""Releases and rollback through the job: what is published, and until when."""

from pathlib import Path

import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, published, rows

from assets.cli.summary import print_status
from assets.operations.releases import (
    ReleasesConfig,
    RollbackConfig,
    RollbackReport,
    releases_job,
    rollback_job,
)
from etl.errors import PublishError
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow  # nights of their own, one after the other


def test_a_rollback_lasts_until_the_next_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 2)
    materialise(home, raw=raw)
    before = digest(published(home))
    write_ferries(raw, 3)
    materialise(home, night=NEXT_NIGHT, raw=raw)
    after = digest(published(home))

    assert version_told(home) == "2026.03.02"
    config = RollbackConfig(release="2026.03.01")
    report = operate(home, rollback_job, config, RollbackReport, raw=raw)
    assert (report.label, report.replaced) == ("2026.03.01", "2026.03.02")
    assert version_told(home) == "2026.03.01"
    assert report.behind == (NEXT_NIGHT,)
    assert digest(published(home)) == before
    listed = operate(home, releases_job, ReleasesConfig(), list, raw=raw)
    assert [(row.is_current, row.article_count) for row in listed] == [(False, 3), (True, 2)]
    assert [row.last_nights for row in listed] == [(NEXT_NIGHT,), (NIGHT,)]
    assert [row.version for row in listed] == ["2026.03.02", "2026.03.01"]
    print_status(make_settings(home, raw=raw))
    status = capsys.readouterr().out
    assert "Rolled back  to 2026.03.01, not the newest" in status
    assert "version 2026.03.01\n" in status
    assert str(NEXT_NIGHT) in status

    assert materialise(home, night=NIGHT, today=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == after
    assert version_told(home) == "2026.03.02.1"  # published on that day, whatever the night
    assert rows(home, "SELECT count(*) FROM v_nights") == [(2,)]
    print_status(make_settings(home, raw=raw))
    assert "Rolled back" not in capsys.readouterr().out


def version_told(home: Path) -> object:
    """By the file itself."""
    return rows(home, "SELECT value FROM about WHERE name = 'version'")[0][0]


def test_an_unknown_release_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no release begins with '2020'"):
        operate(tmp_path, rollback_job, RollbackConfig(release="2020"), RollbackReport)
