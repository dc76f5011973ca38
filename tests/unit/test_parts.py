"""The part engine: same output everywhere, nothing lost, bad documents isolated."""

import multiprocessing
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from part_stages import NIGHT, make_lake, make_stage, shouted

from etl.errors import StageError
from etl.lake.engines import Engine, run_parts
from etl.lake.engines.inline import Inline
from etl.lake.engines.isolation import abandon, start_pool
from etl.lake.engines.processes import Processes
from etl.lake.parts import PartReport, run_part, tasks_of
from etl.lake.store import Lake, read_seal
from etl.locks import held
from etl.stage import Input, Stage

INLINE, PROCESSES = Inline(), Processes(2)  # which keeps its processes from test to test
ENGINES = pytest.mark.parametrize("engine", [INLINE, PROCESSES], ids=lambda engine: engine.name)


@pytest.fixture(scope="module", autouse=True)
def _close_processes() -> Iterator[None]:
    yield
    PROCESSES.close()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A night of three parts with four documents each: d00 … d11."""
    return make_lake(tmp_path, parts=3)


def run(lake: Lake, stage: Stage, engine: Engine = INLINE) -> list[PartReport]:
    tasks = tasks_of(stage, lake, lake.raw_parts(NIGHT))
    return list(run_parts(stage, tasks, engine))


@ENGINES
def test_every_engine_gives_the_same_shouted(lake: Lake, engine: Engine) -> None:
    run(lake, make_stage(), engine)
    assert shouted(lake, "shouted")["file_name"].to_list() == [f"D{n:02d}.TXT" for n in range(12)]
    assert shouted(lake, "ledger")["status"].to_list() == ["kept"] * 12


def test_a_finished_part_is_not_done_again(lake: Lake) -> None:
    run(lake, make_stage())
    assert all(report.was_reused for report in run(lake, make_stage()))


def test_a_new_version_does_every_part_again(lake: Lake) -> None:
    run(lake, make_stage())
    assert not any(report.was_reused for report in run(lake, make_stage(version="2")))


def test_a_killed_run_resumes_at_the_first_unfinished_part(lake: Lake) -> None:
    stage = make_stage()
    tasks = tasks_of(stage, lake, lake.raw_parts(NIGHT))
    next(iter(run_parts(stage, tasks, INLINE)))
    leftover = tasks[1].target.with_name(f".{tasks[1].target.name}.1.tmp")
    leftover.mkdir()
    assert [report.was_reused for report in run(lake, stage)] == [True, False, False]
    assert not leftover.exists()


@ENGINES
def test_documents_that_raise_are_quarantined_alone(lake: Lake, engine: Engine) -> None:
    run(lake, make_stage(bad="d05 d06", fault="raise"), engine)
    quarantined = shouted(lake, "quarantine")
    assert quarantined["delivery_id"].to_list() == ["d05", "d06"]
    assert quarantined["rule"].to_list() == ["processing_failed"] * 2
    assert quarantined["detail"][0] == "ValueError: cannot do d05"
    assert shouted(lake, "shouted").height == 10


def test_a_document_that_kills_its_process_is_quarantined_alone(lake: Lake) -> None:
    run(lake, make_stage(bad="d09", fault="die"), PROCESSES)
    assert shouted(lake, "quarantine")["delivery_id"].to_list() == ["d09"]
    assert shouted(lake, "shouted").height == 11


def test_a_document_that_killed_the_run_itself_is_quarantined_by_the_next(lake: Lake) -> None:
    stage = make_stage(bad="d09", fault="die")
    process = multiprocessing.get_context("spawn").Process(target=run, args=(lake, stage))
    process.start()
    process.join()
    assert process.exitcode == 9
    run(lake, stage)
    assert shouted(lake, "quarantine")["delivery_id"].to_list() == ["d09"]
    assert shouted(lake, "shouted").height == 11
    assert not list(lake.root.rglob("*.at_work"))


def test_a_part_is_put_in_place_only_while_whoever_asked_waits(lake: Lake) -> None:
    stage = make_stage()
    task, *_ = tasks_of(stage, lake, lake.raw_parts(NIGHT))
    asked = lake.root / "cluster" / "a.lock"
    with pytest.raises(StageError, match=r"whoever asked for part batch-0001\.part-0000 is gone"):
        run_part(stage, task, asked=asked)
    assert not list(task.target.parent.iterdir())
    with held(asked):
        run_part(stage, task, asked=asked)
    assert read_seal(task.target) == task.fingerprint


def test_parts_of_several_nights_are_done_together(lake: Lake) -> None:
    later = NIGHT + timedelta(days=1)
    shutil.copytree(
        lake.night_folder("raw_documents", NIGHT), lake.night_folder("raw_documents", later)
    )
    stage = make_stage()
    tasks = tasks_of(stage, lake, [*lake.raw_parts(NIGHT), *lake.raw_parts(later)])
    reports = list(run_parts(stage, tasks, PROCESSES))
    assert Counter(report.night for report in reports) == {NIGHT: 3, later: 3}


def at_work(log: Path) -> set[int]:
    """The processes that have done parts."""
    return {int(line.split()[0]) for line in log.read_text().splitlines()}


def test_processes_are_kept_from_stage_to_stage(lake: Lake, tmp_path: Path) -> None:
    engine, log = Processes(2), tmp_path / "log"
    for version in "123":
        run(lake, make_stage(version, log=str(log)), engine)
    assert len(at_work(log)) <= 2
    engine.close()
    assert not any(Path(f"/proc/{number}").exists() for number in at_work(log))


def test_processes_that_died_between_two_stages_are_started_again(
    lake: Lake, tmp_path: Path
) -> None:
    engine, log = Processes(2), tmp_path / "log"
    run(lake, make_stage(log=str(log)), engine)
    for number in at_work(log):
        os.kill(number, signal.SIGKILL)
    run(lake, make_stage("2"), engine)
    assert shouted(lake, "shouted").height == 12
    engine.close()


@pytest.mark.timeout(60)
def test_a_pool_is_abandoned_though_a_dead_process_holds_its_lock() -> None:
    """As one does that was killed while it sent a result: the others wait for it for ever."""
    pool = start_pool(2)
    pool.submit(os.getpid).result()
    pool._result_queue._wlock.acquire()  # type: ignore[attr-defined]
    pool.submit(os.getpid)
    processes = list(pool._processes.values())
    abandon(pool)
    assert processes and not any(process.is_alive() for process in processes)


def test_a_run_that_fails_keeps_no_process(lake: Lake, tmp_path: Path) -> None:
    engine, log = Processes(2), tmp_path / "log"
    stage = make_stage(bad="d00 d01 d02 d03", fault="raise", log=str(log))
    with pytest.raises(StageError, match="failed on every document"):
        run(lake, stage, engine)
    assert not any(Path(f"/proc/{number}").exists() for number in at_work(log))


def test_a_part_that_was_moved_away_for_its_successor_comes_back(lake: Lake) -> None:
    run(lake, make_stage())
    first = lake.table_files("shouting", NIGHT, "shouted")[0].parent
    first.rename(first.with_name(f".{first.name}.1.old.tmp"))
    assert all(report.was_reused for report in run(lake, make_stage()))


def test_a_document_alone_in_its_part_is_quarantined_too(lake: Lake) -> None:
    first, *_ = lake.raw_parts(NIGHT)
    pl.read_parquet(first.path).head(1).write_parquet(first.path)
    run(lake, make_stage(bad="d00", fault="die"), PROCESSES)
    assert shouted(lake, "quarantine")["delivery_id"].to_list() == ["d00"]
    assert shouted(lake, "shouted").height == 8


def test_a_stage_that_fails_on_every_document_stops_the_run(lake: Lake) -> None:
    with pytest.raises(StageError, match="failed on every document"):
        run(lake, make_stage(bad="d00 d01 d02 d03", fault="raise"))


@pytest.mark.parametrize("fault", ["lose", "double"])
def test_the_ledger_finds_a_lost_or_doubled_document(lake: Lake, fault: str) -> None:
    with pytest.raises(StageError, match="d07"):
        run(lake, make_stage(bad="d07", fault=fault))


def test_a_stage_waits_for_the_stage_before_it(lake: Lake) -> None:
    with pytest.raises(StageError, match="parsed_articles of 2026-03-01 is not finished"):
        stage = replace(make_stage(), reads=Input("parsed_articles", "parsed_articles"))
        tasks_of(stage, lake, lake.raw_parts(NIGHT))
