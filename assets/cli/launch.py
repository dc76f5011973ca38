"""Run an operation's job in this process and take its report.

What belongs here: how the command line runs the job of an operation. What does not: any single
operation (assets/operations/).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import dagster as dg
from dagster._core.errors import DagsterUserCodeExecutionError

from assets.cli.origin import of_code_location
from assets.definitions import defs
from assets.progress.bar import bar_on_terminal
from assets.resources import Clock, make_resources
from assets.settings import Settings
from assets.watch.failures import interruptible
from etl.errors import DatelineError

Report = TypeVar("Report")


def run_operation(
    settings: Settings,
    instance: dg.DagsterInstance,
    job: dg.JobDefinition,
    config: dg.Config,
    report: type[Report],
    *,
    clock: Clock | None = None,
) -> Report:
    """The report of the job's only op, run with ``config``.

    Raises what the op raises, and WarehouseError where another run holds the home too long.
    """
    (op,) = job.nodes
    resources = {**make_resources(settings), **({"clock": clock} if clock else {})}
    # As config, not as objects: the job's default config already holds those of the code
    # location, and Dagster lets a default in the config win over an object.
    run_config = dg.RunConfig(ops={op.name: config}, resources=resources, loggers={"progress": {}})
    runnable = defs.resolve_job_def(job.name)
    with (
        interruptible(),
        _own_errors(),
        of_code_location(instance, job.name),
        bar_on_terminal(),
    ):
        result = runnable.execute_in_process(run_config=run_config, instance=instance)
    value = result.output_for_node(op.name)
    if not isinstance(value, report):
        raise TypeError(f"{op.name} returned {type(value).__name__}, not {report.__name__}")
    return value


@contextmanager
def _own_errors() -> Iterator[None]:
    """Unwrap an error of ours: Dagster raises an op's as it is, and wraps a resource's."""
    try:
        yield
    except DagsterUserCodeExecutionError as error:
        own = error.user_exception
        if not isinstance(own, DatelineError):
            raise
        raise own from own.__cause__
