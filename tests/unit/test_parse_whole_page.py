"""Whole pages: which lines are the article's, and which of the others are its head."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.cli.main import main
from etl.parse import judge, parse_page
from etl.parse.block_reading import BlockReading
from etl.parse.explanation import explain_page
from etl.parse.line_features import measure
from etl.parse.line_model import FIRST, SECOND, score_lines, weights
from etl.parse.title_model import NONE
from etl.parse.title_model import weights as title_weights
from etl.parse.whole_page import LEAST_SHORT_LINES, is_whole_page, lay_out, page_lines

MENU = [f"{name} {part}" for name in ("Quay", "Ferry", "Market", "Island") for part in "ABCD"]
ARTICLE = [
    "The harbour master of Port Lyre said on Thursday that the northern quay would stay closed "
    "until the end of the month, because its piles have to be driven anew.",
    "Ships will be sent to the southern quay, where two cranes were repaired last year, he told "
    "reporters on the ferry that carries them across the bay.",
    "Fishermen fear for their catch, as the cold store stands on the northern side, and the road "
    "to the other quay is a long one.",
    "The council will speak of the quay again in June, when the engineers have read their report "
    "and the cost of the piles is known.",
]
TITLE = "Northern quay of Port Lyre stays closed"
TEASERS = [
    "More stories",
    "Goats win the cup again",
    "Mayor wins a second term",
    "Crab season starts late",
    "Old bus fleet is sold",
    "Newsletter",
    "Contact us",
    "© 2024 Lyre Post",
]


def page(*lines: str, bullet: str = "") -> str:
    around = [f"{bullet}{line}" for line in MENU]
    return "\n".join([" date 2024-01-19 ", *around, *lines, *TEASERS])


@pytest.mark.parametrize("bullet", ["", "  * "])
def test_the_article_of_a_whole_page_is_read_whole(bullet: str) -> None:
    found = parse_page(page(TITLE, "By Ana Li", "3 May 2021", *ARTICLE, bullet=bullet))
    assert found.body == "\n\n".join(ARTICLE)
    assert found.title == TITLE
    assert found.byline == "By Ana Li"
    assert found.stamps == ("3 May 2021",)
    assert judge(found) is None


def test_what_is_cut_keeps_its_place() -> None:
    text = page(TITLE, *ARTICLE)
    for cut in parse_page(text).furniture:
        assert text[cut.start : cut.end] == cut.text


def test_the_stamps_of_teasers_are_not_the_pages() -> None:
    dated = [part for line in MENU for part in (line, "4 June 2023")]
    text = "\n".join([*dated, TITLE, "3 May 2021", *ARTICLE, *TEASERS, *TEASERS, *dated])
    assert parse_page(text).stamps == ("3 May 2021",)


@pytest.mark.parametrize(("between", "is_found"), [(5, True), (6, False)])
def test_stamp_and_byline_may_stand_six_lines_above_the_headline(
    between: int, is_found: bool
) -> None:
    bar = ["Listen", "Print", "Text size", "Copy link", "Mail", "Quay"][:between]
    found = parse_page(page("By Ana Li", "3 May 2021", *bar[1:], TITLE, *ARTICLE))
    assert (found.byline == "By Ana Li") is is_found
    far = parse_page(page("3 May 2021", *bar, TITLE, *ARTICLE))
    assert (far.stamps == ("3 May 2021",)) is is_found


def test_a_name_may_stand_on_the_line_behind_its_label() -> None:
    found = parse_page(page(TITLE, "Comment by", "Ana Li", "3 May 2021", *ARTICLE))
    assert found.byline == "Ana Li"


@pytest.mark.parametrize(
    ("line", "is_stamp"),
    [("Quay desk 3 May 2021", True), ("It was signed on 3 May 2021.", False)],
)
def test_a_sentence_that_names_a_day_is_no_stamp(line: str, is_stamp: bool) -> None:
    assert parse_page(page(TITLE, line, *ARTICLE)).stamps == ((line,) if is_stamp else ())


@pytest.mark.parametrize(
    ("short", "is_page"), [(LEAST_SHORT_LINES, True), (LEAST_SHORT_LINES - 1, False)]
)
def test_twelve_short_lines_make_a_page(short: int, is_page: bool) -> None:
    lines = [*MENU[:short], ARTICLE[0]]
    rows = [BlockReading(block) for block in page_lines("\n".join(lines))]
    assert is_whole_page(rows) is is_page


def test_short_lines_alone_are_no_page() -> None:
    rows = [BlockReading(block) for block in page_lines("\n".join(MENU))]
    assert not is_whole_page(rows)


def test_a_teaser_here_and_one_there_is_no_article() -> None:
    teasers = [
        line
        for headline in TEASERS
        for line in (headline, "By Ana Li", "It was a long day at the quay for all of them.")
    ]
    text = "\n".join([*MENU, *teasers])
    assert lay_out([BlockReading(block) for block in page_lines(text)], text) is None


def test_every_feature_has_its_weight_and_every_weight_its_feature() -> None:
    scores = score_lines([TITLE, *ARTICLE, *TEASERS])
    first = set(measure([TITLE, *ARTICLE]))
    assert set(weights(FIRST)) == first | {"bias"}
    assert set(weights(SECOND)) == set(scores.features) | {"bias"}
    assert NONE in title_weights()


def test_a_score_can_be_explained() -> None:
    scores = score_lines([*MENU, TITLE, *ARTICLE, *TEASERS])
    (name, part), *_ = scores.reasons(len(MENU) + 1)
    assert name in scores.features
    assert abs(part) > 0


def test_scores_do_not_depend_on_what_was_scored_before() -> None:
    lines = [*MENU, TITLE, *ARTICLE, *TEASERS]
    before = score_lines(lines)
    score_lines(TEASERS)
    assert score_lines(lines).values == before.values


def test_one_line_is_enough() -> None:
    assert len(score_lines([TITLE]).values) == 1


def test_every_line_of_a_page_is_explained() -> None:
    text = page(TITLE, "By Ana Li", "3 May 2021", *ARTICLE)
    lines = list(explain_page(text))
    assert [line.text for line in lines] == [line for line in text.split("\n")[1:] if line]
    kinds = {line.text: line.kind for line in lines}
    assert kinds[TITLE] == "title"
    assert kinds["By Ana Li"] == "byline"
    assert kinds["3 May 2021"] == "stamp"
    assert {kinds[line] for line in ARTICLE} == {"body"}
    assert kinds[MENU[3]] == "surroundings"
    assert all(line.why for line in lines)


def test_a_cleaned_text_is_explained_without_scores() -> None:
    lines = list(explain_page(f"{TITLE}\n\nShare Save\n\n{ARTICLE[0]}"))
    assert [line.kind for line in lines] == ["title", "share", "body"]
    assert lines[1].why == "rule: share bar"
    assert {line.score for line in lines} == {None}


def test_the_command_explains_a_file(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(TITLE, *ARTICLE), encoding="utf-8")
    told = CliRunner().invoke(main, ["explain", str(file)])
    assert told.exit_code == 0
    assert TITLE in told.output
    file.write_bytes(b"  ")
    assert "empty" in CliRunner().invoke(main, ["explain", str(file)]).output
