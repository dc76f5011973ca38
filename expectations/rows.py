"""Expectations on the documents of a night: dates, texts, sources, deliveries.

What belongs here: domain rules that hold document by document. What does not: what stands in
the text and where (evidence.py), what follows from the declared tables (structure.py), and
judgements on a night as a whole (balance.py). Rows that break such a rule should
have gone to quarantine, so a failure here is a defect of a stage.
"""

from collections.abc import Iterator
from datetime import date

from etl import schema
from etl.errors import RULES
from expectations.model import Expectation, between, matching, native, no_rows, one_of

EARLIEST = date(1900, 1, 1)

OPTIONAL_TEXTS = tuple(
    column.name
    for column in schema.ARTICLES.columns
    if column.type == "VARCHAR" and column.nullable
)

# BCP 47 as far as tags of news occur: language, script, region, variants ('sr-Latn-RS', 'es-419',
# 'ca-valencia', 'und'). What etl/parse/language.py takes from a sidecar must fit.
LANGUAGE_TAG = (
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$"
)


def rows() -> Iterator[Expectation]:
    """All expectations on single rows."""
    yield from dates()
    yield from texts()
    yield from sources()
    yield from deliveries()


def dates() -> Iterator[Expectation]:
    """When an article was published."""
    yield Expectation(
        name="articles_have_a_date",
        suite="rows",
        table="articles",
        description="Every article has a day of publication.",
        **native("expect_column_values_to_not_be_null", column="published_on"),
    )
    yield Expectation(
        name="articles_are_dated_1900_or_later",
        suite="rows",
        table="articles",
        description=f"No article is dated before {EARLIEST}.",
        **between("published_on", lowest=EARLIEST.isoformat()),
    )
    yield Expectation(
        name="articles_are_not_dated_after_their_night",
        suite="rows",
        table="articles",
        description="No article is dated later than the day after its own night.",
        **no_rows(
            "SELECT article_id, file_name, published_on, ingested_on FROM batch"
            " WHERE published_on > ingested_on + 1"
        ),
    )
    yield Expectation(
        name="articles_dated_by_month_stand_on_its_first",
        suite="rows",
        table="articles",
        description="Where only the month is known, published_on is its first day.",
        **no_rows(
            "SELECT article_id, file_name, published_on FROM batch"
            " WHERE date_precision = 'month' AND day(published_on) <> 1"
        ),
    )
    yield Expectation(
        name="date_confidence_is_a_share",
        suite="rows",
        table="articles",
        description="Every date_confidence lies within 0 and 1.",
        **between("date_confidence", lowest=0, highest=1),
    )
    yield Expectation(
        name="instant_of_publication_fits_the_day",
        suite="rows",
        table="articles",
        description="published_at, where known, lies within a day of published_on.",
        **no_rows(
            "SELECT article_id, file_name, published_on, published_at FROM batch"
            " WHERE abs(published_at::DATE - published_on) > 1"
        ),
    )


def texts() -> Iterator[Expectation]:
    """What an article says."""
    yield Expectation(
        name="articles_have_a_text",
        suite="rows",
        table="articles",
        description="Every article's title or body holds more than white space.",
        **no_rows(
            "SELECT article_id, file_name FROM batch"
            " WHERE NOT regexp_matches(concat(title, body), '\\S')"
        ),
    )
    yield Expectation(
        name="articles_have_no_empty_texts",
        suite="rows",
        table="articles",
        description="A text that an article lacks is null, never empty.",
        **no_rows(
            f"SELECT article_id, file_name FROM batch WHERE '' IN ({', '.join(OPTIONAL_TEXTS)})"
        ),
    )
    yield Expectation(
        name="articles_have_no_control_characters",
        suite="rows",
        table="articles",
        description="No body holds NUL or other control characters but tab and line ends.",
        **native(
            "expect_column_values_to_not_match_regex",
            column="body",
            regex=r"[\x00-\x08\x0b\x0c\x0e-\x1f]",
        ),
    )
    yield Expectation(
        name="articles_have_words",
        suite="rows",
        table="articles",
        description="Every article has at least one word.",
        **between("word_count", lowest=1),
    )
    yield Expectation(
        name="article_languages_are_bcp_47_tags",
        suite="rows",
        table="articles",
        description="Every language_code looks like a BCP 47 tag, e.g. 'en', 'zh-Hant', 'und'.",
        **matching("language_code", LANGUAGE_TAG),
    )


def sources() -> Iterator[Expectation]:
    """Who published an article."""
    yield Expectation(
        name="articles_with_a_source_say_what_named_it",
        suite="rows",
        table="articles",
        description="source_origin is known exactly where source_id is.",
        **no_rows(
            "SELECT article_id, source_id, source_origin FROM batch"
            " WHERE (source_id IS NULL) <> (source_origin IS NULL)"
        ),
    )
    yield Expectation(
        name="unmapped_sources_say_what_named_them",
        suite="rows",
        table="articles",
        description="unmapped_source_origin is known exactly where unmapped_source_name is.",
        **no_rows(
            "SELECT article_id, unmapped_source_name, unmapped_source_origin FROM batch"
            " WHERE (unmapped_source_name IS NULL) <> (unmapped_source_origin IS NULL)"
        ),
    )
    yield Expectation(
        name="article_source_has_evidence",
        suite="rows",
        table="articles",
        description="An article's source is among its rows of article_sources.",
        **no_rows(
            "SELECT b.article_id, b.source_id, b.source_origin FROM batch AS b"
            " ANTI JOIN article_sources AS s"
            " ON s.article_id = b.article_id AND s.source_id = b.source_id"
            " WHERE b.source_id IS NOT NULL"
        ),
    )
    yield Expectation(
        name="sources_without_a_span_come_from_a_sidecar",
        suite="rows",
        table="article_sources",
        description="Field and offsets are null together, just where sidecar or markup says it.",
        **no_rows(
            "SELECT article_id, source_id, origin, field, start_char, end_char FROM batch"
            " WHERE (field IS NULL) <> (origin IN ('sidecar', 'markup'))"
            " OR (field IS NULL) <> (start_char IS NULL) OR (field IS NULL) <> (end_char IS NULL)"
        ),
    )


def deliveries() -> Iterator[Expectation]:
    """What arrived and was not published."""
    yield Expectation(
        name="deliveries_have_a_sha_256",
        suite="rows",
        table="deliveries",
        description="Every delivery carries the SHA-256 of its bytes, in lower-case hexadecimal.",
        **matching("sha256", "^[0-9a-f]{64}$"),
    )
    yield Expectation(
        name="duplicates_come_after_their_article",
        suite="rows",
        table="duplicates",
        description="A duplicate's night and delivery id follow those of the article it repeats.",
        **no_rows(
            "SELECT b.delivery_id, b.ingested_on, b.article_id, a.delivery_id AS owner,"
            " a.ingested_on AS owner_ingested_on"
            " FROM batch AS b JOIN articles AS a USING (article_id)"
            " WHERE (b.ingested_on, b.delivery_id) <= (a.ingested_on, a.delivery_id)"
        ),
    )
    yield Expectation(
        name="quarantine_rules_are_known",
        suite="rows",
        table="quarantine",
        description="Every document is rejected by a rule of etl/errors.py.",
        **one_of("rule", tuple(RULES)),
    )
    yield Expectation(
        name="quarantine_stages_apply_their_rule",
        suite="rows",
        table="quarantine",
        description="Every document is rejected by the stage that its rule belongs to.",
        **no_rows(
            "SELECT b.delivery_id, b.stage, b.rule, r.stage AS stage_of_rule FROM batch AS b"
            " JOIN (VALUES {rules}) AS r(rule, stage) USING (rule) WHERE b.stage <> r.stage"
            " AND b.rule <> 'processing_failed'",  # any stage can fail on a document
            rules=", ".join(f"('{rule.name}', '{rule.stage}')" for rule in RULES.values()),
        ),
    )
    yield Expectation(
        name="quarantine_gives_a_detail",
        suite="rows",
        table="quarantine",
        description="Every rejected document says which value was found.",
        **matching("detail", r"\S"),
    )
