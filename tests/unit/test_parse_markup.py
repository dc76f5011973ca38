"""Markup is taken out of texts and titles; another format is no text; words stay."""

import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import processor_seconds, takes_at_most

from etl.decode import DOCUMENTS_SCHEMA, decode_documents
from etl.errors import RULES
from etl.parse.markup import not_text, take_out_markup, without_markup
from etl.parse.stage import build_parse
from etl.schema import RAW_DOCUMENTS

NIGHT = datetime.date(2024, 1, 19)
PROSE = "The northern quay of Port Lyre was closed on Monday, the harbour master said, until May."
RTF = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs24 Northern quay closed\par "
    rf"{PROSE}\par}}"
)


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<strong>Quay closed</strong>\n\nShips wait.", "Quay closed\n\nShips wait."),
        ("<p>One.</p><p>Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
        ("one<br>two<BR/>three<br />four", "one\ntwo\nthree\nfour"),
        ("H<sub>2</sub>O and <B>bo</B>ld", "H2O and bold"),
        ("<ul><li>one<li>two</ul>", "\n\n\none\ntwo\n\n"),
        ("<td>one</td><td>two</td>", " one  two "),
        ('<a href="http://x.example/?a=1&b=2" title="more > less">quay</a>', "quay"),
        ("<a href='x'>quay</a> <img src=x onerror=alert(1)>", "quay "),
        ('<a title="never closed>quay</a>', "quay"),
        ("quay<!-- more --> closed<!---->", "quay closed"),
        ("<script>if (a < b) go('<p>')</script>quay", "quay"),
        ("<style type='text/css'>p { color: red }</style>quay", "quay"),
        ("<SCRIPT SRC=x></SCRIPT>quay<svg><path d='M0'/></svg>", "quay"),
        ("<![CDATA[quay]]>", "quay"),
        ("<<b>b>quay</<i>b>", "quay"),
        ("<P>In capitals.</P><P>And again.", "\n\nIn capitals.\n\n\n\nAnd again."),
        ("<time>10:00</time> <time datetime=x>", "10:00 "),
        ("<FONT COLOR=red>quay", "quay"),
    ],
)
def test_markup_goes_and_what_it_parted_stays_parted(marked: str, text: str) -> None:
    assert without_markup(marked) == text


@pytest.mark.parametrize(
    "text",
    [
        "Sears, Roebuck and Co <S> and Phillips <P> rose, Burlington <BR> fell.",
        "Dupont's <DD>, <I>, <HR> and <A>",
        "<Data General Corp>, <Time Inc>, <Main Street Bank> and <Section Eight Ltd>",
        "<Standard and Poor's Asia Inc>",
        "if 3 < 5 and 7 > 6, a<b",
        "see <https://quay.example/a> or <quay@post.example>",
        "the <time> and <address> of the meeting, <name> to be told",
        "<AP Photo>",
        "<!-- never closed",
        "1 <-> 2 <= 3 << 4 </> <> </ p>",
        "<ставка> <b",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_markup(text) == text
    assert not_text(text) is None


def test_a_script_that_is_never_closed_hides_nothing() -> None:
    assert without_markup("<script type='x'>never closed") == "never closed"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RTF, "RTF"),
        (f" date 2024-01-19 {RTF}", "RTF"),
        (f"\n {RTF}", "RTF"),
        ("%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj", "PDF"),
        ("%!PS-Adobe-3.0\n%%Title: quay", "PostScript"),
        ("\\documentclass{article}\\begin{document}", "TeX"),
        ('<?xml version="1.0"?><rss><channel>', "XML"),
        ('{"title": "Quay closed", "body": "…"}', "JSON"),
        ('[\n {"title": "Quay closed"}]', "JSON"),
        ("WARC/1.0\nWARC-Type: response", "WARC"),
        ("HTTP/1.1 200 OK\nServer: x", "HTTP"),
        ("From: a@post.example\nSubject: Quay\n closed\nContent-Type: text/plain\n\nx", "a mail"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "a mail"),
        (f"<!DOCTYPE html>\n<p>{PROSE}", "a whole page of HTML"),
        (f"<!-- x --><HTML lang='en'><BODY>{PROSE}", "a whole page of HTML"),
        (f" date 2024-01-19 <div>{PROSE}</div></body>", "a whole page of HTML"),
    ],
)
def test_another_format_is_no_text(text: str, name: str) -> None:
    why = not_text(text)
    assert why is not None
    assert (why.rule, why.detail) == ("not_text", f"{name}, expected plain text")
    assert RULES[why.rule].stage == "decode"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "From: the harbour master\nTo all ships\n\nThe quay is closed.",
        "Subject: quay. Content-Type: nothing",
        "{quay} is closed",
        "% of ships wait",
        "HTTP/2 is a protocol, said the mayor of Port Lyre.",
        "<header>News</header><section>…",
    ],
)
def test_what_merely_begins_like_one_is_text(text: str) -> None:
    assert not_text(text) is None


def documents(*rows: dict[str, object]) -> pl.DataFrame:
    common = {"delivery_id": "d", "file_name": "a.txt", "ingested_on": NIGHT, "text": PROSE}
    return pl.DataFrame([{**common, **row} for row in rows], schema=DOCUMENTS_SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("<strong>Quay closed</strong>", "Quay closed"),
        ("Smith &amp; Sons <b>rise</b>", "Smith & Sons rise"),
        ("&lt;strong&gt;Quay&lt;/strong&gt; closed", "Quay closed"),
        ("&amp;lt;em&amp;gt;Quay&amp;lt;/em&amp;gt;", "Quay"),
        ("Quay<br>closed\x1b[31m\nfor  ships", "Quay closed[31m for ships"),
        ("<img src=x>", None),
        (None, None),
        ("AT&T <T> rises", "AT&T <T> rises"),
    ],
)
def test_given_titles_and_publishers_are_plain(given_text: str | None, cleaned: str | None) -> None:
    row = {
        "given_title": given_text,
        "given_publisher": given_text,
        "given_url": "https://x/?a&amp;b",
    }
    texts, rejected = take_out_markup(documents(row))
    assert rejected.is_empty()
    assert texts.row(0, named=True) | {"given_title": cleaned, "given_publisher": cleaned} == (
        texts.row(0, named=True)
    )
    assert texts["given_url"].to_list() == ["https://x/?a&amp;b"]


def test_every_document_is_kept_or_rejected_in_its_order() -> None:
    rows = [{"delivery_id": f"{n}", "text": RTF if n % 2 else PROSE} for n in range(4)]
    texts, rejected = take_out_markup(documents(*rows))
    assert texts["delivery_id"].to_list() == ["0", "2"]
    assert texts.schema == DOCUMENTS_SCHEMA
    assert rejected["delivery_id"].to_list() == ["1", "3"]
    assert rejected["rule"].to_list() == ["not_text"] * 2
    none, nothing = take_out_markup(documents())
    assert none.is_empty() and nothing.is_empty()


def raw(*contents: bytes) -> pl.DataFrame:
    rows = [
        {"delivery_id": f"{n}", "file_name": f"{n}.txt", "ingested_on": NIGHT, "raw": content}
        for n, content in enumerate(contents)
    ]
    return RAW_DOCUMENTS.frame(rows)


def test_the_stage_publishes_no_markup_and_quarantines_what_is_no_text() -> None:
    page = f" date 2024-01-19 <h1>Northern quay closed</h1><p>{PROSE}</p><p>{PROSE}</p>"
    tables = build_parse()(raw(page.encode(), RTF.encode(), b"PK\x03\x04" + bytes(range(256)) * 9))
    (article,) = tables["parsed_articles"].to_dicts()
    assert article["title"] == "Northern quay closed"
    assert article["body"] == f"{PROSE}\n\n{PROSE}"
    assert tables["quarantine"].sort("delivery_id")["rule"].to_list() == ["not_text", "undecodable"]


MARKS = ["<", ">", "</", "/>", "b", "p", "script", "S", " ", "=", '"', "'", "<!--", "-->", "quay"]


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join) | st.text(max_size=60))
def test_taking_out_twice_takes_out_no_more(text: str) -> None:
    once = without_markup(text)
    assert without_markup(once) == once
    not_text(text)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<b",
        "<b ",
        "<b>",
        "<a href='",
        '<a href="',
        "<!--",
        "<script>",
        "<html =",
        "</p",
        "<<b>",
        "<p>x",
        '{"',
        "<![CDATA[",
        "A: b\n",
        "<b =\"'",
        "&lt;",
    ],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """A text that made it quadratic would take a hundred times as long, not ten times."""

    def seconds(chars: int) -> float:
        text = piece * (chars // len(piece))
        return processor_seconds(lambda: (without_markup(text), not_text(text)))

    assert any(seconds(400_000) < 40 * max(seconds(40_000), 0.01) for _ in range(3))


def test_a_plain_text_costs_next_to_nothing() -> None:
    (text, *_) = decode_documents(raw(PROSE.encode() * 1000))[0]["text"]
    assert takes_at_most(1, lambda: [(without_markup(text), not_text(text)) for _ in range(100)])
