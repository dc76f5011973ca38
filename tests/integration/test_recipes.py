"""The recipes of docs/input.md, on files: what each tool leaves is published, with its day."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from night_setup import materialise, rows

pytestmark = pytest.mark.slow

PLACES = ("Kisumu", "Nakuru", "Mombasa", "Malindi", "Eldoret", "Nyeri", "Garissa", "Lamu", "Thika")


def paragraphs(number: int) -> list[str]:
    """An article of its own for each number."""
    place = PLACES[number]
    return [
        f"The council of {place} in Kenya said that library number {number + 3} would open on "
        "Saturday after two years of repairs to its roof and its reading rooms.",
        f"Readers in {place} had borrowed books from a bus meanwhile. The government of Kenya "
        f"paid for the works, which took {number + 5} weeks longer than had been planned.",
        f"The librarian, who has worked in {place} for twenty years, thanked the masons.",
    ]


def page(number: int) -> str:
    """A page as a publisher serves it, with menu, meta elements and footer."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    return (
        f"<html lang='en'><head><title>Library opens in {PLACES[number]} - Lake Gazette</title>"
        "<meta property='og:site_name' content='Lake Gazette'>"
        "<meta property='article:published_time' content='2024-01-19T10:00:00+03:00'></head>"
        "<body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article>"
        f"<h1>Library opens in {PLACES[number]}</h1>{body}</article>"
        "<footer>About us. Contact.</footer></body></html>"
    )


def of_feed(raw: Path, number: int) -> None:
    item = (
        f"<item><title>Library opens in {PLACES[number]}</title>"
        f"<link>https://gazette.example/{number}</link>"
        "<pubDate>Fri, 19 Jan 2024 10:00:00 +0300</pubDate>"
        f"<description>{' '.join(paragraphs(number))}</description></item>"
    )
    folder = raw / "gazette.example_rss"
    folder.mkdir()
    (folder / "2024-01-19.rss").write_text(
        f"<rss version='2.0'><channel><title>Lake Gazette</title>{item}</channel></rss>"
    )


def of_trafilatura_over_a_folder(raw: Path, number: int) -> None:
    pages = raw.parent / "pages"
    pages.mkdir()
    (pages / "one.html").write_text(page(number))
    command = ["--input-dir", str(pages), "-o", str(raw / "crawl"), "--json", "--with-metadata"]
    subprocess.run([str(Path(sys.executable).with_name("trafilatura")), *command], check=True)


def of_trafilatura_line_by_line(raw: Path, number: int) -> None:
    for each in (number, number + 1):
        with (raw / "crawl.jsonl").open("a") as lines:
            subprocess.run(
                [Path(sys.executable).with_name("trafilatura"), "--json", "--with-metadata"],
                input=page(each),
                stdout=lines,
                text=True,
                check=True,
            )


def of_pages_as_they_are(raw: Path, number: int) -> None:
    (raw / "site").mkdir()
    (raw / "site" / "library.html").write_text(page(number))


def of_fundus(raw: Path, number: int) -> None:
    """As ``save_to_file`` writes it: https://github.com/flairNLP/fundus, docs of articles."""
    body = {
        "summary": [],
        "sections": [{"headline": [], "paragraphs": paragraphs(number)}],
    }
    record = {
        "title": f"Library opens in {PLACES[number]}",
        "body": body,
        "authors": ["Amina Okafor"],
        "publishing_date": "2024-01-19 10:00:00+03:00",
        "topics": [],
        "lang": "en",
        "publisher": "Lake Gazette",
    }
    (raw / "fundus.json").write_text(json.dumps([record]))


def of_cc_news(raw: Path, number: int) -> None:
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page(number)}".encode()
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: https://gazette.example/{number}\r\nWARC-Date: 2024-01-19T11:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    name = "CC-NEWS-20240119110000-00001.warc.gz"
    (raw / name).write_bytes(gzip.compress(head.encode() + http + b"\r\n\r\n"))


def of_a_database(raw: Path, number: int) -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE stories AS SELECT $1 AS body, $2 AS headline, "
            "TIMESTAMP '2024-01-19 10:00:00' AS published, $3 AS link",
            [
                "\n\n".join(paragraphs(number)),
                f"Library opens in {PLACES[number]}",
                f"https://gazette.example/{number}",
            ],
        )
        file = raw / "stories.parquet"
        con.execute(
            f"COPY (SELECT body, headline, published, link FROM stories) TO '{file}' "
            "(FORMAT parquet)"
        )


def landing(folder: Path) -> Path:
    """A landing folder with what every recipe leaves."""
    raw = folder / "raw"
    raw.mkdir()
    of_feed(raw, 0)
    of_trafilatura_over_a_folder(raw, 1)
    of_trafilatura_line_by_line(raw, 2)  # and 3
    of_pages_as_they_are(raw, 4)
    of_fundus(raw, 5)
    of_cc_news(raw, 6)
    of_a_database(raw, 7)
    return raw


def test_what_each_recipe_leaves_is_published(tmp_path: Path) -> None:
    outcome = materialise(tmp_path / "home", raw=landing(tmp_path))
    assert outcome.failures == ()
    found = rows(
        tmp_path / "home",
        "SELECT title, published_on::VARCHAR, body LIKE '%thanked the masons.', "
        "body LIKE '%Sport%' OR body LIKE '%Contact%' FROM articles ORDER BY title",
    )
    titles = sorted(f"Library opens in {place}" for place in PLACES[:8])
    assert found == [(title, "2024-01-19", True, False) for title in titles]
    feeds = {feed for (feed,) in rows(tmp_path / "home", "SELECT feed FROM deliveries")}
    assert {"crawl", "gazette.example", "gazette.example_rss", "site"} <= feeds
