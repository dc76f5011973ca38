"""What the two models of whole pages are shown, line by line: a file to be compared.

    make snapshots      # writes it anew; its diff shows which features changed

What belongs here: the features of some written pages. What does not: what the models make of
them, which tests/pages scores. The weights were fitted on features of these values: where one
changes, the model has to be fitted again.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.page_files import load_pages
from etl.parse.block_reading import BlockReading
from etl.parse.line_model import score_lines
from etl.parse.title_model import features, read_head
from etl.parse.whole_page import page_lines

FEATURES = Path(__file__).parent / "readings" / "page_features.txt"
PAGES = ("whole/en-infinite-scroll", "whole/id-daerah", "whole/pt-ao-estado", "whole/ru-agency-ria")
DIGITS = 3


def page_features() -> str:
    """A line for each line of the pages, with its features that are not zero."""
    chosen = {page.name: page.text for page in load_pages() if page.name in PAGES}
    return "".join(f"{line}\n" for name in PAGES for line in _of_page(name, chosen[name]))


def _of_page(name: str, text: str) -> Iterator[str]:
    rows = [BlockReading(block) for block in page_lines(text)]
    scores = score_lines([row.text for row in rows])
    for index in range(len(rows)):
        shown = {key: float(values[index]) for key, values in scores.features.items()}
        yield f"{name} {index} line: {_told(shown)}"
    own = [value > 0 for value in scores.values]
    head = read_head(rows, scores.values, own, own.index(True))
    for index in head.candidates:
        yield f"{name} {index} title: {_told(features(head, index))}"


def _told(found: Mapping[str, float]) -> str:
    rounded = {key: round(value, DIGITS) for key, value in found.items()}
    return " ".join(f"{key}={value:g}" for key, value in rounded.items() if value)


if __name__ == "__main__" and "--write" in sys.argv:
    FEATURES.write_text(page_features(), encoding="utf-8")
