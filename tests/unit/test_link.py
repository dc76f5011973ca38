"""Bare names across articles: whom they mean, and when they stay alone.

The names are invented; "Brankov" and "Okwuosa" stand in no list of surnames, "Smith" and "Moss" do.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from etl.link import LINK_SCHEMA, link_bare_names
from etl.warehouse.name_rules import (
    EPOCH,
    given_name_countries,
    name_rules,
    office_holders,
)

NAME_SCHEMA = {
    "article_id": pl.String(),
    "day": pl.Int32(),
    "label": pl.String(),
    "name": pl.String(),
    "entity_id": pl.String(),
    "is_titled": pl.Boolean(),
}
COUNTRY_SCHEMA = {
    "article_id": pl.String(),
    "country_code": pl.String(),
    "is_focus": pl.Boolean(),
}


@dataclass(frozen=True, kw_only=True)
class News:
    """One article: ``day`` counts from 2024-03-01; names by label; ``aside`` is out of focus.

    ``is_titled``: its persons stand behind a title.
    """

    day: int = 0
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ("KE",)
    aside: tuple[str, ...] = ()
    is_titled: bool = False


def links(*news: News, seed: int | None = None) -> list[dict[str, object]]:
    """The links of all articles, which are named a0, a1 ... in their order."""
    names: list[tuple[object, ...]] = []
    countries: list[tuple[object, ...]] = []
    first = (date(2024, 3, 1) - EPOCH).days
    for number, one in enumerate(news):
        of = {"PERSON": one.persons, "ORG": one.organisations, "PLACE": one.places}
        names += [
            (f"a{number}", first + one.day, label, name, f"{label}:{name}", one.is_titled)
            for label, some in of.items()
            for name in some
        ]
        countries += [(f"a{number}", code, True) for code in one.countries]
        countries += [(f"a{number}", code, False) for code in one.aside]
    if seed is not None:
        random.Random(seed).shuffle(names)
        random.Random(seed).shuffle(countries)
    return link_bare_names(
        pl.DataFrame(names, schema=NAME_SCHEMA, orient="row"),
        pl.DataFrame(countries, schema=COUNTRY_SCHEMA, orient="row"),
        office_holders(),
        wanted=pl.Series([f"a{number}" for number in range(len(news))], dtype=pl.String()),
        rules=name_rules(),
        given_in=given_name_countries(),
    ).to_dicts()


def linked(*news: News) -> list[tuple[object, object]]:
    return [(link["entity_id"], link["linked_entity_id"]) for link in links(*news)]


BARE = News(persons=("Brankov",))
FULL = News(persons=("Ivo Brankov",))
MEANT = [("PERSON:Brankov", "PERSON:Ivo Brankov")]


def test_a_bare_name_is_linked_to_the_full_one_of_those_days() -> None:
    found = links(BARE, News(day=3, persons=("Ivo Brankov",)), News(day=-2, persons=FULL.persons))
    assert found == [
        {
            "article_id": "a0",
            "entity_id": "PERSON:Brankov",
            "linked_entity_id": "PERSON:Ivo Brankov",
            "method": "family_name",
            "evidence": "Ivo Brankov",
            "nearest_id": "a2",
            "bearer_count": 2,
            "rival_count": 0,
            "country_code": "KE",
            "names": [],
            "score": 0.8,
        }
    ]


def test_nothing_at_all_is_no_link() -> None:
    assert links() == [] and links(BARE) == []
    empty = pl.DataFrame(schema=NAME_SCHEMA)
    none = link_bare_names(
        empty,
        pl.DataFrame(schema=COUNTRY_SCHEMA),
        office_holders(),
        wanted=pl.Series([], dtype=pl.String()),
        rules=name_rules(),
        given_in=[],
    )
    assert none.schema == LINK_SCHEMA and none.is_empty()


def test_one_article_that_has_only_the_country_in_common_is_not_enough() -> None:
    assert linked(BARE, FULL) == []
    assert linked(BARE, FULL, FULL) == MEANT


@pytest.mark.parametrize(("days", "expected"), [(14, MEANT), (15, []), (-14, MEANT), (-15, [])])
def test_the_news_of_fourteen_days_before_and_after_counts(
    days: int, expected: list[tuple[object, object]]
) -> None:
    far = News(day=days, persons=("Ivo Brankov",))
    assert linked(BARE, far, far) == expected


def test_a_common_name_needs_more() -> None:
    smith, full = News(persons=("Smith",)), News(persons=("Ada Smith",))
    assert linked(smith, *[full] * 5) == []
    assert linked(smith, *[full] * 6) == [("PERSON:Smith", "PERSON:Ada Smith")]


def test_who_is_named_by_title_and_surname_alone_is_known() -> None:
    smith, full = News(persons=("Smith",)), News(persons=("Ada Smith",))
    titled = News(persons=("Smith",), is_titled=True)
    assert len(linked(smith, full, *[titled] * 4)) == 0
    assert len(linked(smith, full, *[titled] * 5)) == 1
    assert len(linked(smith, full, *[titled] * 6)) == 7  # each of the six has five others
    abroad = News(persons=("Smith",), is_titled=True, countries=("PE",))
    assert linked(smith, full, *[abroad] * 9) == []
    introduced = News(persons=("Smith", "Ben Smith", "Eva Smith"), is_titled=True)
    assert linked(smith, full, *[introduced] * 9) == []
    assert linked(smith, *[titled] * 9) == []


def test_other_names_of_the_article_tell_who_is_meant() -> None:
    telling = {"organisations": ("Harbour Board",), "places": ("Port Reitz",)}
    smith = News(persons=("Smith",), **telling)
    other = News(persons=("Ben Smith",))
    assert linked(smith, News(persons=("Ada Smith",), organisations=("Harbour Board",))) == []
    (link,) = links(smith, News(persons=("Ada Smith",), **telling), other)
    assert link["linked_entity_id"] == "PERSON:Ada Smith" and link["rival_count"] == 1
    assert link["names"] == ["harbour board", "port reitz"]


def test_a_name_that_all_the_news_has_tells_little() -> None:
    telling = {"organisations": ("Harbour Board",), "places": ("Port Reitz",)}
    elsewhere = [News(**telling)] * 4
    assert linked(News(persons=("Smith",), **telling), News(persons=("Ada Smith",), **telling))
    assert not linked(
        News(persons=("Smith",), **telling), News(persons=("Ada Smith",), **telling), *elsewhere
    )


def test_a_name_that_holds_the_bare_one_tells_nothing() -> None:
    telling = {"organisations": ("Smith Foundation", "Smith Hall")}
    smith = News(persons=("Smith",), **telling)
    assert linked(smith, News(persons=("Ada Smith",), **telling)) == []


def test_two_of_one_name_leave_it_alone() -> None:
    assert linked(BARE, FULL, FULL, News(persons=("Ana Brankov",))) == []


def test_most_of_the_news_decides() -> None:
    rival = News(persons=("Ana Brankov",))
    assert linked(BARE, *[FULL] * 8, rival) == MEANT


def test_longer_and_shorter_full_names_are_one_person() -> None:
    longer = News(persons=("Ivo T. Brankov",))
    (link,) = links(BARE, FULL, longer, FULL)
    assert link["linked_entity_id"] == "PERSON:Ivo Brankov"
    assert (link["bearer_count"], link["rival_count"]) == (3, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. D. Brankov", "JD Brankov"),
        ("Robert Brankov", "Robert S. Brankov III"),
        ("Abdul-Rahman Brankov", "Abdul Rahman Brankov"),
        ("Jang Min-seo", "Min-seo Jang"),
        ("Ana da Brankov", "Ana Brankov"),
        ("Joe R. Brankov", "Joe Brankov"),
    ],
)
def test_spellings_of_a_full_name_are_no_rivals(one: str, other: str) -> None:
    bare = "Jang" if "Jang" in one else "Brankov"
    news = [News(persons=(name,)) for name in (one, other) * 3]
    (link,) = links(News(persons=(bare,)), *news)
    assert (link["bearer_count"], link["rival_count"]) == (6, 0)


def test_like_given_names_are_two_persons() -> None:
    assert linked(BARE, *[News(persons=(name,)) for name in ("Michael Brankov",) * 2]) != []
    both = [News(persons=("Michael Brankov",)), News(persons=("Michelle Brankov",))] * 2
    assert linked(BARE, *both) == []


def test_where_the_article_names_a_bearer_itself_the_name_stays_alone() -> None:
    own = News(persons=("Brankov", "Ana Brankov", "Ivo Brankov"))
    assert linked(own, FULL, FULL, FULL, FULL, FULL, FULL, FULL) == []


def test_an_organisation_of_that_name_speaks_against_it() -> None:
    called = News(organisations=("Brankov Steel",))
    assert linked(BARE, FULL, FULL) and not linked(BARE, FULL, FULL, called)
    of_him = News(persons=("Ivo Brankov",), organisations=("Brankov Steel",))
    assert linked(BARE, of_him, of_him) == MEANT


def test_articles_of_other_countries_count_less() -> None:
    abroad = News(persons=("Ivo Brankov",), countries=("PE",))
    assert linked(BARE, abroad, abroad) == []
    assert linked(BARE, *[abroad] * 6) == MEANT


def test_the_country_in_common_with_most_articles_is_told() -> None:
    (link,) = links(
        News(persons=("Brankov",), countries=("PE", "KE")),
        News(persons=("Ivo Brankov",), countries=("KE", "PE")),
        FULL,
    )
    assert link["country_code"] == "KE"


def test_a_head_of_state_is_known_without_the_news() -> None:
    (link,) = links(News(persons=("Tokayev",), countries=("KZ",)))
    assert link["method"] == "office_holder" and link["evidence"] == "Kassym-Jomart Tokayev"
    assert link["bearer_count"] == 0 and link["nearest_id"] is None
    assert link["country_code"] == "KZ" and link["score"] == 0.888889


@pytest.mark.parametrize(
    "news", [News(persons=("Tokayev",)), News(day=-9999, persons=("Tokayev",), countries=("KZ",))]
)
def test_a_head_of_state_counts_in_office_and_in_news_of_the_country(news: News) -> None:
    assert links(news) == []


def test_who_holds_an_office_may_be_in_the_news_too() -> None:
    bare = News(persons=("Tokayev",), countries=("KZ",))
    full = News(persons=("Kassym-Jomart Tokayev",), countries=("KZ",))
    rival = News(persons=("Ana Tokayev",), countries=("KZ",))
    (link,) = links(bare, full, rival)
    assert link["linked_entity_id"] == "PERSON:Kassym-Jomart Tokayev"
    assert link["method"] == "family_name"
    assert links(bare, full, *[rival] * 3) == []


def test_given_names_are_linked_where_that_is_the_custom() -> None:
    bare = {"persons": ("Tewodros",)}
    full = {"persons": ("Tewodros Lemlem",)}
    ethiopian = {"countries": ("ET",)}
    (link,) = links(News(**bare, **ethiopian), *[News(**full, **ethiopian)] * 2)
    assert link["method"] == "given_name" and link["linked_entity_id"] == "PERSON:Tewodros Lemlem"
    assert linked(News(**bare), News(**full), News(**full)) == []
    aside = {"countries": ("KE",), "aside": ("ET",)}
    assert linked(News(**bare, **aside), *[News(**full, **ethiopian)] * 2) == []
    assert linked(News(**bare, **ethiopian), *[News(**full, **aside)] * 2) == []


@pytest.mark.parametrize(
    ("bare", "full"),
    [
        ("al-Rashidi", "Noor al-Rashidi"),
        ("Rashidi", "Noor al-Rashidi"),
        ("Al-Rashidi", "Noor al-Rashidi"),
        ("da Brankov", "Ana da Brankov"),
        ("Da Brankov", "Ana da Brankov"),
        ("O'Brankov", "Ana O’Brankov"),
        ("Brankov-Okwuosa", "Ana Brankov-Okwuosa"),
        ("Jang", "Jang Brankov"),
        ("BRANKOV", "Ana Brankov"),
        ("Brankov", "Ana Brankov Jr."),
    ],
)
def test_family_names_of_every_kind(bare: str, full: str) -> None:
    assert linked(News(persons=(bare,)), *[News(persons=(full,))] * 6) == [
        (f"PERSON:{bare}", f"PERSON:{full}")
    ]


@pytest.mark.parametrize(
    ("bare", "full"),
    [
        ("Ana", "Ana Brankov"),
        ("Jr.", "Ana Brankov Jr."),
        ("Street", "Brankov Street"),
        ("Ana Brankov", "Ana Brankov Okwuosa"),
    ],
)
def test_what_is_no_family_name(bare: str, full: str) -> None:
    assert linked(News(persons=(bare,)), *[News(persons=(full,))] * 6) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_is_of_no_account(seed: int) -> None:
    names: Sequence[str] = ("Ivo Brankov", "Ana Brankov", "Brankov", "Smith", "Ada Smith")
    choice = random.Random(seed)
    news = [
        News(
            day=choice.randrange(30),
            persons=tuple(choice.sample(names, 2)),
            organisations=tuple(choice.sample(("Board", "Brankov Steel", "Court"), 1)),
            countries=tuple(choice.sample(("KE", "PE"), 1)),
        )
        for _ in range(80)
    ]
    found = links(*news)
    assert found and links(*news, seed=seed) == found
