"""Nights after each other: reruns, new files, failing audits, other engines."""

import shutil
from pathlib import Path

import duckdb
import pytest
from night_setup import (
    NEXT_NIGHT,
    NIGHT,
    SAMPLE,
    Undisturbed,
    make_settings,
    materialise,
    published,
)

import assets.night.audit
from etl.warehouse.digest import digest, sha256
from etl.warehouse.releases import Warehouse, releases
from expectations.model import Expectation, no_rows

ARTICLE = " date 2024-05-06 NAIROBI, Kenya: Ferries will cross Lake Victoria again on Monday, "


def write_article(folder: Path, name: str, ending: str) -> None:
    (folder / name).write_text(f"{ARTICLE}the port authority of Kenya said. {ending}")


@pytest.fixture(scope="module")
def four_ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``raw``, four articles, and ``home``, in which their night was published."""
    folder = tmp_path_factory.mktemp("ferries")
    (folder / "raw").mkdir()
    for number in range(4):
        write_article(folder / "raw", f"ferry-{number}.txt", f"Line {number} starts in Kisumu.")
    assert materialise(folder / "home", raw=folder / "raw").is_published
    return folder


@pytest.fixture
def ferries(tmp_path: Path, four_ferries: Path) -> Path:
    """A copy of that folder; the modification times of the articles are theirs."""
    return shutil.copytree(four_ferries, tmp_path / "ferries", symlinks=True)


def test_a_rerun_changes_nothing(tmp_path: Path, undisturbed: Undisturbed) -> None:
    home = shutil.copytree(undisturbed.home, tmp_path / "home", symlinks=True)
    assert materialise(home).is_published
    assert digest(published(home)) == undisturbed.digest
    assert len(releases(Warehouse(home / "warehouse"))) == 1
    once_more = materialise(home)
    assert once_more.is_published
    assert (once_more.is_unchanged, once_more.is_audited) == (True, False)
    assert not Warehouse(home / "warehouse").staging.exists()
    assert digest(published(home)) == undisturbed.digest


@pytest.mark.slow  # two processes read all tables
def test_workers_change_nothing(tmp_path: Path, undisturbed: Undisturbed) -> None:
    assert materialise(tmp_path, workers=2).is_published
    assert digest(published(tmp_path)) == undisturbed.digest


@pytest.mark.slow
def test_the_order_in_which_files_came_changes_nothing(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    raw = tmp_path / "raw"
    for half in ("wires web feeds junk", "languages dates sidecars bytes duplicates drops"):
        for folder in half.split():
            shutil.copytree(SAMPLE / folder, raw / folder, copy_function=shutil.copy2)
        assert materialise(tmp_path / "home", raw=raw).is_published
    assert digest(published(tmp_path / "home")) == undisturbed.digest


@pytest.mark.slow
def test_new_files_are_added_and_old_ones_left(ferries: Path) -> None:
    home, raw = ferries / "home", ferries / "raw"
    write_article(raw, "ferry-9.txt", "Line 9 starts in Mbita.")
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    with duckdb.connect(str(published(home)), read_only=True) as con:
        nights = con.execute("SELECT ingested_on, published_count FROM v_nights ORDER BY 1")
        assert nights.fetchall() == [(NIGHT, 4), (NEXT_NIGHT, 1)]


@pytest.mark.slow
def test_an_older_night_derives_again_and_claims_nothing(ferries: Path) -> None:
    home, raw = ferries / "home", ferries / "raw"
    before = digest(published(home))
    write_article(raw, "ferry-9.txt", "Line 9 starts in Mbita.")
    assert materialise(home, night=NIGHT, today=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == before


@pytest.mark.slow
def test_a_night_without_files_is_published_empty(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    assert materialise(tmp_path, raw=raw).is_published


def test_a_failing_audit_publishes_nothing_then_or_later(
    ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dagster as dg

    from assets.definitions import defs
    from assets.resources import make_resources

    home, raw = ferries / "home", ferries / "raw"
    before = sha256(published(home))
    with monkeypatch.context() as patch:
        let_fail(patch, "articles_have_a_date")
        write_article(raw, "ferry-9.txt", "Line 9 starts in Mbita.")
        outcome = materialise(home, night=NEXT_NIGHT, raw=raw)
        assert not outcome.is_published
        assert outcome.failed_checks == ("articles_have_a_date",)
        assert outcome.findings["articles_have_a_date"]
    alone = dg.materialize(
        [*defs.assets],
        selection="published",
        partition_key=NEXT_NIGHT.isoformat(),
        resources=make_resources(make_settings(home, raw=raw)),
        raise_on_error=False,
    )
    assert not alone.success
    assert sha256(published(home)) == before

    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    with duckdb.connect(str(published(home)), read_only=True) as con:
        assert con.execute("SELECT expectation FROM v_nightly_quality").fetchall() == [
            ("articles_have_a_date",)
        ]


def let_fail(patch: pytest.MonkeyPatch, name: str) -> None:
    """Make one blocking expectation want the impossible."""

    def harder(expectation: Expectation) -> Expectation:
        if expectation.name != name:
            return expectation
        return Expectation(
            name=name,
            suite=expectation.suite,
            table=expectation.table,
            description=expectation.description,
            severity="blocking",
            **no_rows("SELECT * FROM batch"),  # type: ignore[arg-type]
        )

    patch.setattr(
        assets.night.audit, "EXPECTATIONS", tuple(map(harder, assets.night.audit.EXPECTATIONS))
    )
