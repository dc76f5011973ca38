"""A site's own rows, from the folder of its home to the file that analysts open."""

from pathlib import Path

import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, materialise, operate, rows
from test_registry import stale

from assets.doctor.dependencies import examine_references
from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job
from assets.settings import Settings
from etl.tables import use_site_tables

NAMED = "SELECT source_id FROM articles ORDER BY file_name"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a night of two parts' worth of ferries, one of them given a publisher."""
    write_ferries(tmp_path / "raw", 3)
    (tmp_path / "raw" / "ferry-1.json").write_text('{"publisher": "Lakeside Post"}')
    return tmp_path / "home"


def lay(home: Path, name: str, *lines: str) -> None:
    (home / "tables").mkdir(parents=True, exist_ok=True)
    (home / "tables" / name).write_text("".join(f"{line}\n" for line in lines))


@pytest.mark.slow
def test_an_outlet_reaches_the_file_by_a_refresh_and_no_other_home(home: Path) -> None:
    raw = home.parent / "raw"
    assert materialise(home, raw=raw).is_published
    assert rows(home, NAMED) == [(None,), (None,), (None,)]

    lay(home, "sources.csv", "source_id,name,kind", "lakeside-post,Lakeside Post,newspaper")
    assert stale(home) == [("sources", 1)]
    report = operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw, today=NEXT_NIGHT)
    assert report.release
    assert rows(home, NAMED) == [(None,), ("lakeside-post",), (None,)]
    assert rows(home, "SELECT name FROM sources WHERE source_id = 'lakeside-post'") == [
        ("Lakeside Post",)
    ]
    assert stale(home) == []

    other = home.with_name("other")
    assert materialise(other, raw=raw).is_published
    assert rows(other, NAMED) == [(None,), (None,), (None,)]
    assert stale(home) == []


@pytest.mark.slow
def test_the_processes_of_a_pool_see_the_rows(home: Path) -> None:
    lay(home, "sources.csv", "source_id,name,kind", "lakeside-post,Lakeside Post,newspaper")
    use_site_tables(None)
    outcome = materialise(home, raw=home.parent / "raw", workers=2, part_documents=1)
    assert outcome.is_published, outcome.failures
    assert rows(home, NAMED) == [(None,), ("lakeside-post",), (None,)]


@pytest.mark.slow
def test_a_malformed_row_stops_the_night_and_is_told_as_the_doctor_tells_it(home: Path) -> None:
    lay(home, "sources.csv", "source_id,name,kind", "lakeside-post,Lakeside Post,blog")
    outcome = materialise(home, raw=home.parent / "raw")
    assert not outcome.is_published
    (failure,) = outcome.failures
    told = "tables/sources.csv, line 2: kind 'blog'; expected one of"
    assert told in failure
    (finding,) = examine_references(Settings(home=home))
    assert (finding.status, finding.subject) == ("fail", "references")
    assert told in finding.message


def test_the_doctor_counts_what_a_file_changes_and_names_idle_lines(home: Path) -> None:
    lay(home, "sources.csv", "source_id,name,kind", "lakeside-post,Lakeside Post,newspaper")
    lay(home, "sources.removed.csv", "source_id", "reuters", "never-there")
    _, counts, idle = examine_references(Settings(home=home))
    assert counts.message == "sources.csv: rows 1 added, 0 changed, 1 taken out"
    assert idle.status == "warn"
    assert "tables/sources.removed.csv, line 3: never-there is not shipped" in idle.message


def test_thresholds_lie_among_the_tables_and_the_setting_wins(home: Path) -> None:
    assert Settings(home=home).threshold_file is None
    lay(home, "thresholds.toml", "volume_nights = 56")
    assert Settings(home=home).threshold_file == home / "tables" / "thresholds.toml"
    assert Settings(home=home, thresholds=Path("own.toml")).threshold_file == Path("own.toml")
