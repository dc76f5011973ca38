"""Articles in the state that a pass meets, for tests of passes."""

from collections.abc import Callable, Iterable
from functools import cache

from etl.extract.article import ArticleState
from etl.extract.gazetteer.dictionary import Gazetteer, load_gazetteer
from etl.extract.mentions import Mention
from etl.extract.passes import run_passes
from etl.extract.spans import Spans

Step = Callable[[ArticleState], None]


@cache
def gazetteer() -> Gazetteer:
    """The shipped one, read once for all tests of a process."""
    return load_gazetteer()


def state(
    texts: dict[str, str], found: Iterable[Mention] = (), *, lang: str = "en"
) -> ArticleState:
    """An article of these fields, with the mentions that earlier passes left."""
    article = ArticleState(texts, lang, gazetteer())
    article.mentions = Spans(found)
    return article


def mentions_after(step: Step, found: Iterable[Mention], **texts: str) -> list[Mention]:
    """The mentions that a pass leaves of those found before it."""
    article = state(texts, found)
    step(article)
    return list(article.mentions)


def read_by_rules(**texts: str) -> list[Mention]:
    """The mentions of an English article after every pass, without a model."""
    article = state(texts)
    run_passes(article)
    return list(article.mentions)
