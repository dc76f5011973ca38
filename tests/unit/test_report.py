"""What the command line prints, and what it says where there is nothing to print."""

from datetime import date, datetime
from pathlib import Path

import pytest
from published_runs import publish_runs

from assets.cli.export import Export
from assets.cli.summary import print_export, print_query, print_status
from assets.settings import Settings
from etl.errors import WarehouseError


def test_a_published_file_that_does_not_open_is_told_in_one_line(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.warehouse.root.mkdir()
    settings.warehouse.published.write_text("no file of DuckDB")
    with pytest.raises(WarehouseError, match=r"dateline\.duckdb cannot be opened"):
        print_query(settings, "SELECT 1", limit=0)
    with pytest.raises(WarehouseError, match=r"dateline\.duckdb cannot be opened"):
        print_status(settings)


def test_where_nothing_is_staged_that_is_said(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    publish_runs(tmp_path, (date(2026, 3, 1), datetime(2026, 3, 1, 2)))
    with pytest.raises(WarehouseError, match="nothing is staged: only a night that was refused"):
        print_query(settings, "SELECT 1", limit=0, of_staging=True)


def test_the_staging_file_is_asked_only_where_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home")
    for night in (date(2026, 3, 2), date(2026, 3, 1)):  # the first goes into staging
        publish_runs(tmp_path / "home", (night, datetime(2026, 3, 1, 2)))
        if night == date(2026, 3, 2):
            settings.warehouse.staging.parent.mkdir()
            settings.warehouse.published.rename(settings.warehouse.staging)
    question = "SELECT ingested_on FROM runs"
    print_query(settings, question, limit=0)
    assert "2026-03-01" in capsys.readouterr().out
    print_query(settings, question, limit=0, of_staging=True)
    assert "2026-03-02" in capsys.readouterr().out
    file = tmp_path / "answer.csv"
    print_export(settings, question, Export(to=file), of_staging=True)
    assert file.read_text() == "ingested_on\n2026-03-02\n"
