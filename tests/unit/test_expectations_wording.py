"""What an audit says of a result, and what the UI shows of it."""

from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from assets.night.audit import check_evaluation, verdict_of
from expectations.model import MEASURE_BETWEEN, Expectation, measure, native, no_rows
from expectations.results import Result
from expectations.suites import EXPECTATIONS
from expectations.wording import bound_text, observed_text, plotted, verdict_line

NIGHT = date(2026, 3, 1)
BY_NAME = {expectation.name: expectation for expectation in EXPECTATIONS}


def of_kind(kind: object) -> Expectation:
    given = {"name": "probe", "suite": "rows", "table": "articles", "description": "A probe."}
    return Expectation(**given, **kind)  # type: ignore[arg-type]


SHARE = of_kind(measure("", highest=0.5, unit="share"))


@pytest.mark.parametrize(
    ("kind", "observed", "line"),
    [
        (measure("", highest=0.5, unit="share"), "0.56", "56% observed, at most 50% allowed"),
        (measure("", highest=0.5, unit="share"), "0.5001", "50.01% observed, at most 50% allowed"),
        (measure("", lowest=0.1, unit="share"), "0.0", "0% observed, at least 10% allowed"),
        (
            measure("", highest=0.2, unit="rise"),
            "-0.05 to 0.213",
            "-5 points to 21.3 points observed, at most 20 points allowed",
        ),
        (
            measure("", lowest=0.3, highest=3, unit="ratio"),
            "4.25",
            "4.25 times observed, 0.3 times to 3 times allowed",
        ),
        # A figure of a site's own that has no unit, and no bound at all.
        (measure("", highest=20000), "123456", "123456 observed, at most 20000 allowed"),
        (no_rows(""), None, "3 rows break it"),
        (native("expect_column_values_to_be_unique", column="title"), None, "3 rows break it"),
        (native("expect_table_columns_to_match_set"), "['id']", "3 rows break it"),
    ],
)
def test_figure_and_bound_are_in_one_unit(kind: object, observed: str | None, line: str) -> None:
    result = Result(expectation=of_kind(kind), passed=False, observed=observed, unexpected_count=3)
    assert verdict_line(result) == line


def test_what_has_no_figure_is_told_all_the_same() -> None:
    probe = of_kind(no_rows(""))
    assert verdict_line(Result(expectation=probe, passed=True)) == "it holds"
    assert verdict_line(Result(expectation=probe, passed=False, unexpected_count=1)) == (
        "1 row breaks it"
    )
    failed = Result(expectation=SHARE, passed=False, error="no such column: title")
    assert verdict_line(failed) == "it could not be made: no such column: title"
    assert observed_text(SHARE, "nothing") == "nothing"
    assert (plotted(SHARE, "0.1 to 0.4"), plotted(SHARE, "['id']")) == (40.0, None)
    assert bound_text(of_kind(native("expect_column_values_to_be_unique"))) is None


def test_every_figure_of_ours_has_a_unit_in_which_its_description_names_the_bound() -> None:
    """'At most 50% of a night's documents ...' beside 'at most 50% allowed'."""
    figures = [each for each in EXPECTATIONS if each.type == MEASURE_BETWEEN]
    assert len(figures) > 8
    for each in figures:
        assert each.unit
        bounds = (each.arguments["lowest"], each.arguments["highest"])
        for bound in (bound for bound in bounds if bound is not None):
            shown = observed_text(each, str(bound))
            assert shown
            number = shown.removesuffix("%").removesuffix(" points").removesuffix(" times")
            assert number in each.description, each.name


def shown_of(result: Result, *nights: date) -> dg.AssetCheckEvaluation:
    return check_evaluation(result, nights or (NIGHT,), Path("/reports/page.html"))


def test_a_check_says_of_which_night_it_is() -> None:
    expectation = BY_NAME["not_most_documents_are_rejected"]
    check = shown_of(Result(expectation=expectation, passed=False, observed="0.56"))
    told = {name: value.value for name, value in check.metadata.items()}
    assert check.description == (
        f"2026-03-01: 56% observed, at most 50% allowed. {expectation.description}"
    )
    assert told["night"] == "2026-03-01"
    assert (told["observed"], told["allowed"], told["observed_percent"]) == (
        "56%",
        "at most 50%",
        56.0,
    )
    several = shown_of(Result(expectation=expectation, passed=True), NIGHT, date(2026, 3, 2))
    assert several.metadata["night"].value == "2026-03-01 to 2026-03-02 (2)"


def test_the_tag_of_a_run_names_what_did_not_hold() -> None:
    blocking = Result(expectation=BY_NAME["not_most_documents_are_rejected"], passed=False)
    warning = Result(expectation=BY_NAME["few_articles_lack_a_title"], passed=False)
    held = Result(expectation=BY_NAME["runs_add_up"], passed=True)
    assert verdict_of([held]) == "passed"
    assert verdict_of([held, warning]) == "passed, with warnings: few_articles_lack_a_title"
    assert verdict_of([warning, blocking]) == "refused: not_most_documents_are_rejected"


def test_text_of_a_document_in_an_error_moves_nothing() -> None:
    expectation = BY_NAME["not_most_documents_are_rejected"]
    check = shown_of(Result(expectation=expectation, passed=False, error="no \u202egnp.exe"))
    assert check.description
    assert "\u202e" not in check.description
