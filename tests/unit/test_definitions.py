"""The code location as data engineers see it: a snapshot, and what must hold of every part."""

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from definitions_snapshot import SNAPSHOT, snapshot

from assets.definitions import defs
from assets.night.audit import audit
from assets.night.freshness import FRESHNESS_CHECK
from assets.night.partitions import NIGHTS
from assets.resources import POOL
from etl.night import rules_version, stage_named
from expectations.suites import EXPECTATIONS

GRAPH = defs.resolve_asset_graph()


def test_nothing_was_added_lost_or_rewired_unseen() -> None:
    """Assets with groups, owners, kinds, tags, parents; checks, jobs, schedules, sensors."""
    assert snapshot() == SNAPSHOT.read_text(), "make snapshots; then read the diff"


@pytest.mark.parametrize("key", sorted(GRAPH.get_all_asset_keys()), ids=str)
def test_every_asset_is_described_grouped_owned_and_partitioned(key: dg.AssetKey) -> None:
    asset = GRAPH.get(key)
    assert asset.description
    assert asset.group_name in ("lake", "staging", "warehouse")
    assert asset.owners
    assert asset.kinds
    assert asset.tags["layer"] == asset.group_name
    assert asset.partitions_def == NIGHTS
    assert asset.backfill_policy == dg.BackfillPolicy.single_run()


def test_assets_are_found_by_what_they_read() -> None:
    """As one asks in the UI: which assets does a new model touch?"""

    def reading(name: str) -> set[str]:
        selection = dg.AssetSelection.tag(f"reads-{name}", "")
        return {key.to_user_string() for key in selection.resolve(GRAPH)}

    assert reading("entity-model") == {"mentions", "article_countries"}
    assert reading("source-registry") == {"article_sources"}
    assert reading("gazetteer") == {"parsed_articles", "mentions", "article_countries"}
    assert reading("lexicon") == {
        "parsed_articles", "articles", "date_mentions", "article_sources", "mentions",
        "article_countries",
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(GRAPH.get_all_asset_keys()), ids=str)
def test_every_column_that_is_shown_is_described(key: dg.AssetKey) -> None:
    columns = GRAPH.get(key).metadata.get("dagster/column_schema")
    if key.to_user_string() == "published":
        assert columns is None
    else:
        assert all(column.description for column in columns.columns)


@pytest.mark.parametrize("assets", defs.assets or [], ids=lambda each: str(each))
def test_every_step_takes_the_pool_of_the_warehouse(assets: dg.AssetsDefinition) -> None:
    assert assets.op.pool == POOL


def test_the_audit_takes_it_too() -> None:
    assert audit.op.pool == POOL


OPERATIONS = ["releases", "rollback", "replay", "refresh", "rebuild", "withdraw", "retention"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_wait_in_the_queue_too_and_can_be_launched_as_they_stand(name: str) -> None:
    job = defs.resolve_job_def(name)
    (op,) = job.nodes
    assert op.definition.pool == POOL
    assert dg.validate_run_config(job)


def test_there_is_a_check_for_each_expectation_in_its_severity() -> None:
    checks = {key.name: GRAPH.get_check_spec(key) for key in GRAPH.asset_check_keys}
    golden = checks.pop("extraction_reads_the_golden_set")
    assert golden.blocking
    assert not checks.pop(FRESHNESS_CHECK).blocking
    assert set(checks) == {expectation.name for expectation in EXPECTATIONS}
    for expectation in EXPECTATIONS:
        spec = checks[expectation.name]
        assert spec.blocking == (expectation.severity == "blocking")
        assert spec.asset_key == dg.AssetKey(["staging", expectation.table])


def test_the_last_night_is_today_and_tonight_can_be_asked_for() -> None:
    today = datetime.now(tz=UTC).date()
    assert NIGHTS.get_last_partition_key() == today.isoformat()


def test_the_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)


@pytest.mark.parametrize("key", sorted(GRAPH.get_all_asset_keys()), ids=str)
def test_every_asset_says_which_code_makes_it(key: dg.AssetKey) -> None:
    """So that the UI links to the file, and marks what older code has made."""
    told = GRAPH.get(key).metadata["dagster/code_references"]
    assert isinstance(told, dg.CodeReferencesMetadataValue)
    files = [each.file_path for each in told.code_references if hasattr(each, "file_path")]
    assert [Path(file).is_file() for file in files] == [True, True]
    assert GRAPH.get(key).code_version


def test_the_version_of_a_stage_follows_its_code_and_its_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = stage_named("extraction")
    before = rules_version(stage)
    assert before != rules_version(stage_named("articles"))
    monkeypatch.setattr("etl.night.reference_version", lambda *rooms, without: "other rows")
    assert rules_version(stage) != before
