"""Parts handed to workers that come and go: fakes of workers, no cluster."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.errors import StageError
from etl.lake.engines.dispatch import WorkerLostError, dispatch
from etl.lake.parts import PartReport, PartTask

NIGHT = date(2026, 3, 1)


def tasks(count: int) -> list[PartTask]:
    return [
        PartTask(
            night=NIGHT, name=f"p{n}", source=Path(), target=Path(f"p{n}"), fingerprint=f"f{n}"
        )
        for n in range(count)
    ]


@dataclass(eq=False)
class FakeOrder:
    """A part that has its outcome at once, or never."""

    outcome: PartReport | Exception | None
    is_off: bool = False

    def result(self) -> PartReport:
        if isinstance(self.outcome, PartReport):
            return self.outcome
        raise self.outcome or WorkerLostError

    def cancel(self) -> None:
        self.is_off = True

    def add_done_callback(self, call: Callable[[Any], object]) -> None:
        if self.outcome is not None:
            call(self)


@dataclass
class FakeCrew:
    """``does`` says what becomes of a worker's part: a report, an error, None for nothing yet."""

    workers: set[str]
    does: Callable[[str, PartTask], PartReport | Exception | None]
    given: list[tuple[str, str]] = field(default_factory=list)
    orders: list[FakeOrder] = field(default_factory=list)
    looks: int = 0
    change: Callable[["FakeCrew"], object] = lambda _: None

    def ready(self) -> set[str]:
        self.looks += 1
        self.change(self)
        if not self.workers:
            raise StageError("nobody is there")
        return set(self.workers)

    def has(self, worker: str) -> bool:
        return worker in self.workers

    def give(self, worker: str, task: PartTask) -> FakeOrder:
        self.given.append((worker, task.name))
        self.orders.append(FakeOrder(self.does(worker, task)))
        return self.orders[-1]


def report(_: str, task: PartTask) -> PartReport:
    return PartReport(night=task.night, name=task.name, row_counts={}, was_reused=False)


def names(reports: Iterable[PartReport]) -> list[str]:
    return sorted(report.name for report in reports)


def run(crew: FakeCrew, count: int) -> tuple[list[str], list[str]]:
    """Names of the parts that were done, and of those that are broken."""
    broken: list[PartTask] = []
    done = names(dispatch(crew, tasks(count), broken, poll_seconds=0.01))
    return done, [task.name for task in broken]


def test_every_part_is_done_once_and_a_worker_has_one_at_a_time() -> None:
    crew = FakeCrew({"a", "b"}, report)
    assert run(crew, 5) == (["p0", "p1", "p2", "p3", "p4"], [])
    assert sorted(name for _, name in crew.given) == ["p0", "p1", "p2", "p3", "p4"]
    idle = FakeCrew({"a", "b"}, lambda *_: None)
    work = dispatch(idle, tasks(5), [], poll_seconds=0.01)
    idle.change = lambda crew: crew.workers.clear() if crew.looks > 3 else None
    with pytest.raises(StageError):
        next(work)
    assert idle.given == [("a", "p0"), ("b", "p1")]


def test_a_part_whose_worker_is_lost_goes_to_another() -> None:
    def does(worker: str, task: PartTask) -> PartReport | Exception:
        return WorkerLostError() if worker == "a" and task.name == "p0" else report(worker, task)

    crew = FakeCrew({"a", "b"}, does)
    crew.change = lambda crew: crew.workers.discard("a") if crew.looks > 1 else None
    assert run(crew, 3) == (["p0", "p1", "p2"], [])
    assert crew.given.count(("a", "p0")) == crew.given.count(("b", "p0")) == 1


def test_a_worker_that_is_gone_without_a_word_has_its_part_called_off() -> None:
    crew = FakeCrew({"a"}, lambda worker, task: None if worker == "a" else report(worker, task))
    crew.change = lambda crew: crew.looks == 3 and crew.workers.symmetric_difference_update("ab")
    assert run(crew, 1) == (["p0"], [])
    assert crew.orders[0].is_off


def test_a_part_that_loses_two_workers_is_broken_and_the_others_are_done() -> None:
    crew = FakeCrew({"a"}, lambda w, t: WorkerLostError() if t.name == "p1" else report(w, t))
    assert run(crew, 3) == (["p0", "p2"], ["p1"])
    assert crew.given.count(("a", "p1")) == 2


def test_a_worker_that_comes_later_gets_parts() -> None:
    crew = FakeCrew({"a"}, lambda worker, task: None if worker == "a" else report(worker, task))
    crew.change = lambda crew: crew.looks == 2 and crew.workers.add("b")
    work = dispatch(crew, tasks(3), [], poll_seconds=0.01)
    assert names([next(work), next(work)]) == ["p1", "p2"]
    work.close()


def test_an_error_of_a_part_calls_off_the_others() -> None:
    crew = FakeCrew({"a", "b"}, lambda w, t: ValueError("wrong") if t.name == "p1" else None)
    with pytest.raises(ValueError, match="wrong"):
        run(crew, 4)
    assert [order.is_off for order in crew.orders] == [True, False]


def test_whoever_stops_listening_calls_off_what_is_under_way() -> None:
    crew = FakeCrew({"a", "b"}, lambda w, t: None if t.name == "p0" else report(w, t))
    work = dispatch(crew, tasks(2), [], poll_seconds=0.01)
    next(work)
    work.close()
    assert crew.orders[0].is_off
