"""Why rows of two files differ, and how many do: rows of the table ``release_diffs``.

What belongs here: the reason of each row that differs, in SQL on what ``note_changes`` has left
(etl/warehouse/comparison.py). What does not: which rows these are.

A row has the first reason that holds of it, or of what it is about: its article was withdrawn; its
document came, or was delivered again; of the stage that derived it the code, the model or the
reference tables are others, as ``derivations`` tell, else those of the runs that published its
night (``runs``). Rows that follow from several articles (entities, stories) have the first reason
of those that changed, counts of a day or month that of the release.
"""

from collections.abc import Collection, Iterator

import polars as pl

from etl import schema
from etl.schema.releases import REASONS, RELEASE_DIFFS
from etl.warehouse.comparison import COMPARED, Pair

OF_ROWS = RELEASE_DIFFS.only({*RELEASE_DIFFS.column_names} - {"version"})

_FIRST = f"arg_min(reason, list_position({list(REASONS)}, reason))"

_DELIVERY_REASONS = f"""
CREATE OR REPLACE TEMP TABLE delivery_reasons AS
SELECT delivery_id, {_FIRST} AS reason FROM (
    SELECT delivery_id, 'withdrawal' AS reason FROM changed_quarantine
    WHERE is_there AND rule = 'withdrawn' AND former_rule IS DISTINCT FROM rule
    UNION ALL
    SELECT delivery_id, 'new data' FROM changed_deliveries
    WHERE is_there AND (NOT was_there OR
        (outcome = 'superseded' AND former_outcome IS DISTINCT FROM outcome))
) GROUP BY delivery_id
"""
_VERSIONS = """
    CASE WHEN o.code_version IS DISTINCT FROM n.code_version THEN 'code'
        WHEN o.model_version IS DISTINCT FROM n.model_version THEN 'model'
        WHEN o.reference_version IS DISTINCT FROM n.reference_version THEN 'reference' END
"""
_NO_STAGES = """
CREATE OR REPLACE TEMP TABLE stage_reasons (ingested_on DATE, stage VARCHAR, reason VARCHAR);
CREATE OR REPLACE TEMP TABLE stages (derived_by VARCHAR, stage VARCHAR)
"""
_STAGE_VERSIONS = """
    SELECT ingested_on, stage, {} FROM {{}}.derivations GROUP BY ingested_on, stage
""".format(
    ", ".join(
        f"list(DISTINCT {name} ORDER BY {name}) AS {name}"
        for name in ("code_version", "model_version", "reference_version")
    )
)
_STAGE_REASONS = f"""
CREATE OR REPLACE TEMP TABLE stage_reasons AS
SELECT ingested_on, stage, {_VERSIONS} AS reason
FROM ({_STAGE_VERSIONS.format("old")}) o JOIN ({_STAGE_VERSIONS.format("new")}) n
    USING (ingested_on, stage)
WHERE reason IS NOT NULL;
CREATE OR REPLACE TEMP TABLE stages AS
SELECT DISTINCT derived_by, stage FROM old.derivations
UNION SELECT DISTINCT derived_by, stage FROM new.derivations
"""
_LAST_RUNS = """
    SELECT ingested_on, max_by(code_version, {order}) AS code_version,
        max_by(model_version, {order}) AS model_version,
        max_by(reference_version, {order}) AS reference_version
    FROM {file}.runs GROUP BY ingested_on
"""
_NIGHT_REASONS = f"""
CREATE OR REPLACE TEMP TABLE night_reasons AS
SELECT ingested_on, {_VERSIONS} AS reason
FROM ({{old}}) o JOIN ({{new}}) n USING (ingested_on)
WHERE reason IS NOT NULL
"""
_ARTICLE_REASONS = f"""
CREATE OR REPLACE TEMP TABLE article_reasons AS
SELECT article_id, {_FIRST} AS reason
FROM changed_articles a JOIN delivery_reasons d
    ON d.delivery_id = a.delivery_id OR d.delivery_id = a.former_delivery_id
WHERE NOT is_linked_alone GROUP BY article_id
"""
# What is not told by a row's own article or document: that of most changes of the release.
_MAIN_REASON = f"""
CREATE OR REPLACE TEMP TABLE main_reason AS
SELECT coalesce(
    (SELECT {_FIRST} FROM (
        SELECT reason FROM why_articles UNION ALL SELECT reason FROM delivery_reasons)),
    CASE WHEN EXISTS (FROM changed_sources) OR EXISTS (FROM changed_countries)
        THEN 'reference' END,
    'code') AS reason
"""
_LINK_REASON = """
CREATE OR REPLACE TEMP TABLE link_reason AS
SELECT CASE WHEN EXISTS (FROM changed_stories WHERE linked_by <> former_linked_by) THEN
    coalesce((SELECT min(reason) FROM night_reasons), 'code') END AS reason
"""
_MEMBER_REASONS = f"""
CREATE OR REPLACE TEMP TABLE {{table}}_reasons AS
SELECT {{key}}, {_FIRST} AS reason FROM (
    SELECT {{key}}, reason FROM why_{{members}}
    UNION ALL SELECT former_{{key}}, reason FROM why_{{members}}
) WHERE {{key}} IS NOT NULL GROUP BY {{key}}
"""
_OF_DERIVED = {"stories": ("story_id", "articles"), "entities": ("entity_id", "mentions")}


def diff_rows(pair: Pair) -> pl.DataFrame:
    """Rows of ``release_diffs`` but for the version, once the changes are noted."""
    _note_reasons(pair)
    counts = " UNION ALL ".join(map(_count, COMPARED))
    rows: pl.DataFrame = pair.con.sql(f"FROM ({counts}) ORDER BY table_name, reason").pl()
    return OF_ROWS.conform(rows)


def _note_reasons(pair: Pair) -> None:
    con = pair.con
    con.execute(_DELIVERY_REASONS)
    has_stages = pair.columns(schema.DERIVATIONS)
    con.execute(_STAGE_REASONS if has_stages else _NO_STAGES)
    last = {
        file: _LAST_RUNS.format(file=file, order=order_of_runs(columns["runs"]))
        for file, columns in (("old", pair.old), ("new", pair.new))
    }
    con.execute(_NIGHT_REASONS.format(**last))
    con.execute(_ARTICLE_REASONS)
    nightly = [table for table in COMPARED if table.kind == "night"]
    for table in nightly:
        con.execute(_why(table))
    con.execute(_MAIN_REASON)
    con.execute(_LINK_REASON)
    for name, (key, members) in _OF_DERIVED.items():
        con.execute(_MEMBER_REASONS.format(table=name, key=key, members=members))
    for table in COMPARED:
        if table not in nightly:
            con.execute(_why_derived(table, pair))
    con.execute(_WHY_RELINKED)


def order_of_runs(columns: Collection[str]) -> str:
    """What tells of two runs which was the later: their number, of before there were any the clock.

    ``columns`` are those of the table ``runs`` in that file.
    """
    by_clock = "epoch(finished_at)"
    return f"coalesce(sequence, {by_clock} / 1e12)" if "sequence" in columns else by_clock


def _why(table: schema.Table) -> str:
    """Of rows of a night."""
    joins, reasons = zip(*_told_by(table), strict=True)
    return f"""
    CREATE OR REPLACE TEMP TABLE why_{table.name} AS
    SELECT c.*, coalesce({", ".join(reasons)}, 'new data') AS reason
    FROM changed_{table.name} c {" ".join(joins)}
    {"WHERE NOT is_linked_alone" if table.name == schema.ARTICLES.name else ""}
    """


def _told_by(table: schema.Table) -> Iterator[tuple[str, str]]:
    """What tells the reason of a row: a join, and the column that it brings; the first first."""
    names = table.column_names
    if table.name == schema.ARTICLES.name or "delivery_id" not in names:
        if "article_id" in names:
            yield "LEFT JOIN article_reasons a ON a.article_id = c.article_id", "a.reason"
    else:
        yield "LEFT JOIN delivery_reasons d ON d.delivery_id = c.delivery_id", "d.reason"
    if "derived_by" in names and "stage" not in names:
        yield "LEFT JOIN stages g ON g.derived_by = c.derived_by", "NULL"
        yield f"LEFT JOIN stage_reasons s ON {_SAME_STAGE.format('g')}", "s.reason"
    elif table.name == schema.DERIVATIONS.name:
        yield f"LEFT JOIN stage_reasons s ON {_SAME_STAGE.format('c')}", "s.reason"
    elif table.name == schema.ARTICLES.name:
        yield f"LEFT JOIN ({_OF_ARTICLES}) s ON s.ingested_on = c.ingested_on", "s.reason"
    yield "LEFT JOIN night_reasons n ON n.ingested_on = c.ingested_on", "n.reason"


_SAME_STAGE = "(s.ingested_on, s.stage) = (c.ingested_on, {}.stage)"
_OF_ARTICLES = (
    f"SELECT ingested_on, {_FIRST} AS reason FROM stage_reasons "
    "WHERE stage IN ('dates', 'sources') GROUP BY ingested_on"
)
_MAIN = "(SELECT reason FROM main_reason)"
_BY_LINKS = f"coalesce((SELECT reason FROM link_reason), {_MAIN})"
_WHY_RELINKED = f"""
INSERT INTO why_articles BY NAME
SELECT c.*, {_BY_LINKS} AS reason FROM changed_articles c WHERE is_linked_alone
"""


def _why_derived(table: schema.Table, pair: Pair) -> str:
    """Of rows that follow from several nights, and of reference tables."""
    fallback = _BY_LINKS if "linked_by" in table.column_names else _MAIN
    reason, join = f"coalesce(m.reason, {fallback})", ""
    if table.kind == "reference":
        reason = "'reference'"
    elif not pair.columns(table):  # a table that only one of the files has
        reason = "'code'"
    elif table.name in _OF_DERIVED:
        join = _JOIN.format(f"{table.name}_reasons", *table.key)
    elif "article_id" in table.key:
        join = _JOIN.format("article_reasons", "article_id")
    else:  # counts of a day or month: of many articles
        reason = fallback
    return f"""
    CREATE OR REPLACE TEMP TABLE why_{table.name} AS
    SELECT c.*, {reason} AS reason FROM changed_{table.name} c {join}
    """


_JOIN = "LEFT JOIN {0} m ON m.{1} = c.{1}"


def _count(table: schema.Table) -> str:
    return f"""
    SELECT '{table.name}' AS table_name, reason,
        count_if(NOT was_there) AS added_count, count_if(NOT is_there) AS removed_count,
        count_if(was_there AND is_there) AS changed_count
    FROM why_{table.name} GROUP BY reason
    """
