"""A published file that is damaged: the next night, and the job, build it anew from the lake."""

import os
from pathlib import Path

import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, published

from assets.cli.operation_reports import print_rebuild
from assets.doctor import files
from assets.operations.rebuild import RebuildConfig, RebuildReport, rebuild_job
from assets.operations.refresh import find_stale
from assets.operations.releases import list_releases, state_of
from assets.resources import make_home, make_part_engine
from etl.errors import SettingsError
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow  # nights of their own, one after the other


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


@pytest.fixture
def home(tmp_path: Path, raw: Path) -> Path:
    """Two nights, the second of which has brought one of three articles."""
    home = tmp_path / "home"
    write_ferries(raw, 2)
    assert materialise(home, raw=raw).is_published
    write_ferries(raw, 3)
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    return home


def test_a_damaged_file_is_built_anew_by_night_and_by_job(
    home: Path, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest(published(home))
    os.truncate(published(home), 10_000)
    settings = make_settings(home, raw=raw)
    stale = find_stale(make_home(settings), make_part_engine(settings))
    assert stale.nights == (NIGHT, NEXT_NIGHT)
    listed = list_releases(make_home(settings))
    assert [state_of(row) for row in listed] == ["current, damaged", ""]

    report = operate(home, rebuild_job, RebuildConfig(), RebuildReport, raw=raw)
    print_rebuild(report)
    assert "2026-03-01 to 2026-03-02 (2)" in capsys.readouterr().out
    assert report.nights == (NIGHT, NEXT_NIGHT)
    assert report.size_before == 10_000
    assert digest(published(home)) == before

    os.truncate(published(home), 0)
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == before
    assert [f for f in files.examine_published(settings) if f.status == "fail"] == []


def test_there_must_be_a_night_to_build_from(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no night was ever published"):
        operate(tmp_path, rebuild_job, RebuildConfig(), RebuildReport)
