"""Sensors, each evaluated as the daemon would: what starts a run, what is told."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.sensor_definition import SensorExecutionData
from published_runs import publish_runs
from receiver import Receiver, receiving

from assets.definitions import defs
from assets.pages.archive import write_page
from assets.resources import Clock, make_resources
from assets.settings import Settings
from assets.watch import sensors
from etl import schema
from etl.lake.store import Lake
from etl.landing.claims import Limits, claim
from etl.landing.scan import scan
from etl.locks import at_work
from etl.warehouse import run_log

NIGHT = date(2026, 3, 1)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


class Sensor:
    """A sensor with its cursor, evaluated tick by tick."""

    def __init__(self, name: str, instance: dg.DagsterInstance, home: Path) -> None:
        self.name, self.instance = name, instance
        self.cursor: str | None = None
        raw = home / "landing"
        raw.mkdir(exist_ok=True)
        settings = Settings(home=home, raw=raw, settle_seconds=60)
        self.resources = make_resources(settings) | {
            "clock": Clock(timezone="UTC", fixed_today=NIGHT.isoformat())
        }

    def tick(self) -> tuple[list[dg.RunRequest], str]:
        result = self._evaluate()
        return list(result.run_requests or []), result.skip_message or ""

    def events(self) -> list[dg.AssetCheckEvaluation]:
        """What a tick says of checks."""
        events = self._evaluate().asset_events
        return [event for event in events if isinstance(event, dg.AssetCheckEvaluation)]

    def _evaluate(self) -> SensorExecutionData:
        with dg.build_sensor_context(
            instance=self.instance,
            cursor=self.cursor,
            resources=self.resources,
            repository_def=defs.get_repository_def(),
        ) as context:
            result = defs.resolve_sensor_def(self.name).evaluate_tick(context)
        self.cursor = result.cursor
        return result


# -- the landing sensor -----------------------------------------------------------------------


def land(home: Path, *names: str, age: float = 3600) -> None:
    for name in names:
        file = home / "landing" / name
        file.write_text(f"an article called {name}")
        os.utime(file, (time.time() - age,) * 2)


@pytest.fixture
def landing(tmp_path: Path, instance: dg.DagsterInstance) -> Sensor:
    return Sensor("files_have_landed", instance, tmp_path)


def test_it_is_off_until_somebody_switches_it_on() -> None:
    sensor = defs.resolve_sensor_def("files_have_landed")
    assert sensor.default_status == dg.DefaultSensorStatus.STOPPED
    assert sensor.minimum_interval_seconds == 900


def test_an_empty_folder_starts_nothing(landing: Sensor) -> None:
    assert landing.tick() == ([], "no file waits; 0 are still being written")


def test_many_files_start_one_run_of_tonight(landing: Sensor, tmp_path: Path) -> None:
    land(tmp_path, *(f"{n}.txt" for n in range(30)))
    (request,), _ = landing.tick()
    assert request.partition_key == NIGHT.isoformat()


def test_a_file_still_being_written_starts_nothing(landing: Sensor, tmp_path: Path) -> None:
    land(tmp_path, "now.txt", age=1)
    assert landing.tick() == ([], "no file waits; 1 are still being written")


def test_claimed_files_start_nothing(landing: Sensor, tmp_path: Path) -> None:
    land(tmp_path, "a.txt")
    clock = Clock(timezone="UTC")
    found = scan(tmp_path / "landing", now=clock.now(), settle_seconds=0)
    claim(found, Lake(tmp_path / "lake"), night=NIGHT, limits=Limits())
    assert landing.tick()[0] == []
    land(tmp_path, "b.txt")
    assert len(landing.tick()[0]) == 1


def test_the_same_files_ask_for_the_same_run_and_others_for_another(
    landing: Sensor, tmp_path: Path
) -> None:
    """A file that no run can open must not start a run every interval."""
    land(tmp_path, "a.txt")
    keys = [landing.tick()[0][0].run_key for _ in range(2)]
    land(tmp_path, "b.txt")
    keys.append(landing.tick()[0][0].run_key)
    assert keys[0] == keys[1] != keys[2]


# A queued run needs a code location to be made; it is one of the unfinished all the same.
assert dg.DagsterRunStatus.QUEUED in sensors.UNFINISHED
BUSY = [status for status in sensors.UNFINISHED if status != dg.DagsterRunStatus.QUEUED]


@pytest.mark.parametrize("status", BUSY, ids=lambda status: status.value)
def test_nothing_starts_beside_a_run(
    landing: Sensor, tmp_path: Path, instance: dg.DagsterInstance, status: dg.DagsterRunStatus
) -> None:
    land(tmp_path, "a.txt")
    instance.create_run_for_job(failing, status=status)
    assert landing.tick() == ([], "a run is queued or in progress")


# -- abandoned runs ---------------------------------------------------------------------------


def test_a_run_whose_process_is_gone_is_ended(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    sensor = Sensor("end_abandoned_runs", instance, tmp_path)
    begun = {
        status: instance.create_run_for_job(passing, status=status).run_id
        for status in (dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING)
    }
    living = instance.create_run_for_job(passing, status=dg.DagsterRunStatus.STARTED).run_id
    assert sensor.tick()[1] == "ended 0 abandoned runs"  # they have not come to their work
    running = tmp_path / "running"
    running.mkdir()
    for run_id in begun.values():  # what a killed process leaves
        (running / f"{run_id}.lock").touch()
    with at_work(running, living, wait_seconds=0):
        assert sensor.tick()[1] == "ended 2 abandoned runs"
    ended = {run.run_id: run.status for run in instance.get_runs()}
    assert ended[begun[dg.DagsterRunStatus.STARTED]] == dg.DagsterRunStatus.FAILURE
    assert ended[begun[dg.DagsterRunStatus.CANCELING]] == dg.DagsterRunStatus.CANCELED
    assert ended[living] == dg.DagsterRunStatus.STARTED


# -- alarms -----------------------------------------------------------------------------------


@dg.op
def tear() -> None:
    try:
        raise OSError("no space left")
    except OSError as error:
        raise ValueError("cannot write the part") from error


@dg.job(tags={"dagster/partition": "2026-03-01"})
def failing() -> None:
    tear()


@dg.job(tags={"dagster/partition": "2026-03-01"})
def passing() -> None:
    pass


def run(job: dg.JobDefinition, instance: dg.DagsterInstance) -> str:
    return job.execute_in_process(instance=instance, raise_on_error=False).run_id


def alarm(
    name: str,
    instance: dg.DagsterInstance,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str | None,
) -> Sensor:
    monkeypatch.setattr(sensors, "_SETTINGS", Settings(webhook_url=url))
    monkeypatch.setattr(sensors.post, "__kwdefaults__", sensors.post.__kwdefaults__ | _AT_ONCE)
    sensor = Sensor(name, instance, home)
    sensor.tick()
    return sensor


_AT_ONCE = {"attempts": 2, "wait_seconds": 0}


@pytest.fixture
def failures(
    instance: dg.DagsterInstance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: Receiver,
) -> Sensor:
    return alarm("alert_on_failures", instance, tmp_path, monkeypatch, receiver.url)


@pytest.fixture
def quality(
    instance: dg.DagsterInstance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: Receiver,
) -> Sensor:
    return alarm("alert_on_quality", instance, tmp_path, monkeypatch, receiver.url)


def test_without_a_webhook_alarms_are_off_and_tell_nothing(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("alert_on_failures", "alert_on_quality", "alert_on_staleness"):
        assert defs.resolve_sensor_def(name).default_status == dg.DefaultSensorStatus.STOPPED
        sensor = alarm(name, instance, tmp_path, monkeypatch, None)
        run(failing, instance)
        assert sensor.tick() == ([], "DATELINE_WEBHOOK_URL is not set")


def test_a_failed_run_is_told_once(
    failures: Sensor, instance: dg.DagsterInstance, receiver: Receiver
) -> None:
    run_id = run(failing, instance)
    run(passing, instance)
    assert [failures.tick()[1] for _ in range(2)] == ["told 1", "told 0"]
    assert receiver.bodies == [
        {
            "source": "dateline",
            "event": "run_failed",
            "severity": "error",
            "run_id": run_id,
            "job": "failing",
            "nights": ["2026-03-01"],
            "step": "tear",
            "reason": "OSError: no space left",
            "text": "Dateline: failing of 2026-03-01 failed in tear: OSError: no space left",
        }
    ]


def test_what_failed_before_the_alarm_was_switched_on_is_history(
    instance: dg.DagsterInstance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: Receiver,
) -> None:
    run(failing, instance)
    sensor = alarm("alert_on_failures", instance, tmp_path, monkeypatch, receiver.url)
    assert sensor.tick()[1] == "told 0"


def test_a_clock_that_was_ahead_silences_no_alarm(
    failures: Sensor, instance: dg.DagsterInstance, receiver: Receiver
) -> None:
    failures.cursor = str(time.time() + 86_400 * 365)
    assert failures.tick()[1] == "told 0"
    run_id = run(failing, instance)
    assert failures.tick()[1] == "told 1"
    assert [body["run_id"] for body in receiver.bodies] == [run_id]


def test_an_alarm_waits_for_a_webhook_that_is_down(
    failures: Sensor, instance: dg.DagsterInstance, receiver: Receiver
) -> None:
    run_ids = [run(failing, instance) for _ in range(2)]
    receiver.statuses = [200, 500, 500]
    _, message = failures.tick()
    assert message.startswith("told 1; will try again: webhook at 127.0.0.1: HTTP status 500")
    assert failures.tick()[1] == "told 1"
    assert [body["run_id"] for body in receiver.bodies] == run_ids


def test_a_run_that_ended_from_outside_is_told(
    failures: Sensor, instance: dg.DagsterInstance, receiver: Receiver
) -> None:
    abandoned = instance.create_run_for_job(failing, status=dg.DagsterRunStatus.STARTED)
    instance.report_run_failed(abandoned, "its process is gone")
    failures.tick()
    assert receiver.bodies[0]["reason"] == "its process is gone"


def write_results(home: Path, run_id: str, **passed: bool) -> None:
    rows = [
        {
            "run_id": run_id,
            "ingested_on": NIGHT,
            "suite": "rows",
            "expectation": name,
            "table_name": "articles",
            "passed": is_passed,
            "severity": "warning" if name.startswith("few") else "blocking",
            "observed": "0.8" if name.startswith("few") else None,
            "unexpected_count": 0 if is_passed else 3,
            "sample": None,
        }
        for name, is_passed in passed.items()
    ]
    run_log.write_quality_results(Lake(home / "lake"), run_id, schema.QUALITY_RESULTS.frame(rows))


def test_a_refused_night_is_told_with_what_did_not_hold(
    quality: Sensor, instance: dg.DagsterInstance, tmp_path: Path, receiver: Receiver
) -> None:
    run_id = run(failing, instance)
    write_results(tmp_path, run_id, few_lack=False, articles_have=False, all_well=True)
    page = write_page(tmp_path / "reports", "", run_id=run_id, audited_at=datetime.now(tz=UTC))
    assert quality.tick()[1] == "told 1"
    (message,) = receiver.bodies
    assert message["severity"] == "error"
    assert message["blocking"] == ["articles_have"]
    assert message["warnings"] == ["few_lack"]
    assert message["observed"] == {"articles_have": "3", "few_lack": "0.8"}
    assert message["report"] == str(page)
    assert message["text"] == (
        "Dateline: failing of 2026-03-01 is not published: articles_have, few_lack"
    )


def test_warnings_of_a_published_night_are_told_as_warnings(
    quality: Sensor, instance: dg.DagsterInstance, tmp_path: Path, receiver: Receiver
) -> None:
    write_results(tmp_path, run(passing, instance), few_lack=False)
    quality.tick()
    assert receiver.bodies[0]["severity"] == "warning"
    assert "is published, with warnings: few_lack" in receiver.bodies[0]["text"]


def test_a_clean_night_and_a_run_without_audit_are_not_worth_a_word(
    quality: Sensor, instance: dg.DagsterInstance, tmp_path: Path, receiver: Receiver
) -> None:
    write_results(tmp_path, run(passing, instance), few_lack=True)
    run(passing, instance)
    assert quality.tick()[1] == "told 0"
    assert receiver.attempts == 0


def test_a_flood_is_told_in_turns(
    failures: Sensor, instance: dg.DagsterInstance, receiver: Receiver
) -> None:
    """A sensor's tick may take 60 s; each message up to 18."""
    run_ids = [run(failing, instance) for _ in range(7)]
    assert [failures.tick()[1] for _ in range(3)] == ["told 5", "told 2", "told 0"]
    assert [body["run_id"] for body in receiver.bodies] == run_ids


@pytest.fixture
def hours_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A published night, and a clock that stands so many hours after its tick."""
    publish_runs(tmp_path, (NIGHT, datetime(2026, 3, 1, 2, 0, 7)))
    tick = datetime(2026, 3, 1, 2, tzinfo=UTC)
    return lambda hours: monkeypatch.setattr(
        Clock, "now", lambda _clock: tick + timedelta(hours=hours)
    )


def test_a_stale_file_is_told_once(
    instance: dg.DagsterInstance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: Receiver,
    hours_later: Callable[[float], None],
) -> None:
    hours_later(35)
    sensor = alarm("alert_on_staleness", instance, tmp_path, monkeypatch, receiver.url)
    assert sensor.tick()[1] == "fresh"
    hours_later(38)
    receiver.statuses = [500, 500]
    assert sensor.tick()[1].startswith("stale; will try again to tell: webhook")
    assert sensor.tick()[1] == "stale; told"
    again = datetime(2026, 3, 2, 16)
    publish_runs(tmp_path, (NIGHT, datetime(2026, 3, 1, 2, 0, 7)), (NIGHT, again))
    assert sensor.tick()[1] == "stale; was told"
    (message,) = receiver.bodies
    assert (message["event"], message["night"], message["hours"]) == ("stale", "2026-03-01", 38)
    assert message["text"] == (
        "Dateline: no night was published for 38 hours: the newest is 2026-03-01, due "
        "2026-03-01 02:00 UTC"
    )


def test_freshness_is_shown_where_it_changes(
    instance: dg.DagsterInstance, tmp_path: Path, hours_later: Callable[[float], None]
) -> None:
    sensor = Sensor("watch_freshness", instance, tmp_path)
    shown: list[tuple[bool, ...]] = []
    for hours in (1, 30, 37, 90):
        hours_later(hours)
        events = sensor.events()
        shown.append(tuple(event.passed for event in events))
    assert shown == [(True,), (), (False,), ()]
    publish_runs(tmp_path, (date(2026, 3, 5), datetime(2026, 3, 5, 2, 0, 7)))
    (event,) = sensor.events()
    assert (event.passed, event.check_name) == (True, "newest_night_due_is_published")
    assert event.metadata["night"].value == "2026-03-05"


def test_freshness_of_nothing_is_nothing(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    sensor = Sensor("watch_freshness", instance, tmp_path)
    assert sensor.tick() == ([], "nothing was published yet")
