"""Which articles a corrected registry touches."""

import polars as pl
import pytest

from etl.schema import SOURCES
from etl.sources import find_touched

FIELDS = (
    *("given_publisher", "given_url", "marked_publisher"),
    *("title", "byline", "dateline", "trailer", "body"),
)
BODY = "It rained in Weldon on Friday."
LINES = {
    "exw": ("Example Wire", "agency", "wire.example", ["EXW"], ["EXW"]),
    "lyre-post": ("Lyre Post", "newspaper", "lyre.example", ["LP"], []),
    "ani": ("ANI", "agency", None, [], []),
}


def registry(**changed: tuple[object, ...] | None) -> pl.DataFrame:
    """The registry with some lines changed, added or, where None, removed."""
    rows = [
        (source_id, name, kind, None, homepage, aliases, weak)
        for source_id, line in {**LINES, **changed}.items()
        if line is not None
        for name, kind, homepage, aliases, weak in [line]
    ]
    columns = {**SOURCES.polars_schema, "weak_names": pl.List(pl.String)}
    order = ("source_id", "name", "kind", "country_code", "homepage", "aliases", "weak_names")
    return pl.DataFrame(rows, schema={name: columns[name] for name in order}, orient="row")


def is_touched(now: pl.DataFrame, **fields: str) -> bool:
    article = {**dict.fromkeys(FIELDS), "body": BODY, **fields}
    texts = dict.fromkeys(FIELDS, pl.String())
    frame = pl.DataFrame([article], schema=texts).with_columns(delivery_id=pl.lit("d1"))
    return find_touched(frame, registry(), now) == ["d1"]


WELDON = registry(weldon=("Weldon Herald", "newspaper", "herald.example", [], []))


@pytest.mark.parametrize(
    "fields",
    [
        {"given_publisher": "WELDON HERALD - World"},
        {"given_url": "https://www.herald.example/rain"},
        {"title": "Rain | Weldon Herald"},
        {"byline": "Ana Li, Weldon Herald"},
        {"dateline": "WELDON (Weldon-Herald) —"},
        {"trailer": "Source: the Weldon Herald"},
        {"trailer": "©2024Weldon Herald"},
        {"body": f"{BODY} He told the Weldon\nHerald so. " + "And so on. " * 40},
        {"body": f"{BODY} (Weldon Herald)"},
    ],
)
def test_an_added_outlet_touches_the_articles_that_name_it(fields: dict[str, str]) -> None:
    assert is_touched(WELDON, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"trailer": "Source: Weldon"},
        {"title": "Herald of spring seen in Weldon"},
        {"given_url": "https://otherherald.example/rain"},
        {"body": "The Lyre Post reported it."},
        {"byline": "Ana Li, Lyre Post"},
    ],
)
def test_other_articles_are_not_touched(fields: dict[str, str]) -> None:
    assert not is_touched(WELDON, **fields)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(registry(**{"lyre-post": None}), id="removed"),
        pytest.param(
            registry(other=("Lyre Post", "newspaper", None, [], [])), id="newly ambiguous"
        ),
        pytest.param(
            registry(**{"lyre-post": ("Lyre Post", "agency", "lyre.example", ["LP"], [])}),
            id="another kind",
        ),
        pytest.param(
            registry(
                **{"lyre-post": ("Lyre Post", "newspaper", "lyre.example", ["LP"], ["Lyre Post"])}
            ),
            id="weak",
        ),
    ],
)
def test_a_changed_outlet_touches_the_articles_that_name_it(now: pl.DataFrame) -> None:
    assert is_touched(now, byline="Ana Li, Lyre Post")
    assert not is_touched(now, byline="Ana Li, EXW")
    assert not is_touched(now)


def test_another_country_touches_no_article() -> None:
    now = registry().with_columns(country_code=pl.lit("KE"))
    assert not is_touched(now, byline="Ana Li, Lyre Post", given_url="https://lyre.example")


def test_a_moved_homepage_touches_the_addresses_alone() -> None:
    now = registry(**{"lyre-post": ("Lyre Post", "newspaper", "post.example", ["LP"], [])})
    assert is_touched(now, given_url="https://lyre.example/rain")
    assert is_touched(now, given_publisher="post.example")
    assert not is_touched(now, byline="Ana Li, Lyre Post")


def test_a_house_style_goes_with_its_agency() -> None:
    now = registry(ani=("ANI", "newspaper", None, [], []))
    assert is_touched(now, dateline="Weldon [Lyria], March 3 :")
    assert not is_touched(now, dateline="WELDON, March 3 —")


def test_a_name_without_letters_could_stand_anywhere() -> None:
    assert is_touched(registry(odd=("!!!", "newspaper", None, [], [])))
