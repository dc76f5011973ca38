"""Copies of large files: blocks shared where the file system can, else written again.

What belongs here: one way to copy a file whole. What does not: whether the copy is on disk
(etl/durability.py), and files for which one name more is enough (etl/warehouse/releases.py).
"""

import fcntl
import shutil
from pathlib import Path

FICLONE = 0x40049409
"""Linux: have a file share the blocks of another until one of them is written to (ioctl_ficlone,
man page 2). Btrfs, XFS and others do it; where one can't, the call fails and nothing is written."""


def copy(source: Path, target: Path) -> bool:
    """Write the content of ``source`` into ``target``; whether they share their blocks.

    Its mode and times are not taken over.
    """
    with source.open("rb") as original, target.open("wb") as fresh:
        try:
            fcntl.ioctl(fresh.fileno(), FICLONE, original.fileno())
        except OSError:
            is_shared = False
        else:
            is_shared = True
    if not is_shared:
        shutil.copyfile(source, target)
    return is_shared
