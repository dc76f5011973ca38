"""Time of the expectations on a large file, against one plain query each.

Usage: python -m bench.expectations [articles] [nights]     (default 200000 and 10)

Writes the generated file to a temporary folder. Prints seconds for the audit of the last night
and of all nights, through Great Expectations and as bare DuckDB queries.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import duckdb

from etl import schema
from etl.schema import TABLES, create_statement
from expectations.model import MEASURE_BETWEEN, NO_ROWS, Expectation
from expectations.queries import batch_query, outside, readable_query, with_batch
from expectations.suites import EXPECTATIONS
from expectations.validate import validate

FIRST = date(2024, 1, 1)
WORDS_PER_ARTICLE = 400
MENTIONS_PER_ARTICLE = 20

# Twenty words of each body are names, at known places; every eighth body is not ASCII.
FILL = f"""
CREATE TEMP TABLE document AS
SELECT n, sha256(n::VARCHAR) AS id, (DATE '{FIRST}' + (n // $per_night)::INTEGER) AS night
FROM range($articles) AS t(n);

INSERT INTO countries BY NAME
SELECT chr(65 + n::INTEGER // 26) || chr(65 + n::INTEGER % 26) AS country_code, 'XXX' AS alpha_3,
    '001' AS numeric_code, 'n' AS name, 'n' AS official_name, 'r' AS region, 's' AS subregion,
    ['d'] AS demonyms, ['en'] AS languages
FROM range(250) AS t(n);
INSERT INTO sources BY NAME
SELECT 'nova' AS source_id, 'Nova' AS name, 'agency' AS kind, 'AA' AS country_code,
    []::VARCHAR[] AS aliases, []::VARCHAR[] AS domains, []::VARCHAR[] AS verified_by;
INSERT INTO deliveries BY NAME
SELECT id AS delivery_id, id || '.txt' AS path, 2500 AS size, night AS mtime, sha256(id) AS sha256,
    night AS ingested_on, 'published' AS outcome, 1 AS batch
FROM document;
INSERT INTO articles BY NAME
SELECT id AS article_id, id AS delivery_id, id || '.txt' AS file_name, night AS published_on,
    'day' AS date_precision, 'header' AS date_origin, false AS date_conflict,
    0.95 AS date_confidence, 'A headline' AS title, 'LISBON (Nova) -' AS dateline,
    'Lisbon' AS dateline_place, 'AA' AS dateline_country_code,
    CASE n % 8 WHEN 0 THEN 'Çé ' ELSE 'It ' END
    || repeat('Marta Voss and the council of the town spoke of '
    || 'roads, schools and water once more on that long and rainy evening of the year, ', 20)
        AS body,
    ['AA', 'AB', 'AC'] AS countries, ['AA', 'AB', 'AC'] AS focus_countries, id AS story_id,
    [0.5, 0.5, 0.5]::DOUBLE[] AS saliences, []::VARCHAR[] AS entity_ids,
    []::VARCHAR[] AS place_ids, []::DATE[] AS spoken_days,
    ['Marta Voss' FOR i IN range({MENTIONS_PER_ARTICLE})] AS names,
    ['PERSON' FOR i IN range({MENTIONS_PER_ARTICLE})] AS name_labels,
    [(3 + i * 127)::INTEGER FOR i IN range({MENTIONS_PER_ARTICLE})] AS name_starts,
    []::VARCHAR[] AS locations,
    true AS is_latest,
    'en' AS language_code, {WORDS_PER_ARTICLE} AS word_count, 'nova' AS source_id,
    'dateline' AS source_origin, night AS ingested_on, 'run' AS run_id
FROM document ORDER BY night;
INSERT INTO article_sources BY NAME
SELECT article_id, 'nova' AS source_id, 'agency' AS role, 'dateline' AS origin, 'Nova' AS evidence,
    'dateline' AS field, 8 AS start_char, 12 AS end_char, 'v' AS derived_by, ingested_on
FROM articles;
INSERT INTO mentions BY NAME
SELECT article_id, 'body' AS field, (3 + i * 127)::INTEGER AS start_char,
    (13 + i * 127)::INTEGER AS end_char, 'Marta Voss' AS text, 'PERSON' AS label,
    'Marta Voss' AS name, sha256((hash(article_id) % 50000 + i)::VARCHAR) AS entity_id,
    'AA' AS country_code, 'statistical' AS method, 0.9 AS score, 'v' AS derived_by, ingested_on
FROM articles, range({MENTIONS_PER_ARTICLE}) AS t(i);
INSERT INTO article_countries BY NAME
SELECT article_id, c.code AS country_code, c.rank, 0.9 AS score, 0.5 AS salience,
    1 AS mention_count, true AS is_focus, 'subject' AS role, 'city' AS method,
    'Marta Voss' AS evidence, 'body' AS field, 3 AS start_char, 13 AS end_char,
    'v' AS derived_by, ingested_on
FROM articles, (VALUES ('AA', 1), ('AB', 2), ('AC', 3)) AS c(code, rank);
INSERT INTO entities BY NAME
SELECT entity_id, 'PERSON' AS label, 'Marta Voss' AS name, []::VARCHAR[] AS aliases,
    count(DISTINCT article_id) AS article_count, min(published_on) AS first_published_on,
    max(published_on) AS last_published_on
FROM mentions JOIN articles USING (article_id) GROUP BY entity_id;
UPDATE articles SET entity_ids = n.entity_ids FROM (
    SELECT article_id, list_sort(list(DISTINCT entity_id)) AS entity_ids FROM mentions GROUP BY ALL
) AS n WHERE articles.article_id = n.article_id;
"""


def build(path: Path, *, articles: int, nights: int) -> list[date]:
    """Write the file; its nights."""
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            connection.execute(create_statement(table))
        sql = FILL.replace("$per_night", str(articles // nights))
        connection.execute(sql.replace("$articles", str(articles)))
    return [FIRST + timedelta(days=n) for n in range(nights)]


def plain_query(expectation: Expectation, nights: Sequence[date]) -> str:
    """The query that somebody would write by hand for the same check."""
    if query := readable_query(expectation, nights):
        return query
    batch = batch_query(expectation, nights)
    if "column" not in expectation.arguments:
        return f"SELECT count(*) FROM ({batch})"
    column = expectation.arguments["column"]
    conditions = {
        "expect_column_values_to_not_be_null": f"{column} IS NULL",
        "expect_column_values_to_be_between": _out_of_bounds(expectation),
        "expect_column_values_to_match_regex": f"NOT regexp_matches({column}, $pattern)",
        "expect_column_values_to_not_match_regex": f"regexp_matches({column}, $pattern)",
        "expect_column_values_to_be_in_set": f"{column} NOT IN $values",
    }
    return f"SELECT count(*) FROM ({batch}) WHERE {conditions[expectation.type]}"


def _out_of_bounds(expectation: Expectation) -> str:
    column, lowest = expectation.arguments["column"], expectation.arguments.get("min_value")
    highest = expectation.arguments.get("max_value")
    bounds = [f"{column} < '{lowest}'"] if lowest is not None else []
    return " OR ".join(bounds + ([f"{column} > '{highest}'"] if highest is not None else []))


def one_query(nights: Sequence[date]) -> str:
    """All rules as one statement, as a person would put them together.

    Its rows are the name of each rule and how many rows break it.
    """
    return "\nUNION ALL\n".join(query_each(nights))


def query_each(nights: Sequence[date]) -> list[str]:
    """The same, a statement for each rule."""
    return [
        f"SELECT '{each.name}' AS name, ({_count_query(each, nights)}) AS unexpected"
        for each in EXPECTATIONS
    ]


def _count_query(expectation: Expectation, nights: Sequence[date]) -> str:
    """How many rows break one rule, its values written out."""
    given = expectation.arguments
    if expectation.type in (NO_ROWS, MEASURE_BETWEEN):
        condition = outside(expectation) if expectation.type == MEASURE_BETWEEN else "true"
        sql = f"SELECT count(*) FROM ({given['query']}) WHERE {condition}"
        return with_batch(sql, batch_query(expectation, nights), nights)
    sql = plain_query(expectation, nights)
    if expectation.type == "expect_table_row_count_to_be_between":
        bounds = f"{given['min_value']} AND {given['max_value']}"
        return f"SELECT (n NOT BETWEEN {bounds})::BIGINT FROM ({sql}) AS t(n)"
    values: Iterable[object] = given.get("value_set", ())  # type: ignore[assignment]
    listed = ", ".join(schema.literal(str(value)) for value in values)
    pattern = schema.literal(str(given.get("regex")))
    return sql.replace("$values", f"({listed})").replace("$pattern", pattern)


def run_plain(path: Path, nights: Sequence[date]) -> dict[str, float]:
    """Seconds of each plain query."""
    seconds = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for expectation in EXPECTATIONS:
            sql = plain_query(expectation, nights)
            bound = {
                "pattern": expectation.arguments.get("regex"),
                "values": expectation.arguments.get("value_set"),
            }
            used = {name: value for name, value in bound.items() if f"${name}" in sql}
            start = time.perf_counter()
            connection.execute(sql, used or None).fetchall()
            seconds[expectation.name] = time.perf_counter() - start
    return seconds


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def report(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(articles: int = 200_000, nights: int = 10) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        days = build(path, articles=articles, nights=nights)
        report(f"{articles} articles, {nights} nights, {path.stat().st_size / 1e6:.0f} MB")
        seconds = timed(lambda: import_module("expectations.engine"))
        report(f"import of Great Expectations {seconds:.1f} s")
        for what, chosen in (("last night", days[-1:]), ("all nights", days)):
            results = validate(path, nights=chosen)
            failed = [(r.expectation.name, r.error) for r in results if not r.passed]
            audit = timed(lambda chosen=chosen: validate(path, nights=chosen))
            plain = run_plain(path, chosen)
            total = sum(plain.values())
            report(f"{what}: audit {audit:.1f} s, plain {total:.1f} s, ratio {audit / total:.1f}")
            slowest = sorted(plain.items(), key=lambda item: -item[1])[:6]
            report("  slowest: " + ", ".join(f"{name} {each:.2f}" for name, each in slowest))
            report(f"  failed: {failed}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
