"""The index behind ``search``: which words stand in which article.

What belongs here: the tables of the schema ``search_index`` and keeping them in step with
``articles``. What does not: how a text is cut and how articles are ranked
(etl/schema/views/search.py).

The index is no part of the declared tables: all of it follows from ``articles``, and it has numbers
for articles that depend on the order of nights. ``postings`` is sorted by word, so that a question
reads a few blocks of it; what later nights add stands behind, each night sorted by itself, until
the file is written anew.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from etl import schema
from etl.fingerprint import fingerprint
from etl.schema.views.search import CUTTING, MACROS, SEARCH, TITLE_WEIGHT, Macro, macro_statements

SCHEMA = "search_index"

_TABLES = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.documents (
    document_id INTEGER NOT NULL, article_id VARCHAR NOT NULL, published_on DATE NOT NULL,
    length INTEGER NOT NULL, is_merged BOOLEAN NOT NULL
);
CREATE TABLE {SCHEMA}.postings (
    word VARCHAR NOT NULL, document_id INTEGER NOT NULL, weight INTEGER NOT NULL
);
COMMENT ON TABLE {SCHEMA}.documents IS 'Articles as the search numbers them.';
COMMENT ON COLUMN {SCHEMA}.documents.document_id IS 'In the order in which they came; no key.';
COMMENT ON COLUMN {SCHEMA}.documents.article_id IS 'References articles.article_id.';
COMMENT ON COLUMN {SCHEMA}.documents.published_on IS 'As in articles.';
COMMENT ON COLUMN {SCHEMA}.documents.length IS 'Sum of the weights of its words.';
COMMENT ON COLUMN {SCHEMA}.documents.is_merged IS 'Whether its words stand among the sorted ones.';
COMMENT ON COLUMN {SCHEMA}.postings.word IS 'As search_terms gives it.';
COMMENT ON COLUMN {SCHEMA}.postings.document_id IS 'References documents.document_id.';
COMMENT ON COLUMN {SCHEMA}.postings.weight IS
    'How often it stands there, of the title {TITLE_WEIGHT} times as often.';
"""
VERSION = fingerprint(str(TITLE_WEIGHT), *(macro.declaration for macro in MACROS))
"""Of what cuts texts into words: an index of another one is made anew."""
_POSTINGS = (
    f"How often each word stands in each article, of the title {TITLE_WEIGHT} times as often. "
    f"Made by {VERSION}."
)

FEW_UNMERGED = 20_000
"""Articles whose postings may stand behind the sorted ones, or a share of all: a question then
reads some 25 further blocks a word."""
SHARE_UNMERGED = 0.05


def create_index(con: duckdb.DuckDBPyConnection) -> None:
    """Make the macros, and the tables where there are none or they are of other macros."""
    _put(con, CUTTING)
    if not _is_of_now(con):
        con.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        con.execute(_TABLES)
        con.execute(f"COMMENT ON TABLE {SCHEMA}.postings IS {schema.literal(_POSTINGS)}")
    _put(con, [SEARCH])


def _put(con: duckdb.DuckDBPyConnection, macros: Iterable[Macro]) -> None:
    con.execute(";".join(statement for macro in macros for statement in macro_statements(macro)))


def _is_of_now(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file in use has the index, and by these macros."""
    told = con.execute(
        "SELECT comment FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = ? AND table_name = 'postings'",
        [SCHEMA],
    ).fetchone()
    return told == (_POSTINGS,)


def index_articles(con: duckdb.DuckDBPyConnection, nights: Iterable[date]) -> int:
    """Index the articles of replaced nights anew; return how many were.

    What is no article any more leaves the index, what is not in it yet comes in, of whatever
    night.
    """
    create_index(con)
    con.execute(_GONE, [sorted(nights)])
    con.execute(_FORGET)
    con.execute(_FRESH)
    con.execute(_WORDS)
    con.execute(_DOCUMENTS)
    con.execute(f"INSERT INTO {SCHEMA}.postings FROM fresh_words ORDER BY word, document_id")
    ((count,),) = con.execute("SELECT count(*) FROM fresh_documents").fetchall()
    for name in ("gone", "fresh_words", "fresh_documents"):
        con.execute(f"DROP TABLE {name}")
    return int(count)


_GONE = f"""
CREATE OR REPLACE TEMP TABLE gone AS
    SELECT document_id FROM {SCHEMA}.documents LEFT JOIN articles AS a USING (article_id)
    WHERE a.article_id IS NULL OR a.ingested_on IN (SELECT unnest(?))
"""

_FORGET = f"""
DELETE FROM {SCHEMA}.postings WHERE document_id IN (FROM gone);
DELETE FROM {SCHEMA}.documents WHERE document_id IN (FROM gone)
"""

_FRESH = f"""
CREATE OR REPLACE TEMP TABLE fresh_documents AS
    SELECT (coalesce((SELECT max(document_id) FROM {SCHEMA}.documents), 0)
            + row_number() OVER (ORDER BY article_id))::INTEGER AS document_id,
        article_id, published_on, title, body
    FROM articles ANTI JOIN {SCHEMA}.documents USING (article_id)
"""

_WORDS = f"""
CREATE OR REPLACE TEMP TABLE fresh_words AS
    SELECT search_stem(word) AS word, document_id, sum(weight)::INTEGER AS weight
    FROM (
        SELECT document_id, unnest(search_words(body)) AS word, 1 AS weight FROM fresh_documents
        UNION ALL
        SELECT document_id, unnest(search_words(title)), {TITLE_WEIGHT} FROM fresh_documents
    )
    GROUP BY ALL
"""

_DOCUMENTS = f"""
INSERT INTO {SCHEMA}.documents
    SELECT document_id, article_id, published_on, coalesce(length, 0)::INTEGER, false
    FROM fresh_documents LEFT JOIN (
        SELECT document_id, sum(weight) AS length FROM fresh_words GROUP BY document_id
    ) USING (document_id)
    ORDER BY document_id
"""


def has_many_unmerged(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether so much stands behind the sorted postings that a search feels it."""
    row = con.execute(
        f"SELECT count(*) FILTER (NOT is_merged) > greatest(?, ? * count(*)) "
        f"FROM {SCHEMA}.documents",
        [FEW_UNMERGED, SHARE_UNMERGED],
    ).fetchone()
    return row is not None and bool(row[0])


def merge_index(con: duckdb.DuckDBPyConnection, old: str) -> None:
    """Fill an empty index with that of the attached file ``old``, all of it sorted by word."""
    con.execute(
        f"INSERT INTO {SCHEMA}.documents SELECT * REPLACE (true AS is_merged) "
        f"FROM {old}.{SCHEMA}.documents ORDER BY document_id"
    )
    con.execute(
        f"INSERT INTO {SCHEMA}.postings FROM {old}.{SCHEMA}.postings ORDER BY word, document_id"
    )
