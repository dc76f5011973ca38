"""The connection to a Dask scheduler, and what is asked through it.

What belongs here: all of Dask that the engine and the doctor need: its client, its cluster of this
machine's processes, its error for a worker that was lost. What does not: parts (cluster.py), and
what a worker answers (admission.py). Imported where it is needed: the extra ``dask`` need not be
there.
"""

import logging
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from etl.errors import StageError

# Before Dask is imported, here and in the workers that this process starts.
os.environ.setdefault("DASK_CONFIG", str(Path(__file__).with_name("dask.yaml")))

from distributed import Client, LocalCluster
from distributed import KilledWorker as KilledWorker

CONNECT_SECONDS = 10
LOOPBACK = "127.0.0.1"

Present = Mapping[str, Mapping[str, Any]]
"""Workers by address, as the scheduler tells of them."""


@dataclass(frozen=True)
class Link:
    """A connection, and the cluster behind it where it is our own."""

    client: Client
    own: LocalCluster | None = None

    def close(self) -> None:
        self.client.close()
        if self.own:
            self.own.close()


def connect(address: str, *, seconds: float = CONNECT_SECONDS) -> Link:
    """To a scheduler that is there. Raises StageError where none answers."""
    try:
        client = Client(address, timeout=seconds, set_as_default=False, name="dateline")
    except OSError as error:  # TimeoutError is one
        raise StageError(f"no Dask scheduler answers at {address}: {error}") from None
    return Link(client)


def start(workers: int, folder: Path) -> Link:
    """A cluster of this machine's processes, on loopback alone; its files lie in ``folder``.

    Others on this machine are kept out by certificates that are made for it and end with it:
    whoever reaches a scheduler could run code as its user.

    Without a limit of memory, at which Dask would pause a worker, or end it: what a part needs
    is set by its size.
    """
    own = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host=LOOPBACK,
        protocol="tls://",
        security=True,
        dashboard_address=f"{LOOPBACK}:0",
        memory_limit=None,
        local_directory=str(folder),
        silence_logs=logging.ERROR,
    )
    return Link(Client(own, set_as_default=False, name="dateline"), own)


def dashboard_of(client: Client) -> str:
    """Dask's dashboard, or its list of workers where Bokeh, which draws that one, is not here."""
    link = str(client.dashboard_link)
    drawn = find_spec("bokeh") is not None
    return link if drawn else link.replace("/status", "/info/main/workers.html")


def workers_of(client: Client) -> Present:
    """The workers that the scheduler knows now. Raises StageError where it is gone itself."""
    # Waits while Dask looks for a scheduler that was lost; what it never found knows nothing.
    present: Present | None = client.scheduler_info(n_workers=-1).get("workers")
    if present is None or client.status != "running":
        raise StageError("the Dask scheduler has gone: run again when it is back")
    return present


def ask(
    client: Client, workers: Collection[str], question: Callable[..., Any], *given: Any
) -> Mapping[str, Any]:
    """What each worker answers to ``question(*given)``, or the exception why it can't."""
    told: Mapping[str, Any] = client.run(question, *given, workers=list(workers), on_error="return")
    return told
