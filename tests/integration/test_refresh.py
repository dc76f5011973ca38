"""After a change, only what it touches is derived again, in one run."""

from pathlib import Path

import dagster as dg
import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, published, rows
from test_nights import let_fail

import etl.night
from assets.operations.refresh import RefreshConfig, RefreshReport, find_stale, refresh_job
from assets.resources import make_home, make_part_engine
from etl.errors import PublishError
from etl.lake.store import break_seal
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow  # nights of their own, one after the other


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Home and landing folder, two nights published."""
    folder = tmp_path_factory.mktemp("refresh")
    home, raw = folder / "home", folder / "raw"
    write_ferries(raw, 2)
    materialise(home, raw=raw)
    write_ferries(raw, 3)
    materialise(home, night=NEXT_NIGHT, raw=raw)
    return home, raw


def stale(home: Path) -> list[tuple[object, str]]:
    settings = make_settings(home)
    report = find_stale(make_home(settings), make_part_engine(settings))
    return [(night.night, night.stage) for night in report.stale]


def runs(home: Path) -> dict[object, object]:
    return dict(rows(home, "SELECT DISTINCT ingested_on, run_id FROM articles"))  # type: ignore[arg-type]


def test_only_the_stale_night_is_derived_and_the_assets_tell_of_it(
    house: tuple[Path, Path],
) -> None:
    home, raw = house
    assert stale(home) == []
    before, runs_before = digest(published(home)), runs(home)
    lake = make_settings(home).lake
    (part,) = lake.raw_parts(NEXT_NIGHT)
    break_seal(lake.part_folder("extraction", NEXT_NIGHT, part.name))
    assert stale(home) == [(NEXT_NIGHT, "extraction")]

    with dg.DagsterInstance.ephemeral() as instance:
        report = operate(
            home, refresh_job, RefreshConfig(), RefreshReport, raw=raw, instance=instance
        )
        for asset in ("mentions", "published"):
            nights = instance.get_materialized_partitions(dg.AssetKey(asset))
            assert nights == {NEXT_NIGHT.isoformat()}
        check = dg.AssetCheckKey(dg.AssetKey(["staging", "articles"]), "articles_have_a_date")
        assert instance.event_log_storage.get_latest_asset_check_execution_by_key([check])
        assert instance.get_runs_count() == 1
    assert report.nights == (NEXT_NIGHT,)
    assert stale(home) == []
    assert digest(published(home)) == before
    assert runs(home) == runs_before  # the rows came out as they were: nothing new is published


def test_another_model_touches_all_nights_and_a_failed_audit_leaves_them_to_publish(
    house: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = house
    monkeypatch.setattr(etl.night, "night_model_version", lambda _: "another")
    assert stale(home) == [(NIGHT, "extraction"), (NEXT_NIGHT, "extraction")]
    parsed = sorted(home.rglob("parsed_articles.parquet"))
    times = [file.stat().st_mtime_ns for file in parsed]
    before = digest(published(home))
    with monkeypatch.context() as patch:
        let_fail(patch, "articles_have_a_date")
        with pytest.raises(PublishError, match="articles_have_a_date"):
            operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw)
    assert digest(published(home)) == before
    assert stale(home) == [(NIGHT, "published"), (NEXT_NIGHT, "published")]

    looked = operate(home, refresh_job, RefreshConfig(only_look=True), RefreshReport, raw=raw)
    assert looked.release is None
    assert operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw).release
    assert stale(home) == []
    assert [file.stat().st_mtime_ns for file in parsed] == times
    assert len(set(rows(home, "SELECT derived_by FROM mentions"))) == 1
