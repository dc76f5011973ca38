"""What the command line prints, and what it says where there is nothing to print."""

from pathlib import Path

import pytest

from assets.cli.summary import print_query, print_status
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
