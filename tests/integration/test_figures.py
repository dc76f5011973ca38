"""What the assets' pages tell of each night, also where one run did several."""

from pathlib import Path

import dagster as dg
import pytest
from ferries import HEADER, ferry, write_ferries, write_text
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate
from test_replay import NOWHERE

from assets.cli.nights import run_nights
from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job
from assets.resources import Clock
from etl.lake.store import break_seal

pytestmark = pytest.mark.slow  # nights of their own, one after the other

Told = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Metadata by night and asset: after a backfill of two nights, and after a refresh."""
    folder = tmp_path_factory.mktemp("figures")
    home, raw = folder / "home", folder / "raw"
    write_ferries(raw, 2)
    write_text(raw, "copy.txt", ferry(1) + "\n")
    write_text(raw, "nowhere.txt", HEADER + NOWHERE)
    materialise(home, raw=raw)
    write_ferries(raw, 5)
    materialise(home, night=NEXT_NIGHT, raw=raw)
    settings = make_settings(home, raw=raw)
    clock = Clock(timezone="UTC", fixed_today=NEXT_NIGHT.isoformat())
    for night in (NIGHT, NEXT_NIGHT):
        _have_done_again(home, night)
    with dg.DagsterInstance.ephemeral() as instance:
        run_nights(settings, instance, first=NIGHT, last=NEXT_NIGHT, clock=clock)
        backfilled = {str(night): _told(instance, str(night)) for night in (NIGHT, NEXT_NIGHT)}
        _have_done_again(home, NIGHT)
        operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw, instance=instance)
        return {**backfilled, "refreshed": _told(instance, str(NIGHT))}


def _have_done_again(home: Path, night: object) -> None:
    for seal in (home / "lake").glob(f"*/ingested_on={night}/*/seal.json"):
        break_seal(seal.parent)


def _told(instance: dg.DagsterInstance, night: str) -> Told:
    """The newest materialisation of each asset for a night."""
    told = {}
    for key in instance.all_asset_keys():
        wanted = dg.AssetRecordsFilter(asset_key=key, asset_partitions=[night])
        records = instance.fetch_materializations(wanted, limit=1).records
        if records and records[0].asset_materialization:
            metadata = records[0].asset_materialization.metadata
            told[key.to_user_string()] = {name: value.value for name, value in metadata.items()}
    return told


@pytest.mark.parametrize(
    ("night", "counts"),
    [
        (str(NIGHT), {"delivered": 4, "published": 2, "duplicate": 1, "quarantined": 1}),
        (str(NEXT_NIGHT), {"delivered": 3, "published": 3, "duplicate": 0, "quarantined": 0}),
        ("refreshed", {"delivered": 4, "published": 2, "duplicate": 1, "quarantined": 1}),
    ],
)
def test_each_night_has_figures_of_its_own(
    told: dict[str, Told], night: str, counts: dict[str, int]
) -> None:
    published = told[night]["published"]
    assert {name: published[name] for name in counts} == counts
    assert published["untitled_percent"] == 100.0
    (top, *_) = published["top_countries"].records  # type: ignore[attr-defined]
    assert (top.data["name"], top.data["articles"]) == ("Kenya", str(counts["published"]))
    articles = told[night]["staging/articles"]
    assert articles["rows_of_the_night"] == counts["published"]
    assert articles["dagster/row_count"] == 5
    extraction = told[night]["article_countries"]
    assert extraction["quarantined"] == counts["quarantined"]
    assert told[night]["articles"]["dagster/row_count"] == counts["delivered"]
    assert told[night]["date_mentions"]["dagster/row_count"] == counts["delivered"]


def test_each_night_tells_what_its_feeds_came_to(told: dict[str, Told]) -> None:
    for asset in ("published", "staging/deliveries"):
        metadata = told[str(NIGHT)][asset]
        assert metadata["feed_count"] == 1
        (row,) = metadata["feeds"].records  # type: ignore[attr-defined]
        assert row.data == {
            "feed": "(no feed named)",
            "delivered": "4",
            "published": "2",
            "duplicate": "1",
            "superseded": "0",
            "quarantined": "1",
            "quarantined_percent": "25.0",
            "by_rule": "no_country 1",
        }


@pytest.mark.parametrize("asset", ["parsed_articles", "articles", "article_sources", "mentions"])
def test_a_stage_tells_what_it_cost(told: dict[str, Told], asset: str) -> None:
    for night in told:
        metadata = told[night][asset]
        assert metadata["words_per_second"] > 0  # type: ignore[operator]
        assert metadata["documents_per_second"] > 0  # type: ignore[operator]
        assert 50 < metadata["peak_memory_mib"] < 100_000  # type: ignore[operator]
        assert metadata["parts_reused"] == 0


def test_columns_lead_back_to_what_they_are_made_of(told: dict[str, Told]) -> None:
    for night in told:
        lineage = told[night]["staging/articles"]["dagster/column_lineage"]
        (origin,) = lineage.deps_by_column["dateline_country_code"]  # type: ignore[attr-defined]
        assert (origin.asset_key, origin.column_name) == (dg.AssetKey("mentions"), "country_code")
        assert "dagster/column_lineage" not in told[night]["staging/countries"]
