"""Pages of any size and shape, through every stage before extraction, in linear time.

A page of one repeated piece is done at one size and at four times that size. What is linear
takes four times as long; a rule that backtracks or a loop that copies takes sixteen times and
more. Processor time, the best of some runs: what else the machine does must not count.
"""

from collections.abc import Callable

import pytest
from deliveries import raw_documents
from processor_time import processor_seconds

from etl.dates import date_articles, find_date_mentions
from etl.decode import decode_documents
from etl.identity import article_ids
from etl.parse import parse_documents
from etl.sources import attribute_sources, find_unmapped, load_registry

HEAD = " date 2024-01-19 "
STORY = (
    "Northern quay of Port Lyre closed\n\nThe harbour master of Port Lyre said on Thursday that "
    "the northern quay would stay closed until May 3, he told Reuters.\n\n"
)
MOST_GROWTH = 9.0
# Less than this says nothing of a growth: a call here and there costs as much.
LEAST_SECONDS = 0.05
RUNS = 3


@pytest.fixture(scope="module")
def run() -> Callable[[bytes], int]:
    """All stages on one document; how many articles came of it."""
    registry = load_registry()

    def stages(raw: bytes) -> int:
        documents, undecoded = decode_documents(raw_documents([raw]))
        parsed, unparsed, _ = parse_documents(documents)
        dated, undated = date_articles(parsed)
        articles = dated.with_columns(article_id=article_ids(dated))
        find_date_mentions(articles, derived_by="v1")
        attribute_sources(articles, registry, derived_by="v1")
        find_unmapped(articles, registry)
        rejected = undecoded.height + unparsed.height + undated.height
        assert rejected + articles.height == 1
        return articles.height

    stages((HEAD + STORY).encode())  # tables are read once
    return stages


def _growth(run: Callable[[bytes], int], front: str, piece: str, chars: int) -> float:
    """How much longer four times as many characters take, in the best of some runs."""
    small, large = ((front + piece * (size // len(piece))).encode() for size in (chars, 4 * chars))
    growth = MOST_GROWTH
    for _ in range(RUNS):
        least = max(LEAST_SECONDS, processor_seconds(lambda: run(small)))
        growth = min(growth, processor_seconds(lambda: run(large)) / least)
        if growth < MOST_GROWTH:
            break
    return growth


PIECES = {
    "spaces": " ",
    "empty lines": "\n",
    "one word": "a",
    "brackets": "([{<",
    "closing brackets": ")]}>",
    "dashes": "-",
    "quotes": '"',
    "typographic quotes": "“",
    "digits": "1",
    "numbers": "1 ",
    "ordinals": "1st 2nd ",
    "full stops": ". ",
    "slashes": "/",
    "bars": " | ",
    "arrows": "» ",
    "apostrophes": "don't ",
    "capitals": "A B ",
    "abbreviations": "U.S. ",
    "sentences": "The quay is closed. ",
    "short lines": "x\n",
    "table rows": "    a b\n",
    "headings": "Comments\n",
    "bylines": "By ",
    "byline lines": "By Ana Li. (ANI)\n",
    "headers": "date 2024-01-19 ",
    "half datelines": "LIMA, ",
    "datelines": "LIMA, May 3 (AP) — ",
    "nested datelines": "LIMA (AP (Reuters - ",
    "dateline lines": "KARACHI: World\n",
    "titles": "Northern quay of Port Lyre closed\n",
    "titles in a line": "Lyre wins. ",
    "credits": "x. (ANI) ",
    "sources": "Source: ",
    "endings": "He left. Enditem. ",
    "pointers": "Also read\nRain stops play\n",
    "captions": "(AP Photo/",
    "dates": "3 May 2021 ",
    "stamps": "3 May 2021 10:00 PM\n",
    "months": "may ",
    "ways of counting": "on Thursday two days after ",
    "outlets": "Reuters reported ",
    "addresses": "http://a.b/",
    "mojibake": "Ã©Â",
    "references": "&#8217;",
    "combining marks": "e\u0301",
    "invisible characters": "a\u200b",
    "another script": "港",
    "control characters": "a\x00",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize(
    "front",
    [
        pytest.param(HEAD, id="page", marks=pytest.mark.slow),
        pytest.param(HEAD + STORY, id="body"),
    ],
)
def test_time_is_linear_in_the_length(run: Callable[[bytes], int], front: str, piece: str) -> None:
    assert _growth(run, front, piece, 2_000) < MOST_GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("piece", [" ", "[", "-", '"', "1", "By ", "LIMA (AP (Reuters - "])
def test_a_megabyte_of_anything_in_one_line(run: Callable[[bytes], int], piece: str) -> None:
    text = HEAD + STORY + piece * (1_000_000 // len(piece))
    assert run(text.encode()) == 1


@pytest.mark.slow
def test_a_line_of_eight_megabytes(run: Callable[[bytes], int]) -> None:
    line = STORY.splitlines()[-1] + " "
    assert run((HEAD + STORY + line * (8_000_000 // len(line))).encode()) == 1


@pytest.mark.slow
def test_a_file_of_twenty_megabytes(run: Callable[[bytes], int]) -> None:
    paragraph = STORY.splitlines()[-1] * 8 + "\n\n"
    assert run((HEAD + STORY + paragraph * (20_000_000 // len(paragraph))).encode()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 7, 251])
def test_megabytes_of_any_bytes_are_an_article_or_quarantined(
    run: Callable[[bytes], int], step: int
) -> None:
    run(bytes(n * step % 256 for n in range(256)) * 8_000)
