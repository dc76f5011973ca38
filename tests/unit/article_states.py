"""Articles in the state that a pass meets, for tests of passes."""

from collections.abc import Callable, Iterable
from functools import cache

from etl.extract import Extractor, build_extractor
from etl.extract.article import ArticleState
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.mentions import Mention
from etl.extract.passes import run_passes
from etl.extract.spans import Spans

Step = Callable[[ArticleState], None]


@cache
def shipped_extractor() -> Extractor:
    """Loaded once per process: it takes seconds, and no test changes it."""
    return build_extractor(derived_by="test")


def state(
    texts: dict[str, str], found: Iterable[Mention] = (), gazetteer: Gazetteer | None = None
) -> ArticleState:
    """An English article of these fields, with the mentions that earlier passes left.

    The names are the shipped ones, if no others are given.
    """
    article = ArticleState(texts, "en", gazetteer or shipped_extractor().gazetteer)
    article.mentions = Spans(found)
    return article


def mentions_after(step: Step, found: Iterable[Mention], **texts: str) -> list[Mention]:
    """The mentions that a pass leaves of those found before it."""
    article = state(texts, found)
    step(article)
    return list(article.mentions)


def read_by_rules(gazetteer: Gazetteer | None = None, /, **texts: str) -> list[Mention]:
    """The mentions of an English article after every pass, without a model."""
    article = state(texts, gazetteer=gazetteer)
    run_passes(article)
    return list(article.mentions)
