"""Stories: what joins, what stands alone, and what an analyst is told of it."""

from linked_file import Piece, bring, empty_file

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
