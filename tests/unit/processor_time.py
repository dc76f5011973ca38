"""Whether a piece of work stays within a bound of processor time."""

import time
from collections.abc import Callable

RUNS = 3


def processor_seconds(work: Callable[[], object]) -> float:
    """What one run takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def takes_at_most(seconds: float, work: Callable[[], object]) -> bool:
    """Whether one of some runs does: a machine with other work may be slow in any one of them."""
    return any(processor_seconds(work) < seconds for _ in range(RUNS))
