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
from etl.schema.mentions import ARTICLE_COUNTRIES, ENTITIES, MENTIONS
from etl.schema.reference import COUNTRIES, SOURCES
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
    create_statements,
    literal,
)

TABLES: tuple[Table, ...] = (
    ARTICLES,
    ARTICLE_COUNTRIES,
    ARTICLE_SOURCES,
    DATE_MENTIONS,
    MENTIONS,
    ENTITIES,
    STORIES,
    STORY_LINKS,
    TEXT_GROUPS,
    ARTICLE_VERSIONS,
    COUNTRIES,
    SOURCES,
    DELIVERIES,
    DUPLICATES,
    QUARANTINE,
    DERIVATIONS,
    RUNS,
    QUALITY_RESULTS,
)

__all__ = [
    "ARTICLES",
    "ARTICLE_COUNTRIES",
    "ARTICLE_ID",
    "ARTICLE_SOURCES",
    "ARTICLE_VERSIONS",
    "ATTRIBUTIONS",
    "COUNTRIES",
    "COUNTRY_ROLES",
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
    "POLARS_TYPES",
    "QUALITY_RESULTS",
    "QUARANTINE",
    "RAW_DOCUMENTS",
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
    "create_statements",
    "lake_table",
    "literal",
]
