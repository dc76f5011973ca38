"""A small DuckDB file in which every expectation holds, for tests to break."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from etl.schema import TABLES, create_statement
from etl.warehouse.counts import count_days
from etl.warehouse.windows import make_room

NIGHT = date(2024, 3, 10)
EARLIER = tuple(NIGHT - timedelta(days=days) for days in range(6, 0, -1))

# Each body mixes scripts and marks that count differently as bytes, code points and graphemes.
BODIES = (
    "Ilha Nova \U0001f3f3\ufe0f\u200d\U0001f308 festival: "
    "Marta Voss spoke today in Lisbon, Portugal.",
    "cafe\u0301 owners \u2014 \u0645\u0635\u0631 \u2014 today "
    "met Marta Voss near Lisbon, Portugal.",
)
PER_NIGHT = 24
_NIGHTS = ", ".join(f"DATE '{night}'" for night in (*EARLIER, NIGHT))

# Of each night's 24 documents, 20 are published, 2 repeat one of them and 2 are rejected. The first
# twelve are of one feed; nothing names that of the last.
_SOUND = f"""
CREATE TEMP TABLE document AS
SELECT night, n, strftime(night, '%m%d') || '-' || lpad(n::VARCHAR, 2, '0') AS id,
    CASE WHEN n < 20 THEN 'published' WHEN n < 22 THEN 'duplicate' ELSE 'quarantined' END
        AS outcome,
    CASE WHEN n < 12 THEN 'wires' WHEN n < 23 THEN 'web' END AS feed
FROM (SELECT unnest([{_NIGHTS}]) AS night), range({PER_NIGHT}) AS t(n);

INSERT INTO countries BY NAME
SELECT code AS country_code, code || 'X' AS alpha_3, '001' AS numeric_code, code AS name,
    code AS official_name, 'Europe' AS region, 'Southern Europe' AS subregion,
    ['Portuguese'] AS demonyms, ['pt'] AS languages
FROM (SELECT 'PT' AS code UNION ALL
    SELECT chr(65 + n::INTEGER // 26) || chr(65 + n::INTEGER % 26) FROM range(249) AS t(n));

INSERT INTO country_groups BY NAME
SELECT 'EU' AS country_group, 'PT' AS country_code, DATE '1986-01-01' AS since;

INSERT INTO places BY NAME
SELECT country_code AS place_id, name, 'country' AS kind, country_code, 39.6 AS latitude,
    -8.0 AS longitude
FROM countries;

INSERT INTO sources BY NAME
SELECT 'nova' AS source_id, 'Nova Agency' AS name, 'agency' AS kind, 'PT' AS country_code,
    []::VARCHAR[] AS aliases, []::VARCHAR[] AS domains, []::VARCHAR[] AS verified_by;

INSERT INTO deliveries BY NAME
SELECT id AS delivery_id, id || '.txt' AS path, 100 AS size, night + INTERVAL 1 HOUR AS mtime,
    sha256(id) AS sha256, night AS ingested_on, outcome, feed, 1 AS batch
FROM document;

INSERT INTO articles BY NAME
SELECT 'a' || id AS article_id, id AS delivery_id, id || '.txt' AS file_name,
    night AS published_on, 'day' AS date_precision, 'header' AS date_origin,
    false AS date_conflict, 0.95 AS date_confidence, night + INTERVAL 20 HOUR AS published_at,
    'Marta Voss' AS title, 'LISBON (Nova) -' AS dateline, 'Lisbon' AS dateline_place,
    'PT' AS dateline_country_code, CASE WHEN n % 2 = 0 THEN $even ELSE $odd END AS body,
    ['PT'] AS countries, ['PT'] AS focus_countries, [1.0::DOUBLE] AS saliences,
    []::VARCHAR[] AS entity_ids, []::VARCHAR[] AS place_ids, []::DATE[] AS spoken_days,
    []::VARCHAR[] AS names, []::VARCHAR[] AS name_labels, []::INTEGER[] AS name_starts,
    []::VARCHAR[] AS locations,
    'en' AS language_code, 9 AS word_count, 'nova' AS source_id, 'dateline' AS source_origin,
    'a' || CASE n WHEN 1 THEN strftime(night, '%m%d') || '-00'
        WHEN 3 THEN strftime(night, '%m%d') || '-02' ELSE id END AS story_id,
    CASE n WHEN 3 THEN 'a' || strftime(night, '%m%d') || '-02' END AS version_of,
    n <> 2 AS is_latest, night AS ingested_on, 'run' AS run_id
FROM document WHERE outcome = 'published';

-- Of each night's articles the second is a copy of the first, the fourth a version of the third.
INSERT INTO story_links BY NAME
SELECT article_id, story_id, story_id AS nearest_id,
    CASE WHEN version_of IS NULL THEN 'copy' ELSE 'version' END AS method, 0.9 AS score,
    0.9 AS nearest_score, ['marta voss'] AS names, ['portugal'] AS places,
    []::VARCHAR[] AS days, ['lisbon'] AS words, 0 AS days_apart, 'v1' AS linked_by
FROM articles WHERE story_id <> article_id;

INSERT INTO text_groups BY NAME
SELECT story_id AS group_id, article_id, nullif(story_id, article_id) AS copy_of,
    CASE WHEN story_id = article_id THEN 'first' ELSE 'edited' END AS kind,
    CASE WHEN story_id <> article_id THEN 0.8 END AS share,
    CASE WHEN story_id <> article_id THEN 0.7 END AS jaccard,
    CASE WHEN story_id <> article_id THEN 'agency' END AS direction,
    CASE WHEN story_id <> article_id THEN 'nova' END AS credit, 'v1' AS linked_by
FROM articles WHERE article_id LIKE '%-00' OR article_id LIKE '%-01';

INSERT INTO article_versions BY NAME
SELECT article_id, story_id AS first_id,
    CASE WHEN story_id = article_id THEN 1 ELSE 2 END AS number, 'v1' AS linked_by
FROM articles WHERE article_id LIKE '%-02' OR article_id LIKE '%-03';

INSERT INTO stories BY NAME
SELECT story_id, any_value(title) AS headline, count(*) FILTER (is_latest) AS article_count,
    count(DISTINCT source_id) AS source_count, min(published_on) AS first_published_on,
    max(published_on) AS last_published_on, ['PT'] AS country_codes,
    []::VARCHAR[] AS entity_ids,
    CASE WHEN count(*) FILTER (is_latest) > 1 THEN ['Portugal'] ELSE [] END AS countries,
    []::VARCHAR[] AS entities,
    CASE WHEN count(*) FILTER (is_latest) > 1 THEN ['Nova Agency'] ELSE [] END AS sources,
    CASE WHEN count(*) FILTER (is_latest) > 1
        THEN list(title ORDER BY article_id) FILTER (is_latest) ELSE [] END AS headlines,
    'v1' AS linked_by
FROM articles GROUP BY story_id;

INSERT INTO duplicates BY NAME
SELECT id AS delivery_id, id || '.txt' AS file_name,
    'a' || strftime(night, '%m%d') || '-00' AS article_id, night AS ingested_on
FROM document WHERE outcome = 'duplicate';

INSERT INTO quarantine BY NAME
SELECT id AS delivery_id, id || '.txt' AS file_name, id || '.txt' AS path, feed,
    'extract' AS stage, 'no_country' AS rule,
    'no country in 9 words' AS detail, 'raw' AS raw_text, night AS ingested_on, 'run' AS run_id
FROM document WHERE outcome = 'quarantined';

INSERT INTO article_sources BY NAME
SELECT article_id, 'nova' AS source_id, 'agency' AS role, 'dateline' AS origin,
    'Nova' AS evidence, 'dateline' AS field, 8 AS start_char, 12 AS end_char,
    'v1' AS derived_by, ingested_on
FROM articles;

INSERT INTO date_mentions BY NAME
SELECT article_id, 'body' AS field, strpos(body, 'today') - 1 AS start_char,
    strpos(body, 'today') + 4 AS end_char, 'today' AS text, published_on AS starts_on,
    published_on AS ends_on, 'day' AS precision, 'relative' AS method, 'v1' AS derived_by,
    ingested_on
FROM articles;

INSERT INTO mentions BY NAME
SELECT article_id, 'body' AS field, strpos(body, word) - 1 AS start_char,
    strpos(body, word) - 1 + length(word) AS end_char, word AS text, label, word AS name,
    lower(word) AS entity_id, country AS country_code, method, 0.9 AS score,
    country AS place_id,
    'v1' AS derived_by, ingested_on
FROM articles, (VALUES ('Marta Voss', 'PERSON', NULL, 'statistical', false),
    ('Voss', 'PERSON', NULL, 'statistical', true),
    ('Portugal', 'PLACE', 'PT', 'country_name', NULL)) AS w(word, label, country, method, is_bare)
WHERE is_bare IS NULL OR is_bare = (article_id LIKE '%-04');

INSERT INTO article_countries BY NAME
SELECT article_id, country_code, 1 AS rank, 0.9 AS score, 1.0 AS salience, 1 AS mention_count,
    true AS is_focus, 'subject' AS role, method, text AS evidence, field, start_char, end_char,
    'v1' AS derived_by, ingested_on
FROM mentions WHERE country_code IS NOT NULL;

INSERT INTO derivations BY NAME
SELECT DISTINCT 'v1' AS derived_by, 'extract' AS stage, 'c' AS code_version,
    'news_ner 0' AS model_version, 'r' AS reference_version, ingested_on
FROM articles;

INSERT INTO entities BY NAME
SELECT entity_id, label, text AS name, [text] AS aliases,
    any_value(country_code) AS country_code, count(DISTINCT article_id) AS article_count,
    min(published_on) AS first_published_on, max(published_on) AS last_published_on
FROM mentions JOIN articles USING (article_id) GROUP BY entity_id, label, text;

-- Of each night's articles the fifth has the bare name alone.
INSERT INTO entity_links BY NAME
SELECT DISTINCT article_id, entity_id, 'marta voss' AS linked_entity_id, 'family_name' AS method,
    'Marta Voss' AS evidence, replace(article_id, '-04', '-00') AS nearest_id,
    19 AS bearer_count, 0 AS rival_count, 'PT' AS country_code, []::VARCHAR[] AS names,
    0.9 AS score, 'v1' AS linked_by
FROM mentions WHERE entity_id = 'voss';

UPDATE articles SET entity_ids = n.entity_ids, place_ids = n.place_ids, names = n.names,
    name_labels = n.name_labels, name_starts = n.name_starts, locations = n.locations
FROM (
    SELECT article_id, list(m.name ORDER BY start_char) AS names,
        list(m.label ORDER BY start_char) AS name_labels,
        list(start_char ORDER BY start_char) AS name_starts,
        list('1#Portugal#PT##39.6#-8.0#PT#' || start_char) FILTER (place_id IS NOT NULL)
            AS locations,
        list_sort(list(DISTINCT coalesce(l.linked_entity_id, m.entity_id))) AS entity_ids,
        coalesce(list_sort(list(DISTINCT place_id) FILTER (place_id IS NOT NULL)), []) AS place_ids
    FROM mentions AS m LEFT JOIN entity_links AS l USING (article_id, entity_id)
    GROUP BY article_id
) AS n
WHERE articles.article_id = n.article_id;

INSERT INTO runs BY NAME
SELECT 'run' AS run_id, night AS ingested_on, night AS started_at, night AS finished_at,
    24 AS delivered_count, 20 AS published_count, 2 AS duplicate_count, 0 AS superseded_count,
    2 AS quarantined_count,
    'c' AS code_version, 'none' AS model_version, 'r' AS reference_version
FROM document GROUP BY night;

INSERT INTO releases BY NAME
SELECT '2024.03.10' AS version, 1 AS sequence, DATE '{NIGHT}' AS published_at, 1 AS row_count,
    'd' AS digest, 1 AS passed_count, []::VARCHAR[] AS warnings, '0' AS program_version,
    '1' AS schema_version, 'c' AS code_version, 'none' AS model_version, 'r' AS reference_version;

INSERT INTO release_tables BY NAME
SELECT version, 'articles' AS table_name, row_count, digest FROM releases;

INSERT INTO release_diffs BY NAME
SELECT version, 'articles' AS table_name, 'new data' AS reason, 1 AS added_count,
    0 AS removed_count, 0 AS changed_count
FROM releases;

INSERT INTO release_stories BY NAME
SELECT version, 'a0308-01' AS former_story_id, 'a0308-00' AS story_id, 1 AS article_count,
    true AS is_gone
FROM releases;

INSERT INTO quality_results BY NAME
SELECT 'run' AS run_id, night AS ingested_on, 'rows' AS suite,
    'articles_have_a_date' AS expectation, 'articles' AS table_name, true AS passed,
    'blocking' AS severity, 0 AS unexpected_count
FROM document GROUP BY night;
"""


def build(path: Path) -> None:
    """Write the file: seven nights of 24 documents each, the last of them ``NIGHT``."""
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            connection.execute(create_statement(table))
        for statement in connection.extract_statements(_SOUND):
            bodies = {"even": BODIES[0], "odd": BODIES[1]} if "$even" in statement.query else None
            connection.execute(statement, bodies)
        make_room(connection)
        count_days(connection, [])
