"""The one reader of tables: CSV files with facts of the world and words of languages.

What belongs here: finding a table in its room, reading it into a frame of text, by which
columns its rows are known, and the fingerprint of tables. What does not: what a table is used
for (the stages), and how it is built (bench). Where each table comes from stands in the
README.md beside it: etl/reference holds facts of the world, etl/lexicon words of languages.
"""

import hashlib
from functools import cache
from pathlib import Path

import polars as pl

from etl.errors import ReferenceDataError

ROOMS: dict[str, Path] = {
    room: Path(__file__).resolve().parent / room for room in ("reference", "lexicon")
}
LIST_SEPARATOR = ";"

KEYS: dict[str, tuple[str, ...]] = {
    "city_aliases.csv": ("alias",),
    "counties.csv": ("subdivision_code", "name"),
    "countries.csv": ("country_code",),
    "country_aliases.csv": ("country_code", "name"),
    "cues.csv": ("country_code", "cue"),
    "demonyms.csv": ("country_code",),
    "entity_aliases.csv": ("label", "alias"),
    "evidence.csv": ("method",),
    "family_first.csv": ("name",),
    "given_names.csv": ("name",),
    "known_organisations.csv": ("name",),
    "local_aliases.csv": ("language_code", "name"),
    "local_names.csv": ("language_code", "name"),
    "neighbours.csv": ("country_code",),
    "organisation_cues.csv": ("word", "kind"),
    "organisation_heads.csv": ("head",),
    "organisations.csv": ("name",),
    "outlets.csv": ("name",),
    "person_names.csv": ("name", "kind"),
    "phrases.csv": ("name",),
    "place_forms.csv": ("form",),
    "places.csv.gz": ("name", "country_code", "subdivision"),
    "plain_words.csv": ("word",),
    "regions.csv": ("country_code", "name"),
    "salience.csv": ("feature",),
    "seats_of_power.csv": ("name",),
    "sources.csv": ("source_id",),
    "states.csv": ("name",),
    "subdivisions.csv": ("subdivision_code",),
    "titles.csv": ("title",),
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


@cache
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
