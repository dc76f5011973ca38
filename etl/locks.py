"""One run at a time, and which runs still live: locks of the system that die with their process.

What belongs here: these locks. What does not: the lock on the warehouse, which guards single
steps (etl/warehouse/releases.py), and Dagster's pools, which make runs wait in the queue but know
nothing of the command line, nor of a process that was killed.

    running/.lock          held by the run that is at work
    running/<run id>.lock  held while the run's process lives, also while it waits
    running/.daemon        held by the one daemon, that of `dateline ui` or `dateline daemon`
    cluster/*.lock         held while parts are asked of workers, who may be on other machines
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import WarehouseError


@contextmanager
def at_work(folder: Path, run_id: str, *, wait_seconds: float) -> Iterator[None]:
    """Hold the home for a run. Raises WarehouseError after waiting ``wait_seconds``."""
    folder.mkdir(parents=True, exist_ok=True)
    own = _own_lock(folder, run_id)
    with own:
        shared = FileLock(folder / ".lock", timeout=wait_seconds)
        try:
            shared.acquire()
        except Timeout as error:
            raise WarehouseError(
                f"another run has been at work in {folder.parent} for over {wait_seconds:.0f} s; "
                "wait for its end, or cancel it"
            ) from error
        try:
            yield
        finally:
            shared.release()
    Path(own.lock_file).unlink(missing_ok=True)


def hold_as_daemon(folder: Path) -> int:
    """Hold the home for Dagster's daemon until this process ends, whatever it becomes by exec.

    Two daemons would fire the schedule twice. Returns the open file that holds the lock; the
    processes that this one starts don't inherit it. Raises WarehouseError where another has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / ".daemon", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise WarehouseError(
            f"another dateline ui, or dateline daemon, is at work in {folder.parent}: stop that "
            "one first, or look at it in its own UI"
        ) from error
    os.set_inheritable(descriptor, True)  # past exec; subprocess closes it in children
    return descriptor


def is_abandoned(folder: Path, run_id: str) -> bool:
    """Whether the run has begun its work here and its process is gone."""
    own = _own_lock(folder, run_id)
    if not Path(own.lock_file).exists():
        return False
    try:
        own.acquire(timeout=0)
    except Timeout:
        return False
    own.release()
    return True


@contextmanager
def held(file: Path) -> Iterator[Path]:
    """A lock file of its own that is held within the block, and gone behind it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield file
    finally:
        file.unlink(missing_ok=True)
        os.close(descriptor)


def is_held(file: Path) -> bool:
    """Whether a process holds a lock file, on whichever machine; not where there is no file.

    Those who ask at once don't stand in each other's way: each asks for a shared lock.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _own_lock(folder: Path, run_id: str) -> FileLock:
    return FileLock(folder / f"{run_id}.lock")
