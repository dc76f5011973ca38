"""Fields at the head of a text are what they say, and no line of the article."""

import datetime

import polars as pl
import pytest
from processor_time import takes_at_most

from etl.dates import date_articles
from etl.parse.explanation import explain_page
from etl.parse.front_matter import find_front_matter
from etl.parse.stage import build_parse
from etl.schema import RAW_DOCUMENTS

NIGHT = datetime.date(2026, 3, 5)
PROSE = (
    "LYRE, March 3 (Reuters) - The northern quay was closed on Tuesday, the harbour said.\n\n"
    "It will be opened again in May, when the cranes have been mended and the ships can wait."
)
URL = "https://post.example/2026/03/03/quay"
ALL = {
    "title": "Northern quay closed",
    "byline": "Ana Li, Bo Ek",
    "publisher": "Lyre Post",
    "url": URL,
    "published_at": "2026-03-03",
}


def block(*lines: str, behind: str = f"\n\n{PROSE}") -> str:
    return "\n".join(lines) + behind


@pytest.mark.parametrize(
    "text",
    [
        block(
            *("Title: Northern quay closed", "Author: Ana Li, Bo Ek", "Source: Lyre Post"),
            *(f"URL: {URL}", "Date: 2026-03-03"),
        ),
        block(
            *("HEADLINE: Northern quay closed", "BYLINE: Ana Li, Bo Ek", "SECTION: Port; Pg. 3"),
            *("PUBLICATION: Lyre Post", "LENGTH: 200 words", f"LINK: {URL}"),
            *("PUBLISHED: 2026-03-03", "BODY:"),
        ),
        block(
            *("published at: 2026-03-03", f"source: {URL}", "outlet: Lyre Post"),
            *("authors: Ana Li, Bo Ek", "title: Northern quay closed"),
            behind=f"\ntext: {PROSE}",
        ),
        block(
            *("Title: Northern quay closed", "", "Date: 2026-03-03", "", "Author: Ana Li, Bo Ek"),
            *("", f"Url: {URL}", "", "Site: Lyre Post", "Publisher: Lyre Post"),
        ),
        block(
            *("---", 'title: "Northern quay closed"', "date: 2026-03-03", "authors:", "  - Ana Li"),
            *("  - Bo Ek", "tags: [port, quay]", f"url: {URL}", "image:", "  url: a.png"),
            *("publisher: 'Lyre Post'", "draft: false", "---"),
        ),
        block(
            *("+++", 'title = "Northern quay closed"', "date = 2026-03-03", f'link = "{URL}"'),
            *('authors = ["Ana Li", "Bo Ek"]', "[extra]", 'source = "Lyre Post"', "+++"),
        ),
    ],
)
@pytest.mark.parametrize("header", ["", " date 2026-03-04 ", "\n\n"])
def test_labels_of_many_houses_mean_the_same(header, text):
    found = find_front_matter(header + text)

    assert found is not None
    assert found.fields == ALL
    assert found.text == f"{header}Published: 2026-03-03\n\n{PROSE}"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "",
        "---\n\n" + PROSE,
        "---\ntitle: Northern quay closed\n\n" + PROSE,
        "---\ndate: 2026-03-03\n---\n" + PROSE,
        block("Title: Northern quay closed"),
        block("Date: 2026-03-03", "Author: Ana Li"),
        block("Suva: board opens cranes", "Title: Northern quay closed", "Date: 2026-03-03"),
        block("Title:", "Date: 2026-03-03"),
        block(f"Title: {'quay ' * 100}", "Date: 2026-03-03"),
        block("Northern quay closed", "Author: Ana Li", "Date: 2026-03-03"),
        "Title fight: Northern quay boxer wins\n\n" + PROSE,
    ],
)
def test_without_a_title_of_its_own_label_the_page_is_read_as_any_other(text):
    assert find_front_matter(text) is None


@pytest.mark.parametrize("header", [" date 2026-03-04 ", "Date: 4 March 2026\n"])
def test_behind_a_header_the_title_is_enough(header):
    found = find_front_matter(header + block("Title: Northern quay closed"))

    assert found.fields == {"title": "Northern quay closed"}
    assert found.text == header + PROSE


def test_a_line_without_a_label_ends_the_block():
    text = block("Title: Northern quay closed", "Author: Ana Li", behind=f"\n{PROSE}")

    assert find_front_matter(text).text == PROSE


def test_behind_an_empty_line_only_known_labels_go_on():
    text = block(
        "Title: Quay closed", "Author: Ana Li", "", "Lyre: a port without ships", "", PROSE
    )

    assert find_front_matter(text).text.startswith("Lyre: a port without ships\n")


def parsed(content: str, **given: str) -> pl.DataFrame:
    schema = RAW_DOCUMENTS.polars_schema
    row = {**dict.fromkeys(schema), **given, "raw": content.encode(), "ingested_on": NIGHT}
    row |= {"delivery_id": "d0", "file_name": "quay.txt"}
    return build_parse()(pl.DataFrame([row], schema=schema, orient="row"))["parsed_articles"]


TEXT = block(
    *("Title: <strong>Northern quay</strong> closed &amp; shut", "Author: Ana Li"),
    *("Date: 3 March 2026", f"URL: {URL}", "Source: Lyre Post"),
)


def test_fields_become_columns_and_no_line_of_the_body():
    article = parsed(TEXT).row(0, named=True)

    assert article["title"] == "Northern quay closed & shut"
    assert article["byline"] == "Ana Li"
    assert (article["marked_url"], article["marked_publisher"]) == (URL, "Lyre Post")
    assert article["body"].startswith("The northern quay was closed")


def test_its_date_is_a_stamp():
    dated, rejected = date_articles(parsed(TEXT))

    assert rejected.height == 0
    assert dated.row(0, named=True)["published_on"] == datetime.date(2026, 3, 3)
    assert dated.row(0, named=True)["date_origin"] == "stamp"


def test_what_came_beside_the_text_beats_what_stands_in_it():
    given = {"given_title": "Quay closed until May", "given_byline": "Bo Ek"}

    article = parsed(TEXT, **given).row(0, named=True)

    assert article["title"] == "Quay closed until May"
    assert article["byline"] == "Bo Ek"


def test_explained_lines_tell_of_the_fields():
    lines = list(explain_page(TEXT))

    assert [line.kind for line in lines[:5]] == ["field"] * 5
    assert lines[0].why == "front matter: title"
    assert lines[-1].kind == "body"


@pytest.mark.parametrize("depth", [3, 3_000])
def test_a_nested_list_is_read_one_level_deep(depth):
    text = block("title: Quay closed", f"authors: {'[' * depth}Ana Li{']' * depth}")

    assert find_front_matter(text + "\n") is None or depth == 3


@pytest.mark.parametrize(
    "piece", ["Title: a\n", "a: b\n", "- a\n", "---\n", "a" * 30 + " ", "Title: ['a', ", ": ", "\n"]
)
def test_hostile_heads_are_read_no_further_than_within_reach(piece):
    text = "---\ntitle: x\n" + piece * 100_000

    assert takes_at_most(0.5, lambda: [find_front_matter(text) for _ in range(20)])
