"""What one piece of evidence for a source is, and how strong.

What belongs here: the value and its order. What does not: finding it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from etl import schema

ORIGINS = (*schema.SOURCE_ORIGINS, "body")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One source in one role, and the words that say so.

    ``field`` and the offsets are null where a sidecar says it.
    """

    source_id: str
    role: str
    origin: str
    text: str
    field: str | None = None
    start: int | None = None
    end: int | None = None


def strongest(evidence: Iterable[Evidence]) -> list[Evidence]:
    """One piece per source and role, strongest origin first, then the first in the text."""
    best: dict[tuple[str, str], Evidence] = {}
    for piece in sorted(evidence, key=lambda e: ORIGINS.index(e.origin)):
        best.setdefault((piece.source_id, piece.role), piece)
    return list(best.values())
