"""Where the development corpus lies: ``DATELINE_CORPUS``, default ../shared/corpus.

What belongs here: the one place that says so, without loading anything. What does not: reading it
(corpus.py).
"""

import os
from pathlib import Path


def corpus_folder() -> Path:
    """The open part: raw files in ``in``, labels in ``gold``."""
    return Path(os.environ.get("DATELINE_CORPUS", "../shared/corpus")) / "dev"
