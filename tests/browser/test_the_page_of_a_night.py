"""The page of a night and the index as a person sees them: light and dark, wide, narrow, on paper.

Each is opened with all that can be opened, on a night of long and hostile names. Nothing may stand
out of the page, no figure or date may be parted by a line, and text must stand out from its ground.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from chromium import browsing
from selenium.webdriver import Chrome
from sound_warehouse import NIGHT, build

from assets.pages.archive import write_page
from assets.pages.facts import read_facts
from assets.pages.front import read_front
from assets.pages.history import History
from assets.pages.index import write_index
from assets.pages.render import Audited, render
from etl.schema.views import VIEWS
from etl.warehouse.night_rows import Run
from expectations.results import Result
from expectations.suites import EXPECTATIONS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "Rhabarberbarbarabarbarbarenbartbarbierbierbarbärbel" * 3 + " <b>\u202ewon’t</b> break"
WIDE, NARROW, PAPER = 1280, 390, 700
WAYS = [
    (media, scheme, width)
    for media, scheme, widths in (
        ("screen", "light", (WIDE, NARROW)),
        ("screen", "dark", (WIDE, NARROW)),
        ("print", "dark", (PAPER,)),
    )
    for width in widths
]
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
OVERFLOWING = """
// the width that was set: a phone lays out more where something is wider
return [...document.querySelectorAll('main *')].filter(each => !each.closest('.scroll, svg')
    && each.getBoundingClientRect().right > arguments[0] + 1)
    .map(each => each.outerHTML.slice(0, 200))
"""
PARTED = """
return [...document.querySelectorAll('.v, td.n')].filter(each => {
    const range = document.createRange(); range.selectNodeContents(each);
    const tops = [...range.getClientRects()].filter(rect => rect.width > 0);
    return tops.length && Math.max(...tops.map(t => t.top)) > Math.min(...tops.map(t => t.bottom));
}).map(each => each.outerHTML.slice(0, 200))
"""
PALE = """
const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(Number).map(v => v / 255)
        .map(s => s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = each => {
    for (; each; each = each.parentElement) {
        const colour = getComputedStyle(each).backgroundColor;
        if (!/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
};
return [...document.querySelectorAll('main *')].filter(each => {
    const says = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!says || each.closest('svg')) return false;
    const [low, high] = [light(getComputedStyle(each).color), light(ground(each))].sort();
    return (Math.max(low, high) + 0.05) / (Math.min(low, high) + 0.05) < 4.5;
}).map(each => each.outerHTML.slice(0, 200))
"""
"""Source: WCAG 2.2, contrast ratio, of each element with words on what it stands on."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with browsing(tmp_path_factory.mktemp("browser") / "profile") as browser:
        yield browser


@pytest.fixture(scope="module")
def shelf(browser: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of a night that passed and of one that was refused, with long names everywhere."""
    shelf = tmp_path_factory.mktemp("pages")
    path = shelf / "sound.duckdb"
    build(path)
    with duckdb.connect(str(path)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        for table, column in (
            *(("articles", name) for name in ("title", "unmapped_source_name")),
            *(("quarantine", name) for name in ("raw_text", "path", "detail", "feed")),
            *(("deliveries", "feed"), ("entities", "name"), ("sources", "name")),
            *(("countries", "name"),),
        ):
            con.execute(f"UPDATE {table} SET {column} = ?", [LONG])
        con.execute("UPDATE articles SET source_id = NULL WHERE article_id LIKE '%-05'")
        con.execute("UPDATE deliveries SET feed = 'gone' || feed WHERE ingested_on < ?", [NIGHT])
    for number, failing in enumerate((0, 2)):
        html = page(path, failing=failing)
        at = datetime(2024, 3, 10, number, tzinfo=UTC)
        write_page(shelf, html, run_id=str(number), audited_at=at)
    write_index(shelf)
    return shelf


def page(path: Path, *, failing: int) -> str:
    """With so many expectations of each severity that do not hold, and a sample of each."""
    results = []
    for severity in ("blocking", "warning"):
        of_severity = (each for each in EXPECTATIONS if each.severity == severity)
        chosen = sorted(of_severity, key=lambda each: each.unit is None)[:12]  # figures are wide
        results += [
            Result(
                expectation=each,
                passed=number >= failing,
                unexpected_count=12_345,
                observed="12345.678" if each.unit else None,
                sample=({"article_id": LONG, "body": LONG},),
                query=f"SELECT '{LONG}'",
            )
            for number, each in enumerate(chosen)
        ]
    run = Run(
        run_id="0f3c",
        started_at=datetime(2024, 3, 10, 2),
        code_version="c0de" * 16,
        model_version="news_ner 1",
        reference_version="7ab1e" * 12,
    )
    audited = Audited(
        run=run,
        nights=(NIGHT,),
        audited_at=datetime(2024, 3, 10, 2, 7),
        results=results,
        history=History(
            verdicts={
                each.expectation.name: {night.night: "warned" for night in facts.trend[:-1]}
                for each in results
                for facts in (read_facts(path, [NIGHT]),)
            }
        ),
    )
    facts = read_facts(path, [NIGHT])
    return render(audited, facts, read_front(path, [NIGHT], [each.night for each in facts.trend]))


def look(browser: Chrome, page: Path, media: str, scheme: str, width: int) -> None:
    """Open a page in one of the ways, with all its details."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == NARROW}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())
    browser.execute_script(OPEN)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("media", "scheme", "width"), WAYS)
@pytest.mark.parametrize("name", ["*_0.html", "*_1.html", "index.html"])
def test_a_page_can_be_read_in_every_way(
    name: str, media: str, scheme: str, width: int, browser: Chrome, shelf: Path
) -> None:
    (page,) = shelf.glob(name)
    look(browser, page, media, scheme, width)
    for what in (OVERFLOWING, PARTED, PALE):
        assert browser.execute_script(what, width) == []  # type: ignore[no-untyped-call]


def test_what_is_sought_is_found(browser: Chrome, tmp_path: Path) -> None:
    """Or the tests above could not fail."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<body style='background: #fff'><main><p style='width: 3000px; color: #ddd'>pale</p>"
        "<div style='width: 1em'><span class=v>1 2 3 4 5</span></div></main>"
    )
    width = 600
    look(browser, bad, "screen", "light", width)
    for what in (OVERFLOWING, PARTED, PALE):
        assert len(browser.execute_script(what, width)) == 1  # type: ignore[no-untyped-call]
