"""Dates in running text: found, resolved beside the day of publication, cut out exactly.

All sentences but those that say otherwise are printed on Friday, 19 January 2024.
"""

from datetime import date, timedelta

import polars as pl
import pytest

from etl import schema
from etl.dates import find_date_mentions

FRIDAY = date(2024, 1, 19)


def articles(
    body: str,
    *,
    published_on: date = FRIDAY,
    title: str | None = None,
    language: str = "en",
    precision: str = "day",
) -> pl.DataFrame:
    row = {
        "delivery_id": "d0",
        "article_id": "a0",
        "language_code": language,
        "published_on": published_on,
        "date_precision": precision,
        "title": title,
        "body": body,
        "ingested_on": date(2024, 1, 20),
    }
    return pl.DataFrame([row], schema_overrides={"title": pl.String})


def found(body: str, **options: object) -> list[tuple[str, str]]:
    """Each mention with its days: ``2024-01-19``, or ``2024-01-15/2024-01-21``."""
    mentions = find_date_mentions(articles(body, **options), derived_by="v1")  # type: ignore[arg-type]
    return [
        (
            m["text"],
            f"{m['starts_on']}/{m['ends_on']}"
            if m["ends_on"] > m["starts_on"]
            else str(m["starts_on"]),
        )
        for m in mentions.iter_rows(named=True)
    ]


# -- weekdays -----------------------------------------------------------------------------------

WEEKDAYS = [
    ("The harbour master said on Thursday that no ship was missing.", "2024-01-18"),
    ("Rescuers pulled two fishermen from the lake late Monday.", "2024-01-15"),
    ("Teachers walked out on Friday over unpaid wages.", "2024-01-19"),
    ("The council met Saturday and rejected the plan.", "2024-01-13"),
    ("Ministers will meet again on Monday to settle the fee.", "2024-01-22"),
    ("The bridge is due to reopen on Sunday after a year of repairs.", "2024-01-21"),
    ("The airline plans to resume flights on Wednesday.", "2024-01-24"),
    ("A hearing has been scheduled for Tuesday.", "2024-01-23"),
    ("Farmers have until Thursday to register their fields.", "2024-01-25"),
    ("Bids must be in by Monday, the ministry said.", "2024-01-22"),
    ("On Sunday, voters in the islands elected a new mayor.", "2024-01-14"),
    ("On Sunday, voters in the islands will elect a new mayor.", "2024-01-21"),
    ("He said that on Tuesday the two sides will sign the treaty.", "2024-01-23"),
    ("Talks on Wednesday ended without a deal.", "2024-01-17"),
    ("Three people died in Tuesday's landslide.", "2024-01-16"),
    ("Thousands are expected at Sunday's final.", "2024-01-21"),
    ("The strike begins on Monday.", "2024-01-22"),
    ("Last Friday the same road had been closed.", "2024-01-12"),
    ("Next Tuesday the exhibition moves to the old mill.", "2024-01-23"),
    ("This Saturday the market stays open.", "2024-01-20"),
    ("Monday last week was the coldest day of the winter.", "2024-01-08"),
    ("Shops close on Thursday next week.", "2024-01-25"),
    ('"We will rebuild it," the governor said on Wednesday.', "2024-01-17"),
    ("The envoy, who arrived on Tuesday, will leave for the coast.", "2024-01-16"),
    ("Police asked him to leave on Tuesday.", "2024-01-16"),
    ("She failed to appear in court on Wednesday.", "2024-01-17"),
]


@pytest.mark.parametrize(("sentence", "day"), WEEKDAYS)
def test_a_weekday_is_the_last_one_unless_the_future_is_spoken_of(sentence: str, day: str) -> None:
    assert [days for _, days in found(sentence)] == [day]


# -- months and days without a year -------------------------------------------------------------

UNDATED = [
    ("The February 8 elections will be watched by observers.", "February 8", "2024-02-08"),
    ("Voters go to the polls in the February 8 elections.", "February 8", "2024-02-08"),
    ("The ferry sank on December 28 with forty on board.", "December 28", "2023-12-28"),
    ("The museum will open its new wing on 3 March.", "3 March", "2024-03-03"),
    ("The trial is set for the 5th of February.", "the 5th of February", "2024-02-05"),
    ("A man was charged over the Jan. 6 fire.", "Jan. 6", "2024-01-06"),
    ("He resigned on Friday, January 12, citing his health.", "Friday, January 12", "2024-01-12"),
    ("The fair runs from 24-26 May in the town park.", "24-26 May", "2024-05-24/2024-05-26"),
    (
        "The summit takes place February 3-5 in the capital.",
        "February 3-5",
        "2024-02-03/2024-02-05",
    ),
    ("Exports rose in November, the bank said.", "November", "2023-11-01/2023-11-30"),
    ("Elections are planned for March.", "March", "2024-03-01/2024-03-31"),
    ("The dam burst last August after heavy rain.", "last August", "2023-08-01/2023-08-31"),
    ("The league starts next April.", "next April", "2024-04-01/2024-04-30"),
    ("Snow fell as late as early May.", "early May", "2023-05-01/2023-05-10"),
    ("Work will begin in late June.", "late June", "2024-06-21/2024-06-30"),
    ("Buyers were told to expect their boats in September.", "September", "2024-09-01/2024-09-30"),
    ("He was told his son takes over when he retires in July.", "July", "2024-07-01/2024-07-31"),
    ("The mayor said it sells once it reopens in July.", "July", "2024-07-01/2024-07-31"),
    ("The inn burned before it was rebuilt in July.", "July", "2023-07-01/2023-07-31"),
    ("He had guessed where she works when rain fell in July.", "July", "2023-07-01/2023-07-31"),
    ("He laughed when she says rain fell in July.", "July", "2023-07-01/2023-07-31"),
    ("It opened in October last year.", "October last year", "2023-10-01/2023-10-31"),
    ("The ban takes effect on July 1 this year.", "July 1 this year", "2024-07-01"),
]


@pytest.mark.parametrize(("sentence", "text", "days"), UNDATED)
def test_a_date_without_year_takes_the_one_that_its_tense_asks_for(
    sentence: str, text: str, days: str
) -> None:
    assert found(sentence) == [(text, days)]


def test_the_year_turns_with_the_tense() -> None:
    printed = date(2024, 12, 20)
    assert found("The mine will close on June 10.", published_on=printed)[0][1] == "2025-06-10"
    assert found("The mine closed on June 10.", published_on=printed)[0][1] == "2024-06-10"


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("last December", "2023-12-01/2023-12-31"),  # it is December
        ("last November", "2024-11-01/2024-11-30"),
        ("next December", "2025-12-01/2025-12-31"),
        ("next January", "2025-01-01/2025-01-31"),
        ("this December", "2024-12-01/2024-12-31"),
        ("this January", "2024-01-01/2024-01-31"),
    ],
)
def test_the_last_and_the_next_month_of_a_name(words: str, month: str) -> None:
    sentence = f"The mine closed {words}, they said."
    assert found(sentence, published_on=date(2024, 12, 20)) == [(words, month)]


def test_a_day_of_some_weeks_beats_one_of_a_year_whatever_the_tense() -> None:
    assert found("The count was due to end on January 17.") == [("January 17", "2024-01-17")]


# -- full dates ---------------------------------------------------------------------------------

FULL = [
    ("She was born on 8 February 1961 in a fishing village.", "8 February 1961", "1961-02-08"),
    ("The pact was signed on Sept. 1, 1999.", "Sept. 1, 1999", "1999-09-01"),
    ("The order dates from 2023-11-30.", "2023-11-30", "2023-11-30"),
    ("The form was stamped 25/11/2023.", "25/11/2023", "2023-11-25"),
    ("Production peaked in March 2019.", "March 2019", "2019-03-01/2019-03-31"),
    ("The town flooded in 2019.", "2019", "2019-01-01/2019-12-31"),
    ("The 2019 flood is still remembered.", "2019", "2019-01-01/2019-12-31"),
    ("By 2030 the line should reach the border.", "2030", "2030-01-01/2030-12-31"),
    ("Output fell in 2022/23.", "2022/23", "2022-01-01/2023-12-31"),
    ("The quarry closed in the 1980s.", "the 1980s", "1980-01-01/1989-12-31"),
    (
        "Profits fell in the first quarter of 2023.",
        "the first quarter of 2023",
        "2023-01-01/2023-03-31",
    ),
    ("It was built in early 2021.", "early 2021", "2021-01-01/2021-05-01"),
]


@pytest.mark.parametrize(("sentence", "text", "days"), FULL)
def test_a_full_date_means_itself(sentence: str, text: str, days: str) -> None:
    assert found(sentence) == [(text, days)]


# -- counted from the publication ---------------------------------------------------------------

RELATIVE = [
    ("The port reopened today.", "today", "2024-01-19"),
    ("Divers found the wreck yesterday.", "yesterday", "2024-01-18"),
    ("The vote is tomorrow.", "tomorrow", "2024-01-20"),
    ("Fire broke out last night in a mill.", "last night", "2024-01-18"),
    ("It snowed the day before yesterday.", "the day before yesterday", "2024-01-17"),
    ("Prices rose last week.", "last week", "2024-01-08/2024-01-14"),
    ("The budget is due next week.", "next week", "2024-01-22/2024-01-28"),
    ("Sales fell last month.", "last month", "2023-12-01/2023-12-31"),
    ("Sales fell last quarter.", "last quarter", "2023-10-01/2023-12-31"),
    ("Sales fell this quarter.", "this quarter", "2024-01-01/2024-03-31"),
    ("He retired last year.", "last year", "2023-01-01/2023-12-31"),
    ("The road opens next year.", "next year", "2025-01-01/2025-12-31"),
    ("Earlier this month a tanker ran aground.", "Earlier this month", "2024-01-01/2024-01-19"),
    ("A decision is expected later this year.", "later this year", "2024-01-19/2024-12-31"),
    ("They married two years ago.", "two years ago", "2022-01-01/2022-12-31"),
    ("The storm hit ten days ago.", "ten days ago", "2024-01-09"),
    ("Over the weekend two boats collided.", "the weekend", "2024-01-13/2024-01-14"),
    ("Rain is forecast for this weekend.", "this weekend", "2024-01-20/2024-01-21"),
    (
        "Rents have doubled in the past three years.",
        "the past three years",
        "2021-01-19/2024-01-19",
    ),
    (
        "It will train nurses over the next two months.",
        "the next two months",
        "2024-01-19/2024-03-19",
    ),
    ("The port has been shut since January 3.", "since January 3", "2024-01-03/2024-01-19"),
    ("Since November no ship has called.", "Since November", "2023-11-01/2024-01-19"),
    ("He has led the union since 2011.", "since 2011", "2011-01-01/2024-01-19"),
]


@pytest.mark.parametrize(("sentence", "text", "days"), RELATIVE)
def test_a_relative_date_counts_from_the_publication(sentence: str, text: str, days: str) -> None:
    assert found(sentence) == [(text, days)]


# -- hanging on another date of the text --------------------------------------------------------

ANCHORED = [
    ("The count ends two days after the February 8 elections.", "two days after", "2024-02-10"),
    ("It opened the day after Tuesday's vote.", "the day after", "2024-01-17"),
    ("The ship left on January 3. Two days later it was lost.", "Two days later", "2024-01-05"),
    (
        "Polls opened on January 7. Two days after the vote, unrest began.",
        "Two days after",
        "2024-01-09",
    ),
    (
        "She was elected in 2015 and resigned the following year.",
        "the following year",
        "2016-01-01/2016-12-31",
    ),
    ("He was seized on December 30 and freed the next day.", "the next day", "2023-12-31"),
    ("Exports rose in November from a year earlier.", "a year earlier", "2022-11-01/2022-11-30"),
    (
        "Sales rose in December against the same month last year.",
        "the same month last year",
        "2022-12-01/2022-12-31",
    ),
    (
        "The deal was struck on January 8; a week earlier it had seemed dead.",
        "a week earlier",
        "2024-01-01/2024-01-07",
    ),
    (
        "They met on January 10 and again the following Monday.",
        "the following Monday",
        "2024-01-15",
    ),
]


@pytest.mark.parametrize(("sentence", "text", "days"), ANCHORED)
def test_a_date_hangs_on_the_one_beside_it(sentence: str, text: str, days: str) -> None:
    assert (text, days) in found(sentence)


@pytest.mark.parametrize(("chars", "is_near"), [(1_900, True), (2_100, False)])
def test_a_date_hangs_on_none_that_is_far_above_it(chars: int, is_near: bool) -> None:
    between = "The ship was slow. " * (chars // 19)
    dates = found(f"The ship left on January 3. {between}Two days later it was lost.")
    assert (("Two days later", "2024-01-05") in dates) is is_near


UNANCHORED = [
    "Two days later the ship was lost.",
    "Profit was up from a year earlier.",
    "The guard was freed three days after the raid.",
]


@pytest.mark.parametrize("sentence", UNANCHORED)
def test_a_date_that_hangs_on_nothing_is_left_out(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize("length", ["in nine years", "for almost nine years", "in over nine years"])
def test_a_length_of_time_is_no_date(length: str) -> None:
    sentence = f"It was the smallest crop {length} after a hailstorm in October."
    assert found(sentence) == [("October", "2023-10-01/2023-10-31")]


def test_nothing_hangs_on_a_date_of_another_paragraph() -> None:
    assert found("The ship left on January 3.\n\nTwo days later it was lost.") == [
        ("January 3", "2024-01-03")
    ]


def test_an_apposition_hangs_on_no_date_before_it() -> None:
    sentence = "The roof fell on January 12, three days after the storm."
    assert found(sentence) == [("January 12", "2024-01-12")]


# -- what is no date ----------------------------------------------------------------------------

NO_DATES = [
    "It may rain, and troops march on.",
    "May Okonedo and June Castle told the inquiry that they may sue.",
    "Shops are open every Friday.",
    "Crowds came for the Black Friday sales.",
    "The Sunday Times of the islands has closed.",
    "The network India Today asked for comment.",
    "About 2000 people live there, 1,950 of them in 2000 huts.",
    "The tower is 1985 metres above the sea.",
    "They live in 1935 Harbour Street.",
    "The sun set at 7.30.",
    "Call 2019-555.",
    "On February 31 nothing happens.",
    "The day after the storm was calm.",
]


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_is_no_date(sentence: str) -> None:
    assert found(sentence) == []


# -- headlines, other languages, months alone ---------------------------------------------------


def test_a_headline_speaks_of_the_future_by_its_infinitive() -> None:
    mentions = find_date_mentions(
        articles("", title="Minister to tour flooded coast on Monday"), derived_by="v1"
    )
    assert mentions.select("field", "starts_on").rows() == [("title", date(2024, 1, 22))]


@pytest.mark.parametrize("language", ["fr", "und", "enm"])
def test_other_languages_than_english_give_none(language: str) -> None:
    assert found("It sank on Thursday.", language=language) == []


def test_english_of_a_region_is_english() -> None:
    assert found("It sank on Thursday.", language="en-GB") == [("Thursday", "2024-01-18")]


def test_beside_a_month_only_no_days_are_counted() -> None:
    body = "It sank on Thursday, as yesterday in 2019, two days ago and last week. Last month too."
    assert found(body, published_on=date(2024, 1, 1), precision="month") == [
        ("2019", "2019-01-01/2019-12-31"),
        ("Last month", "2023-12-01/2023-12-31"),
    ]


# -- the frame ----------------------------------------------------------------------------------


def test_columns_precision_and_method() -> None:
    mentions = find_date_mentions(articles("It sank last week, in 2019."), derived_by="v1")
    assert mentions.schema == schema.lake_table(schema.DATE_MENTIONS).polars_schema
    assert mentions.select("article_id", "field", "precision", "method", "derived_by").rows() == [
        ("a0", "body", "week", "relative", "v1"),
        ("a0", "body", "year", "full_date", "v1"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "İstanbul \U0001f3f3\ufe0f\u200d\U0001f308 cafe\u0301: it sank on Thursday, March 3, 2022.",
        "В Киеве — since January 3 — “today” İİİ next week",
        "THE MINISTER SAID ON THURSDAY THAT IN 2019 …",
    ],
)
def test_offsets_cut_out_the_words(body: str) -> None:
    mentions = find_date_mentions(articles(body), derived_by="v1")
    assert mentions.height
    for start, end, text in mentions.select("start_char", "end_char", "text").iter_rows():
        assert body[start:end] == text


def test_no_articles_give_no_mentions() -> None:
    mentions = find_date_mentions(articles("").clear(), derived_by="v1")
    assert mentions.schema == schema.lake_table(schema.DATE_MENTIONS).polars_schema
    assert mentions.height == 0


def test_every_weekday_of_a_report_lies_within_the_last_seven_days() -> None:
    names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    for name in names:
        for shift in range(7):
            printed = FRIDAY + timedelta(days=shift)
            mentions = find_date_mentions(
                articles(f"It sank on {name}.", published_on=printed), derived_by="v1"
            )
            day = mentions["starts_on"][0]
            assert day.strftime("%A") == name
            assert timedelta(0) <= printed - day < timedelta(7)


# -- thresholds, an example on either side ------------------------------------------------------


def days_from(printed: date, count: int) -> str:
    """How the day so many days after (or before) is written without its year: "March 18"."""
    day = printed + timedelta(days=count)
    return f"{day:%B} {day.day}"


@pytest.mark.parametrize(
    ("sentence", "printed", "count", "year"),
    [
        # A plan for a day that was less than 60 days ago was for that day, not for next year's.
        ("The count was due to end on {}.", date(2024, 3, 20), -59, 2024),
        ("The count was due to end on {}.", date(2024, 3, 20), -60, 2025),
        # So for the past and a day to come.
        ("The law took effect on {}.", FRIDAY, 59, 2024),
        ("The law took effect on {}.", FRIDAY, 60, 2023),
        # Where no tense tells, a day to come counts half as far again: 219 days are 146 by 1.5.
        ("The {} fair: a guide.", FRIDAY, -219, 2023),
        ("The {} fair: a guide.", FRIDAY, -220, 2024),
    ],
)
def test_how_far_a_day_without_year_may_lie(
    sentence: str, printed: date, count: int, year: int
) -> None:
    written = days_from(printed, count)
    ((text, day),) = found(sentence.format(written), published_on=printed)
    assert (text, day[:4]) == (written, str(year))


@pytest.mark.parametrize(
    ("sentence", "printed", "weekend"),
    [
        ("Over the weekend two boats collided.", date(2024, 1, 19), "2024-01-13/2024-01-14"),
        ("Over the weekend two boats collided.", date(2024, 1, 20), "2024-01-20/2024-01-21"),
        ("Over the weekend two boats collided.", date(2024, 1, 21), "2024-01-20/2024-01-21"),
        ("Over the weekend two boats collided.", date(2024, 1, 22), "2024-01-20/2024-01-21"),
        # On Monday and Tuesday "this weekend" may be the one that is over.
        ("Two boats collided this weekend.", date(2024, 1, 16), "2024-01-13/2024-01-14"),
        ("Two boats collided this weekend.", date(2024, 1, 17), "2024-01-20/2024-01-21"),
        ("Two boats will race this weekend.", date(2024, 1, 16), "2024-01-20/2024-01-21"),
    ],
)
def test_which_weekend_is_meant(sentence: str, printed: date, weekend: str) -> None:
    assert [days for _, days in found(sentence, published_on=printed)] == [weekend]


@pytest.mark.parametrize(("chars", "is_near"), [(80, True), (81, False)])
def test_how_far_behind_after_its_date_may_stand(chars: int, is_near: bool) -> None:
    between = " the long vote on the old harbour wall of the town that".ljust(chars - 1, "x") + " "
    mentions = found(f"It ends two days after{between}February 8.")
    assert len(between) == chars
    assert (("two days after", "2024-02-10") in mentions) is is_near


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Output fell in 2000-20.", ["2000-01-01/2020-12-31"]),
        ("Output fell in 2000-21.", []),
        ("Output fell in 1998-02.", ["1998-01-01/2002-12-31"]),
        ("It stood from 1750 to 1950.", ["1750-01-01/1950-12-31"]),
        ("It stood in 1750-1951.", []),
        ("Profits fell in the second half of 2023.", ["2023-07-01/2023-12-31"]),
        ("Profits fell in the third half of 2023.", []),
        ("It dates from 25/12/2023.", ["2023-12-25"]),
        ("It dates from 12/25/2023.", ["2023-12-25"]),
        ("It dates from 12/12/2023.", ["2023-12-12"]),
        ("It dates from 12/11/2023.", []),
        ("It dates from 12.11.2023.", ["2023-11-12"]),
        ("The mill burned in 1500.", ["1500-01-01/1500-12-31"]),
        ("The mill burned in 1499.", []),
        ("The line opens in 2099.", ["2099-01-01/2099-12-31"]),
        ("The line opens in 2100.", []),
    ],
)
def test_numbers_that_are_a_date_and_those_next_to_them(sentence: str, expected: list[str]) -> None:
    assert [days for _, days in found(sentence)] == expected


@pytest.mark.parametrize(("chars", "expected"), [(219, "2024-01-22"), (221, "2024-01-15")])
def test_how_far_a_cue_of_tense_is_looked_for(chars: int, expected: str) -> None:
    far = "will".ljust(chars - 3, "x") + " on "
    assert [days for _, days in found(f"a {far[:4]} {far[5:]}Monday")] == [expected]


# -- years that the dates beside a date lend it ---------------------------------------------------

LENT = [
    ("Polls opened on 5 March 2021 and were counted by 9 March.", "9 March", "2021-03-09"),
    ("They voted on April 11 and June 6, 2021.", "April 11", "2021-04-11"),
    ("They voted on December 20 and January 3, 2021.", "December 20", "2020-12-20"),
    ("In March 2021 he was held. In June he was tried.", "June", "2021-06-01/2021-06-30"),
    ("In March 2021 he was held. He will be tried in June.", "June", "2024-06-01/2024-06-30"),
    ("Sales rose from April to June 2017.", "April to June 2017", "2017-04-01/2017-06-30"),
    (
        "They built it between October and February 2022.",
        "October and February 2022",
        "2021-10-01/2022-02-28",
    ),
    ("The report for January-June 2020 is long.", "January", "2020-01-01/2020-01-31"),
    (
        "It shook in 1970. In May of that year it snowed.",
        "May of that year",
        "1970-05-01/1970-05-31",
    ),
    ("They voted on 3, 4 and 5 March 2021.", "3, 4 and 5 March 2021", "2021-03-03/2021-03-05"),
    ("It rained in May, June and July 2019.", "June", "2019-06-01/2019-06-30"),
    ("It opened on March 5, 2021. It closed on March 9.", "March 9", "2021-03-09"),
    ("It opened on March 5, 2021. On June 9 it closed.", "June 9", "2021-06-09"),
    ("It opened on March 5, 2021. It will close on March 9.", "March 9", "2024-03-09"),
    ("Born on 5 March 1961, he will turn 63 on 5 March.", "5 March", "2024-03-05"),
    ("It opened on 5 March 2021; by 9 March it was shut.", "9 March", "2021-03-09"),
    ("It shook in 1970. On 5 May that year it snowed.", "5 May that year", "1970-05-05"),
    ("It shook in 1970. On May 5 of that year it snowed.", "May 5 of that year", "1970-05-05"),
    ("It shook in 1970 and in May the year after.", "May the year after", "1971-05-01/1971-05-31"),
    ("It shook in 1970 and the following May.", "the following May", "1971-05-01/1971-05-31"),
    (
        "It shook in March 1970 and the following May.",
        "the following May",
        "1970-05-01/1970-05-31",
    ),
    (
        "It shook in March 1970, as in the previous May.",
        "the previous May",
        "1969-05-01/1969-05-31",
    ),
    (
        "It shook in 1970. By March of the following year it was built.",
        "March of the following year",
        "1971-03-01/1971-03-31",
    ),
]


@pytest.mark.parametrize(("sentence", "text", "days"), LENT)
def test_a_neighbour_lends_its_year(sentence: str, text: str, days: str) -> None:
    assert (text, days) in found(sentence)


def test_the_title_lends_the_body_its_year() -> None:
    told = found("In May of that year a dam broke.", title="The flood of 1970 came back in 1971.")
    assert ("May of that year", "1971-05-01/1971-05-31") in told


# A day up to sixty days behind its neighbour is of the same tale.
@pytest.mark.parametrize(("day", "year"), [("May 4", "2021"), ("May 5", "2023")])
def test_how_far_a_tale_goes_on(day: str, year: str) -> None:
    told = found(f"It opened on March 5, 2021. It closed on {day}.")
    assert dict(told)[day][:4] == year


# What may have been within the last sixty days is news.
@pytest.mark.parametrize(
    ("published_on", "year"), [(date(2024, 5, 8), "2024"), (date(2024, 5, 9), "2021")]
)
def test_a_day_of_the_last_weeks_is_news(published_on: date, year: str) -> None:
    told = found("It opened on March 5, 2021. It closed on March 9.", published_on=published_on)
    assert dict(told)["March 9"][:4] == year


PIECES = [
    ("The ban lasts from April to June.", "April to June", "2024-04-01/2024-06-30"),
    (
        "Sales rose in the July-September quarter.",
        "July-September quarter",
        "2023-07-01/2023-09-30",
    ),
    (
        "Sales rose in the October-December quarter of 2021.",
        "October-December quarter of 2021",
        "2021-10-01/2021-12-31",
    ),
    ("It met on the first Monday in Sept. 2013.", "first Monday in Sept. 2013", "2013-09-02"),
    ("It was cut on 5 Sept. 2013.", "5 Sept. 2013", "2013-09-05"),
    ("It met on the last day of September 2013.", "last day of September 2013", "2013-09-30"),
    (
        "It rained in the second half of February 2013.",
        "second half of February 2013",
        "2013-02-16/2013-02-28",
    ),
    ("It meets on the first Monday of next month.", "first Monday of next month", "2024-02-05"),
    ("It met on Monday of last week.", "Monday of last week", "2024-01-08"),
    ("It fell in the 51st week of 2023.", "the 51st week of 2023", "2023-12-18/2023-12-24"),
    ("It fell in the last week of 2023.", "last week of 2023", "2023-12-25/2023-12-31"),
    (
        "It fell in the first nine months of 2021.",
        "first nine months of 2021",
        "2021-01-01/2021-09-30",
    ),
    (
        "It fell in the last two months of last year.",
        "last two months of last year",
        "2023-11-01/2023-12-31",
    ),
    ("It grew in fiscal 2019-20.", "fiscal 2019-20", "2019-01-01/2020-12-31"),
    ("It grew in FY2019.", "FY2019", "2019-01-01/2019-12-31"),
    ("It grew in the last fiscal year.", "the last fiscal year", "2023-01-01/2023-12-31"),
    ("It grew in Q3.", "Q3", "2023-07-01/2023-09-30"),
    ("It grew in 2021's third quarter.", "2021's third quarter", "2021-07-01/2021-09-30"),
    ("It grew in the past fortnight.", "the past fortnight", "2024-01-05/2024-01-19"),
    ("It began in the first week of January.", "first week of January", "2024-01-01/2024-01-07"),
    (
        "It closed in the last week of March 2023.",
        "last week of March 2023",
        "2023-03-25/2023-03-31",
    ),
    (
        "It met on the first Monday of September 2013.",
        "first Monday of September 2013",
        "2013-09-02",
    ),
    ("It met on the last Friday of March 2023.", "last Friday of March 2023", "2023-03-31"),
    ("It fell in week 51 of 2023.", "week 51 of 2023", "2023-12-18/2023-12-24"),
    ("It shut on Christmas Day 2011.", "Christmas Day 2011", "2011-12-25"),
    ("It shut on New Year’s Eve last year.", "New Year’s Eve last year", "2023-12-31"),
    ("Police today found a boat.", "today", "2024-01-19"),
    ("The firm is today announcing a plan.", "today", "2024-01-19"),
    ("They said today a new plant will open.", "today", "2024-01-19"),
    ("It grew in fiscal 1989.", "fiscal 1989", "1989-01-01/1989-12-31"),
    ("Profit rose in the third quarter.", "the third quarter", "2023-07-01/2023-09-30"),
    ("Profit rose in the fourth quarter.", "the fourth quarter", "2023-10-01/2023-12-31"),
    ("They met a fortnight ago.", "a fortnight ago", "2024-01-01/2024-01-07"),
]


@pytest.mark.parametrize(("sentence", "text", "days"), PIECES)
def test_pieces_of_months_and_years(sentence: str, text: str, days: str) -> None:
    assert (text, days) in found(sentence)


NONE_OF_THESE = [
    "The Tomorrow Group sold its boats.",
    "A Monday-to-Friday service began.",
    "The town is less free today than once.",
    "They led by nine points in the third quarter, scoring twice.",
    "It met on the fifth Monday of February 2023.",
    "It lost the ball and was fouled in the third quarter.",
    "Doctors for Tomorrow asked the council.",
    "She told the Today programme about it.",
    "The leaders of today and tomorrow are young.",
    "Today's youth are better off.",
    "The world today is poorer.",
    "Even today few know it.",
    "They want a better tomorrow.",
    "Today, half of them live in towns.",
    "The castle, today a hotel, was built by monks.",
    "The port is today one of the largest.",
    "The woods today cover half of the land.",
    "It meets on the first Monday of every month.",
    "They voted on the first Tuesday after the holiday.",
    "The bus runs Monday to Friday.",
    "A Monday-Friday service is planned.",
    "They met half a year ago.",
]


@pytest.mark.parametrize("sentence", NONE_OF_THESE)
def test_names_and_nowadays_are_no_dates(sentence: str) -> None:
    assert [text for text, _ in found(sentence) if "February" not in text] == []


AHEAD = [
    ("Airing Sunday, the interview was cut.", "2024-01-21"),
    ("Oil fell, with planned talks later on Monday easing the risk.", "2024-01-22"),
    ("He told a channel so in an interview airing Sunday.", "2024-01-21"),
    ("The fair opened on May 3 and continues through Saturday.", "2024-01-20"),
    ("He said so in an interview given on Monday.", "2024-01-15"),
    ("The fair ran through Monday.", "2024-01-15"),
    ("They met at planned talks in the town later on Monday.", "2024-01-22"),
    ("He said so in an interview to air Sunday.", "2024-01-21"),
    ("The court is to rule on Tuesday.", "2024-01-23"),
    ("The guard is to blame for the fire on Tuesday.", "2024-01-16"),
    ("The court had been due to rule on Tuesday.", "2024-01-16"),
    ("The vote was postponed to Monday.", "2024-01-22"),
    ("He remained in jail until Monday.", "2024-01-15"),
    ("It was quiet until Monday, when the dam broke.", "2024-01-15"),
    ("By Monday the water had gone.", "2024-01-15"),
    ("They leave on Monday for the coast.", "2024-01-22"),
    ("The vote is on Sunday.", "2024-01-21"),
    ("Monday is a holiday.", "2024-01-22"),
    ("Showers from Monday onwards.", "2024-01-22"),
    ("The offer on Monday to leave was a lie.", "2024-01-15"),
    ("The harbour was shut before dawn on Monday.", "2024-01-15"),
]


@pytest.mark.parametrize(("sentence", "day"), AHEAD)
def test_what_is_announced_is_to_come(sentence: str, day: str) -> None:
    assert found(sentence)[-1][1] == day


DAYS = [
    ("It will take most of today.", "2024-01-19"),
    ("As of today the port is shut.", "2024-01-19"),
    ("Today's meeting was short.", "2024-01-19"),
    ("The port opened today.", "2024-01-19"),
    ("TODAY THE PORT OPENED.", "2024-01-19"),
    ("They will meet from Monday to Friday.", "2024-01-22"),
    ("The first ship sank on Monday of this week.", "2024-01-15"),
]


@pytest.mark.parametrize(("sentence", "day"), DAYS)
def test_what_only_resembles_these_is_a_day(sentence: str, day: str) -> None:
    assert found(sentence)[0][1] == day


def test_the_present_of_a_headline_is_the_past() -> None:
    told = find_date_mentions(articles("", title="Fans take field on Monday"), derived_by="v1")
    assert told.select("starts_on").rows() == [(date(2024, 1, 15),)]
