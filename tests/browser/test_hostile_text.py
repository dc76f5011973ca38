"""Hostile names, titles and outlets in a browser: no script runs, and nothing is fetched.

One night of such documents is published, the next is refused. Chromium opens the page of each
and whatever Dagster's UI shows of them.
"""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from chromium import browsing
from desk import Desk, desk_at_work
from hostile import (
    CARELESS,
    MARK,
    Beacon,
    beacon,
    careless,
    deliver_ignored,
    deliver_published,
    deliver_rejected,
    markup,
)
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait
from ui import Ui

from assets.night.columns import code_block
from assets.pages.archive import INDEX, pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1200)]

PUBLISHED, REJECTED, REFUSED = 24, 3, 60
REFUSED_BY = "not_most_documents_are_rejected"
QUOTED_BY = "few_documents_are_rejected"
QUARANTINE = ["staging", "quarantine"]
PICTURE, OVERRIDE = "![x](http://127.0.0.1:", "⟨right-to-left override⟩"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    with browsing(tmp_path_factory.mktemp("browser") / "profile") as browser:
        yield browser


@pytest.fixture(scope="module")
def seen(browser: WebDriver) -> Iterator[Beacon]:
    """Made after the browser: without one nothing else is needed."""
    with beacon() as seen:
        yield seen


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, seen: Beacon) -> Iterator[Desk]:
    """A night published, one refused, and a check whose query ends a code block."""

    def deliver(landing: Path) -> None:
        deliver_published(landing, seen.address, pieces=PUBLISHED)
        deliver_rejected(landing, seen.address, first=PUBLISHED, pieces=REJECTED)
        deliver_ignored(landing)

    with desk_at_work(tmp_path_factory.mktemp("desk"), deliver=deliver) as desk:
        first = desk.run_night()
        assert first.returncode == 0, first.stdout + first.stderr[-2000:]
        deliver_rejected(desk.landing, seen.address, first=100, pieces=REFUSED)
        second = desk.run_night()
        assert REFUSED_BY in second.stdout, second.stdout + second.stderr[-2000:]
        _report_a_hostile_query(desk, f"SELECT '\n```\n{markup(seen.address, 'query')}'")
        yield desk


def _report_a_hostile_query(desk: Desk, query: str) -> None:
    with dg.DagsterInstance.from_config(str(desk.home / "dagster")) as instance:
        instance.report_runless_asset_event(
            dg.AssetCheckEvaluation(
                asset_key=dg.AssetKey(QUARANTINE),
                check_name=QUOTED_BY,
                passed=False,
                metadata={"query": code_block("sql", query)},
            )
        )


@pytest.fixture
def ui(browser: WebDriver, desk: Desk, tmp_path: Path) -> Ui:
    return Ui(browser, desk.address, failures=tmp_path, pictures=None)


def owned(browser: WebDriver) -> object:
    return browser.execute_script(f"return document.documentElement.dataset.{MARK}")  # type: ignore[no-untyped-call]


def test_the_page_of_a_night_shows_it_as_text(browser: WebDriver, desk: Desk, seen: Beacon) -> None:
    shelf = desk.home / "reports"
    found = list(pages(shelf))
    assert len(found) == 2
    for page in found:
        browser.get(page.as_uri())
        opened = "for (const each of document.querySelectorAll('details')) each.open = true"
        browser.execute_script(opened)  # type: ignore[no-untyped-call]
        text = browser.find_element("tag name", "body").text
        for shown in ("<img src=x onerror=", "onerror=document", "<script>", PICTURE, OVERRIDE):
            assert shown in text
        assert_only_links_to(browser, [INDEX])
    browser.get((shelf / INDEX).as_uri())
    assert_only_links_to(browser, [page.name for page in found])
    assert seen.asked == []


def assert_only_links_to(browser: WebDriver, names: list[str]) -> None:
    """Nothing that acts, and no link but to pages of the shelf."""
    elements = "return document.querySelectorAll('img, script, iframe, object').length"
    assert browser.execute_script(elements) == 0  # type: ignore[no-untyped-call]
    links = [each.get_attribute("href") or "" for each in browser.find_elements("tag name", "a")]
    assert [link.rsplit("/", 1)[-1] for link in links] == names
    assert owned(browser) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/assets/published", ("unmapped_sources", PICTURE, "by sidecar")),
        ("/assets/published?view=events", ("unmapped_sources", PICTURE)),
        ("/assets/raw_documents", ("ignored_names", "<img src=x onerror=", OVERRIDE)),
        ("/assets/articles", ("quarantined_sample", "<img src=http://127.0.0.1:", OVERRIDE)),
    ],
)
def test_dagster_shows_it_as_text(
    path: str, words: tuple[str, ...], ui: Ui, browser: WebDriver, seen: Beacon
) -> None:
    ui.open(path, says=words[0])
    ui.wait_for(*words)
    assert owned(browser) is None
    assert seen.asked == []


@pytest.mark.parametrize(
    ("check", "words"), [(REFUSED_BY, ("SELECT",)), (QUOTED_BY, ("SELECT", PICTURE, "<script>"))]
)
def test_sql_stays_sql(
    check: str, words: tuple[str, ...], ui: Ui, browser: WebDriver, seen: Beacon
) -> None:
    ui.open(f"/assets/{'/'.join(QUARANTINE)}?view=checks&checkDetail={check}", says="query")
    ui.click("[Show Markdown]")
    ui.wait_for(*words)
    assert owned(browser) is None
    assert seen.asked == []


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_the_same_text_in_a_page_without_care_would_do_both(
    scheme: str, browser: WebDriver, seen: Beacon, tmp_path: Path
) -> None:
    """Or the tests above could not fail."""
    page = tmp_path / "careless.html"
    page.write_text(careless(seen.address))
    browser.get(page.as_uri() if scheme == "file" else f"{seen.address}{CARELESS}")
    WebDriverWait(browser, 20).until(lambda _: "/control.png" in seen.asked)
    assert owned(browser) == "1"
    seen.asked.clear()
