"""Who published, wrote or is cited, with the evidence."""

from datetime import date

import polars as pl
import pytest
from processor_time import takes_at_most

from etl import schema
from etl.sources import attribute_sources, find_unmapped
from etl.sources.names import build_index

REGISTRY = pl.DataFrame(
    [
        ("example-wire", "Example Wire", "agency", "XW", "wire.example", ["EXW", "Exwire"], []),
        ("pacific-agency", "Pacific Agency", "agency", "FJ", None, ["PAX"], []),
        ("petra", "Petra", "agency", "JO", None, ["Jordan News Agency", "JNA"], ["Petra", "JNA"]),
        ("pa-media", "PA Media", "agency", "GB", None, ["PA"], ["PA"]),
        ("ani", "Asian News International", "agency", "IN", "ani.example", ["ANI"], []),
        ("suva-post", "The Suva Post", "newspaper", "FJ", "post.example", ["Suva Post"], []),
        ("herald", "The Herald", "newspaper", "NZ", "herald.example", [], []),
        ("tuesday", "Tuesday", "newspaper", "GB", "tuesday.example", [], ["Tuesday"]),
        ("people", "People's Voice", "newspaper", "CN", None, ["人民之声"], []),
        ("star-my", "The Star", "newspaper", "MY", "star.example", [], []),
        ("star-ke", "The Star", "newspaper", "KE", "star-ke.example", [], []),
        ("channel-nine", "Channel Nine", "broadcaster", "AU", "nine.example", ["Nine"], ["Nine"]),
    ],
    schema={
        **schema.SOURCES.only(
            ("source_id", "name", "kind", "country_code", "homepage", "aliases")
        ).polars_schema,
        "weak_names": pl.List(pl.String),
    },
    orient="row",
)


def articles(*rows):
    empty = dict.fromkeys(
        (
            *("title", "byline", "dateline", "trailer", "given_publisher", "given_url"),
            *("marked_url", "marked_publisher"),
        )
    )
    return pl.DataFrame(
        [
            {
                "delivery_id": f"d{number}",
                "article_id": f"a{number}",
                "ingested_on": date(2024, 1, 20),
                "body": "Ferries ran again.",
                **empty,
                **row,
            }
            for number, row in enumerate(rows)
        ],
        schema_overrides=dict.fromkeys(empty, pl.String),
    )


def attribute(**fields):
    """The attribution and the evidence of one article."""
    attribution, evidence = attribute_sources(articles(fields), REGISTRY, derived_by="v1")
    return attribution.row(0, named=True), evidence


def roles(**fields):
    _, evidence = attribute(**fields)
    return set(evidence.select("source_id", "role", "origin").rows())


@pytest.mark.parametrize(
    "dateline",
    [
        "SUVA, Fiji (EXW) —",
        "SUVA, Aug. 12 (Exwire) --",
        "SUVA, August 15. /EXW/.",
        "EXW | Suva |",
        "Suva, EXW –",
        "(Example Wire) -",
        "SUVA (EXW - 15th August, 2021)",
        "SUVA. January 19. EXW.",
        "SUVA, Jan. 3 (EXWIRE) -",
    ],
)
def test_agency_in_dateline(dateline):
    assert roles(dateline=dateline) == {("example-wire", "agency", "dateline")}


@pytest.mark.parametrize(
    "body",
    [
        "SUVA, JANUARY 19, EXWIRE. Ferries ran again.",
        "EXW: Ferries ran again.",
        "SUVA /EXW/ Ferries ran again.",
    ],
)
def test_dateline_that_stayed_in_the_body(body):
    assert roles(body=body) == {("example-wire", "agency", "dateline")}


@pytest.mark.parametrize("body", ["EXW, a wire, closed.", "SPA: open again.", "Wire: fixed."])
def test_opening_words_that_are_no_dateline(body):
    assert roles(body=body) == set()


def test_two_names_in_a_dateline_keep_their_parts():
    attribution, evidence = attribute(dateline="SUVA (Suva Post / EXW - 15th August, 2021)")

    assert set(evidence.select("source_id", "role").rows()) == {
        ("suva-post", "publisher"),
        ("example-wire", "agency"),
    }
    assert attribution["source_id"] == "suva-post"


@pytest.mark.parametrize(
    ("dateline", "is_agency"),
    [
        ("AMMAN, Jan. 19 (Petra) --", True),
        ("AMMAN/PETRA, Jan. 19 -", False),
        ("PETRA, Jordan, Jan. 19 -", False),
        ("AMMAN, JNA –", True),
        ("HARRISBURG, PA. —", False),
        ("Suva Post, January 19:", False),
    ],
)
def test_places_are_no_agencies(dateline, is_agency):
    assert bool(roles(dateline=dateline)) is is_agency


def test_house_style_is_weak_evidence():
    attribution, evidence = attribute(dateline="Lima [Peru], January 19 :")

    assert (attribution["source_id"], attribution["source_origin"]) == ("ani", "house_style")
    assert evidence["role"].to_list() == ["agency"]


def test_house_style_gives_way_to_a_named_agency():
    found = roles(dateline="Lima [Peru], January 19 (EXW) :")

    assert found == {("example-wire", "agency", "dateline")}


@pytest.mark.parametrize(
    ("byline", "source_id", "role"),
    [
        ("EXW", "example-wire", "agency"),
        ("Tuesday", "tuesday", "publisher"),
        ("Example Wire Staff", "example-wire", "agency"),
        ("By Ana Li, The Suva Post", "suva-post", "publisher"),
        ("Ana Li Suva Post", "suva-post", "publisher"),
        ("Ana Li Suva Post's ferry correspondent", "suva-post", "publisher"),
        ("Channel Nine | Ana Li", "channel-nine", "publisher"),
    ],
)
def test_byline_credits(byline, source_id, role):
    assert roles(byline=byline) == {(source_id, role, "credit")}


def test_site_name_behind_the_title_s_bar():
    assert roles(title="Ferry stuck | Suva Post") == {("suva-post", "publisher", "credit")}


def test_name_behind_the_title_s_dash_may_be_a_citation():
    assert roles(title="Ferry stuck – Suva Post") == set()


@pytest.mark.parametrize(
    "byline", ["Agencies", "By Ana Li and Ben Tuesday", "Ana Nine", "Wire", "exw", "Li, TUESDAY"]
)
def test_byline_that_names_nobody_known(byline):
    attribution, evidence = attribute(byline=byline)

    assert evidence.is_empty()
    assert attribution["source_id"] is None
    assert attribution["source_origin"] is None


@pytest.mark.parametrize(
    ("trailer", "source_id", "role", "origin"),
    [
        ("EXW", "example-wire", "agency", "credit"),
        ("-- Example Wire", "example-wire", "agency", "credit"),
        ("(EXW/PAX)", "example-wire", "agency", "credit"),
        ("(EXW/Agencies)", "example-wire", "agency", "credit"),
        ("Source: The Suva Post", "suva-post", "publisher", "credit"),
        ("Source : EXW", "example-wire", "agency", "credit"),
        ("(With inputs from EXW)", "example-wire", "agency", "credit"),
        ("This post was syndicated from Suva Post.", "suva-post", "publisher", "disclaimer"),
        (
            "The post Ferry stuck appeared first on Suva Post.",
            "suva-post",
            "publisher",
            "disclaimer",
        ),
        (
            "This story has not been edited by Channel Nine staff.",
            "channel-nine",
            "republisher",
            "disclaimer",
        ),
        ("Auto-generated from an EXW feed.", "example-wire", "agency", "disclaimer"),
        ("© 2024 The Suva Post. All rights reserved.", "suva-post", "publisher", "credit"),
        ("Full access to trusted Suva Post journalism.", "suva-post", "publisher", "credit"),
        ("Join The Suva Post free for a month", "suva-post", "publisher", "credit"),
    ],
)
def test_trailer_evidence(trailer, source_id, role, origin):
    assert (source_id, role, origin) in roles(trailer=trailer)


@pytest.mark.parametrize(
    "trailer",
    [
        "Disclaimer: from an agency feed, without changes.",
        "(With inputs from agencies)",
        "Source: a friend",
        "EXW Photo by Ana Li",
    ],
)
def test_trailer_that_names_nobody(trailer):
    assert roles(trailer=trailer) == set()


@pytest.mark.parametrize(
    "body",
    [
        "Ferries ran again, he said. (EXW)",
        "Ferries ran again.\n\nEXW",
        "Ferries ran again. EXWIRE",
        "Ferries ran again. (Source: Example Wire)",
        "Ferries ran again. EXW MG",
    ],
)
def test_credit_at_the_end_of_the_body(body):
    assert roles(body=body) == {("example-wire", "agency", "credit")}


@pytest.mark.parametrize(
    ("body", "is_credited"),
    [
        ("Ferries ran, said the Pier Authority of X (PAX).", False),
        ("The Pier Authority of X (PAX) met. Ferries ran again. (PAX)", False),
        ("The Pier Authority met. Ferries ran again. (PAX)", True),
        ("Pacific Agency (PAX) was founded. Ferries ran again. (PAX)", True),
    ],
)
def test_initials_that_the_text_explains_sign_nothing(body, is_credited):
    assert (("pacific-agency", "agency", "credit") in roles(body=body)) is is_credited


def test_photo_credit_at_the_end_is_no_agency():
    assert roles(body="Ferries ran again.\n\nA ferry at sea. (Ana Li/EXW)") == set()


def test_publisher_in_brackets_at_the_end_needs_the_word_source():
    assert roles(body="He reads one paper only (The Suva Post).") == set()


@pytest.mark.parametrize(
    ("body", "source_id"),
    [
        ("Ferries stopped, Suva Post reported.", "suva-post"),
        ("He told the Suva Post that ferries stopped.", "suva-post"),
        ("According to The Suva Post, ferries stopped.", "suva-post"),
        ("Fiji's Suva Post newspaper said ferries stopped.", "suva-post"),
        ("As per Channel Nine report, ferries stopped.", "channel-nine"),
        ("Fiji's official EXW news agency quoted him.", "example-wire"),
        ("He spoke to the Fijian news agency EXW.", "example-wire"),
        ("In an interview with Channel\nNine, he said so.", "channel-nine"),
        ("The People’s Voice reported it.", "people"),
        ("He told the Herald on Monday.", "herald"),
        ("“Ölpreis”, he told Example Wire.", "example-wire"),
        ("He told “The Suva Post” so.", "suva-post"),
        ("He told ‘The Suva Post’ so.", "suva-post"),
        ('He told the newspaper "The Suva Post" so.', "suva-post"),
        ("He told «Suva Post» so.", "suva-post"),
        ('According to a report in "The Suva Post", ferries stopped.', "suva-post"),
        ("“The Suva Post” (TSP) reported it.", "suva-post"),
        ("Officials contacted by the Suva Post did not answer.", "suva-post"),
        ('Contacted by "The Suva Post", she declined.', "suva-post"),
        ("In an interview for the Suva Post, she said so.", "suva-post"),
        ("In comments to the Suva Post, she said so.", "suva-post"),
        ("She confirmed this to the Suva Post.", "suva-post"),
        ("Asked by the Suva Post, she declined.", "suva-post"),
        ("She did not respond to the Suva Post's questions.", "suva-post"),
        ("The Suva Post could not reach her.", "suva-post"),
        ("The quay is shut, reports the Suva Post.", "suva-post"),
        ("The quay is shut, according to www.post.example today.", "suva-post"),
        ("The quay is shut, m.post.example reported.", "suva-post"),
        ("The quay is shut, POST.EXAMPLE reported.", "suva-post"),
        ("The quay is shut, Herald.example reported.", "herald"),
    ],
)
def test_cited_outlets(body, source_id):
    attribution, evidence = attribute(body=body)

    assert evidence.select("source_id", "role", "origin").rows() == [(source_id, "cited", "body")]
    assert attribution["source_id"] is None


@pytest.mark.parametrize(
    "body",
    [
        "Suva Post offices stayed closed.",
        "The EXWIRES reported a fault.",
        "She said it on Tuesday.",
        "Tuesday reported no rain.",
        "He told the Herald Council so.",
        "Herald reported for duty at nine.",
        "He told The Star that it rained.",
        "He told Suva Posters nothing.",
        "He read “The Suva Post” at breakfast.",
        "He told a friend, Suva Post in hand, so.",
        "He works for post.example now.",
        "Write to ana@post.example, he told friends.",
    ],
)
def test_names_that_cite_nobody(body):
    assert roles(body=body) == set()


@pytest.mark.parametrize(
    ("fields", "source_id"),
    [
        ({"given_publisher": "suva post"}, "suva-post"),
        ({"given_publisher": "Suva Post - World"}, "suva-post"),
        ({"given_publisher": "www.post.example"}, "suva-post"),
        ({"given_publisher": "Nine"}, "channel-nine"),
        ({"given_publisher": "人民之声"}, "people"),
        ({"given_url": "https://news.post.example/world/1?x=herald.example"}, "suva-post"),
        ({"given_publisher": "The Star", "given_url": "https://star-ke.example/a"}, "star-ke"),
    ],
)
def test_sidecar_names_the_publisher(fields, source_id):
    attribution, evidence = attribute(**fields, dateline="SUVA (EXW) —")

    assert (attribution["source_id"], attribution["source_origin"]) == (source_id, "sidecar")
    row = evidence.filter(role="publisher").row(0, named=True)
    assert row["evidence"] in fields.values()
    assert (row["field"], row["start_char"], row["end_char"]) == (None, None, None)


def test_unknown_publisher_is_not_replaced_by_the_agency():
    attribution, evidence = attribute(given_publisher="Lautoka Echo", dateline="SUVA (EXW) —")

    assert attribution["source_id"] is None
    assert evidence["source_id"].to_list() == ["example-wire"]


def test_name_of_two_outlets_names_neither():
    attribution, _ = attribute(given_publisher="The Star")

    assert attribution["source_id"] is None


def test_strongest_evidence_is_kept_once():
    found = roles(dateline="SUVA (EXW) —", byline="EXW", trailer="EXW")

    assert found == {("example-wire", "agency", "dateline")}


def test_offsets_slice_back_to_the_evidence():
    rows = articles(
        {
            "dateline": "SÚVA, 🛳️ Fiji (EXW) —",
            "body": "Überfahrt – “ja”, 🛳️ told\nthe Suva Post. 人民之声 reported it. (PAX)",
            "byline": "Ana Li, Channel Nine",
            "trailer": "Ünsafe 🛳️\nSource: The Herald",
        }
    )
    _, evidence = attribute_sources(rows, REGISTRY, derived_by="v1")

    article = rows.row(0, named=True)
    assert evidence.height == 6
    for row in evidence.iter_rows(named=True):
        assert article[row["field"]][row["start_char"] : row["end_char"]] == row["evidence"]


@pytest.mark.parametrize(
    "piece", ["EXW ", "told Suva Post ", "(", "a ", "/EXW", "Source: ", "EXW | ", "\n", "The "]
)
def test_time_is_bounded(piece):
    text = piece * (1_000_000 // len(piece))
    fields = dict.fromkeys(("dateline", "byline", "trailer", "body", "title"), text)

    assert takes_at_most(3, lambda: attribute(**fields))


def test_output_has_the_lake_s_columns():
    rows = articles({"byline": "EXW"}, {})
    attribution, evidence = attribute_sources(rows, REGISTRY, derived_by="v1")

    assert evidence.schema == schema.lake_table(schema.ARTICLE_SOURCES).polars_schema
    assert evidence.row(0, named=True)["derived_by"] == "v1"
    assert evidence.row(0, named=True)["article_id"] == "a0"
    assert attribution.columns == ["delivery_id", "source_id", "source_origin"]
    assert attribution["delivery_id"].to_list() == ["d0", "d1"]


def test_no_rows_give_no_rows():
    rows = articles({}).clear()

    attribution, evidence = attribute_sources(rows, REGISTRY, derived_by="v1")

    assert (attribution.height, evidence.height) == (0, 0)


@pytest.mark.parametrize(
    ("article", "name", "origin"),
    [
        (
            {"given_publisher": " Lautoka Echo ", "trailer": "Source: Nadi Notes"},
            "Lautoka Echo",
            "sidecar",
        ),
        ({"dateline": "SUVA (QQW) —", "trailer": "Source: Nadi Notes"}, "Nadi Notes", "credit"),
        ({"given_publisher": "Suva Post", "dateline": "SUVA (QQW) —"}, "QQW", "dateline"),
        ({"given_publisher": "The Star"}, "The Star", "sidecar"),
        ({"given_publisher": "Suva Post", "dateline": "SUVA (EXW) —"}, None, None),
        ({"given_publisher": "The Star", "given_url": "https://star.example/a"}, None, None),
        ({}, None, None),
    ],
)
def test_the_strongest_name_that_nobody_knows(article, name, origin):
    found = find_unmapped(articles(article), REGISTRY)

    assert found.rows() == [("d0", name, origin)]


# -- thresholds, an example on either side --------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "is_cited"),
    [
        # The words that cite stand within 90 characters of the name.
        ("He told " + "the ".ljust(82, "x") + " EXW so.", False),
        ("Ferries stopped, EXW" + " news" * 3 + " on Friday reported.", True),
        ("He told the Fijian official independent EXW so.", True),
        ("He told the big Fijian official independent EXW so.", False),  # four words at most
    ],
)
def test_how_far_from_its_cue_a_cited_name_stands(body, is_cited):
    assert (("example-wire", "cited", "body") in roles(body=body)) is is_cited


@pytest.mark.parametrize(("chars", "is_found"), [(95, True), (96, False)])
def test_an_opening_has_up_to_100_characters(chars, is_found):
    body = "SUVA".ljust(chars - 1, "A") + ", EXW. The ferry ran."
    assert (("example-wire", "agency", "dateline") in roles(body=body)) is is_found


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("name", "spelled", "is_found"),
    [
        ("One two three four five six seven", None, True),  # seven words at most
        ("One two three four five six seven eight", None, False),
        (("Harbour " + LETTERS * 5)[:120], None, True),  # 120 characters at most
        (("Harbour " + LETTERS * 5)[:121], None, False),
        ("ABC", "abc", False),  # initials must look it
        ("ABCD", "abcd", True),
        ("ABC", "ABC", True),
        ("Abc", "Abc", True),  # or be spelled so
        ("Abc", "aBC", False),
    ],
)
def test_a_name_that_can_be_looked_up(name, spelled, is_found):
    index = build_index(REGISTRY.head(1).with_columns(name=pl.lit(name), aliases=pl.lit([])))
    found = index.find_at(f"{spelled or name}, more", 0)
    assert (found is not None) is is_found


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("It rained, lyre-star.example reported on Monday.", True),
        ("As Lyre-star.example reported, it rained.", True),
        ("A reader at ana@lyre-star.example reported rain.", False),
        ("It rained, lyre-star.example.org reported.", False),
        ("“The Lyre Star” reported that it rained.", True),
        ('"The Lyre Star" reported that it rained.', True),
        ("Officials contacted by The Lyre Star did not answer.", True),
        ("LYS reported that it rained.", True),
        ("The Lyre Youth Service (LYS) said so. LYS reported that it rained.", False),
        ("The Lyre Star (LYS) said so. LYS reported that it rained.", True),
        ("The Lycée of Youth and Service (LYS) said so. LYS reported that it rained.", False),
        ("The League of young Sailors (LYS) met. LYS reported that it rained.", False),
        ("LYS (Lyre Youth Service) met. LYS reported that it rained.", False),
        ("LYS, the Lyre Youth Service, met. LYS reported that it rained.", False),
        ("The Lyre Youth Service, or LYS, met. LYS reported that it rained.", False),
        ("The Lyre Youth Service, known by its acronym LYS, met. LYS reported rain.", False),
        ("Ana Li (LYS) ran. LYS reported that it rained.", True),
    ],
)
def test_outlets_are_cited_by_domain_in_quotes_and_by_initials_of_their_own(body, wanted):
    line = ("lyre-star", "Lyre Star", "newspaper", "KE", "lyre-star.example", ["LYS"], [])
    registry = pl.concat([REGISTRY, pl.DataFrame([line], schema=REGISTRY.schema, orient="row")])
    _, evidence = attribute_sources(articles({"body": body}), registry, derived_by="v1")
    cited = evidence.filter(pl.col("role") == "cited")["source_id"].to_list()
    assert cited == (["lyre-star"] if wanted else [])
