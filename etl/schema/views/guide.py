"""Questions that people ask of the file, each with its SQL: ``FROM guide`` is enough to start.

What belongs here: reading guide.sql, where a question is written as

    -- # Heading of a part
    -- The question?
    -- shows: what its answer has
    SELECT ...;

What does not: the views that the questions use (analysts.py), and their answers (docs/queries.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("guide.sql")
ENTRY = re.compile(
    r"-- # (?P<part>[^\n]+)\n|-- (?P<question>[^\n#][^\n]*)\n-- shows: (?P<shows>[^\n]+)\n"
    r"(?P<sql>(?:(?!-- )[^\n]+\n)+)"
)


@dataclass(frozen=True)
class Question:
    """A question under the heading of its part, its SQL, and a line on what the answer has."""

    part: str
    question: str
    sql: str
    shows: str


@cache
def guide() -> tuple[Question, ...]:
    """All questions in their order."""
    return tuple(_questions(FILE.read_text(encoding="utf-8")))


def _questions(text: str) -> Iterator[Question]:
    part = ""
    for found in ENTRY.finditer(text):
        if found["part"]:
            part = found["part"]
        else:
            sql = found["sql"].strip().removesuffix(";")
            yield Question(part, found["question"], sql, found["shows"])
