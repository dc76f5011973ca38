"""What the jobs of all operations share.

What belongs here: where a report goes and how an operation's run is tagged. What does not: any
single operation, and running one from the command line (assets/cli/launch.py).
"""

from collections.abc import Mapping

import dagster as dg

REPORT = dg.Out(io_manager_key="report")
RESOURCES = {"report": dg.mem_io_manager}
"""A report goes to whoever called the job in this process; on disk nobody would read it."""

TAGS: Mapping[str, str] = {"dateline/kind": "operation"}
