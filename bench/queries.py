"""docs/queries.md: the questions of the guide with their answers from the sample.

    python -m bench.queries HOME/warehouse/dateline.duckdb [--write]

What belongs here: laying out questions and answers as Markdown. What does not: the questions
(etl/schema/views/guide.sql).
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb

from etl.schema.views.guide import Question, guide

PAGE = Path(__file__).parents[1] / "docs" / "queries.md"
MOST_ROWS, MOST_CHARS = 5, 70
HEAD = """\
# Questions

What people ask of the file, with the SQL that answers it. The file has them, too: `FROM guide`.
The answers are the first rows from `data/sample`, of the day when this page was written by
`make queries`; that the questions run is tested.
"""


def page(con: duckdb.DuckDBPyConnection) -> str:
    """The whole document, the answers from an open file."""
    parts = groupby(guide(), key=lambda question: question.part)
    lines = (line for part, questions in parts for line in _part(con, part, questions))
    return HEAD + "\n" + "\n".join(lines).rstrip() + "\n"


def _part(
    con: duckdb.DuckDBPyConnection, part: str, questions: Iterator[Question]
) -> Iterator[str]:
    yield f"## {part}"
    yield ""
    for question in questions:
        yield f"**{question.question}** {question.shows[0].upper()}{question.shows[1:]}."
        yield ""
        yield f"```sql\n{question.sql}\n```"
        yield ""
        yield from _answer(con, question.sql)
        yield ""


def _answer(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[str]:
    answer = con.execute(sql)
    yield _row([name for name, *_ in answer.description or ()])
    yield _row(["---"] * len(answer.description or ()))
    yield from (_row([*map(_cell, row)]) for row in answer.fetchmany(MOST_ROWS))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    if value is None:
        return ""
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    shown = " ".join(shown.replace("|", "/").split())
    return shown if len(shown) <= MOST_CHARS else f"{shown[: MOST_CHARS - 1]}…"


def main(arguments: list[str]) -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    with duckdb.connect(str(chosen.file), read_only=True) as con:
        text = page(con)
    if chosen.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
