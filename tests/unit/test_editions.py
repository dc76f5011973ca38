"""The next file beside the published one: what differs and why, and that nothing does."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from night_lake import REFERENCES, RUN, Doc, write_night
from publication import SUITE, Lay, audit

from etl import schema
from etl.errors import PublishError
from etl.lake.store import Lake
from etl.warehouse import run_log
from etl.warehouse.comparison import COMPARED
from etl.warehouse.digest import OF_RUNS, digest, table_digests
from etl.warehouse.editions import Edition
from etl.warehouse.manifest import LAST, Difference, Manifest
from etl.warehouse.night_rows import Run
from etl.warehouse.publish import Published, publish
from etl.warehouse.release_diffs import NAMELESS, release_diff
from etl.warehouse.release_records import (
    published_digests,
    record_of,
    recorded_manifest,
    recorded_version,
)
from etl.warehouse.releases import (
    Warehouse,
    drop_release,
    find_release,
    keep_release,
    release_at,
    releases,
    rollback,
)
from etl.warehouse.staging import night_counts, stage

N1, N2, N3 = (date(2026, 3, day) for day in (1, 2, 3))
FIRST = datetime(2026, 3, 1, 2, tzinfo=UTC)
DAYS = [Doc("a", "ferry in the harbour"), Doc("b", "rail to the lake"), Doc("c", "no", True)]


@dataclass
class House:
    """A lake and a warehouse, in which nights are published one after the other."""

    lake: Lake
    warehouse: Warehouse
    published: int = 0

    def publish(
        self, *nights: date, code: str = "c", references: Mapping[str, pl.DataFrame] = REFERENCES
    ) -> Published:
        """Stage, audit and publish nights as a run does."""
        self.published += 1
        run = replace(RUN, run_id=f"run-{self.published}", code_version=code)
        staged = stage(
            self.lake,
            self.warehouse.staging,
            published=self.warehouse.published,
            nights=nights,
            logged=run_log.read_runs(self.lake),
            known=published_digests(self.warehouse.releases),
            run=run,
            references=dict(references),
            raw_text=bytes.decode,
        )
        staged.write(self.warehouse.staged_record)
        audit(self.warehouse)
        at = FIRST + timedelta(minutes=self.published)
        edition = Edition(
            version=run_log.version_on(self.lake, self.warehouse, at.date()),
            sequence=run_log.next_sequence(self.lake, self.warehouse),
            finished_at=at,
            program_version="0.1",
        )
        runs = run_log.run_rows(
            staged,
            night_counts(self.warehouse.staging, staged.all_nights),
            finished_at=at,
            sequence=edition.sequence,
            version=edition.version,
        )
        done = publish(
            self.warehouse,
            suite_fingerprint=SUITE,
            edition=edition,
            runs=pl.concat([run_log.read_runs(self.lake), runs]),
            quality_results=results_of(run),
            manifests=run_log.read_manifests(self.lake),
            keep=9,
        )
        if done.manifest:
            run_log.write_manifest(self.lake, done.manifest)
            run_log.write_runs(self.lake, run.run_id, runs)
        return done

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.warehouse.published), read_only=True) as con:
            return con.execute(query).fetchall()


def results_of(run: Run) -> pl.DataFrame:
    """What an audit of a run found: one that held, one that warns."""
    common = {"run_id": run.run_id, "ingested_on": N1, "suite": "rows", "table_name": "articles"}
    return schema.QUALITY_RESULTS.frame(
        {**common, "expectation": n, "passed": ok, "severity": "warning", "unexpected_count": 0}
        for n, ok in (("holds", True), ("warns", False))
    )


@pytest.fixture
def house(tmp_path: Path, laid: Lay) -> House:
    """One night is published."""
    laid(publish_first, tmp_path)
    return House(Lake(tmp_path / "lake"), Warehouse(tmp_path / "warehouse"), published=1)


def publish_first(home: Path) -> None:
    house = House(Lake(home / "lake"), Warehouse(home / "warehouse"))
    write_night(house.lake, N1, DAYS)
    house.publish(N1)


def rederive(house: House, night: date, *, derived_by: str, **versions: str) -> None:
    """Have the extraction of a night be one of other versions."""
    folder = house.lake.night_folder("extraction", night)
    for file in folder.rglob("*.parquet"):
        rows = pl.read_parquet(file, hive_partitioning=False)
        told = {"derived_by": derived_by} if "derived_by" in rows.columns else {}
        told |= versions if file.stem == "derivations" else {}
        rows.with_columns(**{n: pl.lit(value) for n, value in told.items()}).write_parquet(file)


def reasons(manifest: Manifest | None) -> dict[str, set[str]]:
    assert manifest is not None
    return {
        table.name: {d.reason for d in manifest.differences if d.table == table.name}
        for table in COMPARED
        if any(d.table == table.name for d in manifest.differences)
    }


def counted(manifest: Manifest | None) -> dict[str, tuple[int, int, int]]:
    assert manifest is not None
    return totals(manifest.differences)


def totals(differences: Iterable[Difference]) -> dict[str, tuple[int, int, int]]:
    """Added, removed, changed by table, whatever the reason."""
    found: dict[str, tuple[int, int, int]] = {}
    for d in differences:
        added, removed, changed = found.get(d.table, (0, 0, 0))
        found[d.table] = (added + d.added, removed + d.removed, changed + d.changed)
    return found


def differences_one_by_one(old: Path, new: Path) -> dict[str, tuple[int, int, int]]:
    """The same from all rows of both files, in Python."""
    found = {}
    for table in COMPARED:
        was, now = _by_key(old, table), _by_key(new, table)
        changed = sum(was[key] != now[key] for key in was.keys() & now.keys())
        counts = (len(now.keys() - was.keys()), len(was.keys() - now.keys()), changed)
        if any(counts):
            found[table.name] = counts
    return found


def _by_key(path: Path, table: schema.Table) -> dict[tuple[object, ...], tuple[object, ...]]:
    others = [n for n in table.column_names if n not in (*table.key, *OF_RUNS)] or ["1"]
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(f"SELECT {', '.join((*table.key, *others))} FROM {table.name}")
        return {row[: len(table.key)]: row[len(table.key) :] for row in rows.fetchall()}


def check_last(house: House, done: Published, *, before: Path) -> None:
    """Manifest, record and file agree with all rows of both files."""
    manifest = done.manifest
    assert manifest is not None
    published = house.warehouse.published
    assert counted(manifest) == differences_one_by_one(before, published)
    assert {n: str(rows) for n, rows in manifest.tables.items()} == table_digests(published)
    assert manifest.digest == digest(published)
    assert recorded_manifest(done.release) == manifest
    told = house.rows("SELECT digest, row_count FROM releases ORDER BY sequence DESC LIMIT 1")
    assert told == [(manifest.digest, manifest.row_count)]
    recorded = house.rows(
        "SELECT table_name, sum(added_count), sum(removed_count), sum(changed_count) "
        f"FROM release_diffs WHERE version = '{manifest.version}' GROUP BY ALL"
    )
    assert {name: tuple(map(int, rest)) for name, *rest in recorded} == counted(manifest)


def test_the_first_file_has_nothing_before_it(house: House) -> None:
    (release,) = releases(house.warehouse)
    manifest = recorded_manifest(release)
    assert manifest is not None
    assert (manifest.version, manifest.version_before) == ("2026.03.01", None)
    assert manifest.differences == ()
    assert (manifest.passed_count, manifest.warnings) == (1, ("warns",))
    assert manifest.nights == (N1,)
    assert dict(manifest.versions).keys() == {"program", "schema", "code", "model", "reference"}
    assert manifest.digest == digest(house.warehouse.published)


def again(house: House) -> None:
    """A later batch of tonight: one is new, one is a copy, one was rejected and comes again."""
    docs = [Doc("d", "a new bridge"), Doc("e", "rail to the lake"), Doc("f", "dry", True)]
    write_night(house.lake, N2, docs)


def rejected(house: House) -> None:
    """What was published is rejected, what was rejected is published."""
    write_night(house.lake, N1, [DAYS[0], replace(DAYS[1], is_rejected=True), Doc("c", "no")])


def handed_over(house: House) -> None:
    """An article goes to a later night, whose delivery of it was a duplicate."""
    write_night(house.lake, N2, [Doc("d", "rail to the lake"), Doc("e", "a new bridge")])
    house.publish(N2)
    rejected(house)


def derived_anew(house: House) -> None:
    rederive(house, N1, derived_by="other", code_version="c2")


@pytest.mark.parametrize(
    ("change", "nights"),
    [
        (again, (N2,)),
        pytest.param(rejected, (N1,), marks=pytest.mark.slow),
        pytest.param(handed_over, (N1,), marks=pytest.mark.slow),
        (derived_anew, (N1,)),
    ],
)
def test_what_differs_is_counted_as_all_rows_have_it(
    house: House, change: object, nights: tuple[date, ...]
) -> None:
    assert callable(change)
    change(house)
    before = releases(house.warehouse)[-1]
    done = house.publish(*nights)
    assert differences_one_by_one(before, house.warehouse.published)
    check_last(house, done, before=before)


@pytest.mark.slow
def test_digests_hold_from_release_to_release(house: House) -> None:
    """Each is made from the one before; none is counted anew."""
    for number, change in enumerate((again, rejected, derived_anew)):
        change(house)
        before = releases(house.warehouse)[-1]
        done = house.publish(N1 if number else N2, code=f"c{number}")
        check_last(house, done, before=before)


def test_new_documents_are_the_reason_of_all_that_follows(house: House) -> None:
    again(house)
    found = reasons(house.publish(N2).manifest)
    assert {reason for of_table in found.values() for reason in of_table} == {"new data"}
    assert {"articles", "mentions", "entities", "stories", "deliveries", "quarantine"} <= {*found}


@pytest.mark.parametrize(
    ("versions", "reason"),
    [
        ({"code_version": "c2"}, "code"),
        pytest.param({"model_version": "another"}, "model", marks=pytest.mark.slow),
        pytest.param({"reference_version": "edited"}, "reference", marks=pytest.mark.slow),
        ({"reference_version": "edited", "model_version": "another"}, "model"),
    ],
)
def test_rows_derived_anew_tell_what_was_another(
    house: House, versions: dict[str, str], reason: str
) -> None:
    """The stage tells, whatever the version of the code as a whole."""
    rederive(house, N1, derived_by="other", **versions)
    found = reasons(house.publish(N1, code="of an upgrade").manifest)
    assert found["mentions"] == found["article_countries"] == {reason}
    assert "articles" not in found
    assert "date_mentions" not in found


def test_what_stages_do_not_tell_the_runs_do(house: House) -> None:
    rejected(house)
    found = reasons(house.publish(N1, code="of an upgrade").manifest)
    assert found["articles"] == found["quarantine"] == {"code"}


def test_new_documents_and_new_code_are_told_apart(house: House) -> None:
    again(house)
    derived_anew(house)
    manifest = house.publish(N1, N2, code="c2").manifest
    assert manifest is not None
    mentions = {
        d.reason: (d.added, d.changed) for d in manifest.differences if d.table == "mentions"
    }
    assert mentions == {"new data": (1, 0), "code": (0, 2)}


def test_a_withdrawal_is_the_reason_of_what_is_gone(house: House) -> None:
    withdraw(house, N1, "b")
    manifest = house.publish(N1, code="of an upgrade").manifest
    found = reasons(manifest)
    assert found["articles"] == found["mentions"] == found["stories"] == {"withdrawal"}
    assert found["quarantine"] == found["deliveries"] == found["entities"] == {"withdrawal"}
    assert counted(manifest)["articles"] == (0, 1, 0)


def withdraw(house: House, night: date, delivery_id: str) -> None:
    """As a withdrawal leaves the lake."""
    write_night(
        house.lake,
        night,
        [
            replace(doc, is_rejected=doc.is_rejected or doc.delivery_id == delivery_id)
            for doc in DAYS
        ],
    )
    for file in house.lake.night_folder("extraction", night).rglob("quarantine.parquet"):
        rule = pl.when(pl.col("delivery_id") == delivery_id).then(pl.lit("withdrawn"))
        rows = pl.read_parquet(file, hive_partitioning=False)
        rows.with_columns(rule=rule.otherwise("rule")).write_parquet(file)


def test_another_registry_is_told_as_reference(house: House) -> None:
    renamed = REFERENCES["sources"].with_columns(name=pl.lit("Kenyan News"))
    manifest = house.publish(N1, references={**REFERENCES, "sources": renamed}).manifest
    assert reasons(manifest) == {"sources": {"reference"}}


def test_a_run_that_changes_nothing_adds_no_release(house: House) -> None:
    published = house.warehouse.published
    before = published.stat().st_ino
    done = house.publish(N1)
    assert done.manifest is None
    assert [done.release] == releases(house.warehouse)
    assert published.stat().st_ino == before
    assert not house.warehouse.staging.exists()
    assert not house.warehouse.audit_record.exists()
    assert run_log.read_runs(house.lake)["run_id"].to_list() == ["run-1"]
    again(house)
    assert house.publish(N2).manifest


def test_a_night_that_brought_nothing_is_news_the_first_time(house: House) -> None:
    """Analysts see by it that the file is of that night."""
    write_night(house.lake, N2, [])
    manifest = house.publish(N2).manifest
    assert manifest is not None
    assert (manifest.nights, manifest.differences) == ((N2,), ())
    assert house.publish(N2).manifest is None


@pytest.mark.slow
def test_other_views_and_descriptions_are_news(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from etl.warehouse import layout

    changed = replace(layout.VIEWS[0], description="Told in other words.")
    monkeypatch.setattr(layout, "VIEWS", (changed, *layout.VIEWS[1:]))
    manifest = house.publish(N1).manifest
    assert manifest is not None
    assert manifest.differences == ()
    assert house.publish(N1).manifest is None


def test_a_release_named_by_a_clock_ahead_does_not_stay_the_newest(house: House) -> None:
    ahead = release_at(house.warehouse, FIRST + timedelta(days=2), 90)
    keep_release(house.warehouse, ahead)
    manifest = house.publish(N1).manifest
    assert manifest is not None
    assert (manifest.sequence, manifest.differences) == (91, ())


@pytest.mark.slow
def test_what_a_rollback_took_away_comes_back(house: House) -> None:
    again(house)
    house.publish(N2)
    rollback(house.warehouse, find_release(house.warehouse, "previous"))
    before = releases(house.warehouse)[0]
    done = house.publish(N1)
    check_last(house, done, before=before)
    assert done.manifest is not None
    assert (done.manifest.version, done.manifest.version_before) == ("2026.03.01.2", "2026.03.01")
    assert house.publish(N1).manifest is None


@pytest.mark.slow
def test_a_file_built_from_the_lake_is_compared_whole(house: House) -> None:
    again(house)
    house.publish(N2)
    published = house.warehouse.published
    spoil(published)
    before = releases(house.warehouse)[0]
    done = house.publish(N1)
    assert done.manifest is not None
    assert done.manifest.nights == (N1, N2)
    assert {n: str(rows) for n, rows in done.manifest.tables.items()} == table_digests(published)
    assert counted(done.manifest) == {"articles": (1, 0, 0)}
    assert before in releases(house.warehouse)


def spoil(published: Path) -> None:
    """Take an article out of the file, as root may."""
    copy = published.with_name("copy.duckdb")
    copy.write_bytes(published.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("DELETE FROM articles WHERE article_id = 'article of a new bridge'")
    copy.replace(published)


@pytest.mark.slow
def test_a_client_that_holds_the_published_file_is_in_nobodys_way(house: House) -> None:
    code = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); "
        "sys.stdin.read()"
    )
    published = house.warehouse.published
    published.chmod(0o644)
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    again(house)
    before = releases(house.warehouse)[-1]
    done = house.publish(N2)
    holder.communicate("")
    check_last(house, done, before=before)
    assert not (house.warehouse.staging.parent / "before.duckdb").exists()


@pytest.mark.slow
def test_any_two_releases_are_compared(house: House) -> None:
    again(house)
    house.publish(N2)
    rejected(house)
    house.publish(N1)
    paths = {recorded_version(path): path for path in releases(house.warehouse)}
    assert [*paths] == ["2026.03.01", "2026.03.01.1", "2026.03.01.2"]
    logged = run_log.read_manifests(house.lake)
    for before, version in (
        ("2026.03.01", "2026.03.01.2"),
        ("2026.03.01.2", "2026.03.01"),
        ("2026.03.01.1", "2026.03.01.2"),
    ):
        found = release_diff(house.warehouse, logged, before=before, version=version)
        assert (found.before, found.version) == (before, version)
        assert totals(found.differences) == differences_one_by_one(paths[before], paths[version])
    latest = release_diff(house.warehouse, logged)
    assert (latest.before, latest.version) == ("2026.03.01.1", "2026.03.01.2")


def test_a_manifest_tells_of_releases_that_are_kept_no_longer(house: House) -> None:
    again(house)
    manifest = house.publish(N2).manifest
    assert manifest is not None
    first, _ = releases(house.warehouse)
    drop_release(first)
    logged = run_log.read_manifests(house.lake)
    assert release_diff(house.warehouse, logged).differences == manifest.differences
    with pytest.raises(PublishError, match=r"2026\.03\.01 is compared with none"):
        release_diff(house.warehouse, logged, version="2026.03.01")
    with pytest.raises(PublishError, match=r"begins with '2026\.02\.01'; kept are"):
        release_diff(house.warehouse, logged, before="2026.02.01")


def test_a_file_without_a_name_is_told_of_too(house: House) -> None:
    """One of before there were records, as an upgraded home may have it."""
    again(house)
    manifest = house.publish(N2).manifest
    assert manifest is not None
    for release in releases(house.warehouse):
        record_of(release).unlink()
    nameless = replace(manifest, version_before=None)
    found = release_diff(house.warehouse, [nameless], version=manifest.version)
    assert (found.before, found.differences) == (NAMELESS, manifest.differences)


def test_the_view_tells_what_became_of_articles(house: House) -> None:
    again(house)
    house.publish(N2)
    told = house.rows("SELECT version, version_before, articles_added, reasons FROM v_releases")
    assert told == [
        ("2026.03.01.1", "2026.03.01", 1, ["new data"]),
        ("2026.03.01", None, None, None),
    ]


def test_the_file_tells_of_the_last_releases(house: House) -> None:
    manifest = recorded_manifest(releases(house.warehouse)[0])
    assert manifest is not None
    for number in range(LAST + 2):
        older = replace(manifest, version=f"2025.01.{number + 1:02}", sequence=-number)
        run_log.write_manifest(house.lake, older)
    again(house)
    house.publish(N2)
    assert house.rows("SELECT count(*) FROM releases") == [(LAST + 4,)]
    of_tables = house.rows("SELECT DISTINCT version FROM release_tables")
    assert len(of_tables) == LAST
    assert ("2026.03.01.1",) in of_tables
