"""Where a run of the command line comes from: the code location that the UI has loaded.

What belongs here: that runs started here are the UI's own. What does not: starting them
(nights.py, launch.py).

A run without an origin is missing from its job's history and from the timeline, and cannot be
executed again from its page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import dagster as dg
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)

LOCATION = "dateline"  # as in workspace.yaml and pyproject.toml
REPOSITORY = "__repository__"  # what Dagster calls the definitions of a module
CODE_LOCATION = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin(LOCATION), REPOSITORY)


@contextmanager
def of_code_location(instance: dg.DagsterInstance, job: str) -> Iterator[dg.DagsterInstance]:
    """The instance, whose runs of the job bear the origin of the code location meanwhile."""
    origin = RemoteJobOrigin(CODE_LOCATION, job)
    # execute_in_process has no argument for it, and asks the instance for its run by this name.
    create = partial(instance.create_run_for_job, remote_job_origin=origin)
    vars(instance)["create_run_for_job"] = create
    try:
        yield instance
    finally:
        del vars(instance)["create_run_for_job"]
