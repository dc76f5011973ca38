"""The data engineer's night in the real UI: run it, see it refused, mend the cause, run it again.

One home, one ``dateline ui`` with its daemon, one Chromium. ``make screenshots`` runs the same
and keeps the pictures that docs/ui.md shows.
"""

import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from chromium import browsing
from desk import Desk, desk_at_work
from ui import Ui

from assets.definitions import defs
from assets.pages.archive import find_page, link_of
from etl.warehouse.digest import sha256

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

PIECES = 80
REFUSED_BY = "not_most_documents_are_rejected"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at_work(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Ui]:
    folder = tmp_path_factory.mktemp("browser")
    pictures = os.environ.get("SCREENSHOTS")
    with browsing(folder / "profile") as browser:  # first: without a browser no desk is needed
        desk: Desk = request.getfixturevalue("desk")
        yield Ui(
            browser, desk.address, failures=folder, pictures=Path(pictures) if pictures else None
        )


def test_the_schedule_is_on_and_the_rest_as_the_docs_say(ui: Ui) -> None:
    ui.open("/automation", says="files_have_landed")
    ui.wait_for("02:00 AM")
    ui.wait_for_switch("every_night", is_on=True)
    ui.wait_for_switch("end_abandoned_runs", is_on=True)
    ui.wait_for_switch("files_have_landed", is_on=False)
    ui.picture("automation")


def test_the_launchpad_of_an_operation_is_filled_with_its_defaults(ui: Ui) -> None:
    ui.open("/locations/dateline/jobs/replay", says="Launchpad")
    ui.click("Launchpad")
    ui.wait_for("first_night: ''", "rule: ''", "All defaults expanded", "No errors")
    ui.picture("launchpad")


def test_a_night_is_published_refused_mended_and_published(ui: Ui, desk: Desk) -> None:
    first = materialise_all(ui)
    assert ui.end_of_newest_run() == "Success"
    see_the_checks(ui)
    see_what_is_published(ui, desk)
    see_its_page(ui, desk)
    before, articles = sha256(desk.published), count(desk, "articles")

    desk.deliver_feed(PIECES)
    refused = materialise_all(ui, known=[first])
    assert ui.end_of_newest_run() == "Failure"
    ui.open(refused, says="Errored (1)")
    ui.wait_for("Failure", "Not executed (2)")  # published, and whether it is fresh
    see_why_it_was_refused(ui, desk)
    see_the_run_tell_it(ui, refused)
    see_the_page_served(desk)
    see_that_nothing_was_published(ui, refused)
    assert sha256(desk.published) == before

    desk.deliver_dates_of_feed()
    rerun_all(ui, refused, known=[first, refused])
    assert ui.end_of_newest_run() == "Success"
    see_what_is_published(ui, desk)
    assert count(desk, "articles") == articles + PIECES
    ui.open(check_page(REFUSED_BY), says="Latest execution")
    ui.wait_for("Passed")
    ui.open("/runs", says="Re-execution")
    ui.picture("runs")


def test_a_night_of_the_command_line_is_in_its_jobs_history_and_can_be_executed_again(
    ui: Ui, desk: Desk
) -> None:
    assert desk.run_night().returncode == 0
    run = ui.new_run(known=[])
    ui.open("/locations/dateline/jobs/nightly/runs", says="Success")
    ui.wait_for(run_id(run))
    rerun_all(ui, run, known=[run])
    assert ui.end_of_newest_run() == "Success"


def materialise_all(ui: Ui, *, known: list[str] | None = None) -> str:
    """Tonight, from the asset graph, as a person clicks it; the path of the run's page."""
    ui.open("/asset-groups", says="warehouse")
    ui.click("Materialize all")
    ui.wait_for("Partition selection")
    ui.click("Latest")
    ui.wait_for("1 partition", "Launch 1 run")
    if not known:
        ui.picture("launch")
    ui.click("Launch 1 run")
    ui.wait_without("Partition selection")
    return ui.new_run(known=known or [])


def rerun_all(ui: Ui, run: str, *, known: list[str]) -> None:
    """The failed run again, all of its steps, from its own page."""
    ui.open(run, says="Re-execute all")
    ui.click("Re-execute all")
    ui.wait_until_left(run)  # for the new run's page, which names this one too
    ui.new_run(known=known)


def see_the_checks(ui: Ui) -> None:
    """Each expectation by its name, in plain words, with its severity."""
    graph = defs.resolve_asset_graph()
    names = [key.name for key in graph.asset_check_keys if key.asset_key.path[-1] == "articles"]
    ui.open("/assets/staging/articles?view=checks", says=f"Checks ({len(names)})")
    ui.wait_for("Latest execution")
    ui.picture("checks")
    blocking, warning = "articles_have_a_country", "few_articles_lack_a_title"
    for name, severity in ((blocking, "blocking"), (warning, "warning")):
        ui.open(check_page(name, table="articles"), says="Latest execution")
        spec = next(graph.get_check_spec(k) for k in graph.asset_check_keys if k.name == name)
        ui.wait_for(name, str(spec.description), "Passed", severity)
        assert ("This is a blocking asset check." in ui.text) == (severity == "blocking")


def see_what_is_published(ui: Ui, desk: Desk) -> None:
    """The published asset tells what became of the night's documents, as the file has it."""
    with duckdb.connect(str(desk.published), read_only=True) as con:
        counts = con.execute("SELECT * EXCLUDE ingested_on FROM v_nights").fetchall()
    ui.open("/assets/published", says="delivered_count")
    ui.wait_without("Failed in")
    ui.wait_for(*(str(count) for count in counts[0]))
    ui.picture("published")


def see_its_page(ui: Ui, desk: Desk) -> None:
    """What a person sees of it first, from disk."""
    page = find_page(desk.home / "reports")
    assert page
    ui.picture_of(page, "night-page")


def see_why_it_was_refused(ui: Ui, desk: Desk) -> None:
    """The check that failed shows the night's row: delivered, rejected, their share."""
    delivered = count(desk, "deliveries") + PIECES
    rejected = count(desk, "quarantine WHERE rule <> 'no_country'") + PIECES
    ui.open(check_page(REFUSED_BY), says="Latest execution")
    ui.wait_for("Failed", "sample", str(delivered), str(rejected), f"{rejected / delivered:.4f}")
    ui.picture("check-failed")


def see_the_run_tell_it(ui: Ui, run: str) -> None:
    """The run's page names the check with figure and bound, and shows no code."""
    ui.open(f"{run}?logs=type%3ASTEP_FAILURE", says="1 blocking expectation did not hold")
    ui.wait_for(f"{REFUSED_BY}: ", "% observed, at most 50% allowed")
    assert "Stack Trace" not in ui.text
    ui.picture("run-refused")


def see_the_page_served(desk: Desk) -> None:
    """By its link, over the address of the UI."""
    page = find_page(desk.home / "reports")
    assert page
    with urllib.request.urlopen(desk.address + link_of(page)) as answer:
        assert answer.read() == page.read_bytes()


def see_that_nothing_was_published(ui: Ui, run: str) -> None:
    """The graph is red, and the published asset names the run that did not publish it."""
    ui.open("/asset-groups", says="warehouse")
    ui.wait_without("fetching statuses")
    ui.picture("asset-graph-refused")
    ui.open("/assets/published", says="Failed in")
    ui.wait_for(run_id(run))


def run_id(run: str) -> str:
    """As the UI shows it."""
    return run.rsplit("/", 1)[1][:8]


def check_page(name: str, *, table: str = "quarantine") -> str:
    return f"/assets/staging/{table}?view=checks&checkDetail={name}"


def count(desk: Desk, rows: str) -> int:
    with duckdb.connect(str(desk.published), read_only=True) as con:
        ((number,),) = con.execute(f"SELECT count(*) FROM {rows}").fetchall()
    return int(number)
