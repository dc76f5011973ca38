"""Whether a file of the lake is whole, as far as its ends tell, and reading small records.

What belongs here: looking at one file. What does not: which files there are (store.py), and what
is said of those that are damaged (damage.py).

A crash, a full disk or a bad copy leave files that are empty, cut short or full of zeros; a
Parquet file begins and ends with a mark, so two reads tell.
"""

import json
import os
from pathlib import Path
from typing import Any

from etl.errors import StageError

MARK = b"PAR1"
"""The first and the last bytes of a file. Source: https://parquet.apache.org/docs/file-format/"""


def is_whole(file: Path) -> bool:
    """Whether a Parquet file begins and ends as one: neither empty, cut short nor full of zeros."""
    descriptor = os.open(file, os.O_RDONLY)  # a stream's buffers would double the time
    try:
        size = os.fstat(descriptor).st_size
        last = max(size - len(MARK), 0)
        ends = os.pread(descriptor, len(MARK), 0), os.pread(descriptor, len(MARK), last)
    finally:
        os.close(descriptor)
    return size > 2 * len(MARK) and ends == (MARK, MARK)


def check_whole(file: Path) -> Path:
    """The file itself. Raises StageError where it is there and damaged."""
    if file.exists() and not is_whole(file):
        raise StageError(
            f"{file} is damaged ({file.stat().st_size} bytes): dateline doctor says what it held "
            "and how to get it back"
        )
    return file


def read_json(file: Path) -> dict[str, Any] | None:
    """A record; None where there is none, or what is there is damaged."""
    try:
        record = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return record if isinstance(record, dict) else None
