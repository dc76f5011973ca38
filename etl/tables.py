"""The one reader of tables: CSV files with facts of the world and words of languages.

What belongs here: finding a table in its room, reading it into a frame of text, by which
columns its rows are known, which site's rows are laid over it, and the fingerprint of tables.
What does not: what those rows may be (site_rows.py), what a table is used for (the stages), and
how it is built (bench). Where each table comes from stands in the
README.md beside it: etl/reference holds facts of the world, etl/lexicon words of languages,
etl/landing what other tools call the parts of a record.
"""

import difflib
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import polars as pl

from etl.errors import ReferenceDataError
from etl.site_rows import Effect, SiteRows, effect_of, lay_over, read_site_rows

ROOMS: dict[str, Path] = {
    room: Path(__file__).resolve().parent / room for room in ("reference", "lexicon", "landing")
}
LIST_SEPARATOR = ";"
REGISTRY = "sources.csv"
"""The registry that people correct: only the sources stage reads all of it, so only that is
redone. Parsing reads the names of agencies, and is versioned by them.
"""

P = ParamSpec("P")
T = TypeVar("T")
_FORGETTERS: list[Callable[[], None]] = []
_SITE: tuple[Path | None, str] = (None, "")
"""The folder of the site's rows that are laid over the shipped ones, and their version."""

KEYS: dict[str, tuple[str, ...]] = {
    "abbreviations.csv": ("word",),
    "airports.csv": ("name", "country_code"),
    "alphabets.csv": ("language",),
    "byline_words.csv": ("word",),
    "calendar.csv": ("language", "unit", "number", "word"),
    "calendar_variants.csv": ("language", "unit", "number", "word"),
    "citation_words.csv": ("word",),
    "city_aliases.csv": ("alias",),
    "company_suffixes.csv": ("word",),
    "constituent_countries.csv": ("name",),
    "counted_words.csv": ("word",),
    "counties.csv": ("subdivision_code", "name"),
    "countries.csv": ("country_code",),
    "country_aliases.csv": ("country_code", "name"),
    "country_groups.csv": ("country_group", "country_code", "since"),
    "country_name_forms.csv": ("language",),
    "country_prefixes.csv": ("prefix",),
    "cues.csv": ("country_code", "cue"),
    "date_words.csv": ("word", "kinds"),
    "demonyms.csv": ("country_code",),
    "desks.csv": ("word",),
    "divided_countries.csv": ("name", "half", "country_code"),
    "divisions.csv": ("country_code", "geonames_code"),
    "encodings.csv": ("encoding",),
    "entity_aliases.csv": ("label", "alias"),
    "evidence.csv": ("method",),
    "family_first.csv": ("name",),
    "formats.csv": ("format", "field"),
    "function_words.csv": ("word",),
    "furniture.csv": ("word",),
    "given_name_countries.csv": ("country_code",),
    "given_names.csv": ("name",),
    "html_elements.csv": ("element",),
    "hyphenated_words.csv": ("word",),
    "known_organisations.csv": ("name",),
    "known_persons.csv": ("name",),
    "language_adjectives.csv": ("word",),
    "language_codes.csv": ("code",),
    "languages.csv": ("language",),
    "lead_words.csv": ("word",),
    "local_aliases.csv": ("language_code", "name"),
    "local_peoples.csv": ("language_code", "country_code"),
    "local_words.csv": ("language_code", "country_code", "word"),
    "local_names.csv": ("language_code", "name"),
    "local_places.csv": ("language_code", "word"),
    "mention_scores.csv": ("label", "feature"),
    "money_words.csv": ("word",),
    "name_particles.csv": ("word",),
    "name_verbs.csv": ("word",),
    "national_institutions.csv": ("name",),
    "neighbours.csv": ("country_code",),
    "office_holders.csv": ("country_code", "office", "name", "first_on"),
    "offices.csv": ("office", "wording"),
    "opening_words.csv": ("word",),
    "organisation_cues.csv": ("word", "kind"),
    "organisation_heads.csv": ("head",),
    "organisations.csv": ("name",),
    "outlets.csv": ("name",),
    "page_cues.csv": ("word",),
    "page_lines.csv": ("stage", "feature"),
    "page_marks.csv": ("where", "name"),
    "page_titles.csv": ("feature",),
    "peoples.csv": ("country_code", "name"),
    "person_names.csv": ("name", "kind"),
    "person_words.csv": ("word",),
    "phrases.csv": ("name",),
    "picture_credits.csv": ("word",),
    "place_forms.csv": ("form",),
    "place_words.csv": ("word",),
    "places.csv.gz": ("name", "country_code", "subdivision"),
    "plain_words.csv": ("word",),
    "regions.csv": ("country_code", "name"),
    "salience.csv": ("feature",),
    "seats_of_power.csv": ("name",),
    "sections.csv": ("word",),
    "share_words.csv": ("word",),
    "sources.csv": ("source_id",),
    "stamp_words.csv": ("language", "word"),
    "states.csv": ("name",),
    "stop_words.csv": ("language", "word"),
    "story_likeness.csv": ("feature",),
    "street_words.csv": ("word",),
    "subdivisions.csv": ("subdivision_code",),
    "tense_words.csv": ("word",),
    "titles.csv": ("title",),
    "wares.csv": ("word",),
    "weekday_names.csv": ("word",),
    "word_weights.csv": ("word",),
    "zones.csv": ("word",),
}
"""By which columns a row of a table is known. A row is there once, save in places.csv.gz: two
villages of a division may share their name.
"""


def table_path(name: str) -> Path:
    """Where a shipped table lies; in the first room where no room has it."""
    paths = [room / name for room in ROOMS.values()]
    return next((path for path in paths if path.is_file()), paths[0])


def read_table(name: str) -> pl.DataFrame:
    """One table, the site's rows laid over; every column text, an empty field the empty string.

    Nothing is read as null: "NA" is Namibia. Compressed tables (``.csv.gz``) are read too.

    Raises:
        ReferenceDataError: the file is missing or is not CSV with a header, or a row of the
            site is malformed.
    """
    shipped = _read_shipped(name)
    site = _read_site(name, shipped)
    return lay_over(shipped, site) if site else shipped


def _read_shipped(name: str) -> pl.DataFrame:
    path = table_path(name)
    try:
        frame = pl.read_csv(path, infer_schema=False, null_values=[])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReferenceDataError(f"reference table {path} cannot be read: {error}") from error
    return frame.with_columns(pl.all().fill_null(""))


def table_content(name: str) -> bytes:
    """A table as CSV with the site's rows laid over; without any, the shipped file to the byte.

    Raises ReferenceDataError as ``read_table``.
    """
    path = table_path(name)
    try:
        shipped = path.read_bytes()
    except OSError as error:
        raise ReferenceDataError(f"reference table {path} cannot be read: {error}") from error
    is_as_shipped = name not in site_table_names(_SITE[0])
    return shipped if is_as_shipped else read_table(name).write_csv().encode()


# -- a site's own rows ------------------------------------------------------------------------


def use_site_tables(folder: Path | None) -> str:
    """Lay the rows of a folder over the shipped ones from now on, in this process.

    Returns their version, "" where there are none. What was made of tables is forgotten where
    they are others than before. Raises ReferenceDataError for a file of no shipped table.
    """
    global _SITE  # what every reader of a table in this process goes by
    version = site_version(folder)
    wanted = (folder if version else None, version)
    if wanted != _SITE:
        _SITE = wanted
        forget_tables()
    return version


def site_table_names(folder: Path | None) -> list[str]:
    """The shipped tables for which a folder has rows. Raises ReferenceDataError."""
    stems = {name.split(".")[0]: name for name in KEYS}
    found = set()
    for file in _site_files(folder):
        stem = file.name.removesuffix(".csv").removesuffix(".removed")
        if stem not in stems:
            near = difflib.get_close_matches(stem, stems, n=1)
            meant = f"; {near[0]}.csv is meant?" if near else ""
            raise ReferenceDataError(f"{file}: no table is called {stem}{meant}")
        found.add(stems[stem])
    return sorted(found)


def site_rows(name: str) -> SiteRows | None:
    """The site's rows of a table, None where it has none. Raises ReferenceDataError."""
    return _read_site(name, _read_shipped(name))


def site_effect(name: str) -> Effect:
    """What the site's rows of a table change. Raises ReferenceDataError."""
    shipped = _read_shipped(name)
    site = _read_site(name, shipped)
    return effect_of(shipped, site) if site else Effect(added=0, changed=0, removed=0, idle=())


def _read_site(name: str, shipped: pl.DataFrame) -> SiteRows | None:
    folder, _ = _SITE
    if folder is None or name not in site_table_names(folder):
        return None
    return read_site_rows(folder, name.split(".")[0], shipped, KEYS[name])


def _site_files(folder: Path | None) -> list[Path]:
    files = folder.glob("*.csv") if folder else ()
    return sorted(file for file in files if not file.name.startswith("."))


def site_version(folder: Path | None) -> str:
    """The version of a folder's rows, "" where there are none. Raises ReferenceDataError."""
    site_table_names(folder)
    digest = hashlib.sha256()
    files = _site_files(folder)
    for file in files:
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16] if files else ""


def typed(table: pl.DataFrame, **types: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    """The table with some columns as numbers or days; an empty field is null.

    Raises:
        ReferenceDataError: a field is none of its type.
    """
    given = {name: pl.col(name).replace("", None) for name in types}
    try:
        return table.with_columns(
            given[name].str.to_date("%Y-%m-%d") if dtype == pl.Date else given[name].cast(dtype)
            for name, dtype in types.items()
        )
    except pl.exceptions.InvalidOperationError as error:
        raise ReferenceDataError(f"a table of {', '.join(table.columns)}: {error}") from error


def split_list(column: str) -> pl.Expr:
    """The distinct items of a ``;`` list, in order; an empty field is an empty list."""
    items = pl.col(column).str.split(LIST_SEPARATOR)
    return items.list.eval(pl.element().filter(pl.element() != "")).list.unique(maintain_order=True)


def made_of_tables(make: Callable[P, T]) -> Callable[P, T]:
    """Do once per process what is made of tables: a set of words, a pattern, an index.

    Stages make such things at their first use, never while they are imported, so that importing
    reads no file and ``forget_tables`` is enough where a table was edited.
    """
    kept = lru_cache(maxsize=None)(make)
    _FORGETTERS.append(kept.cache_clear)
    return cast("Callable[P, T]", kept)


def looked_up_in_tables(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``size`` answers of a function that asks tables."""

    def keep(ask: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=size)(ask)
        _FORGETTERS.append(kept.cache_clear)
        return cast("Callable[P, T]", kept)

    return keep


def forget_tables() -> None:
    """Have everything ``made_of_tables`` made anew, as a new process would."""
    for forget in _FORGETTERS:
        forget()


@made_of_tables
def reference_version(*rooms: str, without: tuple[str, ...] = ()) -> str:
    """Fingerprint (16 hex characters) of the tables of some rooms, or all, by name and bytes.

    The site's rows count where it has any. ``without`` names tables that the asker does not
    read: who edits the registry of sources does not make countries stale.
    """
    paths = (path for room in rooms or ROOMS for path in sorted(ROOMS[room].glob("*.csv*")))
    owned = site_table_names(_SITE[0])
    digest = hashlib.sha256()
    for path in paths:
        if path.name not in without:
            digest.update(path.name.encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
            if path.name in owned and (site := site_rows(path.name)):
                digest.update(site.content)
    return digest.hexdigest()[:16]
