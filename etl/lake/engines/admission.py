"""Which workers of a cluster get parts: those that bring what this process brings.

What belongs here: what a worker is asked before it gets its first part, what it answers, and why
it is refused. What does not: Dask (cluster.py), and the longer look at a shared home that the
doctor takes (sharing.py).
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from etl.lake.engines.outfit import Outfit, differences, outfit
from etl.locks import is_held


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a worker is asked: ``asked`` is the lock file that whoever asks holds in the home."""

    asked: Path
    spacy_model: str | None = None
    site_tables: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a worker brings, and whether it sees that file, and that it is held."""

    outfit: Outfit
    sees_file: bool
    sees_lock: bool


async def answer(question: Question) -> Answer:
    """Run on a worker, beside its loop: its heartbeat goes on."""
    return await asyncio.to_thread(_answer, question)


def _answer(question: Question) -> Answer:
    return Answer(
        outfit=outfit(question.spacy_model, question.site_tables),
        sees_file=question.asked.exists(),
        sees_lock=is_held(question.asked),
    )


def refusal(told: Answer | Exception, wanted: Outfit, question: Question) -> str:
    """Why a worker gets no part, "" where nothing speaks against it."""
    if isinstance(told, Exception):
        return f"it can't tell its versions: {type(told).__name__}: {told}"
    reasons = differences(told.outfit, wanted)
    if not told.sees_file:
        reasons.append(f"{question.asked.parent} is not the same folder there")
    elif not told.sees_lock:
        reasons.append(f"locks in {question.asked.parent} are not shared with it")
    return "; ".join(reasons)
