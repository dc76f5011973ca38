"""The search of the file: ``FROM search('rail loan Kenya')``.

What belongs here: the macros that cut a text into words and rank the articles that have them, so
that the index and a question are cut alike. What does not: the index
(etl/warehouse/search_index.py).

The macros are plain SQL, without a common table expression and without a lambda: the one is not
found in a macro by DuckDB 1.4.0, the other is written in two ways across the clients that may open
the file. Ranking is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009) with k1 = 1.2 and b = 0.75. A plural's ending is cut after Harman, "How effective is
suffixing?" (1991).
"""

from dataclasses import dataclass

from etl import schema

TITLE_WEIGHT = 3
"""A word of the title counts as often as one that stands so many times in the body."""

MOST_FOUND = 100
_BEFORE, _SHOWN = 80, 240
_COMMON, _LENGTH_SHARE = 1.2, 0.75
_LONE_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}]"


@dataclass(frozen=True, kw_only=True)
class Macro:
    """A macro of the file: ``declaration`` is what stands behind CREATE MACRO."""

    name: str
    description: str
    declaration: str
    is_table: bool = False

    @property
    def call(self) -> str:
        """How it is called, with its arguments."""
        return self.declaration.partition(" AS")[0]


WORDS = Macro(
    name="search_words",
    description=(
        "The words of a text as the search has them: small letters without accents; each sign of "
        "Chinese and Japanese alone."
    ),
    declaration=rf"""search_words(written) AS
        regexp_extract_all(lower(strip_accents(written)), '{_LONE_LETTER}|[\p{{L}}\p{{M}}\p{{N}}]+')
    """,
)

STEM = Macro(
    name="search_stem",
    description="A word without the ending of a plural: countries and country are one.",
    declaration=r"""search_stem(word) AS
        regexp_replace(regexp_replace(regexp_replace(
            word, '(..[^ae])ies$', '\1y'), '(..[^aeo])es$', '\1e'), '(..[^us])s$', '\1')
    """,
)

TERMS = Macro(
    name="search_terms",
    description="What the search looks for when it is asked for these words.",
    declaration="""search_terms(asked) AS (
        SELECT list(DISTINCT search_stem(word)) FROM (SELECT unnest(search_words(asked)) AS word)
    )""",
)

SEARCH = Macro(
    name="search",
    description=(
        "Articles that have any of the words, those first that have more of the rarer ones. "
        "Named arguments: since and until are days, country an ISO 3166-1 alpha-2 code, best how "
        f"many articles ({MOST_FOUND}). Columns: article_id, score (BM25), published_on, source, "
        "title, snippet, url."
    ),
    declaration=rf"""search(
            words, since := NULL, until := NULL, country := NULL, best := {MOST_FOUND}
        ) AS TABLE
        SELECT article_id, score, published_on, source, title,
            CASE WHEN place > {_BEFORE + 1} THEN '… ' ELSE '' END || trim(regexp_replace(
                substr(body, greatest(1, place - {_BEFORE}), {_SHOWN}), '\s+', ' ', 'g'
            )) AS snippet,
            url
        FROM (
            SELECT r.article_id, round(r.exact, 2) AS score, r.exact, r.published_on,
                s.name AS source, a.title, a.url, coalesce(a.body, '') AS body,
                instr(lower(a.body), regexp_extract(
                    lower(a.body),
                    '(?:' || regexp_replace(
                        array_to_string(search_terms(words), '|'), 'y(\||$)', '\1', 'g'
                    ) || ')'
                )) AS place
            FROM (
                SELECT d.article_id, d.published_on,
                    sum(ln(1 + (p.all_documents - p.documents + 0.5) / (p.documents + 0.5))
                        * p.weight * {_COMMON + 1}
                        / (p.weight + {_COMMON}
                            * ({1 - _LENGTH_SHARE} + {_LENGTH_SHARE} * d.length / p.usual))
                    ) AS exact
                FROM (
                    SELECT document_id, weight, all_documents, usual,
                        count(*) OVER (PARTITION BY word) AS documents
                    FROM search_index.postings, (
                        SELECT count(*) AS all_documents, avg(length) AS usual
                        FROM search_index.documents
                    )
                    WHERE word IN (SELECT unnest(search_terms(words)))
                ) AS p
                JOIN search_index.documents AS d USING (document_id)
                WHERE (since IS NULL OR d.published_on >= since::DATE)
                    AND (until IS NULL OR d.published_on <= until::DATE)
                    AND (country IS NULL OR d.article_id IN (
                        SELECT article_id FROM article_countries WHERE country_code = country
                    ))
                GROUP BY ALL ORDER BY exact DESC, d.published_on DESC, d.article_id
                LIMIT best
            ) AS r
            JOIN (SELECT article_id, rowid AS place_in_table FROM articles) AS k USING (article_id)
            JOIN articles AS a ON a.rowid = k.place_in_table
            LEFT JOIN sources AS s USING (source_id)
        )
        ORDER BY exact DESC, published_on DESC, article_id
    """,
    is_table=True,
)

CUTTING: tuple[Macro, ...] = (WORDS, STEM, TERMS)
"""What cuts a text into words; these need no table."""

MACROS: tuple[Macro, ...] = (*CUTTING, SEARCH)


def macro_statements(macro: Macro) -> list[str]:
    """DDL that puts a macro and its description in place."""
    kind = "MACRO TABLE" if macro.is_table else "MACRO"
    return [
        f"CREATE OR REPLACE MACRO {macro.declaration}",
        f"COMMENT ON {kind} {macro.name} IS {schema.literal(macro.description)}",
    ]
