"""What must outlive a power cut: written, on disk, and only then in its place.

What belongs here: the order of write, fsync, rename and fsync of the folder, once for all who
put files in place. What does not: what is written.

A rename is atomic for readers, but says nothing of the disk: after a power cut the new name may
stand before the bytes do. So the bytes are synced before the rename, and the folder, which holds
the name, after it.
"""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the file or folder on disk before the next step."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(temporary: Path, target: Path) -> None:
    """Give a finished file the name of ``target``; both lie in folders of one file system."""
    sync(temporary)
    temporary.replace(target)
    sync(target.parent)


def write_durably(path: Path, text: str) -> None:
    """Write a small file in one piece, in the place of one that may be there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    put_in_place(temporary, path)
