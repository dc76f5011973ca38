"""How expectations are run and what comes back of them."""

import logging
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from sound_warehouse import EARLIER, NIGHT, build

from expectations.model import (
    Expectation,
    Thresholds,
    between,
    fingerprint,
    matching,
    measure,
    native,
    no_rows,
    one_of,
)
from expectations.results import ExpectationError, Result
from expectations.suites import EXPECTATIONS, make_expectations
from expectations.validate import validate


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A name that a URL or a template would change.
    path = tmp_path_factory.mktemp("a $HOME %41 é") / "sound.duckdb"
    build(path)
    return path


def _expectation(kind: dict[str, object], **changes: object) -> Expectation:
    given = {"name": "probe", "suite": "rows", "table": "articles", "description": "A probe."}
    return Expectation(**{**given, **kind, **changes})  # type: ignore[arg-type]


def _run(path: Path, kind: dict[str, object], **changes: object) -> Result:
    return validate(path, nights=[NIGHT], expectations=[_expectation(kind, **changes)])[0]


def test_the_count_is_true_though_the_sample_is_capped(sound: Path) -> None:
    result = _run(sound, no_rows("SELECT article_id FROM batch"), scope="table")

    assert (result.passed, result.unexpected_count, len(result.sample)) == (False, 140, 20)


def test_the_count_of_a_native_check_is_true_as_well(sound: Path) -> None:
    result = _run(sound, between("word_count", lowest=10), scope="table")

    assert (result.passed, result.unexpected_count, len(result.sample)) == (False, 140, 20)
    assert result.sample[0] == {"article_id": "a0304-00", "word_count": "9"}


@pytest.mark.parametrize(
    ("kind", "passed"),
    [
        (matching("language_code", "^e"), True),
        (matching("language_code", "^n"), False),
        (native("expect_column_values_to_not_match_regex", column="title", regex="Voss"), False),
        (one_of("date_origin", ["header", "stamp"]), True),
        (one_of("date_origin", ["stamp"]), False),
        (between("published_on", lowest="2024-03-10", highest="2024-03-10"), True),
        (between("published_on", highest="2024-03-09"), False),
        (native("expect_column_values_to_be_unique", column="article_id"), True),
        (native("expect_column_values_to_be_unique", column="title"), False),
        (native("expect_column_value_lengths_to_be_between", column="title", min_value=11), False),
        (
            native("expect_compound_columns_to_be_unique", column_list=["title", "article_id"]),
            True,
        ),
        (native("expect_table_row_count_to_be_between", min_value=20, max_value=20), True),
        (measure("SELECT count(*) AS value FROM batch", highest=20), True),
        (measure("SELECT count(*) AS value FROM batch", highest=19.5), False),
        (measure("SELECT NULL::DOUBLE AS value", highest=1), False),
        (no_rows("SELECT 1 FROM batch WHERE regexp_matches(body, 'x{20}')"), True),
        (no_rows("SELECT 1 FROM nights WHERE night <> DATE '2024-03-10'"), True),
    ],
)
def test_each_kind_of_check(sound: Path, kind: dict[str, object], passed: bool) -> None:
    result = _run(sound, kind)

    assert (result.passed, result.error) == (passed, None)


def test_a_measure_is_observed_where_it_passes(sound: Path) -> None:
    query = "SELECT ingested_on AS night, count(*) AS value FROM batch GROUP BY ALL"
    result = _run(sound, measure(query, highest=20))

    assert (result.passed, result.observed, result.sample) == (True, "20", ())


@pytest.mark.parametrize(
    "kind",
    [
        no_rows("SELECT missing FROM batch"),
        no_rows("SELEKT"),
        no_rows("SELECT error('boom') FROM batch"),
        native("expect_column_values_to_not_be_null", column="missing"),
        matching("title", "("),
    ],
)
def test_a_check_that_cannot_be_made_has_not_passed(sound: Path, kind: dict[str, object]) -> None:
    result = _run(sound, kind)

    assert not result.passed
    assert result.error
    assert result.error != "the check returned no result"


def test_a_missing_table_fails_its_checks_and_those_that_need_it(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    build(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE countries")
    failed = {r.expectation.name for r in validate(path, nights=[NIGHT]) if not r.passed}

    assert failed == {
        e.name for e in EXPECTATIONS if e.table == "countries" or e.name.endswith("_in_countries")
    }


def test_a_view_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    build(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE VIEW v_titles AS SELECT title, ingested_on FROM articles")
    result = _run(path, matching("title", "^Nobody"), table="v_titles")

    assert (result.error, result.unexpected_count) == (None, 20)


def test_rows_are_read_as_asked_for_and_outlive_their_connection(sound: Path) -> None:
    from sqlalchemy import create_engine, text

    from expectations.duckdb_dialect import CONNECTION_STRING, engine_arguments

    late = "SELECT CASE WHEN i = 4000000 THEN error('read') ELSE i END FROM range(5000000) AS t(i)"
    with create_engine(CONNECTION_STRING, **engine_arguments(sound)).connect() as connection:
        rows = connection.execute(text(late))

    assert [row[0] for row in rows.fetchmany(3)] == [0, 1, 2]


def test_results_keep_the_order_of_the_expectations(sound: Path) -> None:
    chosen = [e for e in reversed(EXPECTATIONS) if e.suite == "rows"]

    assert [r.expectation for r in validate(sound, nights=[NIGHT], expectations=chosen)] == chosen


def test_the_query_of_a_result_shows_the_offending_rows(sound: Path) -> None:
    kinds = (no_rows("SELECT article_id FROM batch"), between("word_count", lowest=10))
    with duckdb.connect(str(sound), read_only=True) as connection:
        for kind in kinds:
            query = _run(sound, kind).query
            assert query is not None
            assert len(connection.execute(query).fetchall()) == 20


def test_the_file_is_only_read_and_let_go(sound: Path) -> None:
    before = sound.read_bytes()
    validate(sound, nights=[NIGHT], expectations=EXPECTATIONS[:3])

    assert sound.read_bytes() == before
    assert [path.name for path in sound.parent.iterdir()] == ["sound.duckdb"]
    duckdb.connect(str(sound)).close()  # would raise while a reader of this process holds it


def test_nothing_is_printed_logged_or_sent(
    sound: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a network connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with caplog.at_level(logging.INFO):
        validate(sound, nights=[NIGHT], expectations=EXPECTATIONS[::9])

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


@pytest.mark.parametrize("problem", ["no file", "no night", "same name"])
def test_an_audit_that_cannot_begin_raises(sound: Path, tmp_path: Path, problem: str) -> None:
    path = tmp_path / "none.duckdb" if problem == "no file" else sound
    nights = [] if problem == "no night" else [NIGHT]
    chosen = [EXPECTATIONS[0]] * (2 if problem == "same name" else 1)

    with pytest.raises(ExpectationError):
        validate(path, nights=nights, expectations=chosen)


def test_declarations_import_nothing_heavy() -> None:
    code = (
        "import sys, expectations.suites, expectations.validate;"
        "heavy = {'great_expectations', 'sqlalchemy', 'duckdb', 'pandas'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_and_descriptions_are_in_order() -> None:
    names = [expectation.name for expectation in EXPECTATIONS]

    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalnum() and name == name.lower() for name in names)
    assert all(e.description.endswith(".") for e in EXPECTATIONS)


@pytest.mark.parametrize(
    "change", [{"severity": "warning"}, {"scope": "night"}, {"arguments": {}}, {"name": "other"}]
)
def test_the_fingerprint_tells_a_softened_suite(change: dict[str, object]) -> None:
    softened = (replace(EXPECTATIONS[0], **change), *EXPECTATIONS[1:])  # type: ignore[arg-type]

    assert fingerprint(softened) != fingerprint(EXPECTATIONS)


def test_the_fingerprint_tells_a_shortened_suite_and_moved_thresholds() -> None:
    moved = make_expectations(Thresholds(broken_rejected_share=0.9))

    assert fingerprint(EXPECTATIONS[1:]) != fingerprint(EXPECTATIONS)
    assert fingerprint(moved) != fingerprint(EXPECTATIONS)


def test_the_fingerprint_knows_neither_order_nor_wording() -> None:
    reworded = [replace(e, description="Other words.") for e in reversed(EXPECTATIONS)]

    assert fingerprint(reworded) == fingerprint(EXPECTATIONS)


def test_a_moved_threshold_decides(sound: Path) -> None:
    strict = make_expectations(Thresholds(high_no_country_share=0.05))
    chosen = [e for e in strict if e.name == "few_documents_name_no_country"]
    result = validate(sound, nights=[*EARLIER, NIGHT], expectations=chosen)[0]

    assert (result.passed, result.observed, result.unexpected_count) == (False, "0.0833", 7)
