"""The index of the pages: what it tells of each night, and that it holds what the pages hold."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.cli.home import report
from assets.pages.archive import INDEX, drop_pages_that_show, find_page, pages, write_page
from assets.pages.index import Summary, write_index
from assets.pages.templates import environment

NIGHT = date(2024, 3, 10)
AT = datetime(2024, 3, 10, 2, 7, 13, tzinfo=UTC)
HOSTILE = "</title></a><script>alert('x')</script>\" onclick=\"go()\u202e"
SUMMARY = Summary(
    verdict="passed",
    delivered=1_240,
    published=1_200,
    duplicate=10,
    superseded=0,
    quarantined=30,
    failures=0,
    warnings=0,
    country="Kenya",
    country_share=0.25,
    headline="Ferry returns",
)

Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a page with this head on the shelf."""

    def put(run_id: str, *nights: date, hours: int = 0, text: str | None, body: str = "") -> Path:
        head = '<meta name="dateline:nights" content="{{ nights }}">'
        told = '<meta name="dateline:summary" content="{{ text }}">' if text else ""
        html = (
            environment()
            .from_string(f"{head}{told}<title>A night</title>{body}")
            .render(nights=", ".join(map(str, nights)), text=text)
        )
        return write_page(tmp_path, html, run_id=run_id, audited_at=AT + timedelta(hours=hours))

    return put


def words(folder: Path) -> str:
    """What the index says, without its style."""
    html = write_index(folder).read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", " ", html[html.index("<body>") :])
    return " ".join(text.split())


def test_a_night_is_told_by_what_its_page_says_of_itself(put: Put, tmp_path: Path) -> None:
    page = put("a", NIGHT, text=SUMMARY.text)
    told = words(tmp_path)
    assert "10 March 2024 passed Ferry returns articles 1 200" in told
    assert "rejected 30 2.4 % named most Kenya 25.0 % audited 2024-03-10 02:07 UTC" in told
    assert f'href="{page.name}"' in (tmp_path / INDEX).read_text(encoding="utf-8")


def test_the_latest_night_comes_first_and_earlier_audits_beside_the_last(
    put: Put, tmp_path: Path
) -> None:
    refused = Summary(**{**vars(SUMMARY), "verdict": "failed", "failures": 2, "headline": None})
    first = put("a", NIGHT, text=refused.text)
    put("b", NIGHT, hours=1, text=SUMMARY.text)
    put("c", NIGHT + timedelta(days=1), hours=2, text=refused.text)
    put("d", NIGHT - timedelta(days=1), NIGHT, hours=3, text=SUMMARY.text)
    told = words(tmp_path)
    order = (
        "11 March 2024 not",
        "2 nights, 9 March 2024 to 10 March 2024",
        " 10 March 2024 passed",
    )
    places = [told.rindex(each) for each in order]
    assert places == sorted(places)
    assert "fit to publish 1 200" in told and "did not hold 2" in told
    assert "audited 2024-03-10 03:07 UTC , before that 2024-03-10 02:07 (not published)" in told
    html = (tmp_path / INDEX).read_text(encoding="utf-8")
    assert f'href="{first.name}"' in html
    assert html.count("<g>") == 2, "a bar for each single night"
    assert "2024-03-11: 1240 delivered, 1200 fit to publish" in html
    assert "2024-03-10: 1240 delivered, 1200 published" in html


def test_warnings_are_counted(put: Put, tmp_path: Path) -> None:
    put("a", NIGHT, text=Summary(**{**vars(SUMMARY), "verdict": "warned", "warnings": 3}).text)
    assert "3 warnings" in words(tmp_path)


@pytest.mark.parametrize("text", [None, "{}", '{"verdict": "passed", "mood": "good"}'])
def test_a_page_of_another_version_is_listed_all_the_same(
    text: str | None, put: Put, tmp_path: Path
) -> None:
    put("a", NIGHT, text=text)
    assert "10 March 2024 audited 2024-03-10 02:07 UTC" in words(tmp_path)


def test_a_hostile_headline_is_shown_and_does_nothing(put: Put, tmp_path: Path) -> None:
    hostile = Summary(**{**vars(SUMMARY), "headline": HOSTILE, "country": HOSTILE})
    put("a", NIGHT, text=hostile.text)
    html = write_index(tmp_path).read_text(encoding="utf-8")
    assert "<script" not in html and "\u202e" not in html
    assert not re.search(r"<[^>]+ onclick", html)
    assert html.count("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;") == 2
    assert "default-src &#39;none&#39;" not in html and "default-src 'none'" in html


def test_what_goes_with_a_page_goes_from_the_index(put: Put, tmp_path: Path) -> None:
    put("a", NIGHT, text=SUMMARY.text, body="<p data-article=0b7e>")
    assert "Ferry returns" in words(tmp_path)
    assert drop_pages_that_show(tmp_path, ["0b7e"]) == 1
    assert "No night has a page" in words(tmp_path)


def test_the_index_and_other_files_are_no_pages(put: Put, tmp_path: Path) -> None:
    page = put("a", NIGHT, text=SUMMARY.text)
    (tmp_path / "notes.html").write_text("mine")
    write_index(tmp_path)
    assert list(pages(tmp_path)) == [page]
    assert find_page(tmp_path) == page


def test_a_long_head_is_read_to_its_title(put: Put, tmp_path: Path) -> None:
    nights = [NIGHT - timedelta(days=ago) for ago in range(900)]
    put("a", *nights, text=SUMMARY.text)
    assert "900 nights" in words(tmp_path)
    assert "Ferry returns" in words(tmp_path)


def test_the_index_of_pages_of_an_earlier_version_is_written_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    assert "no page about any night" in CliRunner().invoke(report, ["--all"]).output
    page = write_page(tmp_path / "reports", "<p>old", run_id="a", audited_at=AT)
    asked = CliRunner().invoke(report, ["--all"])
    assert asked.output.strip() == str(tmp_path / "reports" / INDEX)
    assert (tmp_path / "reports" / INDEX).exists()
    assert CliRunner().invoke(report).output.strip() == str(page)
