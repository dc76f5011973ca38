"""The page of a night: what it tells, what hostile text can't do to it, where it lies."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from sound_warehouse import EARLIER, NIGHT, build

import assets.pages.render as render_module
from assets.pages.archive import (
    INDEX,
    drop_old_pages,
    drop_pages_that_show,
    find_page,
    nights_of,
    page_of_run,
    write_page,
)
from assets.pages.attention import Attention, Named
from assets.pages.charts import (
    BOTTOM,
    HEIGHT,
    TOP,
    WIDTH,
    axis_end,
    bar_chart,
    day_bars,
    spark,
    strip,
)
from assets.pages.facts import Facts, read_facts
from assets.pages.feeds import SHOWN_FEEDS, Feed, Feeds, read_feeds
from assets.pages.front import Front, read_front
from assets.pages.history import History, read_history, verdict_of
from assets.pages.render import Audited, render
from assets.pages.templates import title_of
from etl import schema
from etl.lake.store import Lake
from etl.schema.views import VIEWS
from etl.warehouse.night_rows import Run
from etl.warehouse.run_log import write_quality_results, write_runs
from expectations.results import Result
from expectations.suites import EXPECTATIONS
from expectations.wording import figure_of

AT = datetime(2024, 3, 10, 2, 7, 13, tzinfo=UTC)
RUN = Run(
    run_id="run-7",
    started_at=datetime(2024, 3, 10, 2),
    code_version="c0de",
    model_version="news_ner",
    reference_version="7ab1e",
)
HOSTILE = (
    "</td><script>alert('x')</script><img src=http://evil.example/x onerror=go()>\u202egnp.exe"
)
VOID = {"meta", "br", "img"}
STYLE = Path(render_module.__file__).with_name("style.css.j2")


class Reader(HTMLParser):
    """All that a browser would see of a page: elements in balance, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file in whose last night hostile text was quarantined and published."""
    path = tmp_path_factory.mktemp("pages") / "sound.duckdb"
    build(path)
    with duckdb.connect(str(path)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        night = f"WHERE ingested_on = DATE '{NIGHT}'"
        con.execute(
            f"UPDATE quarantine SET raw_text = ?, path = ?, detail = ? {night}", [HOSTILE] * 3
        )
        for table in ("deliveries", "quarantine"):
            con.execute(f"UPDATE {table} SET feed = ? {night} AND feed IS NULL", [HOSTILE])
        con.execute(
            f"UPDATE articles SET unmapped_source_name = ?, "
            f"unmapped_source_origin = 'credit', source_id = NULL {night}",
            [HOSTILE],
        )
        con.execute("UPDATE articles SET title = ?", [HOSTILE])
        con.execute("UPDATE stories SET article_count = 2")
        con.execute("UPDATE sources SET name = ?", [HOSTILE])
        con.execute("UPDATE entities SET name = ? WHERE label = 'PERSON'", [HOSTILE])
    return path


@pytest.fixture(scope="module")
def facts(file: Path) -> Facts:
    return read_facts(file, [NIGHT])


@pytest.fixture(scope="module")
def front(file: Path) -> Front:
    return read_front(file, [NIGHT])


def result(name: str, **given: object) -> Result:
    expectation = next(e for e in EXPECTATIONS if e.name == name)
    return Result(expectation=expectation, **{"passed": True, **given})  # type: ignore[arg-type]


NO_NEWS = Front()
VERDICTS = {
    "articles_have_a_date": {EARLIER[-2]: "passed", EARLIER[-1]: "passed"},
    "few_articles_lack_a_title": {EARLIER[-2]: "warned", EARLIER[-1]: "passed"},
}


def page(
    facts: Facts,
    results: Sequence[Result],
    nights: Sequence[date] = (NIGHT,),
    front: Front = NO_NEWS,
) -> Reader:
    history = History(figures={"few_articles_lack_a_title": (0.1, 0.3, 0.2)}, verdicts=VERDICTS)
    audited = Audited(
        run=RUN, nights=tuple(nights), audited_at=AT, results=results, history=history
    )
    return Reader(render(audited, facts, front))


HELD = result("articles_have_a_date")
WARNED = result("few_articles_lack_a_title", passed=False, observed="0.9")
FAILED = result(
    "articles_have_a_text",
    passed=False,
    unexpected_count=4321,
    sample=({"article_id": "a1", "body": HOSTILE},),
    query="SELECT body FROM articles WHERE body < 'a'",
)


def test_a_sound_night_passes_and_adds_up(facts: Facts) -> None:
    words = page(facts, [HELD]).words
    assert "Night of 10 March 2024" in words
    assert "All 1 expectations hold" in words
    for figure in ("24 delivered", "20 published 83.3 %", "2 duplicates", "2 in quarantine"):
        assert figure in words
    assert "The documents of the last 7 nights , by what" in words
    assert "What did not hold" not in words
    assert "run-7" in words


def test_a_failing_night_says_first_that_nothing_was_published(facts: Facts) -> None:
    words = page(facts, [HELD, FAILED, WARNED]).words
    assert "1 of 3 expectations did not hold and stopped publication" in words
    assert words.index("Not published") < words.index("24 delivered")
    assert "20 fit to publish 83.3 %" in words
    assert "20 published" not in words.replace("24 delivered, 20 published", "")  # earlier nights
    assert "dateline query --staging" in words
    assert words.index("more than white space") < words.index("at most 70%".capitalize())
    assert "4 321" in words
    assert "body < 'a'" in words


def test_warnings_are_told_apart_from_failures(facts: Facts) -> None:
    seen = page(facts, [WARNED])
    assert "Passed, with 1 warning" in seen.words
    assert "20 published 83.3 %" in seen.words
    assert "--staging" not in seen.words
    assert "stops publication" not in seen.words
    assert "observed 90%" in seen.words
    assert "allowed at most 70%" in seen.words
    figures = [a for tag, a in seen.elements if tag == "polyline" and a["points"]]
    assert any(len(str(a["points"]).split()) == 4 for a in figures), "three nights and this one"


def test_hostile_text_is_shown_and_does_nothing(facts: Facts, front: Front) -> None:
    seen = page(facts, [FAILED], front=front)
    assert seen.open == []
    tags = {tag for tag, _ in seen.elements}
    assert not tags & {"script", "img", "iframe", "link", "object", "form"}
    attributes = [
        (name, value or "") for _, given in seen.elements for name, value in given.items()
    ]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    assert [value for name, value in attributes if name in ("src", "href")] == [INDEX]
    assert seen.words.count("<script>alert('x')</script>") >= 20
    assert "⟨right-to-left override⟩" in seen.words
    assert "\u202e" not in seen.words
    policies = [a["content"] for _, a in seen.elements if a.get("http-equiv")]
    assert policies and str(policies[0]).startswith("default-src 'none'")


def test_nights_without_documents_have_a_page_too(facts: Facts) -> None:
    nothing = dict.fromkeys(("nights", "trend", "rules", "countries", "sources"), ())
    empty = Facts(**nothing, unmapped=(), feeds=Feeds())
    seen = page(empty, [HELD])
    assert "Nothing was delivered" in seen.words
    assert seen.open == []


def test_several_nights_are_told_one_by_one(facts: Facts, tmp_path: Path) -> None:
    nights = [*EARLIER[-2:], NIGHT]
    assert title_of(nights).split() == "3 nights, 8 March 2024 to 10 March 2024".split()
    several = Facts(**{**vars(facts), "nights": facts.trend[-3:]})
    assert "9 March 2024 24 20 2 0 2" in page(several, [HELD], nights).words


def test_the_map_tells_of_every_country_in_words_too(facts: Facts, front: Front) -> None:
    seen = page(facts, [HELD], front=front)
    assert "PT: 100.0 %, 19 of 19" in seen.words
    assert "KE: none" in seen.words
    shaded = [a["class"] for tag, a in seen.elements if tag == "path" and "class" in a]
    assert shaded.count("m6") == 1
    assert "All 1 countries as a table country articles share month before points" in seen.words


def test_what_a_month_says_stands_beside_it_in_bars_and_in_a_table(
    facts: Facts, front: Front
) -> None:
    seen = page(facts, [HELD], front=front)
    assert "Countries PT 100.0 % ● 0.0" in seen.words
    assert "the commonest day of publication among these" in seen.words
    assert seen.words.count("– 100.0 100.0 100.0 100.0 100.0 100.0 100.0") == 2  # and a person
    levels = [a["d"] for tag, a in seen.elements if tag == "path" and a.get("class") == "level"]
    assert levels == ["M0 0.0H124"] * 2


def test_without_a_month_to_compare_with_nothing_is_compared(facts: Facts) -> None:
    kenya = Named(name="Kenya", codes=("KE",), count=1, share=0.25)
    few = Attention(
        article_count=4, news_day=NIGHT, month_article_count=12, countries=(kenya,), people=(kenya,)
    )
    words = page(facts, [HELD], front=Front(attention=few)).words
    assert "too few articles of the 30 days before ( 12 )" in words
    assert "Kenya 25.0 % 1 article" in words
    assert "points" not in words


def test_the_page_names_the_articles_of_whom_few_name(facts: Facts) -> None:
    ana = Named(name="Ana Li", count=2, share=0.5, article_ids=("a1", "a2"))
    kenya = Named(name="Kenya", codes=("KE",), count=1, share=0.25)
    few = Attention(article_count=4, countries=(kenya,), people=(ana,))
    seen = page(facts, [HELD], front=Front(attention=few))
    assert "a1 a2" in [a.get("data-articles") for _, a in seen.elements]


def test_stories_are_told_with_the_ids_of_their_articles(facts: Facts, front: Front) -> None:
    seen = page(facts, [HELD], front=front)
    assert "Top stories" in seen.words
    assert "2 articles tonight , the first of 10 March 2024" in seen.words
    shown = {a["data-article"] for _, a in seen.elements if "data-article" in a}
    assert shown == {each.article_id for s in front.stories for each in (s.headline, *s.headlines)}
    few = Front(attention=front.attention)
    assert "Top stories" not in page(facts, [HELD], front=few).words


def test_no_figure_and_no_date_is_parted_by_a_line(facts: Facts, front: Front) -> None:
    """Each stands in one word, or where lines do not break."""
    source = render(
        Audited(run=RUN, nights=(NIGHT,), audited_at=AT, results=[HELD, WARNED], history=History()),
        facts,
        front,
    )
    assert not re.search(
        r"\d (?:%|March|January|February)", re.sub(r"<title>.*?</title>", "", source)
    )
    assert not re.search(r"[a-z>] \d{4}-\d\d-\d\d \d\d:", source)


def test_the_feed_with_most_in_quarantine_comes_first_with_its_rules(facts: Facts) -> None:
    web, ill, wires = facts.feeds.shown
    assert (ill.name, ill.delivered, ill.quarantined) == (HOSTILE, 1, 1)
    assert (web.name, web.rules, ill.rules) == ("web", *[(("no_country", 1),)] * 2)
    assert (wires.name, wires.delivered, wires.published, wires.duplicate) == ("wires", 12, 12, 0)
    assert (web.published, web.duplicate, web.quarantined) == (8, 2, 1)
    assert (web.trend, ill.trend) == ((11,) * 7, (0,) * 6 + (1,))
    words = page(facts, [HELD]).words
    assert "Feeds feed delivered published duplicates in quarantine by rule" in words
    assert "wires 12 12 0 0" in words


def test_a_page_where_no_feed_is_named_has_no_table_of_them(facts: Facts) -> None:
    (feed, *_) = facts.feeds.shown
    nameless = Feeds(count=1, shown=(Feed(**{**vars(feed), "name": None}),))
    assert "by rule" not in page(Facts(**{**vars(facts), "feeds": nameless}), [HELD]).words


def test_a_feed_that_came_often_and_did_not_come_is_told(tmp_path: Path) -> None:
    path = tmp_path / "absent.duckdb"
    build(path)
    with duckdb.connect(str(path)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        rename = "UPDATE deliveries SET feed = ? WHERE feed = 'wires' AND ingested_on = ?"
        con.execute(rename, ["wires tonight", NIGHT])
        con.execute(rename, ["once", EARLIER[-1]])
    facts = read_facts(path, [NIGHT])
    (absent,) = facts.feeds.absent
    assert (absent.name, absent.nights, absent.last_on) == ("wires", 5, EARLIER[-2])
    assert absent.trend == (12, 12, 12, 12, 12, 0, 0)
    assert facts.feeds.absent_count == 1
    words = page(facts, [HELD]).words
    assert "Did not come feed nights of the last 7 last on wires 5 8 March 2024" in words
    several = read_facts(path, [EARLIER[-2], NIGHT])
    assert several.feeds.absent == (), "it came in one of these"
    assert "Did not come" not in page(several, [HELD]).words


def test_of_many_feeds_the_page_says_where_the_others_are(tmp_path: Path) -> None:
    path = tmp_path / "many.duckdb"
    build(path)
    with duckdb.connect(str(path)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        con.execute("UPDATE deliveries SET feed = delivery_id")
        con.execute("UPDATE quarantine SET feed = delivery_id")
        found = read_feeds(con, [NIGHT])
    assert (found.count, len(found.shown)) == (24, SHOWN_FEEDS)
    assert [feed.rules_text for feed in found.shown[:3]] == ["no_country 1", "no_country 1", ""]
    facts = read_facts(path, [NIGHT])
    assert "The first 20 of 24; all of them: FROM v_feeds" in page(facts, [HELD]).words


@pytest.mark.parametrize(
    ("observed", "figure"),
    [("0.56", 0.56), ("0.1 to 0.4", 0.4), ("250", 250), ("['id']", None), (None, None), ("", None)],
)
def test_the_figure_of_what_was_observed(observed: str | None, figure: float | None) -> None:
    assert figure_of(observed) == figure


def test_a_figure_is_set_beside_the_last_one_of_each_earlier_night(tmp_path: Path) -> None:
    lake, name = Lake(tmp_path), "few_articles_lack_a_title"
    first, second = EARLIER[-2:]
    for run_id, night, day, observed in (
        ("c", first, 1, "0.1"),
        ("b", first, 2, "0.2"),  # run again
        ("d", first, None, "0.9"),  # and again, not published
        ("e", second, 3, "0.3"),
        ("a", NIGHT, 4, "0.4"),
    ):
        logged = {"run_id": run_id, "ingested_on": night}
        held = {"passed": observed < "0.3", "severity": "warning"}
        result = {**logged, **held, "expectation": name, "observed": observed}
        write_quality_results(lake, run_id, schema.QUALITY_RESULTS.frame([result]))
        if day:
            finished = {**logged, "finished_at": datetime(2024, 3, day)}
            write_runs(lake, run_id, schema.RUNS.frame([finished]))
    both = History(figures={name: (0.2, 0.3)}, verdicts={name: {first: "passed", second: "warned"}})
    assert read_history(lake, before=NIGHT) == both
    assert read_history(lake, before=second).figures == {name: (0.2,)}


def test_checks_that_did_not_always_hold_are_told_by_night(facts: Facts) -> None:
    seen = page(facts, [HELD, WARNED])
    assert "1 of 2 expectations hold. Over the last 3 nights these did not always" in seen.words
    strips = [a["aria-label"] for _, a in seen.elements if "hold in" in str(a.get("aria-label"))]
    assert strips == ["Did not hold in 2 of 3 nights"]
    assert "few_articles_lack_a_title 8 March 2024 , 10 March 2024" in seen.words
    held = result("few_articles_lack_a_title", observed="0.2")
    assert "articles_have_a_date 8 March" not in page(facts, [HELD, held]).words
    assert "All of them held in each of the last 3 nights" in page(facts, [HELD]).words


@pytest.mark.parametrize(
    ("passed", "severity", "verdict"),
    [(True, "blocking", "passed"), (False, "blocking", "failed"), (False, "warning", "warned")],
)
def test_a_check_that_blocks_fails_and_another_warns(
    passed: bool, severity: str, verdict: str
) -> None:
    assert verdict_of(passed=passed, severity=severity) == verdict


def test_a_strip_has_a_field_a_night_and_none_where_nothing_was_checked() -> None:
    drawn = strip(["passed", None, "failed", "passed"])
    assert drawn.width == 16
    assert dict(drawn.paths) == {
        "passed": "M0 0h3v6h-3zM12 0h3v6h-3z",
        "failed": "M8 0h3v6h-3z",
    }


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colours(mode: str) -> dict[str, str]:
    """The colours of the style, by name."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.DOTALL)
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light if mode == "light" else dark))


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    lower, higher = sorted(luminance(colour) for colour in (one, other))
    return (higher + 0.05) / (lower + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("text", ["ink", "soft", "published", "quarantined", "ok", "warn", "bad"])
def test_every_text_stands_out_from_its_ground(text: str, ground: str, mode: str) -> None:
    """4.5 to 1 at the least (WCAG 2.2, AA), in the colours of the style."""
    found = colours(mode)
    if text in ("ok", "warn", "bad"):  # these stand on their own ground
        ground = f"{text}-ground"
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_each_shade_of_the_map_is_deeper_than_the_one_before(mode: str) -> None:
    """And the deepest stands out from land and paper (3 to 1 for graphics: WCAG 2.2, AA)."""
    found = colours(mode)
    ramp = [found["land"], *(found[f"shade-{level}"] for level in range(1, 7))]
    assert all(contrast(one, following) >= 1.15 for one, following in pairwise(ramp))
    brightness = [luminance(colour) for colour in ramp]
    assert brightness == sorted(brightness, reverse=mode == "light")
    for ground in ("land", "paper"):
        assert contrast(found["shade-6"], found[ground]) >= 3


# -- geometry ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("highest", "end"), [(0, 2), (2, 2), (7, 8), (24, 30), (99, 100), (101, 120), (11_800, 12_000)]
)
def test_the_axis_ends_at_a_round_figure(highest: int, end: int) -> None:
    assert axis_end(highest) == end


def test_bars_stand_on_the_axis_within_the_chart_and_are_as_high_as_their_figures(
    facts: Facts,
) -> None:
    chart = bar_chart(facts.trend)
    assert len(chart.bars) == 7
    scale = (HEIGHT - TOP - BOTTOM) / 30
    for bar in chart.bars:
        blocks = {block.outcome: block for block in bar.blocks}
        assert blocks["published"].y + blocks["published"].height == HEIGHT - BOTTOM
        assert blocks["published"].height == pytest.approx(20 * scale, abs=0.1)
        assert blocks["quarantined"].y == pytest.approx(HEIGHT - BOTTOM - 24 * scale, abs=0.1)
        assert all(block.x >= 0 and block.x + block.width <= WIDTH for block in bar.blocks)


def test_a_line_needs_two_nights_and_may_be_level() -> None:
    assert spark([0.5]) is None
    level = spark([0.5, 0.5, 0.5])
    assert level
    assert {point.split(",")[1] for point in level.points.split()} == {str(level.y)}


def test_the_highest_day_fills_its_bars_and_a_small_one_can_be_seen() -> None:
    drawn = day_bars([0.5, None, 0.0001, 0.25], level=0.25)
    assert drawn
    assert drawn.before == "M0 24v-24h3v24z" + "M8 24v-1h3v1z"
    assert drawn.last == "M12 24v-12h3v12z"
    assert (drawn.level, drawn.width) == (12, 16)
    assert day_bars([], level=0.1) is None
    flat = day_bars([0.0, 0.0], level=0.0)
    assert flat and (flat.before, flat.last) == ("", "")


# -- where pages lie --------------------------------------------------------------------------


def put(folder: Path, run_id: str, *nights: date, days: int = 0, body: str = "") -> Path:
    content = ", ".join(map(str, nights))
    html = f'<meta name="dateline:nights" content="{content}">{body}'
    return write_page(folder, html, run_id=run_id, audited_at=AT + timedelta(days=days))


def test_pages_are_found_by_night_the_newest_first(tmp_path: Path) -> None:
    first = put(tmp_path, "a", NIGHT)
    both = put(tmp_path, "b", EARLIER[0], NIGHT, days=1)
    last = put(tmp_path, "c", date(2024, 4, 1), days=2)
    assert nights_of(both) == [EARLIER[0], NIGHT]
    assert find_page(tmp_path) == last
    assert find_page(tmp_path, NIGHT) == both
    assert find_page(tmp_path, date(2020, 1, 1)) is None
    assert page_of_run(tmp_path, "a") == first
    assert page_of_run(tmp_path / "none", "a") is None


def test_a_run_has_one_page_and_old_ones_go(tmp_path: Path) -> None:
    put(tmp_path, "a", NIGHT)
    again = put(tmp_path, "a", NIGHT, days=1)
    newer = put(tmp_path, "b", NIGHT, days=9)
    assert sorted(tmp_path.iterdir()) == [again, newer]
    assert drop_old_pages(tmp_path, before=AT + timedelta(days=5)) == 1
    assert list(tmp_path.iterdir()) == [newer]


def test_pages_that_show_a_withdrawn_article_go(tmp_path: Path) -> None:
    put(tmp_path, "a", NIGHT, body="<td>0b7e41</td>")
    other = put(tmp_path, "b", NIGHT, days=1)
    assert drop_pages_that_show(tmp_path, ["0b7e41", "ffffff"]) == 1
    assert list(tmp_path.iterdir()) == [other]
