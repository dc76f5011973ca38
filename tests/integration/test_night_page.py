"""Every audited night leaves a page, passed or failed, and the UI leads to it."""

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.execution.plan.objects import ErrorSource
from ferries import write_ferries
from night_setup import NIGHT, Undisturbed, make_settings, materialise, operate, rows
from test_cli import dateline
from test_nights import let_fail

from assets.cli.nights import run_night
from assets.operations.rebuild import RebuildConfig, RebuildReport, rebuild_job
from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job
from assets.pages.archive import INDEX, find_page
from assets.resources import Clock
from etl.errors import RefusedNight
from etl.lake.store import break_seal

pytestmark = pytest.mark.slow  # nights of their own, one after the other


def test_the_page_of_a_published_night_is_found_by_the_command(undisturbed: Undisturbed) -> None:
    page = find_page(undisturbed.home / "reports", NIGHT)
    assert page
    assert undisturbed.outcome.run_id in page.name
    text = page.read_text(encoding="utf-8")
    assert "<b>133</b> <span>delivered</span>" in text
    assert "http://" not in text.replace("http-equiv", "")
    printed = dateline("report", NIGHT.isoformat(), home=undisturbed.home)
    assert printed.stdout.strip() == str(page)
    listed = dateline("report", "--all", home=undisturbed.home)
    assert page.name in Path(listed.stdout.strip()).read_text(encoding="utf-8")
    missing = dateline("report", "2020-01-01", home=undisturbed.home)
    assert missing.returncode == 1
    assert "no page about the night of 2020-01-01" in missing.stderr


def test_a_failed_night_has_its_page_and_checks_and_asset_link_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 2)
    settings = make_settings(home, raw=raw)
    clock = Clock(timezone="UTC", fixed_today=NIGHT.isoformat())
    with dg.DagsterInstance.ephemeral() as instance:
        with monkeypatch.context() as patch:
            let_fail(patch, "articles_have_a_date")
            assert not run_night(settings, instance, clock=clock).is_published
        failed = find_page(home / "reports", NIGHT)
        assert failed
        assert "Not published" in failed.read_text(encoding="utf-8")
        check = dg.AssetCheckKey(dg.AssetKey(["staging", "articles"]), "articles_have_a_date")
        storage = instance.event_log_storage
        evaluation = storage.get_latest_asset_check_execution_by_key([check])[check].evaluation
        assert evaluation
        assert evaluation.metadata["report"] == dg.MetadataValue.path(failed)
        assert evaluation.metadata["page"] == dg.MetadataValue.url(
            f"/logs/pages/{failed.stem}/html"
        )
        (refused,) = instance.get_runs()
        assert refused.tags["dateline/audit"] == "refused: articles_have_a_date"
        logged = [entry.user_message for entry in instance.all_logs(refused.run_id)]
        assert "articles_have_a_date: 2 rows break it" in logged
        assert_told_without_a_stack_trace(instance, refused.run_id)

        outcome = run_night(settings, instance, clock=clock)
        assert outcome.is_published
        record = instance.get_run_record_by_id(outcome.run_id)
        assert record and record.start_time
        begun = datetime.fromtimestamp(record.start_time, tz=UTC).replace(tzinfo=None)
        assert rows(home, "SELECT DISTINCT started_at FROM runs") == [(begun,)]
        event = instance.get_latest_materialization_event(dg.AssetKey("published"))
        assert event and event.asset_materialization
        linked = event.asset_materialization.metadata["report"]
        assert event.asset_materialization.metadata["warnings"].value == "none"
        run = instance.get_run_by_id(outcome.run_id)
        assert run and run.tags["dateline/audit"] == "passed"
    assert linked == dg.MetadataValue.path(find_page(home / "reports", NIGHT))
    assert linked != dg.MetadataValue.path(failed)
    assert len(list((home / "reports").iterdir())) == 3
    index = (home / "reports" / INDEX).read_text(encoding="utf-8")
    assert index.index(linked.path.rsplit("/", 1)[-1]) < index.index(failed.name)
    assert index.count("(not published)") == 1


def assert_told_without_a_stack_trace(instance: dg.DagsterInstance, run_id: str) -> None:
    """The UI leaves out the trace of what wraps an error of ours, but shows the error's own."""
    of_type = {dg.DagsterEventType.STEP_FAILURE}
    (entry,) = instance.all_logs(run_id, of_type=of_type)
    failure = entry.get_dagster_event().step_failure_data
    assert failure.error_source is ErrorSource.USER_CODE_ERROR
    assert failure.error and failure.error.cause
    assert failure.error.cause.stack == []
    assert failure.error.cause.cause is None
    assert "did not hold; the published file is as it was" in failure.error.cause.message
    assert "articles_have_a_date: 2 rows break it" in failure.error.cause.message


def test_an_operation_is_refused_and_tagged_like_a_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 2)
    materialise(home, raw=raw)
    with dg.DagsterInstance.ephemeral() as instance:
        with monkeypatch.context() as patch:
            let_fail(patch, "articles_have_a_date")
            with pytest.raises(RefusedNight, match="articles_have_a_date: 2 rows break it"):
                operate(home, rebuild_job, RebuildConfig(), RebuildReport, instance=instance)
        (refused,) = instance.get_runs()
        assert refused.tags["dateline/audit"] == "refused: articles_have_a_date"
        assert_told_without_a_stack_trace(instance, refused.run_id)
        operate(home, rebuild_job, RebuildConfig(), RebuildReport, instance=instance)
        assert {run.tags["dateline/audit"] for run in instance.get_runs()} == {
            "refused: articles_have_a_date",
            "passed",
        }


def test_an_operation_leaves_a_page_too(tmp_path: Path) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 1)
    materialise(home, raw=raw)
    lake = make_settings(home).lake
    (part,) = lake.raw_parts(NIGHT)
    break_seal(lake.part_folder("extraction", NIGHT, part.name))
    before = find_page(home / "reports")
    operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw)
    assert find_page(home / "reports") != before
