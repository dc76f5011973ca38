"""A corrected registry: what it is said not to touch comes out the same under either."""

import datetime
from collections.abc import Callable

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import schema
from etl.sources import attribute_sources, find_touched, find_unmapped

REGISTRY_SCHEMA = pl.Schema(
    {
        **schema.SOURCES.only(
            ("source_id", "name", "kind", "country_code", "homepage", "aliases")
        ).polars_schema,
        "weak_names": pl.List(pl.String),
    },
)
NAMES = (
    "Lyre Post",
    "The Lyre Post",
    "LYRE POST",
    "Lyre Post Agency",
    "The Quay",
    "Quay",
    "QW",
    "EXW",
    "Exw",
    "ANI",
    "Ölberg-Zeitung",
    "O\u0308lberg Zeitung",
    "News Day",
    "NewsDay",
    "Example's Wire",
    "Post™",
    "7",
    "!!!",
    "Time",
)
IDS = ("ani", "exw", "lyre-post", "olberg", "quay")
HOMES = (None, "lyre.example", "post.lyre.example", "quay.example")
LINES = st.fixed_dictionaries(
    {
        "source_id": st.sampled_from(IDS),
        "name": st.sampled_from(NAMES),
        "kind": st.sampled_from(["agency", "newspaper"]),
        "homepage": st.sampled_from(HOMES),
        "aliases": st.lists(st.sampled_from(NAMES), max_size=3),
        "is_weak": st.booleans(),
    }
)
REGISTRIES = st.lists(
    LINES,
    max_size=4,
    unique_by=(
        lambda line: line["source_id"],
        lambda line: line["homepage"] or line["source_id"],
    ),
)


def _registry(lines: list[dict[str, object]]) -> pl.DataFrame:
    rows = [
        {
            "source_id": line["source_id"],
            "name": line["name"],
            "kind": line["kind"],
            "country_code": None,
            "homepage": line["homepage"],
            "aliases": line["aliases"],
            "weak_names": [line["name"]] if line["is_weak"] else [],
        }
        for line in lines
    ]
    return pl.DataFrame(rows, schema=REGISTRY_SCHEMA, orient="row")


def _shapes(*templates: str) -> Callable[[], st.SearchStrategy[str | None]]:
    name = st.sampled_from([*NAMES, "Weldon Herald", "the Quay", "quay"])
    filled = st.builds(
        lambda template, one, two: template.replace("@", one).replace("#", two),
        st.sampled_from(templates),
        name,
        name,
    )
    return lambda: st.none() | filled | st.text("@Qu ay7-.’'\n/©", max_size=12)


ARTICLES = st.lists(
    st.fixed_dictionaries(
        {
            "given_publisher": _shapes("@", "@ - World", "www.lyre.example", "https://@.example/x")(),
            "marked_publisher": _shapes("@", "@ - World")(),
            "given_url": st.none()
            | st.sampled_from(["https://a.post.lyre.example/b", "quay.example", "@"]),
            "marked_url": st.none() | st.sampled_from(["https://a.post.lyre.example/c", "@"]),
            "title": _shapes("Quay closed | @", "@ closed")(),
            "byline": _shapes("By Ana Li, @", "Ana Li @ and #", "@ staff", "@")(),
            "dateline": _shapes(
                "LIMA, May 3 (@) —", "LIMA, @ --", "@ | Lima |", "Lima [Peru], May 3 :", "LIMA /@/"
            )(),
            "trailer": _shapes(
                "Source: @", "©2024@", "copyright@", "@/#", "syndicated from @\n#",
                "Source: A very long name of an outlet that goes on and on and on @",
            )(),
            "body": _shapes(
                "@: It rained. He told @ on Friday.\n\nIt was wet, # reported.",
                "LIMA, @. It rained. (#)",
                "It rained, the @\nreported. " + "Long. " * 30 + "(Source: #)",
                "It rained. @",
            )().map(lambda body: body or ""),
        }
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def _full(articles: pl.DataFrame, registry: pl.DataFrame) -> dict[str, list[tuple[object, ...]]]:
    attribution, evidence = attribute_sources(articles, registry, derived_by="rules")
    unmapped = find_unmapped(articles, registry)
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in articles["delivery_id"]}
    for frame in (attribution, evidence, unmapped):
        for row in frame.iter_rows(named=True):
            rows[row["delivery_id"]].append(tuple(row.values()))
    return rows


def _articles(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    names = (
        "given_publisher",
        "marked_publisher",
        "given_url",
        "marked_url",
        "title",
        "byline",
        "dateline",
        "trailer",
        "body",
    )
    texts = dict.fromkeys(("delivery_id", "article_id", *names), pl.String())
    numbered = [
        {"delivery_id": f"d{n}", "article_id": f"a{n}", **row} for n, row in enumerate(rows)
    ]
    night = pl.lit(datetime.date(2024, 1, 19)).alias("ingested_on")
    return pl.DataFrame(numbered, schema=texts, orient="row").with_columns(night)


@given(REGISTRIES, REGISTRIES, ARTICLES)
@settings(deadline=None)
def test_untouched_articles_come_out_the_same(
    earlier: list[dict[str, object]],
    now: list[dict[str, object]],
    rows: list[dict[str, str | None]],
) -> None:
    articles, first, second = _articles(rows), _registry(earlier), _registry(now)
    touched = set(find_touched(articles, first, second))
    before, after = _full(articles, first), _full(articles, second)
    differing = {name for name in before if before[name] != after[name]}
    assert differing <= touched


@given(REGISTRIES, ARTICLES)
@settings(deadline=None)
def test_the_same_registry_touches_nothing(
    lines: list[dict[str, object]], rows: list[dict[str, str | None]]
) -> None:
    registry = _registry(lines)
    assert find_touched(_articles(rows), registry, registry.reverse()) == []
