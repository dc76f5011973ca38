"""What a home on a shared file system must hold, tried out with each worker (docs/scaling.md).

What belongs here: what is done on either side, and what each then sees. What does not: how a
worker is reached (link.py), and what is said of it (assets/doctor/cluster.py).

Two looks by each worker, ``first_look`` while this side replaces a file over and over, and
``second_look`` when it has moved a folder; what workers have left is then looked at from here.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.durability import make_folder, move, own_temporary, put_in_place, sync_tree
from etl.locks import held, is_held

LOOKS = 100
PAUSE_SECONDS = 0.002
OURS, FLIPPED, LOCK, BEFORE, AFTER = "ours", "flipped", "lock", "before", "after"
WORD = "as it was written"

Asker = Callable[..., Mapping[str, Any]]
"""Asks a function, with what it is given, of every worker; by worker the answer, or its error."""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """What a worker, and this process of what it did, found of a folder.

    ``error`` is what the worker's system said when it wrote, synced and renamed; ``name`` is
    that of what it left.
    """

    sees_ours: bool = False
    sees_lock: bool = False
    sees_each_whole: bool = False
    sees_move: bool = False
    shows_its_own: bool = False
    name: str = ""
    error: str = ""


def explore(folder: Path, ask: Asker) -> Mapping[str, Sharing]:
    """Try a folder out with every worker; it is this process's own, and gone behind this."""
    make_folder(folder / BEFORE)
    _put(folder / OURS, WORD)
    _put(folder / FLIPPED, WORD)
    with held(folder / LOCK), _flipping(folder / FLIPPED):
        first = ask(first_look, folder)
    move(folder / BEFORE, folder / AFTER)
    second = ask(second_look, folder)
    return {
        worker: replace(
            told,
            sees_move=second.get(worker) is True,
            shows_its_own=_read(folder / told.name / OURS) == WORD,
        )
        if isinstance(told, Sharing)
        else Sharing(error=f"{type(told).__name__}: {told}")
        for worker, told in first.items()
    }


def first_look(folder: Path) -> Sharing:
    """On a worker: what it sees, and what it leaves as a part is left: written, synced, renamed."""
    found = Sharing(
        sees_ours=_read(folder / OURS) == WORD,
        sees_lock=is_held(folder / LOCK),
        sees_each_whole=all(_looks_whole(folder / FLIPPED) for _ in range(LOOKS)),
        name=uuid.uuid4().hex,
    )
    temporary = own_temporary(folder / found.name)
    try:
        temporary.mkdir()
        (temporary / OURS).write_text(WORD)
        sync_tree(temporary)
        move(temporary, folder / found.name)
    except OSError as error:
        return replace(found, error=str(error))
    return found


def second_look(folder: Path) -> bool:
    """On a worker: whether a folder that was moved is where it was moved to, and there alone."""
    return (folder / AFTER).is_dir() and not (folder / BEFORE).exists()


def _looks_whole(file: Path) -> bool:
    time.sleep(PAUSE_SECONDS)
    return _read(file) in (WORD, WORD[::-1])


def _read(file: Path) -> str | None:
    try:
        return file.read_text()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _put(file: Path, text: str) -> None:
    temporary = own_temporary(file)
    temporary.write_text(text)
    put_in_place(temporary, file)


@contextmanager
def _flipping(file: Path) -> Iterator[None]:
    """Have a file replaced over and over, by this text and that."""
    is_over = threading.Event()

    def flip() -> None:
        text = WORD
        while not is_over.wait(PAUSE_SECONDS):
            text = text[::-1]
            _put(file, text)

    thread = threading.Thread(target=flip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
