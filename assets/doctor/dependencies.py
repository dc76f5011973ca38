"""What derives rows: libraries, reference tables, the model."""

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from assets.doctor.findings import Finding, fail, ok, warn
from assets.settings import Settings
from etl.errors import DatelineError


def look_at_libraries() -> Iterator[Finding]:
    """The versions that run against those that were tested."""
    python = ".".join(map(str, sys.version_info[:3]))
    try:
        pinned = [line.split("==") for line in requires("dateline") or [] if "==" in line]
    except PackageNotFoundError:
        pinned = []
    other = [f"{name} {version(name)}" for name, wanted in pinned if version(name) != wanted]
    if other:
        remedy = "install from requirements.lock"
        yield warn("libraries", f"other versions than were tested: {', '.join(other)}", remedy)
    else:
        names = ("duckdb", "polars", "dagster")
        shown = ", ".join(f"{name} {version(name)}" for name in names)
        yield ok("libraries", f"Python {python}, {shown}")


def look_at_references() -> Iterator[Finding]:
    """Whether the tables that people may edit still load."""
    from etl import reference, tables
    from etl.sources import load_registry

    try:
        for name in tables.KEYS:
            tables.read_table(name)
        countries = reference.load_countries()
        sources = load_registry(tables.table_path("sources.csv"))
    except DatelineError as error:
        yield fail("references", str(error), "mend the file, or put back the one of the release")
        return
    found = f"{countries.height} countries, {sources.height} sources"
    yield ok("references", f"{found}, version {tables.reference_version()}")


def look_at_model(settings: Settings) -> Iterator[Finding]:
    """Whether the extraction can be built: gazetteer, and the entity model, ours or one set."""
    from etl.extract.model import model_version
    from etl.extract.stage import build_extraction

    name = settings.spacy_model
    try:
        build_extraction(derived_by="doctor", spacy_model=name)
    except DatelineError as error:
        yield fail("model", str(error), "install the model, or correct DATELINE_SPACY_MODEL")
        return
    version_text = model_version(name)
    alone = "none: rules and gazetteer alone"
    yield ok("model", alone if version_text == "none" else f"{version_text} loads")
