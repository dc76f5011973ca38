"""Live pages and timelines: several times and headings in one article."""

import pytest

from etl.parse import judge, parse_page
from etl.parse.block_reading import BlockReading
from etl.parse.entries import LEAST_ENTRIES, MOST_STAMP_WORDS, find_entries, says_it_is_live
from etl.parse.lines import Block

CLOCKS = ("17:45 GMT", "16:10 GMT", "14:32 GMT", "12:05 GMT")


def live(title: str, times: tuple[str, ...], entry: str = "Heading {}\nIt rained.") -> str:
    entries = (f"{time}\n{entry.format(number)}" for number, time in enumerate(times))
    return "\n\n".join([f" date 2024-01-19 {title}", *entries])


@pytest.mark.parametrize(
    "times",
    [
        CLOCKS,
        ("6:30 p.m.", "4 p.m.", "9:15 a.m."),
        ("17.52 Uhr", "16.20 Uhr", "8.05 Uhr"),
        ("10m ago", "25 min ago", "1h ago"),
        tuple(f"January 19, 2024 at {hour}:12 p.m. EST" for hour in (9, 8, 7)),
        tuple(f"Friday, 19 January 2024, {hour}:12 XYT" for hour in (21, 20, 19)),
    ],
    ids=lambda times: times[0],
)
def test_a_live_page_is_one_article_without_its_clocks(times: tuple[str, ...]) -> None:
    page = parse_page(live("Quay strike live", times))
    assert judge(page) is None
    assert page.title == "Quay strike live"
    wanted = [line for number in range(len(times)) for line in (f"Heading {number}", "It rained.")]
    assert page.body.split("\n\n") == wanted


def test_the_times_of_entries_are_no_stamps_of_a_page_that_has_its_own() -> None:
    times = tuple(f"January {day}, 2024 at 9:12 p.m. EST" for day in (19, 17, 12))
    text = live("Quay strike live", times).replace(
        "live\n", "live\nBy Ana Li\nPublished January 12, 2024\n", 1
    )
    assert parse_page(text).stamps == ("Published January 12, 2024",)
    assert parse_page(live("Quay strike live", times)).stamps == (times[0],)


def test_the_days_of_a_timeline_stay_in_it() -> None:
    days = ("January 3, 2019", "March 14, 2020", "May 9, 2022")
    page = parse_page(live("Timeline: the quay that nobody built", days, "It rained."))
    assert judge(page) is None
    assert page.stamps == ()
    assert [page.body.count(day) for day in days] == [1, 1, 1]


@pytest.mark.parametrize(
    "lines",
    [
        ("1998 - Plan is drawn", "2007 – Plan is shelved", "2024 - Quay is cancelled"),
        ("Jan. 3: Board meets", "5 March: Crews walk out", "Jan. 9, 2024: Talks fail"),
        ("80' Penalty Fiji", "45+2’ Half-time in Suva", "1' Kick-off in Suva"),
        ("10:00 AM: Storm hits.", "10:30 AM - Power is out.", "• 11.15 Uhr Bridge shuts."),
    ],
    ids=lambda lines: lines[0],
)
def test_entries_that_begin_with_their_time_are_an_article(lines: tuple[str, ...]) -> None:
    page = parse_page(" date 2024-01-19 Key dates of the long quay\n\n" + "\n\n".join(lines * 2))
    assert judge(page) is None
    assert page.title == "Key dates of the long quay"
    assert page.body.split("\n\n") == list(lines * 2)


@pytest.mark.parametrize(
    "text",
    [
        live(
            "Tag: harbour", ("January 19, 2024", "January 18, 2024", "January 9, 2024"), "Quay {}"
        ),
        live("Live sport tonight", ()) + "\n18.00 News\n19.15 Ireland by pony\n20.00 Film\n"
        "21.50 Weather\n22.00 Late choir\n23.10 Snooker from Wales",
        live("Live reports", ()) + "\n\n".join(f"Quay {n} shuts in Lyre\n" for n in range(7)),
    ],
    ids=["tags", "programme", "headlines"],
)
def test_a_list_with_times_or_a_list_that_calls_itself_live_is_no_article(text: str) -> None:
    assert judge(parse_page(text)) is not None


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Harbour strike live: crews return", True),
        ("Bär steckt fest: Liveticker", True),
        ("En direct : la tempête", True),
        ("Хронология закрытия порта", True),
        ("港口罢工直播", True),
        ("How we live now", True),  # a word tells no more
        ("Livestock prices rise", False),
        ("Alive and well in Suva", False),
        ("港口重新开放", False),
    ],
)
def test_a_headline_says_that_its_page_is_live(title: str, is_told: bool) -> None:
    assert says_it_is_live(title) is is_told


def seen(*lines: str) -> list[BlockReading]:
    return [BlockReading(Block(line, 0, len(line))) for line in lines]


@pytest.mark.parametrize(("count", "is_found"), [(LEAST_ENTRIES - 1, False), (LEAST_ENTRIES, True)])
def test_three_times_make_entries(count: int, is_found: bool) -> None:
    lines = seen(*("17:45", "It rained.") * count)
    assert (find_entries(lines, "Quay strike live") is not None) is is_found
    assert find_entries(lines, "Quay strike") is None


@pytest.mark.parametrize(
    ("words", "is_time"), [(MOST_STAMP_WORDS, True), (MOST_STAMP_WORDS + 1, False)]
)
def test_a_time_with_its_day_has_up_to_nine_words(words: int, is_time: bool) -> None:
    stamp = "Friday, 19 January 2024, 21:12 XYT" + " XYT" * (words - 6)
    found = find_entries(seen(*(stamp, "It rained.") * LEAST_ENTRIES), "Quay strike live")
    assert (found is not None) is is_time


def test_a_parsed_live_page_is_settled() -> None:
    page = parse_page(live("Quay strike live: talks begin", CLOCKS, "Talks begin\nIt rained."))
    again = parse_page(page.body, given_title=page.title or "")
    assert (again.title, again.body, again.furniture) == (page.title, page.body, ())
