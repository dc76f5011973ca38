"""What derives rows: libraries, reference tables, the model."""

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from assets.doctor.findings import Finding, fail, ok, warn
from assets.night.plurals import quantity
from assets.settings import Settings
from etl.errors import DatelineError, SettingsError
from etl.site_rows import Effect


def examine_libraries() -> Iterator[Finding]:
    """The versions that run against those that were tested."""
    python = ".".join(map(str, sys.version_info[:3]))
    try:
        declared = [Requirement(line) for line in requires("dateline") or []]
    except PackageNotFoundError:
        declared = []
    # What only an extra wants may be missing.
    wanted = [r for r in declared if r.marker is None or r.marker.evaluate({"extra": ""})]
    other = [f"{r.name} {version(r.name)}" for r in wanted if version(r.name) not in r.specifier]
    if other:
        remedy = "install from requirements.lock"
        yield warn("libraries", f"other versions than were tested: {', '.join(other)}", remedy)
    else:
        names = ("duckdb", "polars", "dagster")
        shown = ", ".join(f"{name} {version(name)}" for name in names)
        yield ok("libraries", f"Python {python}, {shown}")


def examine_references(settings: Settings) -> Iterator[Finding]:
    """Whether the tables that people may edit still load."""
    from etl import reference, tables
    from etl.sources import load_registry

    try:
        tables.use_site_tables(settings.site_tables)
        for name in tables.KEYS:
            tables.read_table(name)
        countries = reference.load_countries()
        sources = load_registry()
        effects = {n: tables.site_effect(n) for n in tables.site_table_names(settings.site_tables)}
    except DatelineError as error:
        yield fail("references", str(error), "mend the file, or put back the one of the release")
        return
    found = f"{countries.height} countries, {sources.height} sources"
    yield ok("references", f"{found}, version {tables.reference_version()}")
    for name, effect in effects.items():
        yield from _of_site(name, effect)


def _of_site(name: str, effect: Effect) -> Iterator[Finding]:
    """What the site's rows of a table change, and which of them do nothing."""
    counts = f"{effect.added} added, {effect.changed} changed, {effect.removed} taken out"
    yield ok("site tables", f"{name}: rows {counts}")
    for idle in effect.idle:
        yield warn("site tables", f"{idle}: the line does nothing", "take it out of the file")


def examine_expectations(settings: Settings) -> Iterator[Finding]:
    """Whether the site's thresholds can be read, and its own expectations loaded."""
    from assets.night.thresholds import expectations_of
    from expectations.of_site import files_of_site
    from expectations.suites import EXPECTATIONS

    try:
        held = expectations_of(settings)
    except SettingsError as error:
        yield fail("expectations", str(error), "mend the file, or move it out of the folder")
        return
    own = quantity(len(held) - len(EXPECTATIONS), "expectation")
    if files := files_of_site(settings.site_expectations):
        yield ok("expectations", f"{own} of the site: {', '.join(file.name for file in files)}")


def examine_model(settings: Settings) -> Iterator[Finding]:
    """Whether the extraction can be built: gazetteer, and the entity model, ours or one set."""
    from etl.extract.model import model_version
    from etl.extract.stage import build_extraction
    from etl.tables import use_site_tables

    name = settings.spacy_model
    try:
        use_site_tables(settings.site_tables)
        build_extraction(derived_by="doctor", spacy_model=name)
    except DatelineError as error:
        yield fail("model", str(error), "install the model, or correct DATELINE_SPACY_MODEL")
        return
    version_text = model_version(name)
    alone = "none: rules and gazetteer alone"
    yield ok("model", alone if version_text == "none" else f"{version_text} loads")
