"""The sample night against the table of what each of its documents should become."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from night_setup import SAMPLE, Undisturbed, published

EXPECTED = SAMPLE.parent / "sample_expected.csv"

with EXPECTED.open(newline="", encoding="utf-8") as stream:
    ROWS = list(csv.DictReader(stream))

PUBLISHED = [row for row in ROWS if row["outcome"] == "published"]
ARTICLE_FIELDS = (
    "published_on",
    "date_precision",
    "date_origin",
    "date_conflict",
    "title",
    "dateline_place",
    "language_code",
)


@dataclass(frozen=True)
class Found:
    """What the night made of one document."""

    outcome: str
    stage: str
    rule: str
    article: dict[str, str]
    countries: tuple[str, ...]
    sources: frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def found(undisturbed: Undisturbed) -> dict[str, Found]:
    """Every delivered document by its path and member."""
    with duckdb.connect(str(published(undisturbed.home)), read_only=True) as con:
        return dict(_read(con))


def _read(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Found]]:
    fields = ", ".join(f"a.{name}::VARCHAR" for name in ARTICLE_FIELDS)
    rows = con.execute(
        f"""
        SELECT d.path || coalesce('#' || d.member, ''), d.outcome, q.stage, q.rule,
               (SELECT list(country_code ORDER BY rank) FROM article_countries c
                WHERE c.article_id = a.article_id),
               (SELECT list([source_id, role]) FROM article_sources s
                WHERE s.article_id = a.article_id),
               {fields}
        FROM deliveries d
        LEFT JOIN quarantine q USING (delivery_id)
        LEFT JOIN articles a USING (delivery_id)
        """
    ).fetchall()
    for name, outcome, stage, rule, countries, sources, *values in rows:
        article = {field: value or "" for field, value in zip(ARTICLE_FIELDS, values, strict=True)}
        yield (
            name,
            Found(
                outcome=outcome,
                stage=stage or "",
                rule=rule or "",
                article=article,
                countries=tuple(countries or ()),
                sources=frozenset((source, role) for source, role in sources or ()),
            ),
        )


def test_every_document_of_the_folder_is_in_the_table(found: dict[str, Found]) -> None:
    assert set(found) == {row["file"] for row in ROWS}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["outcome"] != "group"], ids=lambda row: row["file"]
)
def test_outcome(row: dict[str, str], found: dict[str, Found]) -> None:
    document = found[row["file"]]
    assert (document.outcome, document.stage, document.rule) == (
        row["outcome"],
        row["stage"],
        row["rule"],
    )


@pytest.mark.parametrize("group", sorted({row["group"] for row in ROWS if row["group"]}))
def test_one_of_a_group_is_published_and_the_others_are_duplicates(
    group: str, found: dict[str, Found]
) -> None:
    outcomes = sorted(found[row["file"]].outcome for row in ROWS if row["group"] == group)
    assert outcomes == ["duplicate"] * (len(outcomes) - 1) + ["published"]


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["file"])
def test_date_title_dateline_and_language(row: dict[str, str], found: dict[str, Found]) -> None:
    article = found[row["file"]].article
    assert article == {field: row[field] for field in ARTICLE_FIELDS}


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["file"])
def test_countries(row: dict[str, str], found: dict[str, Found]) -> None:
    countries = found[row["file"]].countries
    assert set(row["countries"].split()) <= set(countries)
    assert not set(row["not_countries"].split()) & set(countries)
    assert row["focus"] in ("", countries[0])


@pytest.mark.parametrize(
    "row", [row for row in PUBLISHED if row["source_id"]], ids=lambda row: row["file"]
)
def test_source(row: dict[str, str], found: dict[str, Found]) -> None:
    assert (row["source_id"], row["source_role"]) in found[row["file"]].sources


def test_the_night_adds_up(undisturbed: Undisturbed) -> None:
    with duckdb.connect(str(published(undisturbed.home)), read_only=True) as con:
        delivered, *ends = con.execute("SELECT * EXCLUDE ingested_on FROM v_nights").fetchall()[0]
    assert delivered == len(ROWS) == sum(ends)
    assert not undisturbed.outcome.failed_checks


def test_spans_slice_to_their_texts(undisturbed: Undisturbed) -> None:
    """In Python, which counts code points, whatever DuckDB thinks of them."""
    with duckdb.connect(str(published(undisturbed.home)), read_only=True) as con:
        rows = con.execute(
            """
            SELECT CASE m.field WHEN 'title' THEN a.title WHEN 'dateline' THEN a.dateline
                   ELSE a.body END, m.start_char, m.end_char, m.text
            FROM mentions m JOIN articles a USING (article_id)
            """
        ).fetchall()
    assert len(rows) > 500
    assert [row for row in rows if row[0][row[1] : row[2]] != row[3]] == []


SAMPLE_FILES = sum(path.is_file() for path in Path(SAMPLE).rglob("*"))


def test_the_sample_is_where_the_readme_says() -> None:
    assert SAMPLE_FILES >= 64
