"""The night: its stages in their order, each once.

What belongs here: what each stage reads, yields, rejects as and is versioned by. All else is
derived from it: assets and their lineage, what is quarantined where, what a replay starts
from, what a refresh touches, what the analysts' file is loaded from. What does not: what the
stages do, which stands in their rooms, and Dagster.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from etl import schema
from etl.errors import StageError
from etl.fingerprint import code_version, content_version, fingerprint
from etl.lexicon.agencies import agencies_version
from etl.schema import Table, lake_table
from etl.stage import DERIVED_BY, RAW, Basis, Correctable, CorrectedTable, Input, Stage
from etl.tables import REGISTRY, reference_version, table_content, use_site_tables

SHARED = ("etl.schema", "etl.stage", "etl.tables", "etl.site_rows", "etl.lexicon")
"""Modules that shape the rows of every stage."""

NIGHT: tuple[Stage, ...] = (
    Stage(
        name="parsed_articles",
        description="Bytes to text, then header, title, byline, stamps, dateline, body, trailer.",
        builder="etl.parse.stage:build_parse",
        reads=Input(RAW, RAW, columns=("raw",)),
        yields=(schema.PARSED_ARTICLES,),
        keeps=(schema.FURNITURE,),
        main="parsed_articles",
        rejects_as="parse",
        basis=Basis(
            modules=(*SHARED, "etl.decode", "etl.encodings", "etl.languages", "etl.parse"),
            libraries=("charset_normalizer", "ftfy", "htmldate", "py3langid", "trafilatura"),
            rooms=("reference", "lexicon"),
            names_agencies=True,
        ),
        is_retained=False,
    ),
    Stage(
        name="articles",
        description="One date with its origin, one identity, and the dates the text speaks about.",
        builder="etl.dates.stage:build_articles",
        reads=Input(
            "parsed_articles",
            "parsed_articles",
            columns=(
                *("given_published_at", "given_fetched_at", "header_date", "marked_dates"),
                *("stamps", "dateline_day"),
                *("language_code", "ingested_on"),
            ),
        ),
        yields=(schema.LAKE_ARTICLES, lake_table(schema.DATE_MENTIONS)),
        main="articles",
        rejects_as="dates",
        basis=Basis(modules=(*SHARED, "etl.dates", "etl.identity"), rooms=("lexicon",)),
        then="etl.lake.withdrawals:keep_out",
    ),
    Stage(
        name="sources",
        description="Who published, wrote and is cited; redone alone for a corrected registry.",
        builder="etl.sources.stage:build_sources",
        reads=Input(
            "articles",
            "articles",
            columns=(
                *("given_publisher", "url", "marked_url", "marked_publisher"),
                *("title", "dateline", "byline", "trailer", "body"),
            ),
        ),
        yields=(lake_table(schema.ARTICLE_SOURCES),),
        keeps=(schema.ATTRIBUTIONS,),
        main="attributions",
        rejects_as="sources",
        basis=Basis(modules=(*SHARED, "etl.sources"), rooms=("lexicon",)),
        corrected_table=CorrectedTable(name=REGISTRY, finder="etl.sources.stage:build_touched"),
    ),
    Stage(
        name="extraction",
        description="Mentions with offsets, and the countries they are evidence of.",
        builder="etl.extract.stage:build_extraction",
        reads=Input(
            "articles",
            "articles",
            columns=("title", "dateline", "body", "language_code", "published_on"),
        ),
        yields=(lake_table(schema.MENTIONS), lake_table(schema.ARTICLE_COUNTRIES)),
        main="article_countries",
        rejects_as="extract",
        basis=Basis(
            modules=(*SHARED, "etl.extract", "etl.reference"),
            libraries=("spacy",),
            rooms=("reference", "lexicon"),
            uses_model=True,
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Versions:
    """What derives a stage's rows; ``model`` and ``reference`` are None where it has none."""

    code: str
    model: str | None = None
    reference: str | None = None

    @property
    def derived_by(self) -> str:
        return fingerprint(self.code, self.reference or "", self.model or "")

    @property
    def options(self) -> tuple[tuple[str, str | None], ...]:
        """What a stage's builder is given, so that its rows can tell."""
        return (
            ("derived_by", self.derived_by),
            ("code_version", self.code),
            ("model_version", self.model),
            ("reference_version", self.reference),
        )


def stages(spacy_model: str | None, site_tables: Path | None = None) -> tuple[Stage, ...]:
    """The stages in their order, with the versions of now.

    ``spacy_model`` is a user's own, ``site_tables`` the folder of a site's own rows.
    """
    return tuple(versioned(stage, spacy_model, site_tables) for stage in NIGHT)


def versioned(stage: Stage, spacy_model: str | None, site_tables: Path | None = None) -> Stage:
    """A declared stage with its version, and the options that its builder takes."""
    stage = replace(stage, site_tables=site_tables, site_version=use_site_tables(site_tables))
    basis = stage.basis
    versions = Versions(
        code=code_version(basis.modules, basis.libraries),
        model=night_model_version(spacy_model) if basis.uses_model else None,
        reference=_tables_version(basis),
    )
    own_model = (("spacy_model", spacy_model),) if basis.uses_model else ()
    made = replace(stage, version=versions.derived_by, options=(*versions.options, *own_model))
    return _with_corrected_table(made) if stage.corrected_table else made


def rules_version(stage: Stage) -> str:
    """Fingerprint of a stage's code and shipped tables, without its model and the registry.

    It can be told without loading either, so that the code location tells it at once.
    """
    return _version_of(stage.basis)


def _version_of(basis: Basis) -> str:
    """Fingerprint of code, libraries and tables; the site's rows count as they are in use."""
    code = code_version(basis.modules, basis.libraries)
    return fingerprint(code, _tables_version(basis) or "")


def _tables_version(basis: Basis) -> str | None:
    if not basis.rooms:
        return None
    version = reference_version(*basis.rooms, without=(REGISTRY,))
    return fingerprint(version, agencies_version()) if basis.names_agencies else version


def _with_corrected_table(stage: Stage) -> Stage:
    """``derived_by`` of the rows names the rules alone.

    Under two versions of the table that differ elsewhere a row is the same, whether it was
    derived anew or carried over.
    """
    corrected, rules = stage.corrected_table, stage.version
    if corrected is None:
        return stage
    content = table_content(corrected.name)
    table = content_version(content)
    return replace(
        stage,
        version=fingerprint(rules, table),
        options=(*stage.options, ("table_version", table)),
        correctable=Correctable(rules=rules, table=table, content=content, finder=corrected.finder),
    )


def stage_named(name: str) -> Stage:
    """The declared stage of that name. Raises StageError where there is none."""
    return _first((stage for stage in NIGHT if stage.name == name), name)


def stage_of(table: str) -> Stage:
    """The declared stage that writes a table of the lake. Raises StageError."""
    written = (s for s in NIGHT if any(t.name == table for t in (*s.yields, *s.keeps)))
    return _first(written, table)


def table_read_by(stage: Stage) -> Table:
    """The declared table that a stage reads. Raises StageError where there is none."""
    if stage.reads.stage == RAW:
        return schema.RAW_DOCUMENTS
    for table in stage_named(stage.reads.stage).tables:
        if table.name == stage.reads.table:
            return table
    raise StageError(f"{stage.name} reads {stage.reads.table}, which {stage.reads.stage} lacks")


def _first(found: Iterable[Stage], name: str) -> Stage:
    for stage in found:
        return stage
    raise StageError(f"no stage {name!r} of the night, nor one that writes such a table")


ACROSS = Basis(
    modules=(
        *(*SHARED, "etl.copies", "etl.stories", "etl.identity", "etl.shingles"),
        *("etl.link", "etl.warehouse.name_rules", "etl.extract.entity_ids", "etl.extract.text"),
        *("etl.extract.gazetteer.person_names", "etl.extract.gazetteer.office_holders"),
    ),
    libraries=("polars", "numpy"),
    rooms=("reference", "lexicon"),
)
"""What shapes the rows of the stages across articles: links of names, versions, copies,
stories, in this order.

They run in staging (etl/warehouse/across.py), on what the stages above have found, and change none
of it.
"""


def linking_version() -> str:
    """Fingerprint of what links articles; the site's rows count as they are in use."""
    return _version_of(ACROSS)


STAGE_NAMES = tuple(stage.name for stage in NIGHT)
"""Each has a table ``quarantine`` in the lake."""


def tables_beside_articles() -> dict[str, tuple[Table, ...]]:
    """By stage: tables of the analysts' file whose rows go where their article goes."""
    loaded = {table.name: table for table in schema.TABLES if table.kind == "night"}
    return {
        stage.name: tuple(
            loaded[table.name]
            for table in stage.yields
            if table.name in loaded and table.name != schema.ARTICLES.name
        )
        for stage in NIGHT
    }


def deriving_stages() -> tuple[str, ...]:
    """Stages whose rows say what they were derived by."""
    return tuple(stage.name for stage in NIGHT if DERIVED_BY in stage.tables)


@cache
def night_model_version(spacy_model: str | None) -> str:
    """What tells the model of now from another (``etl.extract.model.model_version``)."""
    from etl.extract.model import model_version  # late: brings the whole extraction along

    return model_version(spacy_model)


def night_code_version() -> str:
    """Fingerprint of all code that derives rows."""
    return code_version(("etl",))
