"""The cluster: its scheduler, what its workers bring, and whether they share the home.

What belongs here: findings, where the engine is a Dask cluster that is there. What does not: how
workers are asked (etl/lake/engines/), and one of this machine's processes, which a run starts.
"""

import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial

from assets.doctor.findings import Finding, fail, ok, warn
from assets.night.plurals import quantity
from assets.settings import Settings
from etl.errors import StageError
from etl.lake.engines.admission import Answer, Question, answer
from etl.lake.engines.outfit import Outfit, differences, outfit
from etl.lake.engines.sharing import Asker, Sharing, explore

CONNECT_SECONDS = 5.0
START = "start some: dask worker {} --nthreads 1"
SAME = "install this release there, with the same tables and model, and start the worker again"
MOUNT = "mount the same file system at the same path on every machine"

FAULTS: Mapping[str, tuple[str, str]] = {
    "sees_ours": ("does not see a file of this machine's", MOUNT),
    "shows_its_own": ("what it writes is not seen here", MOUNT),
    "sees_lock": (
        "does not see that a lock of this machine's is held",
        "share locks: NFS 4 without local_lock, Lustre with flock",
    ),
    "sees_each_whole": (
        "saw a file missing, or in part, while it was replaced",
        "use a file system on which a rename is atomic, such as NFS 4 with lookupcache=positive",
    ),
    "sees_move": (
        "still sees a folder where it was before it was renamed",
        "have names asked anew: NFS with lookupcache=positive",
    ),
}
"""By field of ``Sharing``: what it means that it does not hold, and the remedy."""
WRITES = "give the folder to the user of that worker, on a file system that can fsync"


def examine_cluster(settings: Settings) -> Iterator[Finding]:
    """Whether its scheduler answers, which workers would get parts, and what they share."""
    if settings.engine != "dask":
        return
    if settings.dask_address is None:
        yield ok("cluster", f"{quantity(settings.worker_count, 'worker')} of this machine")
        return
    from etl.lake.engines.link import ask, connect, workers_of  # late: an extra

    try:
        link = connect(settings.dask_address, seconds=CONNECT_SECONDS)
    except StageError as error:
        yield fail("cluster", str(error), "start it, or correct DATELINE_DASK_ADDRESS")
        return
    try:
        if workers := sorted(workers_of(link.client)):
            yield from _of_workers(settings, partial(ask, link.client, workers))
        else:
            remedy = START.format(settings.dask_address)
            yield fail("cluster", f"{settings.dask_address} has no workers", remedy)
    finally:
        link.close()


def _of_workers(settings: Settings, ask: Asker) -> Iterator[Finding]:
    """What they bring and, where there is a home to share, whether they share it."""
    question = Question(
        asked=settings.cluster, spacy_model=settings.spacy_model, site_tables=settings.site_tables
    )
    told = ask(answer, question)
    wanted = outfit(settings.spacy_model, settings.site_tables)
    others = {worker: _other(found, wanted) for worker, found in told.items()}
    right = [worker for worker, difference in others.items() if not difference]
    for worker, difference in sorted(others.items()):
        if difference and right:
            yield warn("cluster", f"{worker} gets no part: {difference}", SAME)
        elif difference:
            yield fail("cluster", f"{worker} gets no part: {difference}", SAME)
    yield from _of_home(settings, ask)
    if right:
        yield ok("cluster", f"{settings.dask_address}, {quantity(len(right), 'worker')}")


def _other(told: Answer | Exception, wanted: Outfit) -> str:
    if isinstance(told, Answer):
        return "; ".join(differences(told.outfit, wanted))
    return f"{type(told).__name__}: {told}"


def _of_home(settings: Settings, ask: Asker) -> Iterator[Finding]:
    if not settings.home.exists():
        return
    folder = settings.cluster / f"doctor-{uuid.uuid4().hex}"
    try:
        found = explore(folder, ask)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # a run may have locks there
            settings.cluster.rmdir()
    for worker, sharing in sorted(found.items()):
        fault, remedy = _fault(sharing)
        if fault:
            yield fail("shared home", f"{worker} {fault}", remedy)
    if all(not _fault(sharing)[0] for sharing in found.values()):
        yield ok("shared home", f"{settings.home.absolute()} is the same for all of them")


def _fault(sharing: Sharing) -> tuple[str, str]:
    """The first that explains the others, and its remedy; empty where there is none."""
    if not sharing.sees_ours:
        return FAULTS["sees_ours"]
    if sharing.error:
        return f"cannot write as a part is written: {sharing.error}", WRITES
    found = (FAULTS[name] for name in FAULTS if not getattr(sharing, name))
    return next(found, ("", ""))
