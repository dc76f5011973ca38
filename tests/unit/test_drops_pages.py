"""Pages as crawlers store them: files of HTML, WARC, feeds."""

import gzip
import io
import tracemalloc
from collections.abc import Iterable

import pytest
from landed import SMALL, read, rules, texts, zipped

from etl.landing.drops import sidecar_of
from etl.landing.limits import Limits

PAGE = b"<html><body><p>One.</p></body></html>"


def test_a_page_of_html_is_kept_as_delivered() -> None:
    for name, content in (("a.html", PAGE), ("A.HTM", PAGE), ("a.html.gz", gzip.compress(PAGE))):
        (document,) = read(name, content, b'{"url": "https://lyre.example"}')
        assert (document.raw, document.media_type) == (PAGE, "text/html")
        assert document.given == (("url", "https://lyre.example"),)
    assert sidecar_of("a.html") == "a.json"
    assert read("a.zip", zipped({"in/a.html": PAGE}))[0].media_type == "text/html"


# -- WARC -------------------------------------------------------------------------------------


def record(
    body: bytes = PAGE,
    *,
    url: str = "https://lyre.example/1",
    kind: str = "response",
    status: str = "200 OK",
    headers: Iterable[str] = ("Content-Type: text/html; charset=utf-8",),
) -> bytes:
    """One record of WARC 1.0, not packed."""
    http = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-01-19T11:00:00Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
        *("", ""),
    ]
    return "\r\n".join(lines).encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_warc_come_with_address_and_day(name: str) -> None:
    records = [
        record(),
        record(b"gone", status="404 Not Found"),
        record(b"{}", headers=["Content-Type: application/json"]),
        record(kind="request"),
        record(b"<p>Two.</p>", url="<https://lyre.example/2>"),
    ]
    pack = gzip.compress if name.endswith(".gz") else bytes
    documents = read(name, b"".join(map(pack, records)))
    assert texts(documents) == [PAGE, b"<p>Two.</p>"]
    assert [document.member for document in documents] == ["1", "2"]
    assert documents[0].media_type == "text/html; charset=utf-8"
    assert [dict(document.given) for document in documents] == [
        {"url": f"https://lyre.example/{number}", "fetched_at": "2024-01-19T11:00:00Z"}
        for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(PAGE), "Content-Encoding: gzip"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked"),
    ],
)
def test_codings_of_transfer_and_content_are_undone(body: bytes, coding: str) -> None:
    content = record(body, headers=["Content-Type: text/html", coding])
    assert texts(read("a.warc", content)) == [PAGE]


def test_a_damaged_record_takes_no_other_with_it() -> None:
    first, second, third = (gzip.compress(record(b"<p>%d</p>" % n)) for n in range(3))
    broken = second[:40] + bytes(byte ^ 0x5A for byte in second[40:])
    documents = read("a.warc.gz", first + broken + third)
    assert texts(documents) == [b"<p>0</p>", b"<p>2</p>"]
    assert [rule for rule in rules(documents) if rule] == ["unreadable_file"]


@pytest.mark.parametrize("content", [b"no archive", b"", gzip.compress(b"no archive")])
def test_what_is_no_warc_is_one_rejected_document(content: bytes) -> None:
    assert rules(read("a.warc", content)) == ["unreadable_file"]


def test_a_warc_without_pages_has_no_documents() -> None:
    assert read("a.warc", record(kind="request")) == []


def test_a_page_beyond_the_limit_is_rejected_alone() -> None:
    long = record(b"<p>" + b"x" * (SMALL.document_bytes + 1))
    assert rules(read("a.warc", long + record())) == ["too_long", None]


def test_a_page_packed_too_tightly_ends_its_file() -> None:
    bomb = gzip.compress(record(b"x" * 40_000_000))
    limits = Limits(file_bytes=10_000_000)
    assert rules(read("a.warc.gz", bomb, limits=limits)) == ["too_large"]


def test_a_warc_takes_memory_of_a_page_not_of_its_length() -> None:
    content = record(b"<p>" + b"x" * 50_000) * 400
    tracemalloc.start()
    count = sum(1 for _ in map(len, (d.raw for d in _lazily("a.warc", content))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 400
    assert peak < 4_000_000


def _lazily(name: str, content: bytes):  # type: ignore[no-untyped-def]
    from etl.landing.drops import read_documents

    return read_documents(name, io.BytesIO(content), limits=Limits())


# -- feeds ------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Lyre Post</title><language>en-gb</language>
<item><title>Quay closed</title><link>https://lyre.example/1</link>
<description>Short.</description>
<content:encoded><![CDATA[<p>The quay was closed.</p><p>It rained.</p>]]></content:encoded>
<pubDate>Fri, 19 Jan 2024 23:30:00 -0500</pubDate><dc:creator>Ana Li</dc:creator></item>
<item><title>Nothing</title><link>https://lyre.example/2</link></item>
<item><title>Ferry</title><description>The ferry &amp;amp; the crane.</description>
<pubDate>19 January 2024</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lyre Post</title>
<entry><title>Quay closed</title><link href="https://lyre.example/1"/>
<published>2024-01-19T23:30:00-05:00</published><updated>2024-01-21T00:00:00Z</updated>
<author><name>Ana Li</name></author><author><name>Ben Oz</name></author>
<content type="html">&lt;p&gt;The quay was closed.&lt;/p&gt;</content></entry></feed>"""


def test_the_items_of_rss_come_with_what_is_said_of_them() -> None:
    documents = read("a.rss", RSS.encode())
    assert rules(documents) == [None, "invalid_record", None]
    first, _, last = documents
    assert first.raw == b"<p>The quay was closed.</p><p>It rained.</p>"
    assert dict(first.given) == {
        "url": "https://lyre.example/1",
        "title": "Quay closed",
        "publisher": "Lyre Post",
        "published_at": "2024-01-19T23:30:00-05:00",
        "language": "en-gb",
        "byline": "Ana Li",
    }
    assert (first.given_by, first.member) == ("feed", "1")
    assert dict(last.given)["published_at"].startswith("2024-01-19")


def test_the_entries_of_atom_keep_the_day_of_their_zone() -> None:
    (document,) = read("a.atom", ATOM.encode())
    given = dict(document.given)
    assert given["published_at"] == "2024-01-19T23:30:00-05:00"
    assert given["byline"] == "Ana Li, Ben Oz"


@pytest.mark.parametrize(
    "content",
    [b"", b"<urlset><url/></urlset>", b"https://lyre.example/feed", b"/etc/hostname", b"\x00"],
)
def test_other_xml_is_one_rejected_document(content: bytes) -> None:
    assert rules(read("a.xml", content)) == ["unreadable_file"]


def test_a_feed_cut_off_keeps_the_items_before() -> None:
    assert rules(read("a.rss", RSS.encode()[:-320]))[:1] == [None]


@pytest.mark.parametrize("entity", ['x "&#38;x;"', 'x SYSTEM "file:///etc/hostname"'])
def test_a_feed_with_entities_of_its_own_is_not_read(entity: str) -> None:
    content = RSS.replace("?>", f"?><!DOCTYPE rss [<!ENTITY {entity}>]>", 1)
    assert rules(read("a.rss", content.encode())) == ["unreadable_file"]


def test_a_feed_longer_than_a_record_is_rejected() -> None:
    content = RSS.replace("Short.", "x" * SMALL.record_bytes)
    assert rules(read("a.rss", content.encode())) == ["too_large"]


# -- news in XML --------------------------------------------------------------------------------

NEWS_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="https://lyre.example/1"
  version="1" standard="NewsML-G2" xml:lang="en">
<itemMeta><provider><name>Lyre Wire</name></provider>
  <versionCreated>2026-03-02T09:00:00Z</versionCreated>
  <firstCreated>2026-03-02T07:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Market reopens</headline><by>Ana Li</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The market <b>reopened</b>.</p><!-- end -->
<figure><p>The hall.</p></figure><p>Traders returned.</p></body></html></inlineXML></contentSet>
</newsItem>"""
NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd">
<nitf xml:lang="en"><head><title>Market</title><docdata><date.issue norm="20260302T070000Z"/>
<doc.copyright holder="Lyre Wire"/></docdata><pubdata ex-ref="https://lyre.example/1"/></head>
<body><body.head><hedline><hl1>Market reopens</hl1></hedline><byline>Ana Li</byline></body.head>
<body.content><p>The market <em>reopened</em>.</p><media><p>The hall.</p></media>
<p>Traders returned.</p></body.content><body.end><p>More follows.</p></body.end></body></nitf>"""


@pytest.mark.parametrize(
    ("content", "moment"),
    [(NEWS_ITEM, "2026-03-02T07:00:00Z"), (NITF, "20260302T070000Z")],
    ids=["newsml", "nitf"],
)
def test_news_of_agencies_is_read(content: str, moment: str) -> None:
    (document,) = read("a.xml", content.encode())
    assert document.raw.decode() == "The market reopened.\n\nTraders returned."
    assert dict(document.given) == {
        **{"url": "https://lyre.example/1", "title": "Market reopens", "publisher": "Lyre Wire"},
        **{"published_at": moment, "language": "en", "byline": "Ana Li"},
    }


def test_a_paragraph_within_a_list_is_read_once() -> None:
    listed = NITF.replace("<p>Traders returned.</p>", "<ul><li><p>Traders</p> came.</li></ul>")
    (document,) = read("a.xml", listed.encode())
    assert document.raw.decode() == "The market reopened.\n\nTraders came."


def test_a_message_has_a_document_for_each_item_and_rejects_those_without_text() -> None:
    plain = "<newsItem guid='urn:2'><contentSet><inlineData>All of it.</inlineData></contentSet>"
    empty = "<newsItem guid='urn:3'><contentSet/></newsItem>"
    items = NEWS_ITEM + plain + "</newsItem>" + empty
    found = read("a.xml", f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode())
    assert rules(found) == [None, None, "invalid_record"]
    assert [d.member for d in found] == ["1", "2", "3"]
    assert found[1].raw == b"All of it."
    assert dict(found[1].given) == {}


@pytest.mark.parametrize(
    "content", [NEWS_ITEM[:-5], '<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>', "<other/>"]
)
def test_news_in_xml_that_is_broken_or_has_entities_is_unreadable(content: str) -> None:
    assert rules(read("a.xml", content.encode())) == ["unreadable_file"]
