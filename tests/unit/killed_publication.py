"""Publish a second night, or roll it back, and die at a step: for test_foreign_logs.py.

    python killed_publication.py ROOT STEP WORK

A step is a call that changes a folder (rename, link, remove, chmod, mkdir) once staging is
audited; the process kills itself just before the STEP-th, as SIGKILL from outside would. With
'rollback' the previous release is put back instead. Prints nothing; ends with 0 where there are
fewer steps.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from publication import put

from etl.warehouse.releases import Warehouse, find_release, rollback, writing

CHANGES = ("os.rename", "os.link", "os.remove", "os.chmod", "os.mkdir")


def die_at(step: int) -> None:
    steps = count(1)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        del arguments
        if event in CHANGES and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


if __name__ == "__main__":
    warehouse = Warehouse(Path(sys.argv[1]) / "warehouse")
    die_at(int(sys.argv[2]))
    with writing(warehouse, wait_seconds=10):
        if sys.argv[3:] == ["rollback"]:
            rollback(warehouse, find_release(warehouse, "previous"))
        else:
            put(warehouse, day=2)
