"""The bounds of a night's expectations, each by a night on either side of it.

What belongs here: thresholds, included or not. What does not: that an expectation fails at all
(test_expectations_fail.py). The queries run on DuckDB alone, as a person would run them.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sound_warehouse import EARLIER, NIGHT, build

from expectations.model import Thresholds
from expectations.queries import readable_query
from expectations.suites import make_expectations

OF_NIGHT = f"ingested_on = DATE '{NIGHT}'"
# Seven nights of 24 documents: 20 published, 2 duplicates, 2 in quarantine.


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path: Path = tmp_path_factory.mktemp("thresholds") / "sound.duckdb"
    build(path)
    with duckdb.connect(str(path)) as con:
        yield con


def holds(con: duckdb.DuckDBPyConnection, name: str, change: str, **bounds: float) -> bool:
    """Whether an expectation holds after a change of the file, which is undone."""
    suite = make_expectations(Thresholds(**bounds))  # type: ignore[arg-type]
    (expectation,) = (each for each in suite if each.name == name)
    query = readable_query(expectation, [NIGHT])
    assert query is not None
    con.execute("BEGIN")
    try:
        con.execute(change)
        return all(row[0] for row in con.execute(query).fetchall())
    finally:
        con.execute("ROLLBACK")


def lacking(column: str, count: int) -> str:
    chosen = f"SELECT article_id FROM articles WHERE {OF_NIGHT} ORDER BY 1 LIMIT {count}"
    return f"UPDATE articles SET {column} WHERE article_id IN ({chosen})"


def reject(count: int, rule: str = "not_an_article") -> str:
    """So many more documents of the night in quarantine."""
    return (
        "INSERT INTO quarantine BY NAME SELECT delivery_id || 'x' AS delivery_id, file_name, "
        f"'parse' AS stage, '{rule}' AS rule, 'detail' AS detail, 'raw' AS raw_text, ingested_on, "
        f"run_id FROM articles WHERE {OF_NIGHT} ORDER BY 1 LIMIT {count}"
    )


def supersede(count: int, rule: str) -> str:
    """So many published ones of the night rejected instead, and delivered again since."""
    return (
        f"{reject(count, rule)}; UPDATE quarantine SET superseded_on = ingested_on WHERE "
        f"delivery_id LIKE '%x'; UPDATE deliveries SET outcome = 'superseded' WHERE {OF_NIGHT} AND "
        f"delivery_id IN (SELECT delivery_id FROM articles WHERE {OF_NIGHT} ORDER BY article_id "
        f"LIMIT {count})"
    )


def delivered(count: int) -> str:
    """The night has so many deliveries instead of 24."""
    return (
        f"DELETE FROM deliveries WHERE {OF_NIGHT} AND delivery_id >= '0310-{count:02d}';"
        "INSERT INTO deliveries SELECT d.* REPLACE (delivery_id || n AS delivery_id) "
        f"FROM deliveries AS d, range({max(count - 24, 0)}) AS t(n) WHERE delivery_id = '0310-00'"
    )


FEW = {"judged_from_delivered": 8}
UNTITLED = lacking("title = NULL", 15)
SHARES = [
    # At most: a share that is the bound holds.
    ("few_articles_lack_a_title", lacking("title = NULL", 14), {}, True),
    ("few_articles_lack_a_title", lacking("title = NULL", 15), {}, False),
    ("few_articles_lack_a_source", lacking("source_id = NULL", 18), {}, True),
    ("few_articles_lack_a_source", lacking("source_id = NULL", 19), {}, False),
    ("few_articles_lack_a_language", lacking("language_code = 'und'", 1), {}, True),
    ("few_articles_lack_a_language", lacking("language_code = 'und'", 2), {}, False),
    ("not_most_documents_are_rejected", reject(12), {}, True),
    ("not_most_documents_are_rejected", reject(13), {}, False),
    ("few_documents_are_rejected", reject(4), {}, True),
    ("few_documents_are_rejected", reject(5), {}, False),
    ("few_documents_are_rejected_by_any_one_rule", reject(3), {}, True),
    ("few_documents_are_rejected_by_any_one_rule", reject(4), {}, False),
    ("few_documents_name_no_country", reject(10, "no_country"), {}, True),  # and two before
    ("few_documents_name_no_country", reject(11, "no_country"), {}, False),
    # Five at least, and more than 2 % of the night.
    ("hardly_any_document_made_its_stage_fail", reject(4, "processing_failed"), {}, True),
    ("hardly_any_document_made_its_stage_fail", reject(5, "processing_failed"), {}, False),
    ("hardly_any_document_made_its_stage_fail", reject(6, "processing_failed"),
     {"broken_failed_share": 0.25}, True),
    # What was delivered again since is neither above the line nor below it: two in quarantine
    # are 0.25 of eight documents, and 0.25 of them for naming no country.
    ("not_most_documents_are_rejected", supersede(16, "not_an_article"), FEW, True),
    ("few_documents_are_rejected", supersede(16, "not_an_article"), FEW, True),
    ("few_documents_are_rejected_by_any_one_rule", supersede(16, "not_an_article"), FEW, True),
    ("few_documents_name_no_country", supersede(16, "no_country"),
     {**FEW, "high_no_country_share": 0.25}, True),
    ("few_documents_name_no_country", supersede(16, "no_country"),
     {**FEW, "high_no_country_share": 0.24}, False),
    ("hardly_any_document_made_its_stage_fail", supersede(6, "processing_failed"), {}, True),
    ("no_document_made_its_stage_fail", supersede(1, "processing_failed"), {}, True),
    ("no_document_made_its_stage_fail", reject(1, "processing_failed"), {}, False),
    # Only nights of so many documents, or articles, are judged.
    ("few_articles_lack_a_title", UNTITLED, {"judged_from_delivered": 20}, False),
    ("few_articles_lack_a_title", UNTITLED, {"judged_from_delivered": 21}, True),
    ("few_documents_are_rejected", reject(5), {"judged_from_delivered": 24}, False),
    ("few_documents_are_rejected", reject(5), {"judged_from_delivered": 25}, True),
    ("few_documents_are_rejected_by_any_one_rule", reject(4), {"judged_from_delivered": 24}, False),
    ("few_documents_are_rejected_by_any_one_rule", reject(4), {"judged_from_delivered": 25}, True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "bounds", "expected"), SHARES)
def test_shares_of_a_night(
    sound: duckdb.DuckDBPyConnection,
    name: str,
    change: str,
    bounds: dict[str, float],
    expected: bool,
) -> None:
    assert holds(sound, name, change, **bounds) is expected


USUAL = "deliveries_of_the_night_are_as_many_as_usual"
RISE = "missing_titles_are_as_usual"
RISEN = lacking("title = NULL", 5)  # a quarter of the night's, and of none before
TRENDS = [
    (USUAL, delivered(12), {"lowest_volume_ratio": 0.5}, True),
    (USUAL, delivered(11), {"lowest_volume_ratio": 0.5}, False),
    (USUAL, delivered(36), {"highest_volume_ratio": 1.5}, True),
    (USUAL, delivered(37), {"highest_volume_ratio": 1.5}, False),
    # Six earlier nights are known.
    (USUAL, delivered(1), {"volume_from_nights": 6}, False),
    (USUAL, delivered(1), {"volume_from_nights": 7}, True),
    (USUAL, delivered(1), {"volume_nights": 5}, False),
    (USUAL, delivered(1), {"volume_nights": 4}, True),
    (USUAL, f"{delivered(1)};DELETE FROM deliveries WHERE ingested_on = DATE '{EARLIER[0]}'",
     {"volume_nights": 6, "volume_from_nights": 6}, True),
    (RISE, RISEN, {"highest_share_rise": 0.25}, True),
    (RISE, RISEN, {"highest_share_rise": 0.24}, False),
    (RISE, RISEN, {"volume_from_nights": 6}, False),
    (RISE, RISEN, {"volume_from_nights": 7}, True),
    (RISE, RISEN, {"volume_nights": 5}, False),
    (RISE, RISEN, {"volume_nights": 4}, True),
    (RISE, RISEN, {"judged_from_delivered": 20}, False),
    (RISE, RISEN, {"judged_from_delivered": 21}, True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "bounds", "expected"), TRENDS)
def test_a_night_beside_earlier_ones(
    sound: duckdb.DuckDBPyConnection,
    name: str,
    change: str,
    bounds: dict[str, float],
    expected: bool,
) -> None:
    assert holds(sound, name, change, **bounds) is expected


OUTLET = "no_busy_new_outlet_is_missing_in_the_registry"
NEW = "unmapped_source_name = 'Lakeside Post', unmapped_source_origin = 'credit'"


@pytest.mark.parametrize(
    ("count", "bounds", "expected"),
    [
        (9, {}, True),
        (10, {}, False),
        (10, {"volume_from_nights": 6}, False),
        (10, {"volume_from_nights": 7}, True),
    ],
)
def test_a_new_outlet_is_told_from_ten_articles_on(
    sound: duckdb.DuckDBPyConnection, count: int, bounds: dict[str, float], expected: bool
) -> None:
    assert holds(sound, OUTLET, lacking(NEW, count), **bounds) is expected


@pytest.mark.parametrize(
    ("bounds", "is_sound"),
    [
        ({"high_rejected_share": 0}, True),
        ({"high_rejected_share": 1}, True),
        ({"high_rejected_share": 1.01}, False),
        ({"high_rejected_share": -0.01}, False),
        ({"highest_share_rise": 1}, True),
        ({"highest_share_rise": 1.01}, False),
        ({"lowest_volume_ratio": 0}, True),
        ({"highest_volume_ratio": 30}, True),
        ({"volume_nights": 1}, True),
        ({"volume_nights": 0}, False),
    ],
)
def test_a_bound_that_makes_no_sense_is_refused(bounds: dict[str, float], is_sound: bool) -> None:
    if is_sound:
        Thresholds(**bounds)  # type: ignore[arg-type]
        return
    with pytest.raises(ValueError, match="expected"):
        Thresholds(**bounds)  # type: ignore[arg-type]
