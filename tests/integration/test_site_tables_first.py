"""A malformed row of a site's table stops the night before it claims anything."""

from pathlib import Path

import dagster as dg
import pytest
from night_setup import NIGHT, make_settings

from assets.definitions import defs
from assets.resources import Clock, make_resources
from etl.lake.store import Lake


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("sources.csv", "source_id,name,homepage\nlyre,Lyre Post\n"),
        ("countries.csv", "country_code,colour\nFR,blue\n"),
        ("no_such_table.csv", "a,b\n1,2\n"),
    ],
)
def test_what_landed_is_claimed_once_the_tables_are_sound(
    name: str, rows: str, tmp_path: Path
) -> None:
    settings = make_settings(tmp_path / "home", raw=tmp_path / "raw")
    settings.landing.mkdir()
    (settings.landing / "a.txt").write_text(" date 2026-02-28 Ships waited off Mombasa, Kenya.")
    settings.site_tables.mkdir(parents=True)
    clock = Clock(timezone="UTC", fixed_today=NIGHT.isoformat())
    (settings.site_tables / name).write_text(rows)

    def claim() -> bool:
        return dg.materialize(
            [*defs.assets],
            selection="raw_documents",
            partition_key=NIGHT.isoformat(),
            resources=make_resources(settings) | {"clock": clock},
            raise_on_error=False,
        ).success

    assert not claim()
    assert not list(Lake(settings.home / "lake").raw_parts(NIGHT))
    (settings.site_tables / name).unlink()
    assert claim()
    assert len(list(Lake(settings.home / "lake").raw_parts(NIGHT))) == 1
