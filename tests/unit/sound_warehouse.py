"""A small DuckDB file in which every expectation holds, for tests to break."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from etl.schema import TABLES, create_statements

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

# Of each night's 24 documents, 20 are published, 2 repeat one of them and 2 are rejected.
_SOUND = f"""
CREATE TEMP TABLE document AS
SELECT night, n, strftime(night, '%m%d') || '-' || lpad(n::VARCHAR, 2, '0') AS id,
    CASE WHEN n < 20 THEN 'published' WHEN n < 22 THEN 'duplicate' ELSE 'quarantined' END
        AS outcome
FROM (SELECT unnest([{_NIGHTS}]) AS night), range({PER_NIGHT}) AS t(n);

INSERT INTO countries
SELECT code, code || 'X', '001', code, code, 'Europe', 'Southern Europe', ['Portuguese']
FROM (SELECT 'PT' AS code UNION ALL
    SELECT chr(65 + n::INTEGER // 26) || chr(65 + n::INTEGER % 26) FROM range(249) AS t(n));

INSERT INTO sources VALUES ('nova', 'Nova Agency', 'agency', 'PT', NULL, []);

INSERT INTO deliveries
SELECT id, id || '.txt', NULL, 100, night + INTERVAL 1 HOUR, sha256(id), night, outcome
FROM document;

INSERT INTO articles
SELECT 'a' || id, id, id || '.txt', night, 'day', 'header', false, 0.95,
    night + INTERVAL 20 HOUR,
    'Marta Voss', NULL, 'LISBON (Nova) -', 'Lisbon', 'PT',
    CASE WHEN n % 2 = 0 THEN $even ELSE $odd END,
    NULL, 'en', 9, NULL, 'nova', 'dateline', NULL, NULL, night, 'run'
FROM document WHERE outcome = 'published';

INSERT INTO duplicates
SELECT id, id || '.txt', 'a' || strftime(night, '%m%d') || '-00', night
FROM document WHERE outcome = 'duplicate';

INSERT INTO quarantine
SELECT id, id || '.txt', 'extract', 'no_country', 'no country in 9 words', 'raw', night, 'run'
FROM document WHERE outcome = 'quarantined';

INSERT INTO article_sources
SELECT article_id, 'nova', 'agency', 'dateline', 'Nova', 'dateline', 8, 12, 'v1', ingested_on
FROM articles;

INSERT INTO date_mentions
SELECT article_id, 'body', strpos(body, 'today') - 1, strpos(body, 'today') + 4, 'today',
    published_on, published_on, 'day', 'relative', 'v1', ingested_on
FROM articles;

INSERT INTO mentions
SELECT article_id, 'body', strpos(body, word) - 1, strpos(body, word) - 1 + length(word), word,
    label, word, lower(word), country, method, 0.9, 'v1', ingested_on
FROM articles, (VALUES ('Marta Voss', 'PERSON', NULL, 'statistical'),
    ('Portugal', 'PLACE', 'PT', 'country_name')) AS w(word, label, country, method);

INSERT INTO article_countries
SELECT article_id, country_code, 1, 0.9, 1.0, 1, true, 'subject', method, text, field,
    start_char, end_char, 'v1', ingested_on
FROM mentions WHERE country_code IS NOT NULL;

INSERT INTO derivations
SELECT DISTINCT 'v1', 'extract', 'c', 'news_ner 0', 'r', ingested_on FROM articles;

INSERT INTO entities
SELECT entity_id, label, text, [text], any_value(country_code), count(DISTINCT article_id),
    min(published_on), max(published_on)
FROM mentions JOIN articles USING (article_id) GROUP BY entity_id, label, text;

INSERT INTO runs
SELECT 'run', night, night, night, 24, 20, 2, 2, 'c', 'none', 'r' FROM document GROUP BY night;

INSERT INTO quality_results
SELECT 'run', night, 'rows', 'articles_have_a_date', 'articles', true, 'blocking', NULL, 0, NULL
FROM document GROUP BY night;
"""


def build(path: Path) -> None:
    """Write the file: seven nights of 24 documents each, the last of them ``NIGHT``."""
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            for statement in create_statements(table):
                connection.execute(statement)
        for statement in connection.extract_statements(_SOUND):
            bodies = {"even": BODIES[0], "odd": BODIES[1]} if "$even" in statement.query else None
            connection.execute(statement, bodies)
