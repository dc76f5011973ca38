"""Every table of Dateline, declared once.

What belongs here: the list of published tables and the names by which the rooms take
declarations; a module per kind of table holds the declarations. What does not: rules about
values that span columns (expectations/rows.py, expectations/evidence.py) and any reading or
writing of data.

The published tables are in ``TABLES``; the lake's own tables, which feed them, in
``LAKE_TABLES``. SQL, comments, structural expectations, Dagster's column metadata and
docs/data-dictionary.md are all made from these declarations.
"""

from etl.schema.articles import ARTICLE_SOURCES, ARTICLES, DATE_MENTIONS
from etl.schema.columns import (
    ARTICLE_ID,
    COUNTRY_ROLES,
    DATE_METHODS,
    DATE_ORIGINS,
    DATE_PRECISIONS,
    DELIVERY_ID,
    DERIVED_BY,
    DERIVING_STAGES,
    FIELDS,
    FILE_NAME,
    INGESTED_ON,
    LABELS,
    METHODS,
    OUTCOMES,
    RUN_ID,
    SOURCE_KINDS,
    SOURCE_ORIGINS,
    SOURCE_ROLES,
    STAGES,
    UNMAPPED_ORIGINS,
)
from etl.schema.counts import (
    BASELINE_DAYS,
    COUNT_TABLES,
    COUNTRY_BASELINES,
    COUNTRY_DAYS,
    COUNTRY_MONTHS,
    DAILY_TOTALS,
    ENTITY_DAYS,
)
from etl.schema.deliveries import DELIVERIES, DERIVATIONS, DUPLICATES, QUARANTINE
from etl.schema.lake import (
    ATTRIBUTIONS,
    FURNITURE,
    LAKE_ARTICLES,
    LAKE_TABLES,
    MARKED_COLUMNS,
    PARSED_ARTICLES,
    RAW_DOCUMENTS,
    SIDECAR_COLUMNS,
    lake_table,
)
from etl.schema.mentions import ARTICLE_COUNTRIES, ENTITIES, ENTITY_LINKS, MENTIONS
from etl.schema.reference import COUNTRIES, COUNTRY_GROUPS, PLACES, SOURCES
from etl.schema.releases import RELEASE_DIFFS, RELEASE_TABLES, RELEASES
from etl.schema.runs import QUALITY_RESULTS, RUNS
from etl.schema.stories import (
    ARTICLE_VERSIONS,
    STORIES,
    STORY_LINKS,
    TEXT_GROUPS,
)
from etl.schema.table import (
    POLARS_TYPES,
    Column,
    Kind,
    Table,
    comment_statements,
    create_statement,
    literal,
)

TABLES: tuple[Table, ...] = (
    ARTICLES,
    ARTICLE_COUNTRIES,
    ARTICLE_SOURCES,
    DATE_MENTIONS,
    MENTIONS,
    ENTITIES,
    ENTITY_LINKS,
    STORIES,
    STORY_LINKS,
    TEXT_GROUPS,
    ARTICLE_VERSIONS,
    *COUNT_TABLES,
    COUNTRIES,
    COUNTRY_GROUPS,
    PLACES,
    SOURCES,
    DELIVERIES,
    DUPLICATES,
    QUARANTINE,
    DERIVATIONS,
    RUNS,
    QUALITY_RESULTS,
    RELEASES,
    RELEASE_TABLES,
    RELEASE_DIFFS,
)

__all__ = [
    "ARTICLES",
    "ARTICLE_COUNTRIES",
    "ARTICLE_ID",
    "ARTICLE_SOURCES",
    "ARTICLE_VERSIONS",
    "ATTRIBUTIONS",
    "BASELINE_DAYS",
    "COUNTRIES",
    "COUNTRY_BASELINES",
    "COUNTRY_DAYS",
    "COUNTRY_GROUPS",
    "COUNTRY_MONTHS",
    "COUNTRY_ROLES",
    "COUNT_TABLES",
    "DAILY_TOTALS",
    "DATE_MENTIONS",
    "DATE_METHODS",
    "DATE_ORIGINS",
    "DATE_PRECISIONS",
    "DELIVERIES",
    "DELIVERY_ID",
    "DERIVATIONS",
    "DERIVED_BY",
    "DERIVING_STAGES",
    "DUPLICATES",
    "ENTITIES",
    "ENTITY_DAYS",
    "ENTITY_LINKS",
    "FIELDS",
    "FILE_NAME",
    "FURNITURE",
    "INGESTED_ON",
    "LABELS",
    "LAKE_ARTICLES",
    "LAKE_TABLES",
    "MARKED_COLUMNS",
    "MENTIONS",
    "METHODS",
    "OUTCOMES",
    "PARSED_ARTICLES",
    "PLACES",
    "POLARS_TYPES",
    "QUALITY_RESULTS",
    "QUARANTINE",
    "RAW_DOCUMENTS",
    "RELEASES",
    "RELEASE_DIFFS",
    "RELEASE_TABLES",
    "RUNS",
    "RUN_ID",
    "SIDECAR_COLUMNS",
    "SOURCES",
    "SOURCE_KINDS",
    "SOURCE_ORIGINS",
    "SOURCE_ROLES",
    "STAGES",
    "STORIES",
    "STORY_LINKS",
    "TABLES",
    "TEXT_GROUPS",
    "UNMAPPED_ORIGINS",
    "Column",
    "Kind",
    "Table",
    "comment_statements",
    "create_statement",
    "lake_table",
    "literal",
]
