"""The verdict: whether a parsed page is an article at all.

What belongs here: the reasons of the rule ``not_an_article``. What does not: reasons that
concern its date or country, which are later stages'.
"""

from etl.errors import Rejection
from etl.parse.lines import count_words, ends_sentence, reads_as_prose
from etl.parse.page import ParsedPage

LEAST_WORDS = 10
LEAST_HEADLINES = 5
MOST_HEADLINE_WORDS = 25


def judge(page: ParsedPage) -> Rejection | None:
    """Why the page is no article, or None."""
    words = page.word_count
    if words < LEAST_WORDS:
        return _rejection(f"{_what(page)}: {words} words, expected at least {LEAST_WORDS}")
    paragraphs = page.body.split("\n\n")
    headlines = [paragraph for paragraph in paragraphs if _is_headline(paragraph)]
    if page.dateline is None and _is_headline_list(paragraphs, headlines):
        return _rejection(f"headline list: {len(headlines)} of {len(paragraphs)} lines")
    return None


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


def _is_headline_list(paragraphs: list[str], headlines: list[str]) -> bool:
    return (
        len(headlines) >= LEAST_HEADLINES
        and not any(map(reads_as_prose, paragraphs))
        and len(headlines) * 5 >= len(paragraphs) * 4
    )
