"""How well whole pages are read: ``python -m bench.page_table [docs/parsing-accuracy.md]``.

What belongs here: the figures on the pages of the corpus as text under a true header, as text
without any, and as HTML, beside what else reads them. What does not: the readers
(page_readers.py), the pages (whole_pages.py) and the figures of cleaned texts (parse.py).
Nothing of the corpus is written.

The models of lines and headlines were fitted on these pages, too: what they reach on pages that
they have not seen is printed by fit_page_lines.py and fit_page_titles.py.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.page_readers import (
    Reading,
    Readings,
    each,
    long_lines,
    read_by_readability,
    read_by_trafilatura,
    read_html,
    read_texts,
    whole_text,
)
from bench.page_scores import Overlap, letters
from bench.whole_pages import WholePage, compare_bodies, corpus_pages

BEGIN, END = "<!-- begin whole pages -->", "<!-- end whole pages -->"
NONE = Reading()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A reader of the table: what it made of the pages, and what of it is asked.

    ``sees`` is what it was shown, ``text`` or ``html``: a title or name that does not stand there
    is not asked. ``knows`` are the fields it looks for.
    """

    name: str
    sees: str
    knows: frozenset[str]
    readings: Readings
    under_true_date: Readings | None = None

    def of(self, page: WholePage) -> Reading:
        return self.readings.get(page.name, NONE)


@dataclass(frozen=True)
class Figure:
    """A share of pages, and of how many."""

    value: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} of {self.of}"


Measure = Callable[[Column, Sequence[WholePage]], Figure | None]


def precision(column: Column, pages: Sequence[WholePage]) -> Figure:
    return Figure(body_figures(_overlaps(column, pages))[0], len(pages))


def recall(column: Column, pages: Sequence[WholePage]) -> Figure:
    return Figure(body_figures(_overlaps(column, pages))[1], len(pages))


def f1(column: Column, pages: Sequence[WholePage]) -> Figure:
    """Of the mean precision and the mean recall of shingles of four words."""
    p, r = body_figures(_overlaps(column, pages))
    return Figure(2 * p * r / (p + r), len(pages))


def _overlaps(column: Column, pages: Sequence[WholePage]) -> list[Overlap]:
    return [compare_bodies(column.of(page).body, page.body) for page in pages]


def body_figures(overlaps: Sequence[Overlap]) -> tuple[float, float]:
    """Mean precision, 0 for a page of which nothing is found, and mean recall."""
    precision = sum(one.precision for one in overlaps if one.found) / len(overlaps)
    return precision, sum(one.recall for one in overlaps) / len(overlaps)


def title_on_page(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    """By letters, where the title stands on the page as a line of its own."""
    return _titles(column, [page for page in pages if page.title and is_title_a_line(page)])


def title_in_markup(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    """Of all: a label may be what the markup says for search engines, and no reader sees."""
    return _titles(column, [p for p in pages if p.title]) if column.sees == "html" else None


def _titles(column: Column, asked: Sequence[WholePage]) -> Figure | None:
    if "title" not in column.knows:
        return None
    right = sum(letters(column.of(p).title or "") == letters(p.title or "") for p in asked)
    return Figure(right / len(asked), len(asked))


def is_title_a_line(page: WholePage) -> bool:
    return letters(page.title or "") in {letters(line) for line in page.text.split("\n")}


def byline_right(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    """Whether it names every author, where all of them stand in what the reader sees."""
    if "byline" not in column.knows:
        return None
    shown = {page.name: page.html or "" if column.sees == "html" else page.text for page in pages}
    asked = [p for p in pages if p.authors and _stand(p.authors, shown[p.name])]
    right = sum(_stand(p.authors, column.of(p).byline or "") for p in asked)
    return Figure(right / len(asked), len(asked))


def _stand(names: Iterable[str], text: str) -> bool:
    found = letters(text)
    return all(letters(name) in found for name in names)


def rejected(column: Column, pages: Sequence[WholePage]) -> Figure:
    """Articles of which nothing is found."""
    lost = sum(not column.of(page).body.strip() for page in pages)
    return Figure(lost / len(pages), len(pages))


def conflicts(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    """``date_conflict`` where the date that was delivered is right: each is false."""
    dated = [page for page in pages if page.date]
    if column.under_true_date is None:
        return None
    found = [column.under_true_date.get(page.name, NONE) for page in dated]
    return Figure(sum(reading.has_conflict for reading in found) / len(dated), len(dated))


def day_right(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    return _days(column, pages, lambda page: is_near(column.of(page), page))


def day_wrong(column: Column, pages: Sequence[WholePage]) -> Figure | None:
    return _days(
        column,
        pages,
        lambda page: column.of(page).day is not None and not is_near(column.of(page), page),
    )


def _days(
    column: Column, pages: Sequence[WholePage], holds: Callable[[WholePage], bool]
) -> Figure | None:
    dated = [page for page in pages if page.date]
    if "day" not in column.knows:
        return None
    return Figure(sum(map(holds, dated)) / len(dated), len(dated))


def is_near(reading: Reading, page: WholePage) -> bool:
    """Labels are a day off where they count in another zone."""
    if reading.day is None or page.day is None:
        return False
    return abs((reading.day - page.day).days) <= 1


MEASURES: dict[str, Measure] = {
    "body, F1": f1,
    "body, precision": precision,
    "body, recall": recall,
    "title right where it is a line": title_on_page,
    "title right, all of them": title_in_markup,
    "byline names all authors": byline_right,
    "articles of which nothing is found": rejected,
    "false `date_conflict`": conflicts,
    "day right": day_right,
    "day wrong": day_wrong,
}
ALL = frozenset({"title", "byline", "day"})


def own_columns(pages: Sequence[WholePage]) -> list[Column]:
    """Dateline's readings of text and HTML; a day that was delivered is not asked."""
    under = read_texts(pages, is_dated=True)
    return [
        Column(
            name="text under a true header",
            sees="text",
            knows=ALL - {"day"},
            readings=under,
            under_true_date=under,
        ),
        Column(
            name="text alone", sees="text", knows=ALL, readings=read_texts(pages, is_dated=False)
        ),
        html_column(pages),
    ]


def html_column(pages: Sequence[WholePage]) -> Column:
    """Its conflicts are those with a true day that came beside the page."""
    alone, under = read_html(pages)
    return Column(name="HTML", sees="html", knows=ALL, readings=alone, under_true_date=under)


def other_columns(pages: Sequence[WholePage]) -> list[Column]:
    """Tools that read the HTML, and what anybody can do to a text."""
    title = frozenset({"title"})
    none = frozenset[str]()
    return [
        _other("trafilatura, HTML", "html", ALL, each(read_by_trafilatura, pages)),
        _other("readability, HTML", "html", title, each(read_by_readability, pages)),
        _other("the whole text", "text", none, each(whole_text, pages)),
        _other("lines of ten words or more", "text", none, each(long_lines, pages)),
    ]


def _other(name: str, sees: str, knows: frozenset[str], readings: Readings) -> Column:
    return Column(name=name, sees=sees, knows=knows, readings=readings)


def render(columns: Sequence[Column], pages: Sequence[WholePage]) -> str:
    """A Markdown table: a row for each measure."""
    head = f"| what | {' | '.join(column.name for column in columns)} |"
    lines = [head, "|---" * (len(columns) + 1) + "|"]
    for name, measure in MEASURES.items():
        cells = (measure(column, pages) for column in columns)
        lines.append(f"| {name} | {' | '.join(str(c) if c else '' for c in cells)} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    pages = corpus_pages()
    table = render([*own_columns(pages), *other_columns(pages)], pages)
    if not arguments:
        sys.stdout.write(f"{table}\n")
        return
    path = Path(arguments[0])
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    page = f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
