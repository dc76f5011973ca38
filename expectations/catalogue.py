"""The tables of all expectations and thresholds in docs/expectations.md.

What belongs here: their rendering, and the command that puts them in place. What does not: prose.
"""

import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from expectations.model import Expectation
from expectations.suites import EXPECTATIONS, Thresholds

MARKS = "<!-- begin {name} -->", "<!-- end {name} -->"


def render(expectations: Sequence[Expectation] = EXPECTATIONS) -> str:
    """A Markdown table, one expectation a row, in their order."""
    rows = [
        f"| {e.suite} | `{e.name}` | {e.table} | {e.scope} | {e.severity} | {e.description} |"
        for e in expectations
    ]
    head = ["| suite | name | table | scope | severity | meaning |", "|---|---|---|---|---|---|"]
    return "\n".join((*head, *rows))


def render_thresholds() -> str:
    """A Markdown table, one threshold a row, with its default."""
    rows = [
        f"| `{field.name}` | {field.default} | {field.metadata['meaning']} |"
        for field in fields(Thresholds)
    ]
    return "\n".join(("| threshold | default | meaning |", "|---|---|---|", *rows))


def with_tables(document: str) -> str:
    """The document with the tables between their marks made anew."""
    document = _replace(document, "thresholds", render_thresholds())
    return _replace(document, "table", render())


def _replace(document: str, name: str, table: str) -> str:
    begin, end = (mark.format(name=name) for mark in MARKS)
    before, rest = document.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{table}\n{end}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
