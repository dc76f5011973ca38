"""Parts handed to workers that come and go, one at a time to each.

What belongs here: who gets which part next, and what is done when a worker is lost. What does
not: what a worker is and how a part reaches it (cluster.py), and what becomes of parts that kill
their workers (isolation.py).

A worker has one part at a time: so a worker that is lost costs that one, and the part at which
it was lost is known. Between two parts it waits for a message there and back, milliseconds for
parts that take seconds.
"""

import logging
import queue
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from etl.lake.parts import PartReport, PartTask

logger = logging.getLogger(__name__)

MOST_LOSSES = 2
"""A part that has lost so many workers may be what kills them."""
POLL_SECONDS = 1.0
"""So often it is asked which workers are there."""


class WorkerLostError(Exception):
    """The worker has gone, and with it what it was doing."""


class Order(Protocol):
    """A part that a worker was given."""

    def result(self) -> PartReport:
        """Raises WorkerLostError, and whatever the part raises."""

    def cancel(self) -> object: ...

    def add_done_callback(self, call: Callable[[Any], object]) -> object: ...


class Crew(Protocol):
    """The workers."""

    def ready(self) -> Collection[str]:
        """Names of those that may be given parts, asked anew. Raises StageError for want of any."""

    def has(self, worker: str) -> bool:
        """Whether a worker was there when that was asked last."""

    def give(self, worker: str, task: PartTask) -> Order: ...


def dispatch(
    crew: Crew,
    tasks: Sequence[PartTask],
    broken: list[PartTask],
    *,
    poll_seconds: float = POLL_SECONDS,
) -> Iterator[PartReport]:
    """Have every part done, and yield reports; parts that lose their workers go to ``broken``.

    Whoever stops listening, or meets an error, has all that is under way called off.
    """
    waiting, under_way = deque(tasks), dict[Order, tuple[str, PartTask]]()
    losses: Counter[Path] = Counter()
    ended: queue.SimpleQueue[Order] = queue.SimpleQueue()
    try:
        while waiting or under_way:
            busy = {worker for worker, _ in under_way.values()}
            for worker in sorted(set(crew.ready()) - busy)[: len(waiting)]:
                task = waiting.popleft()
                order = crew.give(worker, task)
                under_way[order] = (worker, task)
                order.add_done_callback(ended.put)
            for order in {*_ended(ended, poll_seconds), *_deserted(under_way, crew)}:
                if order not in under_way:
                    continue  # its worker was lost before
                worker, task = under_way.pop(order)
                try:
                    yield order.result()
                except WorkerLostError:
                    losses[task.target] += 1
                    logger.warning("worker %s was lost at part %s", worker, task.name)
                    (waiting if losses[task.target] < MOST_LOSSES else broken).append(task)
    finally:
        for order in under_way:
            order.cancel()


def _ended(ended: "queue.SimpleQueue[Order]", seconds: float) -> list[Order]:
    """What has ended, after waiting a while for the first."""
    found = []
    try:
        found.append(ended.get(timeout=seconds))
        while True:
            found.append(ended.get_nowait())
    except queue.Empty:
        return found


def _deserted(under_way: Mapping[Order, tuple[str, PartTask]], crew: Crew) -> list[Order]:
    """What nobody is at work on any more, called off."""
    left = [order for order, (worker, _) in under_way.items() if not crew.has(worker)]
    for order in left:
        order.cancel()
    return left
