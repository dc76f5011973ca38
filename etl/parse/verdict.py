"""The verdict: whether a parsed page is an article at all.

What belongs here: the reasons of the rule ``not_an_article``. What does not: reasons that
concern its date or country, which are later stages'.
"""

from etl.errors import Rejection
from etl.parse.bylines import split_credit
from etl.parse.entries import LEAST_ENTRIES, count_entries, says_it_is_live
from etl.parse.lines import count_words, ends_sentence, reads_as_prose
from etl.parse.page import ParsedPage

# Of title and body together: a stub of nine words is no article.
LEAST_WORDS = 10
# Five headlines and four lines of five make a list; below "Tags:", or with three dates, three do.
LEAST_HEADLINES = 5
LEAST_TAGGED_HEADLINES = 3
LEAST_LISTED_STAMPS = 3
# Three paragraphs of running text are an article, whatever list stands below them: a timeline, say.
LEAST_PROSE = 3
# The header's length and a little more.
TOP_CHARS = 40
MOST_HEADLINE_WORDS = 25


def judge(page: ParsedPage) -> Rejection | None:
    """Why the page is no article, or None."""
    words = page.word_count
    if words < LEAST_WORDS:
        return _rejection(f"{_what(page)}: {words} words, expected at least {LEAST_WORDS}")
    lines = page.body.split("\n\n")
    headlines = sum(map(_is_headline, lines))
    prose = sum(map(reads_as_prose, lines))
    if _is_live(page, lines):
        return None
    if prose < LEAST_PROSE and _is_tag_page(page) and headlines >= LEAST_TAGGED_HEADLINES:
        return _rejection(f"tag page: {headlines} headlines in {len(lines)} lines")
    if page.dateline is None and _is_headline_list(lines, headlines):
        return _rejection(f"headline list: {headlines} headlines in {len(lines)} lines")
    return None


def _is_live(page: ParsedPage, lines: list[str]) -> bool:
    """A live page or timeline is one article, short as its entries may be."""
    if not says_it_is_live(page.title or ""):
        return False
    times = sum(cut.kind == "live" for cut in page.furniture) + count_entries(lines)
    days = sum(split_credit(line) is not None for line in lines)
    return times + days >= LEAST_ENTRIES


def _rejection(detail: str) -> Rejection:
    return Rejection("not_an_article", detail)


def _what(page: ParsedPage) -> str:
    if page.body:
        return "stub"
    return "headline alone" if page.title else "caption or furniture only"


def _is_headline(paragraph: str) -> bool:
    return (
        "\n" not in paragraph
        and count_words(paragraph) <= MOST_HEADLINE_WORDS
        and not ends_sentence(paragraph.rstrip("?!…"))
    )


def _is_headline_list(lines: list[str], headlines: int) -> bool:
    return (
        headlines >= LEAST_HEADLINES
        and headlines * 5 >= len(lines) * 4
        and not any(map(reads_as_prose, lines))
    )


def _is_tag_page(page: ParsedPage) -> bool:
    """ "Tag: harbour" at the top, or a date to every headline."""
    is_tagged = any(cut.kind == "tags" and cut.start <= TOP_CHARS for cut in page.furniture)
    return page.dateline is None and (is_tagged or len(page.stamps) >= LEAST_LISTED_STAMPS)
