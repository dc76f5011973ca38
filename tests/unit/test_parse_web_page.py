"""Pages of HTML: what is taken of their text and of their markup, and what bounds them."""

import json

import pytest
from processor_time import takes_at_most

from etl.decode import decode_page
from etl.errors import Rejection
from etl.parse.linked_data import read_linked_data
from etl.parse.web_page import MOST_CHARS, MOST_TAGS, WebPage, read_web_page

PARAGRAPHS = [
    "The northern quay of Port Lyre was closed on Monday after a crane fell into the basin.",
    "Nobody was hurt, the harbour master said, but two ferries had to turn back to Suva.",
    "Repairs will take until June, and the county council has promised to pay for half of them.",
]


def page(
    head: str = "", *, body: str = "", title: str = "Quay closed | Lyre Post", heading: str = ""
) -> str:
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("World", "Sport", "Shop"))
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{title}</title>{head}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article>{heading}{text}</article></main>"
        f"<footer><p>Copyright Lyre Post. All rights reserved.</p></footer></body></html>"
    )


def read(markup: str) -> WebPage:
    found = read_web_page(markup)
    assert isinstance(found, WebPage)
    return found


def linked(**values: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_the_text_is_the_article_without_what_stands_around_it() -> None:
    assert read(page()).text == "\n\n".join(PARAGRAPHS)


def test_the_marks_of_a_page_are_read() -> None:
    head = (
        '<meta property="og:site_name" content="Lyre Post">'
        '<link rel="canonical" href="https://lyre.example/quay">'
        '<meta property="article:published_time" content="2024-01-19T10:05:00Z">'
        '<meta name="author" content="By Ana Li">'
    )
    found = read(page(head, heading="<h1>Quay closed</h1>"))
    assert (found.title, found.byline, found.publisher) == ("Quay closed", "Ana Li", "Lyre Post")
    assert (found.url, found.language) == ("https://lyre.example/quay", "en-GB")
    assert found.dates == (("meta", "2024-01-19T10:05:00Z"),)


@pytest.mark.parametrize(
    ("title", "head", "heading", "wanted"),
    [
        ("Quay closed | Lyre Post", "", "<h1>Quay closed</h1>", "Quay closed"),
        ("Quay closed - Sport - LP", "", "<h1>Quay closed</h1>", "Quay closed"),
        ("Quay closed | Post of the Northern Isles", "", "<h1>Quay closed</h1>", "Quay closed"),
        ("Quay closed and ships sent on to the south", "", "<h1>Quay closed</h1>", None),
        ("Lyre Post", '<meta property="og:title" content="Quay closed">', "", "Quay closed"),
        (
            "Quay closed – Lyre Post",
            '<meta property="og:site_name" content="Lyre Post">',
            "<h1>Lyre Post</h1>",
            "Quay closed",
        ),
        ("Quay &amp;amp; crane", "", "<h1>Quay &amp; crane</h1>", "Quay & crane"),
        ("Quay: closed - for good", "", "", "Quay: closed - for good"),
    ],
)
def test_the_title_is_the_heading_that_the_page_says_again(
    title: str, head: str, heading: str, wanted: str | None
) -> None:
    assert read(page(head, title=title, heading=heading)).title == (wanted or title)


def test_json_ld_tells_date_authors_and_publisher() -> None:
    head = linked(
        headline="Quay closed",
        datePublished="2024-01-19T10:05:00+02:00",
        author=[{"@type": "Person", "name": "Ana Li"}, {"@type": "Person", "name": "Ben Oz"}],
        publisher={"@type": "NewsMediaOrganization", "name": "Lyre Post"},
    )
    found = read(page(head))
    assert found.byline == "Ana Li, Ben Oz"
    assert found.publisher == "Lyre Post"
    assert found.dates[0] == ("json-ld", "2024-01-19T10:05:00+02:00")


def test_a_page_that_names_its_site_as_author_names_nobody_else() -> None:
    head = linked(headline="Quay closed", author={"name": "Lyre Post"}, publisher="Lyre Post")
    assert read(page(head)).byline == "Lyre Post"
    head += '<meta name="author" content="Ana Li">'
    assert read(page(head)).byline == "Ana Li"


def test_what_json_ld_lacks_of_the_body_stays_behind() -> None:
    teaser = "<p>Read also how a lighthouse was sold to a singer, and what he wants it for.</p>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2) + teaser
    whole = linked(headline="Quay closed", articleBody=" ".join(PARAGRAPHS * 2))
    assert "lighthouse" not in read(page(whole, body=text)).text
    lead_only = linked(headline="Quay closed", articleBody=PARAGRAPHS[0] * 5)
    assert PARAGRAPHS[2] in read(page(lead_only, body=text)).text


def test_a_live_page_whose_entries_a_script_adds_is_read_from_json_ld() -> None:
    entries = [
        {"@type": "BlogPosting", "headline": f"Crane {n}", "articleBody": f"<p>{text}</p>"}
        for n, text in enumerate(PARAGRAPHS)
    ]
    kind = {"@type": "LiveBlogPosting"}
    live = linked(**kind, headline="Quay live", liveBlogUpdate=entries)
    lines = read(page(live, body="<p>The entries of this page are being loaded.</p>")).text
    assert [line for line in lines.split("\n\n") if line.startswith("Crane")] == [
        f"Crane {n}" for n in range(len(PARAGRAPHS))
    ]
    assert all(paragraph in lines for paragraph in PARAGRAPHS)
    whole = read(page(live))
    assert "Crane" not in whole.text and PARAGRAPHS[0] in whole.text


@pytest.mark.parametrize(
    "block",
    [
        '{"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "headline": "Quay"}]}',
        '[{"@type": "NewsArticle", "headline": "Quay"}]',
        '<!-- {"@type": "NewsArticle", "headline": "Quay",} -->',
        '{"@type": "https://schema.org/NewsArticle", "headline": "Quay", "x": "a\nb"}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Report", "headline": "Quay"}}',
    ],
)
def test_json_ld_is_read_in_the_forms_that_pages_give_it(block: str) -> None:
    assert read_linked_data([block]).headline == "Quay"


@pytest.mark.parametrize("block", ["", "{", "7", '"x"', "[" * 9_000, '{"@type": 7}', "null"])
def test_json_ld_that_is_none_says_nothing(block: str) -> None:
    assert read_linked_data([block]).headline is None


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        ('<time pubdate datetime="2024-01-19">today</time>', (("time", "2024-01-19"),)),
        ('<time class="published" datetime="2024-01-19">x</time>', (("time", "2024-01-19"),)),
        ('<meta itemprop="datePublished" content="2024-01-19">', (("meta", "2024-01-19"),)),
    ],
)
def test_dates_of_other_marks(element: str, wanted: object) -> None:
    assert read(page(heading=element)).dates == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Quay closed | Lyre Post | 19.01.2024", (("meta", "2024-01-19"),)),
        ("Quay closed, Lyre Post, 19.01.2024", (("meta", "2024-01-19"),)),
        ("Quay closed | 19.01.2024 | Lyre Post", ()),
        ("Quay closed | 19.91.2024", ()),
    ],
)
def test_a_day_that_closes_the_page_s_title_is_its_day(title: str, wanted: object) -> None:
    found = [date for date in read(page(title=title)).dates if date[0] != "htmldate"]
    assert tuple(found) == wanted


def test_a_time_element_is_asked_only_where_no_other_mark_says_it() -> None:
    teaser = '<time class="published" datetime="2018-01-27">x</time>'
    head = '<meta property="article:published_time" content="2024-01-19">'
    assert read(page(head, heading=teaser)).dates == (("meta", "2024-01-19"),)


def test_a_time_of_an_update_or_of_another_story_is_no_date_of_publication() -> None:
    marks = '<time class="updated published" datetime="2024-01-20">x</time>'
    marks += '<time datetime="2024-01-21">teaser</time>'
    assert ("time", "2024-01-21") not in read(page(heading=marks)).dates
    assert ("time", "2024-01-20") not in read(page(heading=marks)).dates


@pytest.mark.parametrize(
    "markup",
    ["", "<", "<html>", "<html><body></body></html>", "\x00", "<p>", "<!-- only -->", "&#0;"],
)
def test_a_page_without_text_is_no_article(markup: str) -> None:
    found = read_web_page(markup)
    assert isinstance(found, Rejection)
    assert found.rule == "not_an_article"


@pytest.mark.parametrize(
    "markup",
    ["<p>x" * (MOST_TAGS + 1), "x" * (MOST_CHARS + 1)],
    ids=["tags", "characters"],
)
def test_a_page_beyond_bounds_is_too_large(markup: str) -> None:
    found = read_web_page(markup)
    assert isinstance(found, Rejection)
    assert found.rule == "too_large"


@pytest.mark.parametrize(
    "markup",
    [
        page(body="<div>" * 30_000 + PARAGRAPHS[0]),
        page(body="<b><i>" * 20_000 + PARAGRAPHS[0]),
        page(body="<table><tr><td>" * 10_000 + PARAGRAPHS[0]),
        '<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>' + page(body="<p>" + "&c;" * 1_000),
        page(body="<p " + "a" * 100_000 + "=1>" + PARAGRAPHS[0]),
        page('<script type="application/ld+json">' + "[" * 500_000 + "</script>"),
    ],
    ids=["nested", "mixed", "tables", "entities", "attribute", "json"],
)
def test_a_hostile_page_ends_in_bounded_time(markup: str) -> None:
    assert takes_at_most(20, lambda: read_web_page(markup))
    found = read_web_page(markup)
    assert isinstance(found, Rejection) or len(found.text) < 100_000


def test_no_entity_of_a_page_reads_a_file(tmp_path: object) -> None:
    markup = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    found = read(markup + page(body=f"<p>{PARAGRAPHS[0]} &x;</p><p>{PARAGRAPHS[1]}</p>"))
    assert "&x;" in found.text


@pytest.mark.parametrize(
    ("raw", "media_type", "wanted"),
    [
        ("<p>Łódź é".encode(), "text/html; charset=iso-8859-1", "<p>Łódź é"),
        ("<p>Łódź".encode("iso8859-2"), "text/html; charset=ISO-8859-2", "<p>Łódź"),
        ('<meta charset="windows-1251"><p>Мир'.encode("cp1251"), "text/html", None),
        ('<meta content="text/html; charset=Shift_JIS"><p>港湾'.encode("cp932"), "text/html", None),
        ("<p>港".encode("gb18030"), 'text/html; charset="gb2312"', "<p>港"),
        ("<p>caf\xe9".encode("latin-1"), "text/html", "<p>caf\xe9"),
        ("<p>caf\xe9".encode("latin-1"), "text/html; charset=base64", "<p>caf\xe9"),
        ("\ufeff<p>é".encode("utf-16"), "text/html", None),
    ],
)
def test_the_charset_of_a_page_is_found(raw: bytes, media_type: str, wanted: str | None) -> None:
    found = decode_page(raw, media_type=media_type)
    assert isinstance(found, str)
    assert found == wanted if wanted else any(word in found for word in ("Мир", "港湾", "é"))


@pytest.mark.parametrize(("raw", "rule"), [(b"", "empty"), (b" \n", "empty")])
def test_bytes_without_a_page_are_rejected(raw: bytes, rule: str) -> None:
    found = decode_page(raw, media_type="text/html")
    assert isinstance(found, Rejection)
    assert found.rule == rule
