"""Records as other tools write them: which key means what."""

import json
from collections.abc import Mapping

import polars as pl
import pytest
from landed import json_lines, read, rules, table, texts

from etl.landing.formats import RECORDS, formats, possible_formats
from etl.tables import use_site_tables

TEXT = "The covered market of Port Lyre reopened on Monday."
DAY = "2026-03-02T07:00:00Z"

RECORDS_AS_WRITTEN: Mapping[str, dict[str, object]] = {
    "trafilatura": {
        **{"title": "Market reopens", "author": "Ana Li; Ben Oz", "hostname": "lyre.example"},
        **{"date": "2026-03-02", "categories": "", "tags": "", "fingerprint": "f", "id": None},
        **{"license": None, "comments": "", "raw_text": "", "text": TEXT, "language": "en"},
        **{"image": None, "pagetype": "article", "filedate": "2026-03-04"},
        **{"source": "https://lyre.example/1", "source-hostname": "Lyre Post", "excerpt": "E"},
    },
    "newspaper": {
        **{"url": "https://lyre.example/1", "read_more_link": "", "language": "en"},
        **{"title": "Market reopens", "authors": ["Ana Li", "Ben Oz"], "text": TEXT},
        **{"publish_date": "2026-03-02 07:00:00", "meta_lang": "en", "tags": []},
        **{"meta_site_name": "Lyre Post", "canonical_link": "https://lyre.example/1"},
    },
    "news-please": {
        **{"authors": ["Ana Li", "Ben Oz"], "date_download": "2026-03-04 08:00:00"},
        **{"date_modify": None, "date_publish": "2026-03-02 07:00:00", "description": "D"},
        **{"filename": "1.json", "language": "en", "maintext": TEXT, "text": None},
        **{"source_domain": "lyre.example", "title": "Market reopens", "title_rss": None},
        **{"url": "https://lyre.example/1"},
    },
    "fundus": {
        **{"title": "Market reopens", "authors": ["Ana Li", "Ben Oz"], "lang": "en"},
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]},
        **{"publishing_date": "2026-03-02 07:00:00+00:00", "topics": ["x"], "free_access": True},
        "html": {
            "requested_url": "https://lyre.example/1",
            "crawl_date": "2026-03-04 08:00:00",
            "source_info": {"publisher": "Lyre Post"},
        },
    },
    "newsapi": {
        **{"source": {"id": None, "name": "Lyre Post"}, "author": "Ana Li, Ben Oz"},
        **{"title": "Market reopens", "description": "D", "url": "https://lyre.example/1"},
        **{"urlToImage": None, "publishedAt": DAY, "content": TEXT},
    },
    "event-registry": {
        **{"uri": "8", "lang": "eng", "date": "2026-03-02", "dateTime": DAY, "body": TEXT},
        **{"title": "Market reopens", "url": "https://lyre.example/1"},
        **{"source": {"uri": "lyre.example", "title": "Lyre Post"}},
        "authors": [{"name": "Ana Li"}, {"name": "Ben Oz"}],
    },
    "media-cloud": {
        **{"id": "8", "media_name": "lyre.example", "media_url": "lyre.example"},
        **{"title": "Market reopens", "publish_date": "2026-03-02", "language": "en"},
        **{"url": "https://lyre.example/1", "indexed_date": "2026-03-04", "text": TEXT},
    },
    "ninjs": {
        **{"uri": "https://lyre.example/1", "type": "text", "headline": "Market reopens"},
        **{"firstcreated": DAY, "versioncreated": "2026-03-05T07:00:00Z", "language": "en"},
        **{"byline": "Ana Li, Ben Oz", "body_text": TEXT, "provider": {"name": "Lyre Post"}},
    },
    "schema-org": {
        **{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": TEXT},
        **{"headline": "Market reopens", "datePublished": DAY, "inLanguage": "en"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://lyre.example/1"},
        "author": [{"@type": "Person", "name": "Ana Li"}, {"@type": "Person", "name": "Ben Oz"}],
        "publisher": {"@type": "Organization", "name": "Lyre Post"},
    },
    "guardian": {
        **{"id": "x", "webUrl": "https://lyre.example/1", "webPublicationDate": DAY},
        "webTitle": "Market reopens",
        "fields": {"bodyText": TEXT, "byline": "Ana Li and Ben Oz", "publication": "Lyre Post"},
    },
    "webz": {
        "thread": {"site": "lyre.example"},
        **{"url": "https://lyre.example/1", "author": "Ana Li, Ben Oz", "published": DAY},
        **{"title": "Market reopens", "text": TEXT, "language": "english"},
    },
    "newsdata": {
        **{"title": "Market reopens", "link": "https://lyre.example/1", "content": TEXT},
        **{"creator": ["Ana Li", "Ben Oz"], "pubDate": "2026-03-02 07:00:00"},
        "source_name": "Lyre Post",
    },
    "mediastack": {
        **{"author": "Ana Li, Ben Oz", "title": "Market reopens", "description": TEXT},
        **{"url": "https://lyre.example/1", "source": "Lyre Post", "published_at": DAY},
    },
    "goose3": {
        **{"meta": {"lang": "en"}, "title": "Market reopens", "cleaned_text": TEXT},
        **{"domain": "lyre.example", "final_url": "https://lyre.example/1"},
        **{"authors": ["Ana Li", "Ben Oz"], "publish_datetime_utc": DAY},
    },
    "readability": {
        **{"title": "Market reopens", "byline": "Ana Li, Ben Oz", "textContent": TEXT},
        **{"content": f"<div><p>{TEXT}</p></div>", "siteName": "Lyre Post"},
        **{"publishedTime": DAY, "lang": "en", "url": "https://lyre.example/1"},
    },
    "postlight": {
        **{"title": "Market reopens", "author": "Ana Li, Ben Oz", "date_published": DAY},
        **{"content": TEXT, "domain": "lyre.example", "url": "https://lyre.example/1"},
    },
    "wordpress": {
        **{"date_gmt": DAY, "link": "https://lyre.example/1"},
        **{"title": {"rendered": "Market reopens"}, "content": {"rendered": TEXT}},
        "yoast_head_json": {"author": "Ana Li, Ben Oz", "og_site_name": "Lyre Post"},
    },
    "cc-news": {
        **{"requested_url": "https://lyre.example/1", "plain_text": TEXT},
        **{"published_date": DAY, "title": "Market reopens", "author": "Ana Li, Ben Oz"},
        **{"sitename": "Lyre Post", "language": "en", "crawl_date": "2026-03-04"},
    },
    "diffbot": {
        **{"pageUrl": "https://lyre.example/1", "title": "Market reopens", "text": TEXT},
        **{"siteName": "Lyre Post", "date": DAY, "author": "Ana Li, Ben Oz"},
    },
    "aylien": {
        **{"links": {"permalink": "https://lyre.example/1"}, "title": "Market reopens"},
        **{"body": TEXT, "published_at": DAY, "author": {"name": "Ana Li, Ben Oz"}},
        "source": {"name": "Lyre Post"},
    },
    "newscatcher": {
        **{"link": "https://lyre.example/1", "title": "Market reopens", "content": TEXT},
        **{"name_source": "Lyre Post", "published_date": DAY, "authors": "Ana Li, Ben Oz"},
    },
    "perigon": {
        **{"url": "https://lyre.example/1", "title": "Market reopens", "content": TEXT},
        **{"source": {"domain": "lyre.example"}, "pubDate": DAY, "authorsByline": "Ana Li, Ben Oz"},
    },
    "firecrawl": {
        "markdown": TEXT,
        "metadata": {
            **{"sourceURL": "https://lyre.example/1", "title": "Market reopens"},
            **{"publishedTime": DAY, "ogSiteName": "Lyre Post", "author": "Ana Li, Ben Oz"},
        },
    },
    "export": {
        **{"Headline": "Market reopens", "Body": TEXT, "Source": "Lyre Post", "Pub Date": DAY},
        **{"Link": "https://lyre.example/1", "Author": "Ana Li, Ben Oz"},
    },
}


def test_each_format_has_an_example() -> None:
    assert {one.name for one in formats()} == {"dateline", *RECORDS_AS_WRITTEN}


@pytest.mark.parametrize("name", RECORDS_AS_WRITTEN)
@pytest.mark.parametrize("kind", ["jsonl", "json", "list", "parquet", "csv"])
def test_a_record_gives_its_text_and_what_came_with_it(name: str, kind: str) -> None:
    record = RECORDS_AS_WRITTEN[name]
    (document,) = read(*written(record, kind))
    assert rules([document]) == [None]
    assert document.raw.decode() == TEXT
    given = dict(document.given)
    assert (given["url"], given["title"]) == ("https://lyre.example/1", "Market reopens")
    assert given["publisher"] in ("Lyre Post", "lyre.example")
    assert given["published_at"].startswith("2026-03-02")
    if name != "media-cloud":
        assert given["byline"].replace(";", ",").replace(" and", ",") == "Ana Li, Ben Oz"
    assert given.get("fetched_at", "2026-03-04").startswith("2026-03-04")


def written(record: Mapping[str, object], kind: str) -> tuple[str, bytes]:
    """A file with one record; in a CSV lists and records are texts, as pandas writes them."""
    if kind == "json":
        return "a.json", json.dumps(record, indent=2).encode()
    if kind == "list":
        return "a.json", json.dumps([record]).encode()
    if kind == "parquet":
        filled = {key: value for key, value in record.items() if value is not None}
        frame = pl.DataFrame([filled])
        kept = [n for n in frame.columns if frame[n].dtype not in (pl.List(pl.Null), pl.Null)]
        return "a.parquet", table(frame.select(kept).to_arrow().to_pydict())
    if kind == "csv":
        cells = {key: "" if value is None else str(value) for key, value in record.items()}
        return "a.csv", pl.DataFrame([cells]).write_csv().encode()
    return "a.jsonl", json_lines(record)


def test_columns_named_as_within_a_record_are_read() -> None:
    head = "title,content,source.id,source.name,publishedAt"
    (document,) = read("a.csv", f"{head}\nT,{TEXT},,Lyre Post,{DAY}\n".encode())
    assert dict(document.given)["publisher"] == "Lyre Post"
    assert dict(document.given)["published_at"] == DAY


@pytest.mark.parametrize(
    "envelope",
    [
        lambda items: {"status": "ok", "totalResults": 2, "articles": items},
        lambda items: {"articles": {"page": 1, "results": items}},
        lambda items: {"response": {"results": items}},
        lambda items: {"data": items},
    ],
)
def test_an_envelope_is_opened(envelope: object) -> None:
    items = [RECORDS_AS_WRITTEN["newsapi"], RECORDS_AS_WRITTEN["newsapi"]]
    content = json.dumps(envelope(items)).encode()  # type: ignore[operator]
    for name, members in (("a.json", ["1", "2"]), ("a.jsonl", ["1#1", "1#2"])):
        documents = read(name, content)
        assert [document.member for document in documents] == members
        assert texts(documents) == [TEXT.encode()] * 2


def test_of_a_graph_the_articles_are_taken_with_what_they_name() -> None:
    article = {**RECORDS_AS_WRITTEN["schema-org"], "publisher": {"@id": "#paper"}}
    paper = {"@type": "Organization", "@id": "#paper", "name": "Lyre Post"}
    page = {"@type": "WebPage", "@id": "https://lyre.example/1", "name": "Market"}
    graph = {"@context": "https://schema.org", "@graph": [page, article, paper]}
    (document,) = read("a.json", json.dumps(graph).encode())
    assert dict(document.given)["publisher"] == "Lyre Post"


def test_a_page_within_a_record_is_a_page() -> None:
    page = "<html><body><p>One.</p></body></html>"
    (document,) = read("a.jsonl", json_lines({"url": "https://lyre.example/1", "html": page}))
    assert (document.raw.decode(), document.media_type) == (page, "text/html")
    (document,) = read("a.jsonl", json_lines({"text": "One.", "html": page}))
    assert (document.raw, document.media_type) == (b"One.", None)


def test_unknown_keys_are_named_with_those_that_are_known() -> None:
    (document,) = read("a.jsonl", json_lines({"artikel": TEXT, "datum": DAY}))
    assert document.rejection is not None
    assert document.rejection.rule == "invalid_record"
    assert "found 'artikel', 'datum'" in document.rejection.detail
    assert "text, " in document.rejection.detail and "articleBody" in document.rejection.detail


def test_a_site_maps_its_own_keys(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    rows = "format,field,keys\nnetz,text,artikel\nnetz,published_at,datum\nnetz,title,kopf.zeile\n"
    (folder / "formats.csv").write_text(rows)
    record = {"artikel": TEXT, "datum": "2026-03-02", "kopf": {"zeile": "T"}}
    try:
        use_site_tables(folder)
        (document,) = read("a.jsonl", json_lines(record))
    finally:
        use_site_tables(None)
    assert texts([document]) == [TEXT.encode()]
    assert document.given == (("title", "T"), ("published_at", "2026-03-02"))


def test_a_name_is_no_address() -> None:
    record = {"text": TEXT, "source": "Lyre Post", "date": "2026-03-02"}
    (document,) = read("a.jsonl", json_lines(record))
    assert document.given == (("publisher", "Lyre Post"), ("published_at", "2026-03-02"))


def test_every_row_of_the_table_is_of_a_field_that_is_read() -> None:
    known = {"text", "html", "url", "title", "publisher", "published_at", "language"}
    known |= {"byline", "fetched_at", RECORDS}
    assert {field for one in formats() for field in one.keys} == known
    assert all(one.content_heads for one in formats())


def test_the_formats_that_columns_allow() -> None:
    assert [one.name for one in possible_formats(["articleBody"])] == ["schema-org"]
    assert possible_formats(["remark"]) == []
