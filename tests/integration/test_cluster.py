"""Parts on a Dask cluster: a scheduler and workers of this machine, killed, wrong, or cut off."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dask_processes import ROOT, STAGES, Processes, need_dask, other_code, processes
from night_setup import Undisturbed, materialise, published
from part_stages import NIGHT, make_lake, make_stage, shouted

from etl.errors import StageError
from etl.lake.engines import run_parts
from etl.lake.engines.inline import Inline
from etl.lake.parts import PartReport, PartTask, tasks_of
from etl.lake.store import Lake, read_seal
from etl.stage import Stage
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow

PARTS = 6
WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler and two workers; tests may add some, and end those."""
    with processes(tmp_path_factory.mktemp("dask"), workers=2) as cluster:
        yield cluster


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A night of six parts with four documents each: d00 … d23."""
    return make_lake(tmp_path / "lake", parts=PARTS)


def stage_of(lake: Lake, version: str = "1", **options: str) -> Stage:
    """The stage of part_stages.py, which logs who was given what."""
    return make_stage(version, log=str(log_of(lake)), **options)


def log_of(lake: Lake) -> Path:
    return lake.root.parent / "log"


def given(lake: Lake) -> list[tuple[int, str]]:
    """Process and first document of the parts that were begun."""
    lines = log_of(lake).read_text().splitlines() if log_of(lake).exists() else []
    return [(int(line.split()[0]), line.split()[1]) for line in lines if line.count(" ") == 1]


def tasks(lake: Lake, stage: Stage) -> list[PartTask]:
    return tasks_of(stage, lake, lake.raw_parts(NIGHT))


def run(lake: Lake, stage: Stage, address: str) -> list[PartReport]:
    from etl.lake.engines.cluster import Cluster

    engine = Cluster(address=address, workers=2, folder=lake.root.parent / "cluster")
    try:
        return list(run_parts(stage, tasks(lake, stage), engine))
    finally:
        engine.close()


def is_whole(lake: Lake) -> bool:
    done = shouted(lake, "shouted")["file_name"].to_list()
    return done == [f"D{n:02d}.TXT" for n in range(PARTS * 4)] and not leftovers(lake)


def leftovers(lake: Lake) -> list[Path]:
    return list(lake.root.rglob("*.tmp"))


def wait_for(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_night_on_a_cluster_of_its_own_gives_the_same(
    tmp_path: Path,
    undisturbed: Undisturbed,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    need_dask()
    person = tmp_path / "person"
    person.mkdir()
    monkeypatch.setenv("HOME", str(person))
    assert materialise(tmp_path / "home", workers=2, engine="dask").is_published
    assert digest(published(tmp_path / "home")) == undisturbed.digest
    assert not (tmp_path / "home" / "cluster").exists()
    assert list(person.iterdir()) == []
    assert "distributed." not in capfd.readouterr().err  # nor do its workers talk


def test_parts_are_shared_and_one_with_other_code_gets_none(
    lake: Lake, cluster: Processes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = cluster.start_worker(code=other_code(tmp_path / "other"))
    try:
        run(lake, stage_of(lake, seconds="0.2"), cluster.address)
    finally:
        other.kill()
    assert is_whole(lake)
    counts = Counter(pid for pid, _ in given(lake))
    assert len(counts) == 2 and other.pid not in counts and counts.total() == PARTS
    (told,) = [r.getMessage() for r in caplog.records if "gets no part" in r.getMessage()]
    assert ": code " in told and ", expected " in told and "; " not in told


def test_without_any_worker_that_is_the_same_the_difference_is_told(
    lake: Lake, tmp_path: Path
) -> None:
    with processes(tmp_path / "dask", workers=0) as others:
        others.start_worker(code=other_code(tmp_path / "other"))
        with pytest.raises(StageError, match=r"^no worker .* is as this run is; tcp://.*: code "):
            run(lake, stage_of(lake), others.address)
    assert given(lake) == []


def test_a_killed_worker_costs_its_part_only(lake: Lake, tmp_path: Path) -> None:
    with processes(tmp_path / "dask", workers=2) as doomed:
        stage = stage_of(lake, seconds="0.5")
        victim = killed_soon(doomed, lake)
        run(lake, stage, doomed.address)
    assert is_whole(lake)
    counts = Counter(name for _, name in given(lake))
    (again,) = [name for name, times in counts.items() if times == 2]
    assert (victim(), again) in given(lake) and counts.total() == PARTS + 1


def killed_soon(cluster: Processes, lake: Lake) -> Callable[[], int]:
    """Kill the worker that logs the third part, as soon as it does; the result is its id."""
    code = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "log = Path(sys.argv[1])\n"
        "while not log.exists() or log.read_text().count('\\n') < 3:\n"
        "    time.sleep(.02)\n"
        "victim = int(log.read_text().splitlines()[2].split()[0])\n"
        "os.kill(victim, signal.SIGKILL)\n"
        "print(victim)\n"
    )
    killer = subprocess.Popen(
        [sys.executable, "-c", code, str(log_of(lake))], stdout=subprocess.PIPE, text=True
    )
    return lambda: int(killer.communicate(timeout=WAIT_SECONDS)[0])


def test_a_document_that_kills_its_worker_is_quarantined_alone(lake: Lake, tmp_path: Path) -> None:
    with processes(tmp_path / "dask", workers=3) as doomed:
        run(lake, stage_of(lake, bad="d09", fault="die"), doomed.address)
        alive = [p for p in doomed.started[1:] if p.poll() is None]
    assert shouted(lake, "quarantine")["delivery_id"].to_list() == ["d09"]
    assert shouted(lake, "shouted").height == PARTS * 4 - 1
    assert len(alive) == 1 and not leftovers(lake)


ASKER = """
import sys
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from test_cluster import run, stage_of
from etl.lake.store import Lake
lake = Lake(Path(sys.argv[1]))
run(lake, stage_of(lake, seconds="2"), sys.argv[2])
"""


def test_what_a_killed_run_had_asked_for_is_not_put_in_place(
    lake: Lake, cluster: Processes
) -> None:
    """Its workers go on to the end of their parts, when the next run has done them already."""
    here, path = str(Path(__file__).parent), os.pathsep.join(map(str, (ROOT, STAGES)))
    code = [sys.executable, "-c", ASKER, str(lake.root), cluster.address, here]
    asker = subprocess.Popen(code, env={**os.environ, "PYTHONPATH": path})
    wait_for(lambda: len(given(lake)) == 2)
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    newer = stage_of(lake, "2")
    list(run_parts(newer, tasks(lake, newer), Inline()))
    wait_for_workers(cluster)
    assert [read_seal(task.target) for task in tasks(lake, newer)] == [
        task.fingerprint for task in tasks(lake, newer)
    ]
    assert is_whole(lake) and len(given(lake)) == PARTS + 2


def wait_for_workers(cluster: Processes) -> None:
    """Each has one thread, so what it is asked waits for what it does."""
    from etl.lake.engines.link import connect, workers_of

    link = connect(cluster.address)
    for worker in workers_of(link.client):
        link.client.submit(os.getpid, workers=[worker], pure=False).result()
    link.close()


def test_a_run_whose_scheduler_goes_ends_in_one_line(lake: Lake, tmp_path: Path) -> None:
    with processes(tmp_path / "dask", workers=1) as doomed:
        from etl.lake.engines.cluster import Cluster

        engine = Cluster(address=doomed.address, workers=1, folder=tmp_path / "cluster")
        stage = stage_of(lake, seconds="0.2")
        work = run_parts(stage, tasks(lake, stage), engine)
        next(work)
        doomed.started[0].kill()
        with pytest.raises(StageError, match="scheduler has gone"):
            list(work)
        engine.close()
    assert len(lake.nights("shouting")) == 1


def test_a_scheduler_that_is_not_there_is_told(lake: Lake) -> None:
    need_dask()
    with pytest.raises(StageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9: "):
        run(lake, stage_of(lake), "tcp://127.0.0.1:9")
