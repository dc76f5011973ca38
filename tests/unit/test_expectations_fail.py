"""Every expectation holds on a sound file and fails on a file that breaks it."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from sound_warehouse import EARLIER, NIGHT, build

from etl.schema import TABLES
from expectations.results import Result
from expectations.suites import EXPECTATIONS
from expectations.validate import validate

BY_NAME = {expectation.name: expectation for expectation in EXPECTATIONS}

OF_NIGHT = f"ingested_on = DATE '{NIGHT}'"
# One row of the night under audit.
ONE = f"rowid = (SELECT max(rowid) FROM {{table}} WHERE {OF_NIGHT})"


def _one(table: str) -> str:
    return ONE.format(table=table)


def _update(table: str, change: str) -> str:
    return f"UPDATE {table} SET {change} WHERE {_one(table)}"


def _reject(share: str, rule: str, stage: str = "extract") -> str:
    """Reject some published articles of the night, in all tables alike."""
    chosen = f"SELECT delivery_id FROM articles WHERE {OF_NIGHT} ORDER BY 1 LIMIT {share}"
    return f"""
    CREATE TEMP TABLE chosen AS {chosen};
    INSERT INTO quarantine BY NAME
    SELECT delivery_id, file_name, '{stage}' AS stage, '{rule}' AS rule, 'detail' AS detail,
        'raw' AS raw_text, ingested_on, run_id
    FROM articles WHERE delivery_id IN (FROM chosen);
    DELETE FROM articles WHERE delivery_id IN (FROM chosen);
    """


def _structural() -> dict[str, str]:
    cases: dict[str, str] = {}
    for table in TABLES:
        where = _one(table.name) if table.kind == "night" else "true"
        cases[f"{table.name}_columns_are_as_declared"] = (
            f"ALTER TABLE {table.name} ADD COLUMN extra VARCHAR"
        )
        again = f"INSERT INTO {table.name} FROM {table.name} WHERE {where} LIMIT 1"
        cases[f"{table.name}_are_unique"] = again
        for column in table.columns:
            change = f"UPDATE {table.name} SET {column.name} = 'nonsense' WHERE {where}"
            if column.allowed:
                cases[f"{table.name}_keep_to_their_vocabularies"] = change
            if column.references:
                target = column.references.split(".")[0]
                cases[f"{table.name}_{column.name}_is_found_in_{target}"] = change
    return cases


BREAKING = _structural() | {
    "articles_have_a_date": "ALTER TABLE articles ALTER published_on DROP NOT NULL;"
    + _update("articles", "published_on = NULL"),
    "articles_are_dated_1900_or_later": _update("articles", "published_on = DATE '1899-12-31'"),
    "articles_are_not_dated_after_their_night": _update(
        "articles", "published_on = ingested_on + 2"
    ),
    "articles_dated_by_month_stand_on_its_first": _update("articles", "date_precision = 'month'"),
    "date_confidence_is_a_share": _update("articles", "date_confidence = 1.01"),
    "instant_of_publication_fits_the_day": _update(
        "articles", "published_at = published_on + INTERVAL 49 HOUR"
    ),
    "articles_have_no_empty_texts": _update("articles", "body = ''"),
    "articles_have_a_text": _update("articles", r"title = NULL, body = E' \n'"),
    "articles_have_no_control_characters": _update("articles", "body = 'a' || chr(7)"),
    "articles_have_words": _update("articles", "word_count = 0"),
    "article_languages_are_bcp_47_tags": _update("articles", "language_code = 'English'"),
    "mentions_slice_to_their_text": _update(
        "mentions", "start_char = start_char + 1, end_char = end_char + 1"
    ),
    "mentions_do_not_overlap": "INSERT INTO mentions SELECT * REPLACE (end_char - 1 AS end_char)"
    f" FROM mentions WHERE {_one('mentions')}",
    "article_countries_slice_to_their_text": _update("article_countries", "field = 'dateline'"),
    "article_sources_slice_to_their_text": _update("article_sources", "end_char = 13"),
    "date_mentions_slice_to_their_text": _update("date_mentions", "text = 'Thursday'"),
    "date_mentions_end_after_they_start": _update("date_mentions", "ends_on = starts_on - 1"),
    "date_mentions_belong_to_the_night_of_their_article": "UPDATE articles"
    f" SET ingested_on = ingested_on - 1 WHERE {_one('articles')}",
    "mentions_belong_to_the_night_of_their_article": "UPDATE articles"
    f" SET ingested_on = ingested_on - 1 WHERE {_one('articles')}",
    "article_countries_belong_to_the_night_of_their_article": "UPDATE articles"
    f" SET ingested_on = ingested_on - 1 WHERE {_one('articles')}",
    "article_sources_belong_to_the_night_of_their_article": "UPDATE articles"
    f" SET ingested_on = ingested_on - 1 WHERE {_one('articles')}",
    "articles_have_a_country": f"DELETE FROM article_countries WHERE {_one('article_countries')}",
    "country_ranks_run_from_one": _update("article_countries", "rank = 2"),
    "country_score_is_a_share": _update("article_countries", "score = 1.01"),
    "country_salience_is_a_share": _update("article_countries", "salience = -0.01"),
    "dateline_country_is_among_the_countries": _update("articles", "dateline_country_code = 'EG'"),
    "countries_are_all_of_iso_3166": "DELETE FROM countries WHERE country_code IN ('AA', 'AB')",
    "mention_score_is_a_share": _update("mentions", "score = 1.01"),
    "mentions_have_the_label_of_their_entity": _update("mentions", "label = 'NORP'"),
    "entities_agree_with_their_mentions": "UPDATE entities SET article_count = article_count + 1"
    " WHERE label = 'PERSON'",
    "entity_links_start_from_a_mention": "UPDATE entity_links SET linked_entity_id = entity_id",
    "linked_names_are_part_of_the_full_name": "UPDATE entity_links SET evidence = 'Marta Vos'",
    "entity_link_score_is_a_share": "UPDATE entity_links SET score = 1.01",
    "stories_agree_with_their_articles": "UPDATE stories SET source_count = source_count + 1",
    "stories_bear_the_id_of_their_first_article": _update("articles", "published_on = '2024-03-09'")
    + "; UPDATE articles SET published_on = '2024-03-11' WHERE article_id = 'a0310-00'",
    "articles_say_why_they_are_in_their_story": "DELETE FROM story_links WHERE method = 'copy'",
    "story_link_score_is_a_share": "UPDATE story_links SET score = 1.01",
    "story_link_nearest_score_is_a_share": "UPDATE story_links SET nearest_score = -0.01",
    "text_groups_have_one_first_article": "DELETE FROM text_groups WHERE kind = 'first'",
    "text_group_share_is_a_share": "UPDATE text_groups SET share = 1.01",
    "text_group_jaccard_is_a_share": "UPDATE text_groups SET jaccard = -0.01",
    "versions_are_numbered_from_one": "UPDATE article_versions SET number = number + 1",
    "articles_know_their_latest_version": "UPDATE articles SET is_latest = true",
    "articles_list_their_countries": _update("articles", "saliences = [0.5]"),
    "articles_list_their_entities": _update("articles", "entity_ids = entity_ids[1:1]"),
    "articles_list_their_places": _update("articles", "place_ids = []"),
    "articles_list_their_names": _update("articles", "name_starts = name_starts[2:]"),
    "articles_list_their_locations": _update("articles", "locations = locations || ['1#X#X###7']"),
    "articles_list_their_days": _update("articles", "spoken_days = [published_on + 3]"),
    "country_baselines_agree_with_country_days": "UPDATE country_baselines"
    f" SET article_count = article_count + 1 WHERE published_on = DATE '{NIGHT}'",
    "daily_totals_agree_with_articles": "UPDATE daily_totals SET article_count = 7"
    f" WHERE published_on = DATE '{NIGHT}'",
    "country_days_agree_with_articles": "DELETE FROM country_days"
    f" WHERE published_on = DATE '{NIGHT}'",
    "country_months_agree_with_articles": "UPDATE country_months SET article_count = 7",
    "entity_days_agree_with_articles": "UPDATE entity_days SET article_count = article_count + 1"
    f" WHERE published_on = DATE '{NIGHT}'",
    "first_mentions_agree_with_entity_days": "UPDATE first_mentions"
    " SET published_on = published_on + 1",
    "articles_with_a_source_say_what_named_it": _update("articles", "source_origin = NULL"),
    "unmapped_sources_say_what_named_them": _update(
        "articles", "unmapped_source_origin = 'sidecar'"
    ),
    "article_source_has_evidence": f"DELETE FROM article_sources WHERE {_one('article_sources')}",
    "sources_without_a_span_come_from_a_sidecar": _update("article_sources", "field = NULL"),
    "deliveries_have_a_sha_256": _update("deliveries", "sha256 = upper(sha256)"),
    "duplicates_come_after_their_article": _update("duplicates", "delivery_id = '0'"),
    "quarantine_rules_are_known": _update("quarantine", "rule = 'bad_mood'"),
    "quarantine_stages_apply_their_rule": _update("quarantine", "stage = 'landing'"),
    "quarantine_gives_a_detail": _update("quarantine", "detail = ''"),
    "deliveries_end_as_their_outcome_says": _update("deliveries", "outcome = 'published'"),
    "nights_under_audit_add_up": f"DELETE FROM quarantine WHERE {_one('quarantine')}",
    "all_nights_add_up": f"DELETE FROM duplicates WHERE ingested_on = DATE '{EARLIER[0]}'",
    "runs_add_up": "UPDATE runs SET delivered_count = 25",
    "deliveries_of_the_night_are_as_many_as_usual": f"DELETE FROM deliveries WHERE {OF_NIGHT}",
    "articles_of_the_night_are_as_many_as_usual": "INSERT INTO articles SELECT a.*"
    f" FROM articles AS a, range(3) WHERE {OF_NIGHT}",
    "mentions_of_the_night_are_as_many_as_usual": f"DELETE FROM mentions WHERE {OF_NIGHT}"
    " AND label = 'PERSON';" + f"DELETE FROM mentions WHERE {OF_NIGHT} AND article_id > 'a0310-02'",
    "not_most_documents_are_rejected": _reject("13", "not_an_article", "parse"),
    "few_documents_are_rejected": _reject("5", "not_an_article", "parse"),
    "few_documents_are_rejected_by_any_one_rule": _reject("4", "empty", "decode"),
    "few_documents_name_no_country": _reject("11", "no_country"),
    "no_document_made_its_stage_fail": _reject("1", "processing_failed"),
    "hardly_any_document_made_its_stage_fail": _reject("5", "processing_failed"),
    "deliveries_are_as_many_as_on_this_weekday": "INSERT INTO deliveries"
    " SELECT d.* REPLACE (d.delivery_id || week AS delivery_id,"
    " d.ingested_on - 7 * week::INTEGER AS ingested_on)"
    f" FROM deliveries AS d, range(1, 5) AS t(week) WHERE {OF_NIGHT};"
    f"DELETE FROM deliveries WHERE {OF_NIGHT} AND outcome = 'published'",
    "quarantine_is_as_usual": "UPDATE deliveries SET outcome = 'quarantined'"
    f" WHERE {OF_NIGHT} AND delivery_id < '0310-05'",
    "missing_titles_are_as_usual": f"UPDATE articles SET title = NULL WHERE {OF_NIGHT}",
    "unknown_sources_are_as_usual": f"UPDATE articles SET source_id = NULL WHERE {OF_NIGHT}",
    "no_busy_new_outlet_is_missing_in_the_registry": "UPDATE articles SET"
    " unmapped_source_name = 'Lakeside Post', unmapped_source_origin = 'credit' WHERE"
    f" {OF_NIGHT} AND article_id < 'a0310-10'",
    "no_feed_that_used_to_deliver_is_silent": "INSERT INTO deliveries SELECT * REPLACE"
    " (delivery_id || 'x' AS delivery_id, ingested_on - 6 AS ingested_on) FROM deliveries WHERE"
    f" ingested_on <= DATE '{EARLIER[3]}';"
    f"DELETE FROM deliveries WHERE {OF_NIGHT} AND feed = 'web'",
    "quarantine_of_each_feed_is_as_usual": "UPDATE deliveries SET outcome = 'quarantined'"
    f" WHERE {OF_NIGHT} AND delivery_id < '0310-05'",
    "each_feed_brings_as_many_as_on_this_weekday": "INSERT INTO deliveries"
    " SELECT d.* REPLACE (d.delivery_id || week AS delivery_id,"
    " d.ingested_on - 7 * week::INTEGER AS ingested_on)"
    f" FROM deliveries AS d, range(1, 5) AS t(week) WHERE {OF_NIGHT};"
    f"DELETE FROM deliveries WHERE {OF_NIGHT} AND feed = 'web' AND outcome = 'published'",
    "few_articles_lack_a_title": f"UPDATE articles SET title = NULL WHERE {OF_NIGHT}",
    "few_articles_lack_a_source": "UPDATE articles SET source_id = NULL, source_origin = NULL"
    f" WHERE {OF_NIGHT}",
    "few_articles_lack_a_language": "UPDATE articles SET language_code = 'und' WHERE "
    f"{OF_NIGHT} AND article_id < 'a0310-02'",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.duckdb"
    build(path)
    return path


def _broken(sound: Path, folder: Path, sql: str) -> Path:
    path = folder / "broken.duckdb"
    shutil.copy(sound, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    return path


def _check(path: Path, name: str, nights: Sequence[date] = (NIGHT,)) -> Result:
    return validate(path, nights=nights, expectations=[BY_NAME[name]])[0]


def test_a_sound_file_passes(sound: Path) -> None:
    results = validate(sound, nights=[NIGHT])

    assert [(r.expectation.name, r.sample, r.error) for r in results if not r.passed] == []
    assert [r.expectation for r in results] == list(EXPECTATIONS)


def test_several_nights_pass_together(sound: Path) -> None:
    results = validate(sound, nights=[*EARLIER, NIGHT])

    assert [r.expectation.name for r in results if not r.passed] == []


@pytest.mark.parametrize(
    "table", ["mentions", "date_mentions", "article_countries", "article_sources"]
)
def test_a_row_of_an_article_that_stands_in_two_nights_is_found(
    sound: Path, tmp_path: Path, table: str
) -> None:
    again = f"SELECT * REPLACE (ingested_on - 1 AS ingested_on) FROM {table} WHERE {OF_NIGHT}"
    broken = _broken(sound, tmp_path, f"INSERT INTO {table} {again} LIMIT 1")

    assert not _check(broken, f"{table}_belong_to_the_night_of_their_article").passed


def test_every_expectation_has_a_breaking_case() -> None:
    assert set(BREAKING) == set(BY_NAME)


# A table as a whole is what fails there: no single row can be shown.
ROWLESS = {"countries_are_all_of_iso_3166"}


@pytest.mark.parametrize("name", sorted(BREAKING))
def test_the_expectation_fails_on_a_broken_file(sound: Path, tmp_path: Path, name: str) -> None:
    result = _check(_broken(sound, tmp_path, BREAKING[name]), name)

    assert not result.passed
    assert result.error is None
    if name not in ROWLESS:
        assert result.unexpected_count >= len(result.sample) >= 1
        assert result.query is not None


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE sources DROP COLUMN verified_by",
        "ALTER TABLE sources ALTER kind DROP NOT NULL",
        "ALTER TABLE sources RENAME COLUMN kind TO sort",
        "ALTER TABLE sources ALTER homepage TYPE BLOB",
    ],
)
def test_each_difference_of_a_column_is_found(sound: Path, tmp_path: Path, sql: str) -> None:
    result = _check(_broken(sound, tmp_path, sql), "sources_columns_are_as_declared")

    assert not result.passed
    assert len(result.sample) == 1


@pytest.mark.parametrize(
    "change",
    [
        "start_char = -1",
        "end_char = start_char",
        "end_char = start_char + 100",
        "text = upper(text)",
        "field = 'trailer'",
    ],
)
def test_each_wrong_span_is_found(sound: Path, tmp_path: Path, change: str) -> None:
    path = _broken(sound, tmp_path, _update("mentions", change))
    result = _check(path, "mentions_slice_to_their_text")

    assert (result.passed, result.unexpected_count) == (False, 1)


def test_a_span_past_the_end_is_found_though_its_words_agree(sound: Path, tmp_path: Path) -> None:
    change = "text = 'Portugal.', end_char = start_char + 100"
    sql = f"UPDATE mentions SET {change} WHERE text = 'Portugal' AND {OF_NIGHT}"
    result = _check(_broken(sound, tmp_path, sql), "mentions_slice_to_their_text")

    assert result.unexpected_count == 20


def test_a_rule_of_the_night_looks_at_no_other_night(sound: Path, tmp_path: Path) -> None:
    sql = f"UPDATE articles SET word_count = 0 WHERE ingested_on = DATE '{EARLIER[0]}'"
    path = _broken(sound, tmp_path, sql)

    assert _check(path, "articles_have_words", [NIGHT]).passed
    assert _check(path, "articles_have_words", [NIGHT, EARLIER[0]]).unexpected_count == 20


def test_a_weekday_is_compared_with_itself(sound: Path, tmp_path: Path) -> None:
    """A quiet Sunday among busy days is no news to those who know Sundays."""
    sql = BREAKING["deliveries_are_as_many_as_on_this_weekday"]
    few_each = f"{sql};DELETE FROM deliveries WHERE outcome = 'published'"
    path = _broken(sound, tmp_path, f"{few_each} AND dayofweek(ingested_on) = 0")

    assert _check(path, "deliveries_are_as_many_as_on_this_weekday").passed
    assert not _check(path, "deliveries_of_the_night_are_as_many_as_usual").passed


@pytest.mark.parametrize(
    "articles",
    [
        f"{OF_NIGHT} AND article_id < 'a0310-09'",  # nine of them: too few to tell
        f"{OF_NIGHT} OR article_id = 'a{EARLIER[0]:%m%d}-01'",  # seen before
    ],
)
def test_an_outlet_that_is_small_or_was_seen_before_is_no_news(
    sound: Path, tmp_path: Path, articles: str
) -> None:
    path = _broken(
        sound, tmp_path, f"UPDATE articles SET unmapped_source_name = 'Post' WHERE {articles}"
    )

    assert _check(path, "no_busy_new_outlet_is_missing_in_the_registry").passed


@pytest.mark.parametrize(
    "name",
    [
        "not_most_documents_are_rejected",
        "few_documents_are_rejected",
        "few_documents_are_rejected_by_any_one_rule",
    ],
)
def test_withdrawals_do_not_keep_themselves_from_being_published(
    sound: Path, tmp_path: Path, name: str
) -> None:
    path = _broken(sound, tmp_path, _reject("18", "withdrawn", "identity"))

    assert _check(path, name).passed


def test_a_share_that_falls_is_no_news(sound: Path, tmp_path: Path) -> None:
    path = _broken(sound, tmp_path, f"UPDATE articles SET title = NULL WHERE NOT {OF_NIGHT}")

    assert _check(path, "missing_titles_are_as_usual").passed


def test_volume_is_not_judged_before_five_earlier_nights(sound: Path, tmp_path: Path) -> None:
    name = "deliveries_of_the_night_are_as_many_as_usual"
    path = _broken(sound, tmp_path, BREAKING[name] + f" OR ingested_on <= DATE '{EARLIER[1]}'")

    assert _check(path, name).passed
