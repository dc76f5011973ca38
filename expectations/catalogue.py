"""The table of all expectations in docs/expectations.md.

What belongs here: its rendering, and the command that puts it in place. What does not: prose.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from expectations.model import Expectation
from expectations.suites import EXPECTATIONS

BEGIN, END = "<!-- begin table -->", "<!-- end table -->"


def render(expectations: Sequence[Expectation] = EXPECTATIONS) -> str:
    """A Markdown table, one expectation a row, in their order."""
    rows = [
        f"| {e.suite} | `{e.name}` | {e.table} | {e.scope} | {e.severity} | {e.description} |"
        for e in expectations
    ]
    head = ["| suite | name | table | scope | severity | meaning |", "|---|---|---|---|---|---|"]
    return "\n".join((*head, *rows))


def with_table(document: str) -> str:
    """The document with the table between its two marks made anew."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{render()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
