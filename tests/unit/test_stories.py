"""Stories: what joins, what stands alone, and what an analyst is told of it."""

from typing import Any

import pytest
from linked_file import Piece, bring, empty_file

from etl.stories import group
from etl.stories.candidates import Index
from etl.stories.traces import Trace

RAIL = "The railway loan was signed by the two ministers after months of talks over its terms."
ACCORD = "Ministers put their names to a loan for the railway on Tuesday, ending months of talks."


def stories(*pieces: Piece) -> dict[str, str]:
    con = empty_file()
    bring(con, pieces, {piece.night for piece in pieces})
    return dict(con.execute("SELECT article_id, story_id FROM articles").fetchall())


def rail(article_id: str, day: int = 0, **changes: object) -> Piece:
    facts: dict[str, object] = {
        "title": "Railway loan signed in Lamu",
        "body": RAIL,
        "persons": ("Amina Odhiambo", "Jan Kessler"),
        "places": ("Lamu",),
    }
    return Piece(article_id=article_id, day=day, **(facts | changes))  # type: ignore[arg-type]


def test_two_wordings_of_one_event_are_one_story() -> None:
    other = rail("b", day=1, title="Lamu railway loan agreed", body=ACCORD)
    assert stories(rail("a"), other) == {"a": "a", "b": "a"}


def test_another_event_is_another_story() -> None:
    match = Piece(
        article_id="b",
        day=1,
        title="Harbour side wins the cup",
        body="A late goal decided the final before a full stadium of supporters.",
        persons=("Tomas Brandt",),
        places=("Lamu",),
    )
    assert stories(rail("a"), match) == {"a": "a", "b": "b"}


def test_what_shares_no_name_is_not_compared() -> None:
    nameless = {"persons": (), "places": ()}
    assert stories(rail("a", **nameless), rail("b", title="Other", **nameless)) == {
        "a": "a",
        "b": "b",
    }


def test_a_link_shows_its_evidence() -> None:
    con = empty_file()
    bring(con, [rail("a"), rail("b", day=1, title="Lamu railway loan agreed", body=ACCORD)], [0])
    link = con.sql("FROM story_links").pl().row(0, named=True)
    assert link["names"] == ["amina odhiambo", "jan kessler"]
    assert link["places"] == ["lamu"] and link["nearest_id"] == "a" and link["days_apart"] == 1
    assert {"railway", "loan"} <= set(link["words"])
    assert 0.5 <= link["score"] <= 1


def test_an_id_that_is_no_more_leads_to_its_story() -> None:
    con = empty_file()
    pieces = [rail("b", day=2), rail("a", day=1, night=1, title="Lamu loan for a railway")]
    bring(con, pieces, [0])
    assert con.execute("SELECT story_id FROM stories").fetchall() == [("b",)]
    bring(con, pieces, [1])
    assert con.execute("SELECT story_id FROM articles WHERE article_id = 'b'").fetchone() == ("a",)
    assert con.execute("SELECT story_id, article_count FROM stories").fetchall() == [("a", 2)]


def test_a_story_knows_its_outlets_days_and_entities() -> None:
    con = empty_file()
    bring(con, [rail("a"), rail("b", day=3, persons=("Jan Kessler",))], [0])
    row = con.sql("FROM stories").pl().row(0, named=True)
    assert row["headline"] == "Railway loan signed in Lamu" and row["article_count"] == 2
    assert str(row["first_published_on"]) == "2026-03-01"
    assert str(row["last_published_on"]) == "2026-03-04"
    assert row["entity_ids"] == ["PERSON:Amina Odhiambo", "PERSON:Jan Kessler", "PLACE:Lamu"]
    assert row["entities"] == ["Amina Odhiambo", "Jan Kessler", "Lamu"]
    assert row["headlines"] == ["Railway loan signed in Lamu"] * 2


def test_a_story_lists_its_countries_and_outlets_by_name() -> None:
    con = empty_file()
    for name, rows in (
        ("countries", "VALUES ('KE', 'Kenya'), ('CN', 'China')) t(country_code, name)"),
        ("sources", "VALUES ('b', 'Lamu Post'), ('a', 'Coast FM')) t(source_id, name)"),
    ):
        con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM ({rows}")
    lists = "SELECT countries, sources, headlines FROM stories"
    bring(con, [rail("a", countries=("KE",))], [0])
    assert con.execute(lists).fetchall() == [([], [], [])]
    others = [
        rail("a", countries=("KE",)),
        rail("b", day=1, night=1, countries=("KE",), title="Lamu railway loan agreed"),
        rail("c", day=2, night=1, countries=("CN", "KE")),
    ]
    bring(con, others, [1])
    con.execute("UPDATE articles SET source_id = 'b' WHERE article_id = 'a'")
    con.execute("UPDATE articles SET source_id = 'a' WHERE article_id = 'b'")
    bring(con, [], [], version="2")
    ((countries, sources, headlines),) = con.execute(lists).fetchall()
    assert countries == ["Kenya"] and sources == ["Coast FM", "Lamu Post"]
    assert headlines == [piece.title for piece in others]


ITEMS = (
    ("Okello Opens Bridge in Pabo", "The new bridge carries lorries across the river.", "Pabo"),
    ("Okello Vows to Cut Sugar Duty", "Refiners had asked for it for years.", "Kinyara Sugar"),
    ("Grain Traders Weigh Okello Budget", "Futures rose before the plan.", "Lira Exchange"),
    ("Okello Names Envoy to Climate Talks", "The diplomat served in four capitals.", "Belem"),
    ("Teachers Meet Okello Over Pay", "A walkout had closed schools in the north.", "Gulu"),
    ("Okello Receives Football Champions", "The team brought the cup along.", "Vipers"),
)


def test_short_items_that_have_but_a_president_in_common_are_no_story(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = frozenset({"brian okello", "uganda"})
    monkeypatch.setattr("etl.stories.candidates.names_of_many_stories", lambda: known)
    pieces = [
        Piece(
            article_id=f"a{number}",
            day=number,
            title=title,
            body=f"{body} President Brian Okello spoke of it.",
            persons=("Brian Okello",),
            places=("Uganda", name),
        )
        for number, (title, body, name) in enumerate(ITEMS)
    ]
    found = stories(*pieces)
    assert len(set(found.values())) == len(pieces), found


PROGRAMME = (
    "The Morning Ledger with Ines Calder is all about talks with people who move markets. Every "
    "weekday from Lyre Harbour, we go wherever the story is, with guests from banks and boards."
)


def test_items_of_a_series_with_one_standing_text_are_no_story() -> None:
    def item(article_id: str, day: int, title: str, body: str = PROGRAMME) -> Piece:
        return Piece(
            article_id=article_id,
            day=day,
            title=title,
            body=body,
            persons=("Ines Calder",),
            places=("Lyre Harbour",),
        )

    shows = [
        item("a", 0, "What the copper strike means for smelters | The Morning Ledger"),
        item("b", 1, "Central bankers gather in the mountains | The Morning Ledger 3/2"),
    ]
    assert stories(*shows) == {"a": "a", "b": "b"}
    title = "Copper strike at Lyre Harbour enters third week"
    passed_on = [item("a", 0, title), item("b", 1, f"{title}, union says")]
    assert stories(*passed_on) == {"a": "a", "b": "a"}


def test_what_a_common_name_says_fades_with_the_stories_that_hold_it() -> None:
    index, story_of = Index(), {}
    found = []
    for day in range(6):
        keys = ("brian okello", "UG bridge")
        trace = Trace(day, f"a{day}", keys, frozenset({"brian okello"}))
        found.append(index.rarity(trace, story_of))
        index.add(trace)
        story_of[trace.article_id] = trace.article_id
    assert [rarity.of_name["brian okello"] for rarity in found] == [
        1,
        1,
        1 / 2,
        1 / 3,
        1 / 4,
        1 / 5,
    ]
    words = [rarity.of_word for rarity in found]
    assert all(of.keys() == {"brian okello", "brian", "okello"} for of in words)
    assert words[0]["okello"] == 1 > words[3]["okello"] > words[5]["okello"] > 0.4


def test_a_name_in_letters_that_have_no_small_form_is_one() -> None:
    odd = {"organisations": ("𝐀cme Works", "Ⓐtlas"), "places": ("Lamu",)}
    other = rail("b", day=1, title="Lamu railway loan agreed", body=ACCORD, **odd)
    assert stories(rail("a", **odd), other) == {"a": "a", "b": "a"}


def test_a_country_and_who_led_it_were_in_many_stories_before_any() -> None:
    names = ("uganda", "yoweri museveni", "kampala road")
    rarity = Index().rarity(Trace(0, "a", names, frozenset({"yoweri museveni"})), {})
    assert rarity.of_name == {"uganda": 1 / 3, "yoweri museveni": 1 / 3, "kampala road": 1}


@pytest.mark.parametrize(
    ("values", "joins"),
    [
        ({"a": -6.0, "b": -6.0, "c": 1.0, "d": 1.0, "e": 1.0}, True),
        ({"a": -6.0, "b": -6.0, "c": -6.0, "d": 5.0, "e": 0.5}, False),
    ],
)
def test_the_members_that_an_article_is_most_like_speak_for_a_story(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, float], joins: bool
) -> None:
    def told(one: str, other: str, *_: object) -> float:
        return values[other] if one == "f" else 6.0

    monkeypatch.setattr("etl.stories.grouping.likeness", told)
    names = [*values, "f"]
    ordered = [Trace(day, name, ("lamu",), frozenset()) for day, name in enumerate(names)]
    portraits: Any = dict(zip(names, names, strict=True))
    made = group(ordered, portraits, known={}, follows={}, weights={})
    assert (made.story_of["f"] == "a") == joins
    assert {made.story_of[name] for name in values} == {"a"}
