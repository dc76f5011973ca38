"""How well whole pages are read: ``python -m bench.page_table [docs/parsing-accuracy.md]``.

What belongs here: the figures on the pages of the corpus, with a true header and without any,
beside what else sees the same page. What does not: reading the pages (whole_pages.py) and the
figures of cleaned texts (parse.py). Nothing of the corpus is written.

The models of lines and headlines were fitted on these pages, too: what they reach on pages that
they have not seen is printed by fit_page_lines.py and fit_page_titles.py.
"""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.page_scores import Overlap, letters
from bench.whole_pages import WholePage, compare_bodies, corpus_pages
from etl.dates.articles import date_articles
from etl.parse import parse_documents, parse_page
from etl.schema import SIDECAR_COLUMNS

BEGIN, END = "<!-- begin whole pages -->", "<!-- end whole pages -->"
NIGHT = dt.date(2026, 11, 1)
LEAST_LINE_WORDS = 10


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how good, of how many."""

    name: str
    value: str
    of: int


def body_row(name: str, pages: Sequence[WholePage], found: Callable[[WholePage], str]) -> Row:
    """F1 of the mean precision and mean recall of shingles of four words."""
    precision, recall = body_figures([compare_bodies(found(page), page.body) for page in pages])
    f1 = 2 * precision * recall / (precision + recall)
    return Row(f"body, {name}", f"{f1:.3f} (P {precision:.3f}, R {recall:.3f})", len(pages))


def body_figures(overlaps: Sequence[Overlap]) -> tuple[float, float]:
    """Mean precision, 0 for a page of which nothing is found, and mean recall."""
    precision = sum(one.precision for one in overlaps if one.found) / len(overlaps)
    return precision, sum(one.recall for one in overlaps) / len(overlaps)


def long_lines(page: WholePage) -> str:
    """The page without lines of fewer than ten words."""
    lines = page.text.split("\n")
    return "\n".join(line for line in lines if len(line.split()) >= LEAST_LINE_WORDS)


def title_row(pages: Iterable[WholePage]) -> Row:
    """Titles by letters, where one stands as a line of the page."""
    asked = [p for p in pages if p.title and letters(p.title) in _lines(p)]
    right = sum(letters(parse_page(p.text).title) == letters(p.title) for p in asked)
    return Row("title right where it is a line", f"{right / len(asked):.3f}", len(asked))


def _lines(page: WholePage) -> set[str]:
    return {letters(line) for line in page.text.split("\n")}


def byline_row(pages: Iterable[WholePage]) -> Row:
    """Bylines that name every author, where all of them stand on the page."""
    asked = [p for p in pages if p.authors and _stand(p.authors, p.text)]
    right = sum(_stand(p.authors, parse_page(p.text).byline or "") for p in asked)
    return Row("byline names all authors", f"{right / len(asked):.3f}", len(asked))


def _stand(names: Iterable[str], text: str) -> bool:
    return all(letters(name) in letters(text) for name in names)


def outcome_rows(pages: Sequence[WholePage]) -> list[Row]:
    """What is rejected, and days with a true header and without one."""
    dated = [page for page in pages if page.date]
    under, rejected = _dated({p.name: f" date {p.date or '2024-01-19'} {p.text}" for p in pages})
    alone, _ = _dated({p.name: p.text for p in dated})
    true = {p.name for p in dated}
    conflicts = sum(conflict for name, (_, conflict) in under.items() if name in true)
    right = sum(_is_near(alone.get(p.name), p.date) for p in dated)
    return [
        Row("articles rejected", f"{rejected / len(pages):.3f}", len(pages)),
        Row("date_conflict under a true header", f"{conflicts / len(dated):.3f}", len(dated)),
        Row("day right without any header", f"{right / len(dated):.3f}", len(dated)),
        Row("day wrong without any header", f"{(len(alone) - right) / len(dated):.3f}", len(dated)),
    ]


def _is_near(found: tuple[dt.date, bool] | None, label: str | None) -> bool:
    """Labels are a day off where they count in another zone."""
    return found is not None and abs(found[0] - dt.date.fromisoformat(str(label)[:10])).days <= 1


def _dated(texts: dict[str, str]) -> tuple[dict[str, tuple[dt.date, bool]], int]:
    """By name the day and whether dates conflict; and how many the parser rejected."""
    given = {column.name: None for column in SIDECAR_COLUMNS}
    rows = [
        {"delivery_id": name, "file_name": name, **given, "ingested_on": NIGHT, "text": text}
        for name, text in texts.items()
    ]
    parsed, rejected, _ = parse_documents(pl.DataFrame(rows, infer_schema_length=None))
    found, _ = date_articles(parsed)
    columns = found.select("delivery_id", "published_on", "date_conflict").iter_rows()
    return {name: (day, conflict) for name, day, conflict in columns}, len(rejected)


def rows() -> list[Row]:
    """All of them, in the order of the page."""
    pages = corpus_pages()
    return [
        body_row("Dateline", pages, lambda page: parse_page(page.text).body),
        body_row("the whole text", pages, lambda page: page.text),
        body_row("lines of ten words or more", pages, long_lines),
        body_row("trafilatura on the HTML", pages, lambda page: page.rival or ""),
        title_row(pages),
        byline_row(pages),
        *outcome_rows(pages),
    ]


def render(found: Iterable[Row]) -> str:
    """A Markdown table."""
    head = ["| what | figure | of |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {row.name} | {row.value} | {row.of} |" for row in found)])


def main(arguments: list[str]) -> None:
    table = render(rows())
    if not arguments:
        sys.stdout.write(f"{table}\n")
        return
    path = Path(arguments[0])
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    page = f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
