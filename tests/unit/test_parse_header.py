"""The crawler's header in all its forms: what is the date, and where the page begins."""

from datetime import date, datetime

import pytest

from etl.dates.decision import Decision, decide
from etl.dates.delivered import read_header
from etl.parse import parse_page
from etl.parse.header import split_header

NIGHT = date(2024, 2, 1)
TEXT = "PORT LYRE — The harbour master said on Thursday that the northern quay was closed by wind."


def decided(written: str) -> Decision:
    decision = decide([read_header(written)], night=NIGHT)
    assert isinstance(decision, Decision), decision
    return decision


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-19",
        "2024-1-19",
        "2024/01/19",
        "2024.01.19",
        "19.01.2024",
        "19/01/2024",
        "20240119",
        "19 Jan 2024",
        "19 January 2024",
        "19. Januar 2024",
        "19-Jan-2024",
        "19th January, 2024",
        "Jan 19, 2024",
        "January 19 2024",
        "Fri, 19 Jan 2024",
        "Friday 19 January 2024",
        "1705658700",
        "1705658700000",
    ],
)
@pytest.mark.parametrize("behind", [" Quay closed\n\n", "\n", "\n\n", "\t"])
def test_a_header_is_a_day_however_it_is_written(written: str, behind: str) -> None:
    text = f" date {written}{behind}{TEXT}"
    found, start = split_header(text)
    assert (found, text[start:]) == (written, f"{behind}{TEXT}")
    assert decided(written).published_on == date(2024, 1, 19)
    assert decided(written).date_precision == "day"


@pytest.mark.parametrize("written", ["2024-01", "2024/01", "January 2024", "Jan 2024"])
def test_a_header_may_be_a_month(written: str) -> None:
    assert split_header(f" date {written} {TEXT}")[0] == written
    if "/" not in written:
        assert decided(written).date_precision == "month"


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-19T10:05:00Z",
        "2024-01-19T10:05Z",
        "2024-01-19T10:05:00.123Z",
        "2024-01-19T15:35:00+05:30",
        "2024-01-19T05:05:00-0500",
        "2024-01-19 10:05:00Z",
        "2024-01-19 10:05:00 UTC",
        "2024-01-19 10:05 GMT",
        "20240119T100500Z",
        "Fri, 19 Jan 2024 10:05:00 GMT",
        "Fri, 19 Jan 2024 10:05:00 +0000",
        "Fri, 19 Jan 2024 10:05:00 +0000 (UTC)",
        "19 Jan 2024, 10:05 am GMT",
    ],
)
def test_an_instant_is_known_as_one(written: str) -> None:
    text = f" date {written} Northern quay closed\n\n{TEXT}"
    found, start = split_header(text)
    assert (found, text[start:]) == (written, f" Northern quay closed\n\n{TEXT}")
    assert decided(written).published_at == datetime(2024, 1, 19, 10, 5)


@pytest.mark.parametrize(
    "written", ["2024-01-19 10:05:00", "2024-01-19T10:05:00", "2024-01-19 9:05", "20240119T1005"]
)
def test_a_time_is_no_part_of_the_title(written: str) -> None:
    page = parse_page(f" date {written} Northern quay closed\n\n{TEXT}")
    assert (page.header_date, page.title) == (written, "Northern quay closed")
    assert decided(written).published_on == date(2024, 1, 19)


UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u202c\u2060\u2066\u2069\u00ad\u034f\u061c"


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize(
    "shape",
    [
        "@ date 2024-01-19 ",
        " @date 2024-01-19 ",
        " da@te 2024-01-19 ",
        " date@ 2024-01-19 ",
        " date @2024-01-19 ",
        " date 2024@-01-@19 ",
        " date 2024-01-19@ ",
        "@@@date 2024-01-19 @",
    ],
)
def test_what_cannot_be_seen_hides_no_header(mark: str, shape: str) -> None:
    assert split_header(f"{shape.replace('@', mark)}{TEXT}")[0] == "2024-01-19"
    page = parse_page(f"{shape.replace('@', mark)}{TEXT}")
    assert (page.dateline_place, page.body) == ("PORT LYRE", TEXT.partition(" — ")[2])


def test_much_that_cannot_be_seen_may_stand_before_it() -> None:
    for lead in ("\u200b" * 5_000, "\n" * 5_000, " \u202e" * 5_000):
        text = f"{lead}date 2024-01-19 {TEXT}"
        found, start = split_header(text)
        assert (found, text[start:]) == ("2024-01-19", f" {TEXT}")


@pytest.mark.parametrize("space", "\t\xa0\u2002\u2003\u2007\u2009\u202f\u205f\u3000\u1680")
def test_spaces_of_every_kind_are_spaces(space: str) -> None:
    for shape in (" date 2024-01-19 10:05 ", "  date  2024-01-19  ", " date 19 Jan 2024 "):
        text = f"{shape.replace(' ', space)}{TEXT}"
        found, start = split_header(text)
        assert found == shape.replace("date", "").strip()
        assert decided(found or "").published_on == date(2024, 1, 19)
        assert text[start:].strip() == TEXT


@pytest.mark.parametrize("hyphen", "‐‑‒–—−")
def test_hyphens_of_every_kind_are_hyphens(hyphen: str) -> None:
    assert split_header(f" date 2024{hyphen}01{hyphen}19 {TEXT}")[0] == "2024-01-19"


def test_digits_of_every_script_are_digits() -> None:
    assert split_header(f" date ٢٠٢٤-٠١-١٩ {TEXT}")[0] == "2024-01-19"
    assert split_header(f" date ２０２４-０１-１９ {TEXT}")[0] == "2024-01-19"


@pytest.mark.parametrize(
    "text",
    [
        "date night in Lyre",
        "date 2024 was a good year for ships",
        "date 5 of the trial began in Lyre",
        "date 19 January was chosen for the vote",
        "dates 2024-01-19 and 2024-02-19",
        "update 2024-01-19 Quay closed",
        "date 2024-01-19th",
        "date 2024-01-19Quay closed",
        "date 123456789 ",
        "The date 2024-01-19 ",
        "date\n2024-01-19",
    ],
)
def test_what_only_begins_like_one_is_none(text: str) -> None:
    assert split_header(text) == (None, 0)


@pytest.mark.parametrize(
    "written", ["2024-13-45", "08/07/2017", "00000000", "20241345", "31 June 2023", "99999-01-01"]
)
def test_a_header_that_is_no_day_or_means_two_is_never_guessed_over(written: str) -> None:
    assert split_header(f" date {written} {TEXT}")[0] == written
    assert read_header(written).readings == ()
