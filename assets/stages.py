"""The stages of a night as values for the part engine: what composes the domain's functions.

What belongs here: which functions make up a stage, in which order, and the version that says
when its output is stale. What does not: Dagster; worker processes import this module.
"""

import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import polars as pl

from etl import schema, tables
from etl.corrections import Correctable, Finder, check_version, version_of
from etl.extract.model import model_version
from etl.lake import fingerprint
from etl.lexicon.agencies import agencies_version
from etl.parts import REJECTED, Stage, StageFunction, Tables

ARTICLES = schema.LAKE_ARTICLES
DATE_MENTIONS = schema.lake_table(schema.DATE_MENTIONS)
ARTICLE_SOURCES = schema.lake_table(schema.ARTICLE_SOURCES)
MENTIONS = schema.lake_table(schema.MENTIONS)
ARTICLE_COUNTRIES = schema.lake_table(schema.ARTICLE_COUNTRIES)
DERIVATIONS = schema.lake_table(schema.DERIVATIONS)

REGISTRY = "sources.csv"
"""The registry that people correct: only the sources stage reads all of it, so only that is
redone. Parsing reads the names of agencies, and is versioned by them.
"""

TABLES = ("etl.tables", "etl.lexicon")


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


def parse_stage() -> Stage:
    """raw_documents → parsed_articles."""
    modules = ("etl.schema", "etl.decode", "etl.parse", *TABLES, "assets.stages")
    return Stage(
        name="parsed_articles",
        builder="assets.stages:build_parse",
        main="parsed_articles",
        rejects_as="parse",
        version=fingerprint(
            _version(modules, libraries=("ftfy", "py3langid")),
            tables.reference_version(without=(REGISTRY,)),
            agencies_version(),
        ),
    )


def article_stage() -> Stage:
    """parsed_articles → articles, date_mentions."""
    modules = ("etl.schema", "etl.dates", "etl.identity", *TABLES, "assets.stages")
    versions = Versions(code=_version(modules), reference=tables.reference_version("lexicon"))
    return Stage(
        name="articles",
        builder="assets.stages:build_articles",
        main="articles",
        rejects_as="dates",
        version=versions.derived_by,
        options=versions.options,
    )


def source_stage() -> Stage:
    """articles → attributions, article_sources; apart, so that a registry is applied cheaply.

    ``derived_by`` of its rows names the rules alone: under two registries that differ in
    other outlets a row is the same, whether it was derived anew or carried over.
    """
    modules = ("etl.schema", "etl.sources", *TABLES, "assets.stages")
    versions = Versions(code=_version(modules), reference=tables.reference_version("lexicon"))
    rules = versions.derived_by
    registry = tables.table_path(REGISTRY)
    table = version_of(registry)
    return Stage(
        name="sources",
        builder="assets.stages:build_sources",
        main="attributions",
        rejects_as="sources",
        version=fingerprint(rules, table),
        options=(*versions.options, ("registry_version", table)),
        correctable=Correctable(
            rules=rules, table=table, file=registry, finder="assets.stages:build_touched"
        ),
    )


def extraction_stage(spacy_model: str | None) -> Stage:
    """articles → mentions, article_countries."""
    modules = ("etl.schema", "etl.extract", "etl.reference", *TABLES, "assets.stages")
    versions = Versions(
        code=_version(modules, libraries=("spacy",)),
        model=model_version(spacy_model),
        reference=tables.reference_version(without=(REGISTRY,)),
    )
    return Stage(
        name="extraction",
        builder="assets.stages:build_extraction",
        main="article_countries",
        rejects_as="extract",
        version=versions.derived_by,
        options=(*versions.options, ("spacy_model", spacy_model)),
    )


def way(spacy_model: str | None) -> tuple[tuple[Stage, tuple[str, str]], ...]:
    """The stages in their order, each with the (stage, table) that it reads."""
    return (
        (parse_stage(), ("raw_documents", "raw_documents")),
        (article_stage(), ("parsed_articles", "parsed_articles")),
        (source_stage(), ("articles", "articles")),
        (extraction_stage(spacy_model), ("articles", "articles")),
    )


def build_parse() -> StageFunction:
    """The function of ``parse_stage``: bytes to text, text to the parts of a page."""
    from etl.decode import decode_documents
    from etl.parse import parse_documents

    def parse(raw: pl.DataFrame) -> Tables:
        documents, undecoded = decode_documents(raw)
        parsed, unparsed, furniture = parse_documents(documents)
        return {
            "parsed_articles": schema.PARSED_ARTICLES.conform(parsed),
            "furniture": schema.FURNITURE.conform(furniture),
            "quarantine": _rejected(undecoded, unparsed),
        }

    return parse


def build_articles(*, derived_by: str, **versions: str | None) -> StageFunction:
    """The function of ``article_stage``: one date, one identity, the dates spoken of."""
    from etl.dates import date_articles, find_date_mentions
    from etl.identity import article_ids

    def normalise(parsed: pl.DataFrame) -> Tables:
        dated, undated = date_articles(parsed)
        articles = dated.with_columns(
            article_id=article_ids(dated),
            url=pl.col("given_url"),
            dateline_country_code=pl.lit(None, dtype=pl.String),
        )
        date_mentions = find_date_mentions(articles, derived_by=derived_by)
        return {
            "articles": ARTICLES.conform(articles),
            "date_mentions": DATE_MENTIONS.conform(date_mentions),
            "derivations": _derivations(articles, "dates", derived_by, versions),
            "quarantine": _rejected(undated),
        }

    return normalise


def build_sources(
    *, derived_by: str, registry_version: str, **versions: str | None
) -> StageFunction:
    """The function of ``source_stage``: who published, wrote and is cited.

    Raises StageError where the registry is no longer of that version.
    """
    from etl.sources import attribute_sources, find_unmapped, load_registry

    file = tables.table_path(REGISTRY)
    registry = load_registry(file)
    check_version(file, registry_version)

    def attribute(articles: pl.DataFrame) -> Tables:
        given = articles.rename({"url": "given_url"})
        attribution, article_sources = attribute_sources(given, registry, derived_by=derived_by)
        attributions = (
            articles.select("delivery_id", "ingested_on")
            .join(attribution, on="delivery_id", maintain_order="left")
            .join(find_unmapped(given, registry), on="delivery_id", maintain_order="left")
        )
        return {
            "attributions": schema.ATTRIBUTIONS.conform(attributions),
            "article_sources": ARTICLE_SOURCES.conform(article_sources),
            "derivations": _derivations(articles, "sources", derived_by, versions),
            "quarantine": REJECTED.frame(),
        }

    return attribute


def build_touched(earlier: Path, present: Path) -> Finder:
    """Finds the articles that a step from one registry to another touches."""
    from etl.sources import find_touched, load_registry

    first, second = load_registry(earlier), load_registry(present)
    return lambda articles: find_touched(articles.rename({"url": "given_url"}), first, second)


def build_extraction(
    *, derived_by: str, spacy_model: str | None, **versions: str | None
) -> StageFunction:
    """The function of ``extraction_stage``: mentions, countries and what they prove."""
    from etl.extract import build_extractor

    extractor = build_extractor(model_path=spacy_model, derived_by=derived_by)

    def extract(articles: pl.DataFrame) -> Tables:
        extraction = extractor.extract(articles)
        return {
            "mentions": MENTIONS.conform(extraction.mentions),
            "article_countries": ARTICLE_COUNTRIES.conform(extraction.article_countries),
            "derivations": _derivations(articles, "extract", derived_by, versions),
            "quarantine": _rejected(extraction.rejected),
        }

    return extract


def _derivations(
    articles: pl.DataFrame, stage: str, derived_by: str, versions: Mapping[str, str | None]
) -> pl.DataFrame:
    """For each delivery what ``derived_by`` stands for; a builder's further options name it."""
    names = ("code_version", "model_version", "reference_version")
    return DERIVATIONS.conform(
        articles.select("delivery_id", "ingested_on").with_columns(
            pl.lit(derived_by).alias("derived_by"),
            pl.lit(stage).alias("stage"),
            *(pl.lit(versions.get(name), dtype=pl.String).alias(name) for name in names),
        )
    )


def _rejected(*frames: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([REJECTED.conform(frame) for frame in frames])


def code_version() -> str:
    """Fingerprint of all code that derives rows."""
    return _version(("etl",))


@cache
def _version(modules: Sequence[str], libraries: Sequence[str] = ()) -> str:
    """Fingerprint of modules' source and of the libraries that shape their output."""
    sources = [path.read_bytes() for module in modules for path in _source_files(module)]
    digest = hashlib.sha256(b"\0".join(sources)).hexdigest()
    return fingerprint(digest, *(version(library) for library in libraries))


def _source_files(module: str) -> list[Path]:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
