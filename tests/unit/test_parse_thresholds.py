"""The thresholds of the parser, each by an example on either side of it.

What belongs here: counts, lengths and shares. What does not: the shapes of lines, whose
examples stand with them (test_parse_rules.py, test_parse_dateline.py).
"""

from functools import partial

import pytest

from etl.parse import judge, parse_page
from etl.parse.bylines import byline_within, is_bare_name, is_byline, split_credit
from etl.parse.captions import is_captioned_credit, is_led_by_agency
from etl.parse.dateline import find_dateline
from etl.parse.furniture import find_furniture, is_breadcrumb, is_section, is_share_bar
from etl.parse.language import detect_language
from etl.parse.lines import reads_as_prose, reads_as_statement, split_blocks
from etl.parse.places import is_known_place
from etl.parse.script import is_foreign
from etl.parse.stamps import has_date, is_stamp
from etl.parse.title import can_be_title, same_title, shares_words, split_inline_title
from etl.parse.trailer import is_trailer, split_ending

TITLE = "Northern quay of Port Lyre closed"
PROSE = "The harbour master said on Thursday that the northern quay would stay closed until May."


def words(count: int, *, end: str = "") -> str:
    """So many words in small letters, the first with a capital."""
    return " ".join(["Ships", *["sail"] * (count - 1)]) + end


def names(count: int) -> str:
    return " ".join(["Ana", *["Li"] * (count - 1)])


def padded(front: str, length: int, end: str = "") -> str:
    """``front`` filled up with letters to so many characters, ``end`` among them."""
    return front + "x" * (length - len(front) - len(end)) + end


# -- prose, sentences, wrapped lines ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_prose"),
    [
        (words(12, end="."), True),
        (words(11, end="."), False),
        (words(25), True),
        (words(24), False),
    ],
)
def test_a_sentence_of_twelve_words_is_prose_and_twenty_five_without_its_end(
    text: str, is_prose: bool
) -> None:
    assert reads_as_prose(text) is is_prose


@pytest.mark.parametrize(
    ("text", "is_statement"),
    [
        ("The ships sail in March.", True),
        ("The ships sail again.", False),
        ("The Ships Sail in the dark.", True),  # half of the words have a capital
        ("The Ships Sail In the dark.", False),
        ("The ships sail in March..", False),
    ],
)
def test_a_statement_has_five_words_half_of_them_small(text: str, is_statement: bool) -> None:
    assert reads_as_statement(text) is is_statement


LINE = "the harbour master of this city said today that"  # 47 characters


def wrapped(starts: str, *, line: str = LINE) -> str:
    """Lines that open with a capital (C) or go on in small letters (s)."""
    return "\n".join(line if start == "s" else line.capitalize() for start in starts)


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        (wrapped("CsCC"), 1),  # a third of the lines go on in small letters
        (wrapped("CsCCC"), 5),  # a quarter
        (wrapped("Cs", line=LINE.ljust(99, "x")), 1),
        (wrapped("Cs", line=LINE.ljust(101, "x")), 2),  # no wire has lines of over 100 columns
        (wrapped("CsC", line=LINE[:39]), 3),  # most lines end before column 40
        (wrapped("CsC", line="the harbour master of this city saw both"), 1),
        (f"{wrapped('Cs')}.\n{wrapped('C')}", 1),  # one line of two ends in a full stop
        (f"{wrapped('C')}.\n{wrapped('s')}.\n{wrapped('C')}", 3),  # both do
        (f"{wrapped('C')}\n  {wrapped('C')}\n{wrapped('C')}", 2),  # indented, two pairs at most
        (f"{wrapped('CC')}\n  {wrapped('CC')}\n{wrapped('C')}", 5),
        (f"{wrapped('Cs')}\n  {LINE.capitalize()}", 2),  # an indent of two opens a paragraph
        (f"{wrapped('Cs')}\n {LINE.capitalize()}", 1),  # of one does not
        (f"{wrapped('Cs')}\n {'R' * 20}", 2),  # but for the wire's sign-off
        (f"{wrapped('Cs')}\n {'R' * 21}", 1),
    ],
)
def test_lines_that_were_broken_at_a_column_are_joined(page: str, blocks: int) -> None:
    assert len(split_blocks(page)) == blocks


@pytest.mark.parametrize(
    ("row", "is_table"),
    [
        ("  Goods 1", True),
        (" Goods 1", False),
        ("  " + "x" * 70, True),
        ("  " + "x" * 71, False),
        ("  Goods rose.", False),
    ],
)
def test_rows_of_a_table_are_indented_short_and_no_sentence(row: str, is_table: bool) -> None:
    (*_, last) = split_blocks(f"Trade\n{row}\n{row}")
    assert last.is_table is is_table


@pytest.mark.parametrize(
    ("length", "indent", "is_table"), [(100, 2, True), (101, 2, False), (101, 1, False)]
)
def test_a_page_indented_as_a_whole_is_no_table(length: int, indent: int, is_table: bool) -> None:
    """Where one line is longer than any row, the indent that all share is the page's own."""
    rows = [" " * indent + row for row in ("Goods 1", "Services 2", "x" * length)]
    blocks = split_blocks("\n".join(["Trade", *rows]), is_raw=True)
    assert any(block.is_table for block in blocks) is is_table


# -- bylines, stamps, captions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"By {names(14)}", True),
        (f"By {names(15)}", False),
        (f"By Ana {'L' * 153}", True),
        (f"By Ana {'L' * 154}", False),
    ],
)
def test_a_byline_has_up_to_fourteen_words_and_160_characters(text: str, is_one: bool) -> None:
    assert is_byline(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("Ana", False), ("Ana Li", True), (names(6), True), (names(7), False)]
)
def test_a_bare_name_has_two_to_six_words(text: str, is_one: bool) -> None:
    assert is_bare_name(text) is is_one


@pytest.mark.parametrize(("count", "is_one"), [(6, True), (7, False)])
def test_a_name_has_up_to_six_words_of_a_script_without_capitals(count: int, is_one: bool) -> None:
    assert is_byline(f"By {' '.join(['أمل'] * count)}") is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1 hour ago Share Save " + names(30) + " Share", True),
        ("1 hour ago Share Save " + names(31) + " Share", False),
        ("Share Ana Li Share", True),
        ("Share Ana Li", False),  # no stamp, one share word: "Share Prices"
        ("1 hour ago Share Ana Li", True),
        ("1 hour ago Share ana li", False),
        ("1 hour ago Share Ana Li left.", False),
        ("1 hour ago Share Ana Li Share left", False),
        ("News, Sport | Published: 5 hours ago | Written by Ana Li", True),
        ("Kolumne von Ana Li - 28.04.2024 um 08:52 Uhr - 12 Ergänzungen", True),
        ("Published: 5 hours ago | " + words(10) + " | By Ana Li", True),
        ("Published: 5 hours ago | " + words(11) + " | By Ana Li", False),
        ("9. September 2025 um 15:46 Uhr / Ana Li", True),
        ("9. September 2025 um 15:46 Uhr / Ana", False),
        ("October 11, 2022 09:00 AM Eastern Daylight Time", False),
        ("Published Fri, Apr 28 20232:23 PM EDT", True),
        ("Ana Li 3 May 2021", True),
        ("Ana 3 May 2021", False),
        ("News | Suva | 3 May, 2021 | 4 min read", True),
        ("Suva | 3 May, 2021 | 4 min read", True),
        ("Suva | 3 May, 2021", False),
        ("News | Suva | Fiji | 3 May 2021 | Port | 4 min read", False),
        ("News | the port of Suva | 3 May 2021", False),
        ("May 3rd, 2021 – 18:40 – 0 Comments", True),
        ("2021-05-03 18:40 来源：新华网", True),
        ("By Ana Li; additional reporting by Ben Oz", True),
        ("By Ana Li, Special to the Lyre Post", True),
        ("Par Ana Li (avec AFP)", True),
        ("Door onze correspondent Ana Li", True),
        ("Door onze straat Ana Li", False),
        ("3 May 2021 ".ljust(238, ".") + "at", True),
        ("3 May 2021 ".ljust(239, ".") + "at", False),
    ],
)
def test_a_line_of_credits(text: str, is_one: bool) -> None:
    assert (split_credit(text) is not None) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("byAna Li", True),
        ("byAna", False),
        ("bypass Road", False),
        ("Analysis by Ana Li", True),
        ("Ein Kommentar von Ana Li", True),
        ("A film by Ana Li", False),
        ("Analysis of Kenya", False),
        ("Ana Li – Journalist", True),
        ("Ana Li, Senior Political Correspondent", True),
        ("Ana Li, Very Senior Political Correspondent", False),
        ("Ana Li (reporter)", True),
        ("Ana Li – reporter dies", False),
        ("Ana Li Parliamentary editor", True),
        ("Police Arrest Journalist", False),
        ("Ana, journalist", False),
        ("Ana Li, )", False),
        ("Ana Li | ", False),
    ],
)
def test_who_wrote_is_told_by_words_before_and_behind_the_name(text: str, is_one: bool) -> None:
    assert is_byline(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Ana Li@analyre", True),
        ("Ana Li og Bo Oz", True),
        ("Анна Ли и Борис Оз", True),
        ("Kommentar von", False),
        ("de la", False),
    ],
)
def test_a_bare_name_may_bear_a_handle_and_does_not_end_in_a_small_word(
    text: str, is_one: bool
) -> None:
    assert is_bare_name(text) is is_one


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("Atualizado por Vera Lins em 06/02/2024 16:22", "por Vera Lins"),
        ("Ein Auto von Lego", None),
    ],
)
def test_a_byline_within_a_longer_line(text: str, byline: str | None) -> None:
    assert byline_within(text) == byline


@pytest.mark.parametrize("length", [240, 241])
def test_a_stamp_has_up_to_240_characters(length: int) -> None:
    line = "3 May 2021".ljust(length, ",")
    assert (is_stamp(line), has_date(line)) == (length == 240, length == 240)


@pytest.mark.parametrize(
    ("is_caption", "text", "expected"),
    [
        (is_captioned_credit, f"{words(58)} (Ann Lee/Reuters)", True),
        (is_captioned_credit, f"{words(59)} (Ann Lee/Reuters)", False),
        (is_led_by_agency, f"Getty Images {words(43)}", True),
        (is_led_by_agency, f"Getty Images {words(44)}", False),
        (is_led_by_agency, "Getty Images The bridge fell.", False),
    ],
)
def test_a_caption_has_sixty_words_and_45_behind_its_agency(
    is_caption: partial[bool], text: str, expected: bool
) -> None:
    assert is_caption(text) is expected


# -- datelines ----------------------------------------------------------------------------------

CAPITALS = "PORTLYRE" * 9


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"{CAPITALS[:70]} (AP) - The minister left.", True),
        (f"{CAPITALS[:71]} (AP) - The minister left.", False),
        ("LYRA - The minister left.", True),  # capitals before a dash: four letters or more
        ("LYR - The minister left.", False),
        ("LYRA: The minister left.", False),  # before a colon, the place must be known
        ("LIMA: The minister left.", True),
        ("LIMA: GOOD MORNING AND WELCOME", False),  # a speaker: three words in capitals or more
        ("LIMA: GOOD MORNING", True),
        ("LIMA: GOOD MORNING AND WELCOME back", False),
        ("LIMA: GOOD MORNING AND welcome", True),
        ("LIMA: A GOOD day to all", True),
        ("Lima: The minister left.", True),
        ("Lima: the minister left.", False),
        ("Lima: 3 ministers left.", True),
    ],
)
def test_a_place_that_can_be_a_dateline(text: str, is_one: bool) -> None:
    assert (find_dateline(text) is not None) is is_one


@pytest.mark.parametrize(("lines", "is_found"), [(5, True), (6, False)])
def test_a_dateline_follows_up_to_six_lines(lines: int, is_found: bool) -> None:
    above = "\n".join(f"{PROSE[:-1]} of year {n}." for n in range(lines))
    page = parse_page(f" date 2021-08-15 {TITLE}\n{above}\nLIMA (AP) - {PROSE}")
    assert (page.dateline is not None) is is_found


# -- furniture ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_one", "text", "expected"),
    [
        (is_share_bar, " ".join(["share"] * 40), True),
        (is_share_bar, " ".join(["share"] * 41), False),
        (is_share_bar, "share".ljust(400), True),
        (is_share_bar, "share".ljust(401), False),
        (is_section, "World, Sport, Business, Africa, Asia and Europe", True),
        (is_section, "World, Sport, Business, Africa, Asia, Europe and Opinion", False),
        (is_section, "of the", False),
        (is_breadcrumb, "Lyre › News › World", True),
        (is_breadcrumb, "Lyre › News", False),
        (is_breadcrumb, f"Home > {words(39)}", True),
        (is_breadcrumb, f"Home > {words(40)}", False),
    ],
)
def test_bars_and_sections(is_one: partial[bool], text: str, expected: bool) -> None:
    assert is_one(text) is expected


def test_furniture_has_up_to_400_characters() -> None:
    line = padded("© 2021 Lyre Post. ", 350, "All rights reserved.")
    assert find_furniture(line + "." * 50) is not None
    assert find_furniture(line + "." * 51) is None


# -- the head -----------------------------------------------------------------------------------


def asking(count: int) -> str:
    return words(count, end="?")


@pytest.mark.parametrize(("count", "is_title"), [(20, True), (21, False)])
def test_a_question_of_up_to_twenty_words_is_a_headline(count: int, is_title: bool) -> None:
    page = parse_page(f" date 2021-08-15 {asking(count)}\n{PROSE}")
    assert (page.title == asking(count)) is is_title


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Quay closed early", "Quay closed early"),  # three words before any shorter line
        ("Quay closed", TITLE),
    ],
)
def test_a_headline_has_three_words_where_there_is_one(first: str, title: str) -> None:
    assert parse_page(f" date 2021-08-15 {first}\n{TITLE}\n{PROSE}").title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [("Submit a Tip", TITLE), ("Submit a new Tip", "Submit a new Tip")],
)
def test_three_words_between_items_of_a_menu_are_one_more(line: str, title: str) -> None:
    page = parse_page(f" date 2021-08-15 Watch Live\n{line}\nSubscribe\n{TITLE}\n{PROSE}")
    assert page.title == title


@pytest.mark.parametrize(("menu", "is_found"), [(59, True), (60, False)])
def test_a_headline_is_looked_for_in_sixty_lines(menu: int, is_found: bool) -> None:
    items = "\n".join(["Subscribe"] * menu)
    page = parse_page(f" date 2021-08-15 {items}\n{TITLE}\n{PROSE}")
    assert (page.title == TITLE) is is_found


def test_a_trailer_above_the_text_is_a_stamp_too() -> None:
    line = "Source: Xinhua| 2021-08-12 09:30:11|Editor: huaxia"
    page = parse_page(f" date 2021-08-15 {TITLE}\n{line}\n{PROSE}")
    assert (page.trailer, page.stamps) == (line, (line,))
    dateless = "Source: Xinhua| Editor: huaxia"
    page = parse_page(f" date 2021-08-15 {TITLE}\n{dateless}\n{PROSE}")
    assert (page.trailer, page.stamps) == (dateless, ())


# -- titles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        (words(32), True),
        (words(33), False),
        ("", False),
        ("Quay", True),
        (padded("Quay ", 220), True),
        (padded("Quay ", 221), False),
        (words(16, end="."), True),
        (words(17, end="."), False),
        (words(17, end=".."), True),
        ("Quay closed:", False),
    ],
)
def test_a_headline_has_up_to_32_words_and_220_characters(text: str, can_be: bool) -> None:
    assert can_be_title(text) is can_be


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Northern quay closed", "Northern quay closed | Example Post", True),  # 20 characters
        ("Southern pier shut", "Southern pier shut | Example Post", False),
        ("Northern quay closed", "Northern quay closed | " + "x" * 59, True),  # 60 more
        ("Northern quay closed", "Northern quay closed | " + "x" * 60, False),
        ("Northern quay closed", "Northern quay closed on Monday.", False),
        ("Northern quay closed.", "Northern quay closed. Read more.", True),
    ],
)
def test_a_headline_with_a_sites_name_is_the_same(one: str, other: str, is_same: bool) -> None:
    assert same_title(one, other) is is_same
    assert same_title(other, one) is is_same


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ("Northern quay closed", "Northern pier opened", False),  # one long word of three
        ("Northern quay", "Northern pier opened", True),  # one of two
        ("The old quay", "The new quay", True),
        ("The old key", "The new key", False),  # words of three letters tell nothing
        ("Sloths set a record", "The sloth crossing", False),  # of plurals, two are needed
        ("Sloths set records", "The sloth record was broken", True),
    ],
)
def test_headlines_that_share_half_their_long_words(one: str, other: str, shares: bool) -> None:
    assert shares_words(one, other) is shares


REST = " Drivers have to take the ferry from now on."  # nine words


@pytest.mark.parametrize(
    ("text", "is_split"),
    [
        ("Bridge closed." + REST, True),
        ("Bridge." + REST, False),
        (words(16, end=".") + REST, True),
        (words(17, end=".") + REST, False),
        ("Bridge is the pride of Suva." + REST, True),  # nine words may have one small word
        ("Bridge is the pride of the town." + REST, False),
        ("Bridge is the pride of all Suva for ever." + REST, True),
        ("Bridge is the pride of all Suva for ever now." + REST, False),
        ("Bridge closed. Drivers have to take the ferry from now.", True),  # eight behind it
        ("Bridge closed. Drivers have to take the ferry now.", False),
        (padded("Bridge ", 220, ".") + REST, True),
        (padded("Bridge ", 221, ".") + REST, False),
    ],
)
def test_a_headline_on_the_line_of_the_text(text: str, is_split: bool) -> None:
    assert (split_inline_title(text, is_given=False) > 0) is is_split


# -- trailers and what stands behind the article ------------------------------------------------


def test_a_trailer_has_up_to_700_characters() -> None:
    line = "Disclaimer: From an agency feed."
    assert is_trailer(line.ljust(700, "."))
    assert not is_trailer(line.ljust(701, "."))


@pytest.mark.parametrize(("chars", "is_cut"), [(78, True), (81, False)])
def test_last_words_in_brackets(chars: int, is_cut: bool) -> None:
    text = f"He left. (Source: {'x' * chars})"
    assert (split_ending(text) < len(text)) is is_cut


HEADLINES = "Goats win the cup\nMayor wins second term"


@pytest.mark.parametrize(
    "line", ["© 2021 Lyre Post. All rights reserved.", "Source: Lyre News", "Tags: rain, cricket"]
)
def test_headlines_behind_the_end_of_an_article_are_other_stories(line: str) -> None:
    page = parse_page(f" date 2021-08-15 {TITLE}\n{PROSE}\n{line}\n{HEADLINES}")
    assert page.body == PROSE
    assert [cut.kind for cut in page.furniture][-2:] in (["related"] * 2, ["tags"] * 2)


def test_headlines_inside_an_article_are_its_crossheads() -> None:
    page = parse_page(f" date 2021-08-15 {TITLE}\n{PROSE}\n{HEADLINES}\n{PROSE} Then.")
    assert page.body.split("\n\n") == [PROSE, *HEADLINES.split("\n"), f"{PROSE} Then."]


@pytest.mark.parametrize(("behind", "is_end"), [(1, True), (2, False)])
def test_comments_are_the_end_only_below_most_of_the_text(behind: int, is_end: bool) -> None:
    """Of three paragraphs, one below is less than half, two are more."""
    paragraphs = [f"{PROSE[:-1]} of year {n}." for n in range(3)]
    text = "\n".join([*paragraphs[: 3 - behind], "Comments", *paragraphs[3 - behind :]])
    page = parse_page(f" date 2021-08-15 {TITLE}\n{text}")
    assert (len(page.body.split("\n\n")) == 3 - behind) is is_end


# -- is it an article ---------------------------------------------------------------------------


MANY = """Mayor wins second term
Goats take the cup
Ferry runs aground again
Market moves indoors
Two cranes sold abroad
Choir sings for rain
Lighthouse keeper retires
School reopens on Friday
Otters seen upstream
Bakers strike over flour""".split("\n")


def headlines(count: int) -> str:
    return "\n".join(MANY[:count])


SENTENCES = "The goats won it.\nThe sheep lost it."


@pytest.mark.parametrize(
    ("page", "detail"),
    [
        (f"{TITLE}\n{words(4, end='.')}", None),  # six words and four
        (f"{TITLE}\n{words(3, end='.')}", "stub: 9 words, expected at least 10"),
        (headlines(6), "headline list"),  # its title and five more
        (headlines(5), None),
        (f"{headlines(9)}\n{SENTENCES}", "headline list"),  # four lines of five
        (f"{headlines(8)}\n{SENTENCES}", None),
        (f"{headlines(9)}\n{PROSE}", None),
        (f"Tags: rain\n{headlines(4)}", "tag page"),
        (f"Tags: rain\n{headlines(3)}", None),
    ],
)
def test_what_is_no_article(page: str, detail: str | None) -> None:
    why = judge(parse_page(f" date 2021-08-15 {page}"))
    assert (why is None) if detail is None else (why is not None and detail in why.detail)


@pytest.mark.parametrize(("stamps", "is_list"), [(2, False), (3, True)])
def test_a_date_to_every_headline_makes_a_list(stamps: int, is_list: bool) -> None:
    dated = "\n".join(f"Mayor number {n} of Lyre wins\n{n} May 2021" for n in range(1, stamps + 1))
    page = parse_page(f" date 2021-08-15 {TITLE}\n{dated}\nGoats win the big cup of Lyre again")
    assert (judge(page) is not None) is is_list


# -- languages, scripts, places -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("the ship was not seen", False),  # 17 letters
        ("the ship was not seen there", True),  # 22
        ("港务局周二表", True),
        ("港务局周二", False),
    ],
)
def test_a_language_is_told_from_twenty_letters_or_six_of_other_scripts(
    text: str, is_told: bool
) -> None:
    assert (detect_language(text) != "und") is is_told


@pytest.mark.parametrize(
    ("latin", "cyrillic", "foreign"), [(4, 6, False), (3, 7, True), (10, 0, False)]
)
def test_a_line_is_foreign_by_more_than_six_letters_of_ten(
    latin: int, cyrillic: int, foreign: bool
) -> None:
    line = "a" * latin + "я" * cyrillic
    assert is_foreign(line, "Latin") is foreign
    assert not is_foreign(line, "")


@pytest.mark.parametrize(
    ("name", "is_known"),
    [("Suva", True), ("Lima", True), ("Reading", False), ("Jordan", True), ("Port Lyre", False)],
)
def test_places_that_are_words_or_people_are_known_only_if_large(name: str, is_known: bool) -> None:
    assert is_known_place(name) is is_known
