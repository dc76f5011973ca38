"""For each place in the doctor's code that prints a remedy: the fault, and the remedy carried out.

What belongs here: the cases. What does not: running them (test_remedies.py).

A case is named after its place: module, function, and which of the function's findings that are
not ok. ``says`` is what the printed remedy must say of what the case does.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from dagster._daemon.types import DaemonHeartbeat
from dagster._utils.error import SerializableErrorInfo
from dask_processes import Processes, need_dask, other_code
from night_setup import NIGHT, operate, rows
from pydantic import SecretStr
from remedy_place import Place
from scheduling import store_schedule

from assets.doctor import cluster, dependencies, files, lake, machine, objects, scheduler
from assets.doctor.findings import Finding
from assets.operations.releases import roll_back
from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job
from assets.resources import make_home
from etl.identity import article_ids
from etl.lake.engines.sharing import Asker, Sharing
from etl.lake.withdrawals import Tombstone, take_out, write_tombstone
from etl.landing import scan
from etl.objects.addresses import ObjectAddress
from etl.objects.store import ObjectStore
from etl.tables import ROOMS, forget_tables
from etl.warehouse.releases import drop_release, keep_release, release_at, releases

LIST_FOLDER = scan._list
IN_MEMORY = ObjectAddress("memory", "remedies")
"""A bucket that needs no server: fsspec keeps it in this process."""

Work = Callable[[Place], object]
Look = Callable[[Place], Iterable[Finding]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """``look`` is the doctor's question, ``spoil`` the fault, ``mend`` its remedy."""

    place: str
    look: Look
    spoil: Work
    says: str
    mend: Work


def published(place: Place) -> Iterable[Finding]:
    return files.examine_published(place.settings)


def dagster(place: Place) -> Iterable[Finding]:
    return scheduler.examine_dagster(place.settings)


# -- dependencies -----------------------------------------------------------------------------


def other_libraries(place: Place) -> None:
    place.patch.setattr(dependencies, "requires", lambda _: ["duckdb==0.0.1"])


def tested_libraries(place: Place) -> None:
    place.patch.setattr(dependencies, "requires", lambda _: [f"duckdb=={duckdb.__version__}"])


def broken_table(place: Place) -> None:
    copy = place.home.parent / "reference"
    shutil.copytree(ROOMS["reference"], copy)
    (copy / "sources.csv").write_text("not,the,header\n")
    place.patch.setitem(ROOMS, "reference", copy)
    forget_tables()  # another process would have read none yet


def mended_table(place: Place) -> None:
    shutil.copy(
        Path(dependencies.__file__).parents[2] / "etl/reference/sources.csv", ROOMS["reference"]
    )
    forget_tables()


# -- the published file -----------------------------------------------------------------------

WRITER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("ready", flush=True)
input()
"""
HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("ready", flush=True)
    input()
"""


def nothing_published(place: Place) -> None:
    shutil.rmtree(place.settings.warehouse.root)


def cut_short(place: Place) -> None:
    os.truncate(place.settings.warehouse.published, 10_000)


def written_to(place: Place) -> None:
    with duckdb.connect(str(place.settings.warehouse.published)) as con:
        con.execute("DELETE FROM articles")


def without_records(place: Place) -> None:
    for release in releases(place.settings.warehouse):
        release.with_suffix(".json").unlink()


def another_storage_version(place: Place) -> None:
    path = place.settings.warehouse.published
    newer = path.with_name("newer.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS old (READ_ONLY)")
        con.execute(f"ATTACH '{newer}' AS new (STORAGE_VERSION 'latest')")
        con.execute("COPY FROM DATABASE old TO new")
    newer.replace(path)


def published_by_a_clock_ahead(place: Place) -> None:
    warehouse = place.settings.warehouse
    ahead = datetime.now(tz=UTC) + timedelta(days=2)
    keep_release(warehouse, release_at(warehouse, ahead, 90))


def rolled_back(place: Place) -> None:
    roll_back(make_home(place.settings), "previous")


def newest_lost(place: Place) -> None:
    rolled_back(place)
    drop_release(releases(place.settings.warehouse)[-1])


def log_of_runs_lost(place: Place) -> None:
    """As where a run was killed right after its rename."""
    shutil.rmtree(place.settings.lake.root / "runs")


def run_waiting_nights(place: Place) -> None:
    for finding in list(published(place)):
        if finding.subject == "nights":
            assert f"--night {NIGHT}" in finding.remedy
    place.run(NIGHT)
    place.run()


def withdrawal_killed(place: Place) -> None:
    """After the lake, before the published file."""
    lake, stone = (
        place.settings.lake,
        Tombstone(article_id=an_article(place), reason="retracted", withdrawn_on=NIGHT),
    )
    write_tombstone(lake, stone)
    take_out(lake, lake.nights("raw_documents"), [stone], article_ids)


def withdraw(place: Place) -> None:
    config = WithdrawConfig(article_id=an_article(place), reason="retracted")
    operate(place.home, withdraw_job, config, WithdrawReport, raw=place.raw)


def an_article(place: Place) -> str:
    return str(rows(place.home, "SELECT min(article_id) FROM articles")[0][0])


def foreign_log(place: Place) -> None:
    place.settings.warehouse.published.with_name("dateline.duckdb.wal").write_bytes(b"a log")


def foreign_log_set_aside(place: Place) -> None:
    place.settings.warehouse.foreign.mkdir()
    (place.settings.warehouse.foreign / "dateline.duckdb.wal.1").write_bytes(b"a log")


def remove_foreign_logs(place: Place) -> None:
    shutil.rmtree(place.settings.warehouse.foreign)


# -- the lake ---------------------------------------------------------------------------------

BATCH = f"raw_documents/ingested_on={NIGHT}/batch-0001"
TOMBSTONE = "withdrawn_articles/0b7e41.json"


def lake_file(pattern: str) -> Callable[[Place], Path]:
    """A file of the lake by its name or the pattern of it."""
    return lambda place: next(place.settings.lake.root.glob(pattern))


def cut_in_lake(pattern: str) -> Work:
    """Half of a file is lost; a backup has it still."""

    def cut(place: Place) -> None:
        file = lake_file(pattern)(place)
        shutil.copy2(file, place.home.parent / "backup")
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    return cut


def put_back(pattern: str) -> Work:
    return lambda place: shutil.copy2(place.home.parent / "backup", lake_file(pattern)(place))


def damaged_tombstone(place: Place) -> None:
    stone = Tombstone(article_id="0b7e41", reason="retracted", withdrawn_on=NIGHT)
    write_tombstone(place.settings.lake, stone)
    cut_in_lake(TOMBSTONE)(place)


def remove_note(place: Place) -> None:
    lake_file(f"published_states/{NIGHT}.json")(place).unlink()
    place.refresh()


# -- the machine ------------------------------------------------------------------------------


def closed_warehouse(place: Place) -> None:
    """Permissions don't bind root, who may run the tests."""
    place.patch.setattr(os, "access", lambda path, _: Path(path).name != "warehouse")


def open_again(place: Place) -> None:
    place.patch.setattr(os, "access", lambda *_: True)


def no_links(place: Place) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    place.patch.setattr(os, "link", refuse)


def other_disk(place: Place) -> None:
    place.patch.undo()


def home_that_cannot_be_made(place: Place) -> None:
    (place.home.parent / "file").write_text("")
    place.set(home=place.home.parent / "file" / "home")


def landing_closed(place: Place) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    place.patch.setattr(scan, "_list", refuse)  # root reads every folder


def landing_open(place: Place) -> None:
    place.patch.setattr(scan, "_list", LIST_FOLDER)


def date_in_the_future(place: Place) -> None:
    ahead = time.time() + 40 * 86400
    os.utime(place.raw / "ferry-0.txt", (ahead, ahead))


def free_bytes(count: int) -> Work:
    def leave(place: Place) -> None:
        usage = shutil.disk_usage(place.home)._replace(free=count)
        place.patch.setattr(shutil, "disk_usage", lambda _: usage)

    return leave


def room_for_two_copies(place: Place) -> None:
    size = place.settings.warehouse.published.stat().st_size
    free_bytes(machine.SPARE_BYTES + 2 * size)(place)


def other_clock(place: Place) -> None:
    now = time.time()
    place.patch.setattr(time, "time", lambda: now + 600)


# -- Dagster ----------------------------------------------------------------------------------


def database_silent(place: Place) -> None:
    """Dagster's storage is to be in a database that nobody serves, or that we have no driver of."""
    place.begin()
    place.set(postgres_url=SecretStr("postgresql+psycopg2://dagster@127.0.0.1:9/dagster"))


def dagster_damaged(place: Place) -> None:
    place.begin()
    (place.settings.dagster_home / "history" / "runs.db").write_bytes(b"not a database")


def move_dagster_away(place: Place) -> None:
    home = place.settings.dagster_home
    home.rename(home.with_name("dagster.damaged"))
    place.run()


def dagster_made_twice(place: Place) -> None:
    place.begin()
    with closing(sqlite3.connect(place.settings.dagster_home / "history" / "runs.db")) as con, con:
        con.execute("INSERT INTO alembic_version VALUES ('5771160a95ad')")


def beat(*, age: float = 0, error: str = "") -> Work:
    def add(place: Place) -> None:
        place.begin()
        errors = [SerializableErrorInfo(error, [], "Error")] if error else []
        with place.instance() as instance:
            instance.add_daemon_heartbeat(
                DaemonHeartbeat(time.time() - age, scheduler.SCHEDULER_DAEMON, "id", errors)
            )

    return add


def schedule(*, is_on: bool, failed: bool = False) -> Work:
    def put(place: Place) -> None:
        place.begin()
        with place.instance() as instance:
            store_schedule(instance, is_on=is_on, failed=failed)

    return put


def idle_row(place: Place) -> None:
    """A site takes out an outlet that there is none of."""
    folder = place.settings.site_tables
    folder.mkdir(parents=True)
    (folder / "sources.removed.csv").write_text("source_id\nno-such-outlet\n")


def without_idle_row(place: Place) -> None:
    (place.settings.site_tables / "sources.removed.csv").unlink()


def broken_expectations(place: Place) -> None:
    folder = place.settings.site_expectations
    folder.mkdir(parents=True)
    (folder / "own.py").write_text("EXPECTATIONS = [")


def without_broken_expectations(place: Place) -> None:
    (place.settings.site_expectations / "own.py").unlink()


# -- the cluster ------------------------------------------------------------------------------


def no_scheduler(place: Place) -> None:
    need_dask()
    place.set(engine="dask", dask_address="tcp://127.0.0.1:9")


def scheduler_alone(place: Place) -> None:
    """The processes end with the place's."""
    need_dask()
    folder = place.home.parent / "dask"
    folder.mkdir()
    place.cluster = Processes(folder, started=place.processes)
    place.cluster.start_scheduler()
    place.set(engine="dask", dask_address=place.cluster.address)


def right_worker(place: Place) -> None:
    assert place.cluster
    place.cluster.start_worker()


def wrong_worker(place: Place) -> None:
    assert place.cluster
    place.cluster.start_worker(code=other_code(place.home.parent / "other"))


def wrong_worker_alone(place: Place) -> None:
    scheduler_alone(place)
    wrong_worker(place)


def wrong_worker_among_others(place: Place) -> None:
    scheduler_alone(place)
    right_worker(place)
    wrong_worker(place)


def worker_of_this_release(place: Place) -> None:
    """In the place of the one that was started last."""
    end_last(place)
    right_worker(place)


def end_last(place: Place) -> None:
    process = place.processes.pop()
    process.kill()
    process.communicate()
    time.sleep(1)  # until the scheduler knows


def locks_of_each_machine(place: Place) -> None:
    """As where NFS is mounted with local_lock."""
    scheduler_alone(place)
    right_worker(place)
    explore = cluster.explore

    def unshared(folder: Path, ask: Asker) -> Mapping[str, Sharing]:
        return {w: replace(s, sees_lock=False) for w, s in explore(folder, ask).items()}

    place.patch.setattr(cluster, "explore", unshared)


def looked_at_cluster(place: Place) -> Iterable[Finding]:
    return cluster.examine_cluster(place.settings)


# -- objects ----------------------------------------------------------------------------------


def keyless(name: str) -> Work:
    """A key that may not do what a method of the store does."""

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Access Denied")

    def spoil(place: Place) -> None:
        place.set(raw=IN_MEMORY, publish_to=IN_MEMORY)
        place.patch.setattr(ObjectStore, name, deny)

    return spoil


def granted(name: str) -> Work:
    method = getattr(ObjectStore, name)
    return lambda place: place.patch.setattr(ObjectStore, name, method)


def object_that_cannot_be_read(place: Place) -> None:
    place.set(raw=IN_MEMORY)
    place.patch.setattr(objects, "unreadable", lambda *_: ["a.txt"])


CASES = (
    Case(
        place="cluster.examine_cluster.1",
        look=looked_at_cluster,
        spoil=no_scheduler,
        says="correct DATELINE_DASK_ADDRESS",
        mend=Place.set,
    ),
    Case(
        place="cluster.examine_cluster.2",
        look=looked_at_cluster,
        spoil=scheduler_alone,
        says="dask worker tcp://",
        mend=right_worker,
    ),
    Case(
        place="cluster._of_workers.1",
        look=looked_at_cluster,
        spoil=wrong_worker_among_others,
        says="start the worker again",
        mend=worker_of_this_release,
    ),
    Case(
        place="cluster._of_workers.2",
        look=looked_at_cluster,
        spoil=wrong_worker_alone,
        says="install this release there",
        mend=worker_of_this_release,
    ),
    Case(
        place="cluster._of_home.1",
        look=looked_at_cluster,
        spoil=locks_of_each_machine,
        says="NFS 4 without local_lock",
        mend=lambda place: place.patch.undo(),
    ),
    Case(
        place="dependencies._of_site.1",
        look=lambda place: dependencies.examine_references(place.settings),
        spoil=idle_row,
        says="take it out of the file",
        mend=without_idle_row,
    ),
    Case(
        place="dependencies.examine_libraries.1",
        look=lambda _: dependencies.examine_libraries(),
        spoil=other_libraries,
        says="install from requirements.lock",
        mend=tested_libraries,
    ),
    Case(
        place="dependencies.examine_references.1",
        look=lambda place: dependencies.examine_references(place.settings),
        spoil=broken_table,
        says="put back the one of the release",
        mend=mended_table,
    ),
    Case(
        place="dependencies.examine_expectations.1",
        look=lambda place: dependencies.examine_expectations(place.settings),
        spoil=broken_expectations,
        says="move it out of the folder",
        mend=without_broken_expectations,
    ),
    Case(
        place="dependencies.examine_model.1",
        look=lambda place: dependencies.examine_model(place.settings),
        spoil=lambda place: place.set(spacy_model="no_such_model"),
        says="correct DATELINE_SPACY_MODEL",
        mend=lambda place: place.set(),
    ),
    Case(
        place="files.examine_published.1",
        look=published,
        spoil=nothing_published,
        says="dateline run",
        mend=Place.run,
    ),
    Case(
        place="files._unreadable.1",
        look=published,
        spoil=lambda place: place.start(WRITER, place.settings.warehouse.published),
        says="end that client",
        mend=Place.end_processes,
    ),
    Case(
        place="files._unreadable.2",
        look=published,
        spoil=cut_short,
        says="dateline rebuild",
        mend=Place.rebuild,
    ),
    Case(
        place="files._unproven.1",
        look=published,
        spoil=without_records,
        says="dateline rebuild",
        mend=Place.rebuild,
    ),
    Case(
        place="files._unproven.2",
        look=published,
        spoil=written_to,
        says="the next night does it by itself",
        mend=Place.run,
    ),
    Case(
        place="files._versions.1",
        look=published,
        spoil=another_storage_version,
        says="dateline rebuild",
        mend=Place.rebuild,
    ),
    Case(
        place="files.examine_published.2",
        look=published,
        spoil=published_by_a_clock_ahead,
        says="dateline run",
        mend=Place.run,
    ),
    Case(
        place="files._lacking.1",
        look=published,
        spoil=rolled_back,
        says="with the next publication",
        mend=Place.run,
    ),
    Case(
        place="files._lacking.2",
        look=published,
        spoil=newest_lost,
        says="dateline refresh",
        mend=Place.refresh,
    ),
    Case(
        place="files._lacking.3",
        look=published,
        spoil=log_of_runs_lost,
        says="dateline run --night",
        mend=run_waiting_nights,
    ),
    Case(
        place="files._withdrawn.1",
        look=published,
        spoil=withdrawal_killed,
        says="dateline withdraw, with the same article",
        mend=withdraw,
    ),
    Case(
        place="files.examine_foreign_logs.1",
        look=lambda place: files.examine_foreign_logs(place.settings),
        spoil=foreign_log,
        says="dateline run sets it aside",
        mend=Place.run,
    ),
    Case(
        place="files.examine_foreign_logs.2",
        look=lambda place: files.examine_foreign_logs(place.settings),
        spoil=foreign_log_set_aside,
        says="rm -r",
        mend=remove_foreign_logs,
    ),
    Case(
        place="files.examine_locks.1",
        look=lambda place: files.examine_locks(place.settings),
        spoil=lambda place: place.start(HOLDER, place.settings.warehouse.root / ".lock"),
        says="end that process",
        mend=Place.end_processes,
    ),
    Case(
        place="lake.examine_lake.1",
        look=lambda place: lake.examine_lake(place.settings),
        spoil=cut_in_lake(f"{BATCH}/part-0000.parquet"),
        says="put it back from a backup",
        mend=put_back(f"{BATCH}/part-0000.parquet"),
    ),
    Case(
        place="lake.examine_lake.2",
        look=lambda place: lake.examine_lake(place.settings),
        spoil=cut_in_lake(f"articles/ingested_on={NIGHT}/*/articles.parquet"),
        says="the next night derives them again",
        mend=Place.run,
    ),
    Case(
        place="lake._records.1",
        look=lambda place: lake.examine_lake(place.settings),
        spoil=damaged_tombstone,
        says="put it back from a backup",
        mend=put_back(TOMBSTONE),
    ),
    Case(
        place="lake._records.2",
        look=lambda place: lake.examine_lake(place.settings),
        spoil=cut_in_lake(f"published_states/{NIGHT}.json"),
        says="then dateline refresh",
        mend=remove_note,
    ),
    Case(
        place="machine.examine_settings.1",
        look=lambda _: machine.examine_settings(os.environ),
        spoil=lambda place: place.patch.setenv("DATELINE_HOEM", "/elsewhere"),
        says="correct or unset it",
        mend=lambda place: place.patch.delenv("DATELINE_HOEM"),
    ),
    Case(
        place="machine.examine_home.1",
        look=lambda place: machine.examine_home(place.settings),
        spoil=closed_warehouse,
        says="chown -R",
        mend=open_again,
    ),
    Case(
        place="machine.examine_home.2",
        look=lambda place: machine.examine_home(place.settings),
        spoil=no_links,
        says="move the home",
        mend=other_disk,
    ),
    Case(
        place="machine._missing.1",
        look=lambda place: machine.examine_home(place.settings),
        spoil=lambda place: shutil.rmtree(place.home),
        says="dateline run makes it",
        mend=Place.begin,
    ),
    Case(
        place="machine._missing.2",
        look=lambda place: machine.examine_home(place.settings),
        spoil=home_that_cannot_be_made,
        says="set DATELINE_HOME",
        mend=lambda place: place.set(),
    ),
    Case(
        place="machine.examine_landing.1",
        look=lambda place: machine.examine_landing(place.settings),
        spoil=lambda place: shutil.rmtree(place.raw),
        says="make it",
        mend=lambda place: place.raw.mkdir(),
    ),
    Case(
        place="machine.examine_landing.2",
        look=lambda place: machine.examine_landing(place.settings),
        spoil=landing_closed,
        says="chmod",
        mend=landing_open,
    ),
    Case(
        place="machine.examine_landing.3",
        look=lambda place: machine.examine_landing(place.settings),
        spoil=date_in_the_future,
        says="touch sets them right",
        mend=lambda place: os.utime(place.raw / "ferry-0.txt"),
    ),
    Case(
        place="machine.examine_landing.4",
        look=lambda place: machine.examine_landing(place.settings),
        spoil=lambda place: place.patch.setattr(machine, "unreadable", lambda *_: ["a.txt"]),
        says="or take them away",
        mend=lambda place: place.patch.setattr(machine, "unreadable", lambda *_: []),
    ),
    Case(
        place="objects.examine_bucket.1",
        look=lambda place: objects.examine_bucket(place.settings),
        spoil=keyless("list"),
        says="s3:ListBucket",
        mend=granted("list"),
    ),
    Case(
        place="objects.examine_bucket.2",
        look=lambda place: objects.examine_bucket(place.settings),
        spoil=object_that_cannot_be_read,
        says="grant the key s3:GetObject",
        mend=lambda place: place.patch.setattr(objects, "unreadable", lambda *_: []),
    ),
    Case(
        place="objects.examine_uploads.1",
        look=lambda place: objects.examine_uploads(place.settings),
        spoil=lambda place: place.set(publish_to=ObjectAddress("nosuch", "remedies")),
        says="install what is missing",
        mend=lambda place: place.set(publish_to=IN_MEMORY),
    ),
    Case(
        place="objects.examine_uploads.2",
        look=lambda place: objects.examine_uploads(place.settings),
        spoil=keyless("write"),
        says="DeleteObject",
        mend=granted("write"),
    ),
    Case(
        place="machine.examine_disk.1",
        look=lambda place: machine.examine_disk(place.settings),
        spoil=free_bytes(0),
        says="a larger disk",
        mend=free_bytes(2**40),
    ),
    Case(
        place="machine.examine_disk.2",
        look=lambda place: machine.examine_disk(place.settings),
        spoil=room_for_two_copies,
        says="free some room",
        mend=free_bytes(2**40),
    ),
    Case(
        place="machine.examine_clock.1",
        look=lambda place: machine.examine_clock(place.settings),
        spoil=other_clock,
        says="keep time by NTP",
        mend=lambda place: place.patch.undo(),
    ),
    Case(
        place="scheduler.examine_dagster.1",
        look=dagster,
        spoil=lambda place: place.patch.setenv("DAGSTER_HOME", "/elsewhere"),
        says="unset it",
        mend=lambda place: place.patch.delenv("DAGSTER_HOME"),
    ),
    Case(
        place="scheduler.examine_dagster.2",
        look=dagster,
        spoil=lambda place: shutil.rmtree(place.settings.dagster_home, ignore_errors=True),
        says="dateline run makes it",
        mend=Place.begin,
    ),
    Case(
        place="scheduler._broken.1",
        look=dagster,
        spoil=dagster_damaged,
        says="then dateline run",
        mend=move_dagster_away,
    ),
    Case(
        place="scheduler._broken.2",
        look=dagster,
        spoil=dagster_made_twice,
        says="dateline run mends it",
        mend=Place.begin,
    ),
    Case(
        place="scheduler._silent.1",
        look=dagster,
        spoil=database_silent,
        says="correct the address",
        mend=Place.set,
    ),
    Case(
        place="scheduler._daemon.1",
        look=dagster,
        spoil=Place.begin,
        says="start it: dateline ui",
        mend=Place.start_daemon,
    ),
    Case(
        place="scheduler._daemon.2",
        look=dagster,
        spoil=beat(age=3600),
        says="start it: dateline ui",
        mend=Place.start_daemon,
    ),
    Case(
        place="scheduler._daemon.3",
        look=dagster,
        spoil=beat(error="no space left"),
        says="see its log",
        mend=beat(),
    ),
    Case(
        place="scheduler._schedule.1",
        look=dagster,
        spoil=beat(),
        says="start it: dateline ui",
        mend=Place.start_daemon,
    ),
    Case(
        place="scheduler._schedule.2",
        look=dagster,
        spoil=schedule(is_on=False),
        says="turn it on",
        mend=schedule(is_on=True),
    ),
    Case(
        place="scheduler._last_tick.1",
        look=dagster,
        spoil=schedule(is_on=True, failed=True),
        says="mend it; see the tick",
        mend=schedule(is_on=True),
    ),
)
