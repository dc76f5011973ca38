"""What must outlive a power cut: written, on disk, and only then in its place.

What belongs here: the order of write, fsync, rename and fsync of the folder, once for all who
put files in place. What does not: what is written.

A rename is atomic for readers, but says nothing of the disk: after a power cut the new name may
stand before the bytes do. So the bytes are synced before the rename, and the folder, which holds
the name, after it.
"""

import os
import uuid
from pathlib import Path


def sync(path: Path) -> None:
    """Have the file or folder on disk before the next step."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def own_temporary(path: Path, suffix: str = "tmp") -> Path:
    """A hidden name beside ``path`` that no other writer has, on whichever machine it is.

    Process ids are not enough on a file system that machines share.
    """
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}.{suffix}")


def put_in_place(temporary: Path, target: Path) -> None:
    """Give a finished file the name of ``target``; both lie in folders of one file system."""
    sync(temporary)
    temporary.replace(target)
    sync(target.parent)


def write_durably(path: Path, text: str) -> None:
    """Write a small file in one piece, in the place of one that may be there."""
    temporary = own_temporary(path)
    temporary.write_text(text, encoding="utf-8")
    put_in_place(temporary, path)


def make_folder(folder: Path) -> None:
    """Make a folder and those above that are missing, each of them on disk by its name."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync_tree(folder: Path) -> None:
    """Have all files below a folder on disk, then the folders, from below upwards."""
    for path in folder.iterdir():
        if path.is_dir():
            sync_tree(path)
        else:
            sync(path)
    sync(folder)


def move(source: Path, target: Path) -> None:
    """Rename a folder whose contents are on disk already."""
    source.rename(target)
    sync(target.parent)
