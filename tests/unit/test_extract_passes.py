"""The order of passes: documented, complete, and each pass held to what its docstring says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from article_states import state

from etl.extract import Extractor, passes
from etl.extract.article import ArticleState, read_article
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.golden import load_passages
from etl.extract.mentions import Mention
from etl.extract.passes import PASSES, Pass, Scope, run_passes
from training.evaluate import EVALUATION, read_rows

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
EFFECTS = ("Adds", "Changes", "Drops")
FOREIGN = {
    "de": "Der Kanzler reiste von Berlin nach Frankreich, zur Weltbank und nach Lima.",
    "sl": "Minister je obiskal Rusijo, nato pa Nemčijo in Berlin.",
}


def documented(mark: str) -> list[list[str]]:
    """The cells of the rows of a table of the page, below its head."""
    table = PAGE.split(f"<!-- {mark} -->\n", 1)[1].split("\n<!-- end", 1)[0]
    return [[cell.strip(" `") for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


def test_the_page_lists_every_pass_in_order() -> None:
    listed = [(row[1], row[2], row[3].replace("`", "")) for row in documented("order")]
    assert listed == [(p.name, p.scope, p.summary.replace("`", "")) for p in PASSES], (
        "python -m bench.passes --write"
    )


def test_the_page_has_the_figures_of_every_pass_in_order() -> None:
    assert [row[0] for row in documented("figures")][1:] == [p.name for p in PASSES]


def test_every_module_of_the_folder_is_one_pass() -> None:
    modules = {path.stem for path in Path(passes.__file__).parent.glob("[!_]*.py")}
    assert sorted(modules) == sorted(p.name for p in PASSES)


def said_effects(step: Pass) -> dict[str, str]:
    """What the module says that the pass adds, changes and drops."""
    text = step.module.__doc__ or ""
    found = re.findall(r"^(Adds|Changes|Drops): (.*?)(?=^[A-Z]\w+: |\n\n|\Z)", text, re.M | re.S)
    return {effect: " ".join(what.split()) for effect, what in found}


@pytest.mark.parametrize("step", PASSES, ids=lambda p: p.name)
def test_every_pass_says_what_it_may_add_change_and_drop(step: Pass) -> None:
    said = said_effects(step)
    assert tuple(said) == EFFECTS
    assert step.summary.endswith(".")
    assert set(said.values()) != {"nothing."}


@pytest.fixture(scope="module")
def articles(extractor: Extractor) -> list[ArticleState]:
    """Every golden and evaluation passage with the model's spans, and two foreign texts."""
    texts = [dict(p.texts) for p in load_passages()]
    texts += [{"body": p.text} for f in EVALUATION.glob("*.jsonl") for p in read_rows(f)]
    empty = {"title": None, "dateline": None, "body": None}
    rows = [{**empty, **fields, "language_code": "en"} for fields in texts]
    rows += [{**empty, "body": body, "language_code": code} for code, body in FOREIGN.items()]
    return list(extractor.read(rows))


def effects(before: list[Mention], after: list[Mention]) -> Iterator[str]:
    """What became of mentions: added where none stood, dropped without trace, or changed."""
    for mention in after:
        if not any(touch(mention, other) for other in before):
            yield "Adds"
        elif mention not in before:
            yield "Changes"
    for mention in before:
        if not any(touch(mention, other) for other in after):
            yield "Drops"


def touch(one: Mention, other: Mention) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def test_no_pass_does_what_it_says_it_does_not(articles: list[ArticleState]) -> None:
    done: dict[str, set[str]] = {step.name: set() for step in PASSES}
    for article in map(replace, articles):
        for step in PASSES:
            before = list(article.modelled), list(article.mentions)
            run_passes(article, (step,))
            after = list(article.modelled), list(article.mentions)
            for old, new in zip(before, after, strict=True):
                done[step.name].update(effects(old, new))
    forbidden = {
        p.name: {e for e, what in said_effects(p).items() if what == "nothing."} for p in PASSES
    }
    assert {
        name: found & forbidden[name] for name, found in done.items() if found & forbidden[name]
    } == {}
    reading = [step.name for step in PASSES[: [p.name for p in PASSES].index("rule_mentions")]]
    assert [name for name in reading if done[name]] == []


def test_an_article_can_be_read_without_any_one_pass(articles: list[ArticleState]) -> None:
    for step in PASSES:
        for article in map(replace, articles[::40] + articles[-2:]):
            run_passes(article, (other for other in PASSES if other is not step))


@pytest.mark.parametrize(
    ("language", "unseen"),
    [("en", Scope.OTHER), ("en-GB", Scope.OTHER), ("und", Scope.OTHER), ("de", Scope.ENGLISH)],
)
def test_a_pass_sees_the_articles_of_its_languages(
    gazetteer: Gazetteer, language: str, unseen: Scope
) -> None:
    seen: list[Scope] = []
    steps = [Pass(lambda _, scope=scope: seen.append(scope), scope) for scope in Scope]  # type: ignore[misc]
    row = {"title": None, "dateline": None, "body": "Lima.", "language_code": language}
    run_passes(read_article(row, gazetteer), steps)
    assert seen == [scope for scope in Scope if scope is not unseen]


def test_an_article_taken_anew_is_as_before_any_pass() -> None:
    article = state({"body": "Minister Amina Okafor left Kenya."})
    run_passes(article)
    fresh = replace(article)
    assert len(article.mentions) == 2
    assert len(fresh.mentions) == 0
    assert fresh.fields["body"].matches == []
