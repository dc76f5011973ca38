"""Pages written for the project: that they are many and sound, and that no figure has dropped."""

import json
from pathlib import Path

import pytest

from bench.page_files import FOLDER, GROUPS, NIGHT, Page, PageFileError, load_pages, read_page
from bench.page_floors import (
    committed_floors,
    committed_results,
    describe,
    find_drops,
    find_worse,
    write,
)
from bench.page_scores import compare_bodies, figures, score_page, score_pages
from bench.page_stages import Reading, read_pages
from etl import reference
from etl.errors import RULES
from etl.sources import load_registry

LEAST_PAGES, LEAST_LANGUAGES = 150, 12
FRONT = "trap: test\nlanguage: en\npublished_on: 2024-01-19\nplace: SUVA\nfocus: FJ\n---\n"
TEXT = "  Menu\nT Ferry late\nY By Ana Li\nD SUVA –\n|+ The ferry was late again.\n? Be kind.\n"
READ = Reading(
    title="Ferry late",
    byline="By Ana Li",
    dateline="SUVA –",
    dateline_place="SUVA",
    language_code="en",
    body="The ferry was late again.",
    published_on=NIGHT.replace(2024, 1, 19),
    date_precision="day",
    date_origin="header",
    date_conflict=False,
    countries=frozenset({"FJ"}),
    focus=frozenset({"FJ"}),
)


def page(text: str = TEXT, front: str = FRONT) -> Page:
    return read_page(front + text, name="clean/test")


# -- the gate ---------------------------------------------------------------------------------


def test_no_figure_has_dropped() -> None:
    pages = load_pages()
    results = score_pages(pages, read_pages(pages))
    drops = find_drops(committed_floors(), figures(results))
    worse = find_worse(committed_results(), results)
    assert not drops, "\n".join(["figures fell:", *drops, "pages are read worse:", *worse])


def test_floors_are_of_the_pages_that_are_there() -> None:
    assert set(committed_results()) == {p.name for p in load_pages()}, "run make pages"


# -- the pages --------------------------------------------------------------------------------


def test_the_pages_are_many_and_of_all_kinds() -> None:
    pages = load_pages()
    assert len(pages) >= LEAST_PAGES
    assert len({p.labels.language for p in pages}) >= LEAST_LANGUAGES
    assert {p.group for p in pages} == set(GROUPS)
    assert {rule for p in pages for rule in p.labels.outcome} >= {
        *("published", "not_an_article", "empty", "undecodable", "no_country"),
        *("no_date", "invalid_date", "future_date", "date_too_early"),
    }


def test_no_two_pages_are_alike() -> None:
    texts = [p.text for p in load_pages()]
    traps = [p.labels.trap for p in load_pages()]
    assert len(set(texts)) == len(texts)
    assert len(set(traps)) == len(traps) and all(traps)


def test_labels_name_what_there_is() -> None:
    countries = set(reference.load_countries()["country_code"])
    sources = set(load_registry()["source_id"])
    for p in load_pages():
        labels = p.labels
        assert {*labels.focus, *labels.named, *labels.may} <= countries, p.name
        assert labels.source in (None, *sources), p.name
        assert set(labels.outcome) <= {"published", *RULES}, p.name


# -- a page file ------------------------------------------------------------------------------


def test_a_page_is_put_together_and_its_parts_are_known() -> None:
    made = page()
    assert made.text == "Menu\nFerry late\nBy Ana Li\nSUVA – The ferry was late again.\nBe kind."
    assert (made.title, made.part("Y"), made.part("D")) == ("Ferry late", "By Ana Li", "SUVA –")
    assert made.body.strip() == "The ferry was late again."


def test_the_example_of_the_readme_is_in_the_form() -> None:
    example = (FOLDER / "README.md").read_text(encoding="utf-8").split("```\n")[3]
    made = read_page(example, name="clean/readme")
    assert (made.title, made.labels.focus) == ("Un tram s'excuse", ("BE",))


def test_bytes_are_those_of_the_label() -> None:
    assert page(front="encoding: utf-16-be\n" + FRONT).raw.startswith(b"\0M\0e")
    assert page(front="newline: crlf\n" + FRONT).raw.startswith(b"Menu\r\n")
    assert "SUVA â€“ The".encode() in page(front="mojibake: cp1252\n" + FRONT).raw
    assert page("D SUVA\n|+ {U+0000}x\n").raw == b"SUVA \0x"


def test_a_reference_of_html_is_read_as_its_character() -> None:
    made = page("T Ferry &mdash; late\nD SUVA\n| Text\n")
    assert made.title == "Ferry — late"
    assert b"&mdash;" in made.raw


@pytest.mark.parametrize(
    ("front", "text", "objection"),
    [
        (FRONT.replace("trap", "tarp"), TEXT, "line 1: expected a label"),
        (FRONT.replace("language: en\n", ""), TEXT, "no label 'language'"),
        (FRONT, "X Menu\n", "line 7: expected a mark"),
        (FRONT, "|Menu\n", "line 7: expected a mark"),
        (FRONT.replace("---", "--"), TEXT, "no line '---'"),
        (FRONT.replace("SUVA", "NADI"), TEXT, "'NADI' does not stand in the dateline"),
        (FRONT.replace("01-19", "13-19"), TEXT, "'2024-13-19' is no date"),
        (FRONT, "D SUVA\n", "without a date or a body"),
        ("outcome: no_date\n" + FRONT, TEXT, "to be quarantined, but with a date"),
    ],
    ids=["label", "language", "mark", "join", "fence", "place", "date", "body", "outcome"],
)
def test_a_file_that_is_not_in_the_form_is_named(front: str, text: str, objection: str) -> None:
    with pytest.raises(PageFileError, match=rf"^clean/test.*{objection}"):
        read_page(front + text, name="clean/test")


# -- the score --------------------------------------------------------------------------------


def test_a_perfect_reading_has_no_fault() -> None:
    result = score_page(page(), READ)
    assert describe(result) == []
    assert set(figures([result])["all"].values()) == {1.0}


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("title", "Menu", "title"),
        ("byline", None, "byline"),
        ("dateline_place", "Suva, Fiji", "dateline_place"),
        ("published_on", None, "published_on"),
        ("date_conflict", True, "date_conflict"),
        ("source_id", "ap", "source_id"),
        ("countries", frozenset({"FJ", "US"}), "false US"),
        ("countries", frozenset(), "missed FJ"),
        ("focus", frozenset(), "unfocused FJ"),
        ("rule", "no_date", "outcome"),
    ],
)
def test_each_fault_is_named(field: str, value: object, fault: str) -> None:
    reading = Reading(**{**{f: getattr(READ, f) for f in READ.__slots__}, field: value})
    assert describe(score_page(page(), reading)) == [fault]


def test_the_body_is_compared_by_what_is_lost_and_what_is_too_much() -> None:
    overlap = compare_bodies(page(), "The ferry was late again. Subscribe to our letter")
    assert (overlap.recall, overlap.precision) == (1.0, 3 / 7)
    assert compare_bodies(page(), "The ferry was").recall == pytest.approx(1 / 3)
    assert compare_bodies(page(), "") == compare_bodies(page(), "Be kind.")


def test_what_counts_neither_way_is_no_fault() -> None:
    assert compare_bodies(page(), "The ferry was late again.\n\nBe kind.").f1 == 1.0
    opened = page(front="open: title\n" + FRONT)
    assert "title" not in score_page(opened, READ).right


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    made = page("D SUVA\n| 渡船又晚了\n")
    assert compare_bodies(made, "渡船又晚").recall == pytest.approx(2 / 3)


def test_what_may_be_turned_away_is_asked_no_more() -> None:
    made = page(front="outcome: published undecodable\n" + FRONT)
    assert describe(score_page(made, Reading(rule="undecodable"))) == []
    assert "outcome" in describe(score_page(made, Reading(rule="no_date")))


def test_no_parts_are_asked_of_what_is_no_article() -> None:
    made = page("  Menu\n", "language: en\noutcome: not_an_article\n---\n")
    assert score_page(made, Reading(rule="not_an_article")).right == {"outcome": True}
    assert describe(score_page(made, READ)) == ["outcome"]


# -- floors -----------------------------------------------------------------------------------


def test_a_drop_is_found_and_a_hair_is_not() -> None:
    before = {"all": {"title": 0.9, "country recall": 0.9}}
    assert find_drops(before, {"all": {"title": 0.898, "country recall": 0.892}}) == []
    assert find_drops(before, {"all": {"title": 0.89}}) == [
        "all, title: 0.9000 -> 0.8900",
        "all, country recall: 0.9000 -> 0.0000",
    ]


def test_a_page_that_is_read_worse_is_named() -> None:
    result = score_page(page(), Reading(title="Ferry late", body="The ferry was"))
    known = ["body 0.500", *(fault for fault in result.faults if fault != "byline")]
    assert find_worse({"clean/test": known}, [result]) == ["clean/test: byline"]
    assert find_worse({"clean/test": ["body 0.600", *result.faults]}, [result]) == [
        "clean/test: body 0.500"
    ]


def test_floors_are_written_with_a_page_on_each_line(tmp_path: Path) -> None:
    result = score_page(page(), READ)
    write([result], tmp_path)
    assert committed_floors(tmp_path) == figures([result])
    lines = (tmp_path / "results.json").read_text(encoding="utf-8").splitlines()
    assert lines == ["{", '  "clean/test": []', "}"]
    assert json.loads("".join(lines)) == committed_results(tmp_path)
