"""What a step costs: time, words and memory.

What belongs here: measuring this process and its workers. What does not: counting documents.
"""

import resource
import sys

MIB = 2**20


def peak_memory() -> dict[str, float]:
    """Most memory that this process, and its largest finished worker, ever held, in MiB.

    Both are peaks since the process began: in a run, over all its steps so far.
    """
    peaks = {"peak_memory_mib": resource.RUSAGE_SELF, "peak_worker_mib": resource.RUSAGE_CHILDREN}
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        name: round(resource.getrusage(who).ru_maxrss * unit / MIB, 1)
        for name, who in peaks.items()
    }


def speed(*, words: int, documents: int, seconds: float) -> dict[str, float]:
    """Words and documents a second of what was done; nothing where nothing was."""
    if not documents or seconds <= 0:
        return {}
    return {
        "words_per_second": round(words / seconds, 1),
        "documents_per_second": round(documents / seconds, 2),
    }
