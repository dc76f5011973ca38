"""Parts on the workers of a Dask cluster: one that is there, or one of this machine's processes.

What belongs here: this engine: which workers of the cluster are admitted, and parts as Dask's
futures. What does not: the connection (link.py), what is asked of a worker (admission.py), and who
gets which part (dispatch.py). Imported where it is chosen: the extra ``dask`` need not be there.
"""

import logging
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.errors import StageError
from etl.lake.engines import EngineName
from etl.lake.engines.admission import Question, answer, refusal
from etl.lake.engines.dispatch import POLL_SECONDS, WorkerLostError, dispatch
from etl.lake.engines.isolation import run_isolated
from etl.lake.engines.link import (
    KilledWorker,
    Link,
    ask,
    connect,
    dashboard_of,
    start,
    workers_of,
)
from etl.lake.engines.outfit import Outfit, outfit
from etl.lake.parts import PartReport, PartTask, run_part
from etl.lake.store import remove_leftovers
from etl.locks import held
from etl.stage import Stage

logger = logging.getLogger(__name__)

NO_WORKER_SECONDS = 60.0
"""A nanny starts a worker again within seconds, a service within half a minute."""

Worker = tuple[str, str]
"""Address and folder: a worker that was started again may have the address of the one before."""


class Cluster:
    """An engine that keeps its workers, warm, from one stage to the next, until it is closed.

    ``address`` is that of a scheduler; without one the cluster is this machine's, of ``workers``
    processes. ``folder`` lies in the home, and is this engine's alone. The rest as in
    ``etl.night.stages``.
    """

    name: EngineName = "dask"

    def __init__(
        self,
        *,
        address: str | None,
        workers: int,
        folder: Path,
        spacy_model: str | None = None,
        site_tables: Path | None = None,
    ) -> None:
        self._address = address
        self._workers = workers
        self._folder = folder
        self._spacy_model = spacy_model
        self._site_tables = site_tables
        self._link: Link | None = None
        self._roster = Roster()

    @property
    def workers(self) -> int:
        """Those that are admitted; before the first part those that are to be started."""
        return len(self._roster.admitted) or self._workers

    @property
    def dashboard(self) -> str | None:
        """None as long as there is no connection."""
        return dashboard_of(self._link.client) if self._link else None

    def run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        """Do every part; as ``Engine``."""
        link = self._connected()
        for task in tasks:
            remove_leftovers(task.target)
        broken: list[PartTask] = []
        with held(self._folder / f"{uuid.uuid4().hex}.lock") as asked:
            question = Question(
                asked=asked, spacy_model=self._spacy_model, site_tables=self._site_tables
            )
            crew = DaskCrew(link, self._roster, stage, question)
            yield from dispatch(crew, tasks, broken)
            for task in sorted(broken, key=lambda task: task.target):
                yield run_isolated(stage, task, asked=asked)

    def close(self) -> None:
        """End the connection, and the workers that were started for it."""
        if self._link:
            self._link.close()
            self._link = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def _connected(self) -> Link:
        if self._link is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            address = self._address
            self._link = connect(address) if address else start(self._workers, self._folder)
        return self._link


@dataclass
class Roster:
    """Who was admitted and who refused, with the reason; asked once of each worker."""

    admitted: set[Worker] = field(default_factory=set)
    refused: dict[Worker, str] = field(default_factory=dict)
    has_admitted: bool = False

    def note(self, worker: Worker, reason: str) -> None:
        """Admit a worker, or refuse it for a reason."""
        if reason:
            logger.warning("worker %s gets no part: %s", worker[0], reason)
            self.refused[worker] = reason
        else:
            self.admitted.add(worker)
            self.has_admitted = True

    def keep(self, present: set[Worker]) -> None:
        """Forget those that are gone."""
        self.admitted &= present
        self.refused = {w: reason for w, reason in self.refused.items() if w in present}


class DaskCrew:
    """The workers of a cluster, for one stage; as ``dispatch.Crew``."""

    def __init__(self, link: Link, roster: Roster, stage: Stage, question: Question) -> None:
        self._client = link.client
        self._roster = roster
        self._stage = stage
        self._question = question
        self._wanted: Outfit = outfit(question.spacy_model, question.site_tables)
        self._last_met = self._last_looked = time.monotonic()
        self._present: dict[str, Any] = {}

    def ready(self) -> set[str]:
        """Admitted workers that take parts now; those that came since are asked first."""
        present = self._look()
        there = {(address, told["local_directory"]) for address, told in present.items()}
        self._roster.keep(there)
        new = there - self._roster.admitted - self._roster.refused.keys()
        if new:
            answers = ask(self._client, [address for address, _ in new], answer, self._question)
            for worker in sorted(new):
                told = answers.get(worker[0], ConnectionError("it has gone"))
                self._roster.note(worker, refusal(told, self._wanted, self._question))
        self._check_any()
        return {a for a, _ in self._roster.admitted if present[a]["status"] == "running"}

    def has(self, worker: str) -> bool:
        return any(address == worker for address, _ in self._roster.admitted)

    def give(self, worker: str, task: PartTask) -> "DaskOrder":
        return DaskOrder(
            self._client.submit(
                run_part,
                self._stage,
                task,
                asked=self._question.asked,
                key=f"{self._stage.name}-{uuid.uuid4().hex}",
                workers=[worker],
                allow_other_workers=False,
                pure=False,
            )
        )

    def _look(self) -> dict[str, Any]:
        """Who is there, as of at the most a moment ago: with each part that ends it is asked."""
        now = time.monotonic()
        if not self._present or now - self._last_looked > POLL_SECONDS / 2:
            self._present = dict(workers_of(self._client))
            self._last_looked = now
        return self._present

    def _check_any(self) -> None:
        """Raise StageError where all are refused, and where nobody comes, or comes back."""
        now, roster = time.monotonic(), self._roster
        if roster.admitted:
            self._last_met = now
            return
        is_over = now - self._last_met > NO_WORKER_SECONDS
        if roster.refused and (is_over or not roster.has_admitted):
            worker, reason = min(roster.refused.items())
            raise StageError(f"no worker of the cluster is as this run is; {worker[0]}: {reason}")
        if is_over:
            raise StageError(f"the cluster has had no worker for {NO_WORKER_SECONDS:.0f} s")


class DaskOrder:
    """A part as a future; as ``dispatch.Order``."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def result(self) -> PartReport:
        """Raises WorkerLostError where its worker was lost, or it was called off."""
        try:
            report: PartReport = self._future.result()
        except (KilledWorker, CancelledError) as error:
            raise WorkerLostError from error
        return report

    def cancel(self) -> None:
        self._future.cancel()

    def add_done_callback(self, call: Callable[["DaskOrder"], object]) -> None:
        self._future.add_done_callback(lambda _: call(self))
