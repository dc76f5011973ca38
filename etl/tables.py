"""The one reader of tables: CSV files with facts of the world and words of languages.

What belongs here: finding a table in its room, reading it into a frame of text, by which
columns its rows are known, and the fingerprint of tables. What does not: what a table is used
for (the stages), and how it is built (bench). Where each table comes from stands in the
README.md beside it: etl/reference holds facts of the world, etl/lexicon words of languages.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import polars as pl

from etl.errors import ReferenceDataError

ROOMS: dict[str, Path] = {
    room: Path(__file__).resolve().parent / room for room in ("reference", "lexicon")
}
LIST_SEPARATOR = ";"
REGISTRY = "sources.csv"
"""The registry that people correct: only the sources stage reads all of it, so only that is
redone. Parsing reads the names of agencies, and is versioned by them.
"""

P = ParamSpec("P")
T = TypeVar("T")
_FORGETTERS: list[Callable[[], None]] = []

KEYS: dict[str, tuple[str, ...]] = {
    "abbreviations.csv": ("word",),
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
    "country_name_forms.csv": ("language",),
    "cues.csv": ("country_code", "cue"),
    "date_words.csv": ("word", "kinds"),
    "demonyms.csv": ("country_code",),
    "desks.csv": ("word",),
    "entity_aliases.csv": ("label", "alias"),
    "evidence.csv": ("method",),
    "family_first.csv": ("name",),
    "function_words.csv": ("word",),
    "furniture.csv": ("word",),
    "given_names.csv": ("name",),
    "html_elements.csv": ("element",),
    "hyphenated_words.csv": ("word",),
    "known_organisations.csv": ("name",),
    "language_adjectives.csv": ("word",),
    "languages.csv": ("language",),
    "lead_words.csv": ("word",),
    "local_aliases.csv": ("language_code", "name"),
    "local_names.csv": ("language_code", "name"),
    "money_words.csv": ("word",),
    "name_particles.csv": ("word",),
    "name_verbs.csv": ("word",),
    "neighbours.csv": ("country_code",),
    "opening_words.csv": ("word",),
    "organisation_cues.csv": ("word", "kind"),
    "organisation_heads.csv": ("head",),
    "organisations.csv": ("name",),
    "outlets.csv": ("name",),
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
    "street_words.csv": ("word",),
    "subdivisions.csv": ("subdivision_code",),
    "tense_words.csv": ("word",),
    "titles.csv": ("title",),
    "wares.csv": ("word",),
    "weekday_names.csv": ("word",),
    "zones.csv": ("word",),
}
"""By which columns a row of a table is known. A row is there once, save in places.csv.gz: two
villages of a division may share their name.
"""


def table_path(name: str) -> Path:
    """Where a table lies; in the first room where no room has it."""
    paths = [room / name for room in ROOMS.values()]
    return next((path for path in paths if path.is_file()), paths[0])


def read_table(name: str) -> pl.DataFrame:
    """One table, every column text, an empty field the empty string.

    Nothing is read as null: "NA" is Namibia. Compressed tables (``.csv.gz``) are read too.

    Raises:
        ReferenceDataError: the file is missing or is not CSV with a header.
    """
    path = table_path(name)
    try:
        frame = pl.read_csv(path, infer_schema=False, null_values=[])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReferenceDataError(f"reference table {path} cannot be read: {error}") from error
    return frame.with_columns(pl.all().fill_null(""))


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


def forget_tables() -> None:
    """Have everything ``made_of_tables`` made anew, as a new process would."""
    for forget in _FORGETTERS:
        forget()


@made_of_tables
def reference_version(*rooms: str, without: tuple[str, ...] = ()) -> str:
    """Fingerprint (16 hex characters) of the tables of some rooms, or all, by name and bytes.

    ``without`` names those that the asker does not read: who edits the registry of sources
    does not make countries stale.
    """
    paths = (path for room in rooms or ROOMS for path in sorted(ROOMS[room].glob("*.csv*")))
    digest = hashlib.sha256()
    for path in paths:
        if path.name not in without:
            digest.update(path.name.encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
