"""Why each line of a page is what it is: for people who look at a page that was read wrongly.

What belongs here: telling of every line its kind and the rule or weights behind it. What does not:
reading pages (etl/parse/page.py) and printing (assets/cli/explain.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.parse.block_reading import BlockReading
from etl.parse.front_matter import find_front_matter
from etl.parse.header import split_header
from etl.parse.lines import split_blocks
from etl.parse.page import ParsedPage, parse_page
from etl.parse.whole_page import Layout, lay_out, rows_of

BODY = "body"
FIELD = "field"
LOST = "part of a line"


@dataclass(frozen=True)
class ExplainedLine:
    """A line of a page: its kind, why, and its text. ``score`` is over 0 where the model of whole
    pages takes it for the article's; None on a cleaned text.
    """

    kind: str
    why: str
    score: float | None
    text: str


def explain_page(text: str) -> Iterator[ExplainedLine]:
    """The lines of a decoded page in their order, each with what became of it and why."""
    front = find_front_matter(text)
    for name, value in (front.fields if front else {}).items():
        yield ExplainedLine(FIELD, f"front matter: {name}", None, value)
    text = front.text if front else text
    page = parse_page(text, given_title=front.fields["title"] if front else None)
    _, start = split_header(text)
    seen = [BlockReading(block) for block in split_blocks(text, start, is_raw=True)]
    layout = lay_out(seen, text)
    rows = layout.rows if layout is not None else rows_of(seen, text)
    for index, one in enumerate(rows):
        score = layout.scores.values[index] if layout is not None else None
        yield ExplainedLine(_kind(page, one), _why(one, layout, index), score, one.text)


def _kind(page: ParsedPage, one: BlockReading) -> str:
    block = one.block
    cuts = (cut for cut in page.furniture if cut.start <= block.start and block.end <= cut.end)
    if cut := next(cuts, None):
        return cut.kind
    parts = {
        "title": (page.title,),
        "byline": (page.byline or "").split("\n"),
        "stamp": page.stamps,
        "trailer": (page.trailer or "").split("\n"),
    }
    named = (name for name, texts in parts.items() if any(t and t in one.text for t in texts))
    if one.text in page.body:
        return BODY
    return next(named, BODY if any(p in one.text for p in page.body.split("\n\n") if p) else LOST)


def _why(one: BlockReading, layout: Layout | None, index: int) -> str:
    """The rule that takes the line, else what weighed most."""
    if one.rule is not None:
        return f"rule: {one.rule.name}"
    if one.credit is not None:
        return "the shape of a byline or stamp"
    if one.is_trailer:
        return "the shape of a credit or disclaimer"
    if layout is None:
        return "no rule: kept" if one.is_prose else "its place"
    return ", ".join(f"{name} {weight:+.1f}" for name, weight in layout.scores.reasons(index))
