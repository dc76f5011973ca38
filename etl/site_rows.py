"""A site's own rows of a shipped table: reading them, and laying them over the shipped ones.

What belongs here: the two files that hold them, what is refused in them, and what they change.
What does not: which folder is in use and which tables there are (etl/tables.py), and what the
values of a single table must be beyond what its shipped rows show (the room that reads it).

``NAME.csv`` holds rows in the columns of the shipped table, all or some, the key among them.
A row whose key is shipped replaces the values it names, another is added. ``NAME.removed.csv``
holds the keys of shipped rows to take out.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.errors import ReferenceDataError

Key = tuple[str, ...]

FORMS = (
    (re.compile(r"-?\d+"), "a whole number"),
    (re.compile(r"-?\d*\.?\d+"), "a number"),
    (re.compile(r"[A-Z]{2}"), "a code of two capitals"),
)
"""What all shipped values of a column may look like; a site's values then must, too."""


@dataclass(frozen=True, kw_only=True)
class SiteRow:
    """One row: the line that it stands in, its key, and the values it gives, by column."""

    line: int
    key: Key
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SiteRows:
    """A site's rows of one table; ``file`` and ``removed_file`` are named in messages."""

    file: Path
    removed_file: Path
    key: Sequence[str]
    rows: tuple[SiteRow, ...]
    removed: tuple[SiteRow, ...]

    @property
    def content(self) -> bytes:
        """What both files hold: the same bytes are the same rows."""
        files = (self.file, self.removed_file)
        return b"\0".join(file.read_bytes() if file.exists() else b"" for file in files)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a site's rows do to the shipped ones; ``idle`` are those that do nothing."""

    added: int
    changed: int
    removed: int
    idle: tuple[str, ...]


def read_site_rows(folder: Path, stem: str, shipped: pl.DataFrame, key: Sequence[str]) -> SiteRows:
    """The rows in a folder for a table.

    Raises ReferenceDataError with file and line for what is no CSV in UTF-8, an unknown or
    missing column, a key without a value or twice, and a value unlike all that are shipped.
    """
    file, removed_file = folder / f"{stem}.csv", folder / f"{stem}.removed.csv"
    site = SiteRows(
        file=file,
        removed_file=removed_file,
        key=key,
        rows=tuple(_read(file, shipped.columns, key)),
        removed=tuple(_read(removed_file, key, key)),
    )
    _check_values(site, shipped)
    return site


def lay_over(shipped: pl.DataFrame, site: SiteRows) -> pl.DataFrame:
    """The shipped rows with the site's: changed where they stand, added at the end."""
    changed, removed = {row.key: row for row in site.rows}, {row.key for row in site.removed}
    places = [shipped.columns.index(name) for name in site.key]
    rows: list[tuple[str, ...]] = []
    for row in shipped.iter_rows():
        key = tuple(row[place] for place in places)
        if key not in removed:
            rows.append(_replaced(shipped.columns, row, changed.get(key)))
    known = set(shipped.select(site.key).iter_rows())
    nothing = ("",) * shipped.width
    added = (row for row in site.rows if row.key not in known)
    rows += [_replaced(shipped.columns, nothing, row) for row in added]
    return pl.DataFrame(rows, schema=shipped.schema, orient="row")


def effect_of(shipped: pl.DataFrame, site: SiteRows) -> Effect:
    """How many rows the site adds, changes and takes out, and those lines that do nothing."""
    known = {tuple(row[name] for name in site.key): row for row in shipped.iter_rows(named=True)}
    added = [row for row in site.rows if row.key not in known]
    same = [
        row
        for row in site.rows
        if row.key in known and all(known[row.key][n] == v for n, v in row.values.items())
    ]
    absent = [row for row in site.removed if row.key not in known]
    return Effect(
        added=len(added),
        changed=len(site.rows) - len(added) - len(same),
        removed=len(site.removed) - len(absent),
        idle=(
            *(f"{_place(site.file, row.line)}: {_shown(row)} is shipped so" for row in same),
            *(f"{_place(site.removed_file, r.line)}: {_shown(r)} is not shipped" for r in absent),
        ),
    )


def _replaced(
    columns: Sequence[str], row: tuple[str, ...], site: SiteRow | None
) -> tuple[str, ...]:
    if site is None:
        return row
    values = zip(columns, row, strict=True)
    return tuple(site.values.get(name, value) for name, value in values)


# -- reading ----------------------------------------------------------------------------------


def _read(file: Path, columns: Collection[str], key: Sequence[str]) -> Iterator[SiteRow]:
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            _check_header(file, header, columns, key)
            lines = [(reader.line_num, values) for values in reader if values]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferenceDataError(f"{_short(file)}: {error}; expected CSV in UTF-8") from error
    seen: set[Key] = set()
    for line, values in lines:
        row = _row(file, line, header, values, key)
        if row.key in seen:
            raise malformed(file, line, _shown(row), "a key that no earlier line has")
        seen.add(row.key)
        yield row


def _check_header(
    file: Path, header: Sequence[str], columns: Collection[str], key: Sequence[str]
) -> None:
    for name in header:
        if name not in columns or header.count(name) > 1:
            raise malformed(file, 1, f"column {name!r}", f"some of {', '.join(columns)}, each once")
    if missing := [name for name in key if name not in header]:
        raise malformed(file, 1, f"no column {missing[0]!r}", "the key of the table")


def _row(
    file: Path, line: int, header: Sequence[str], values: Sequence[str], key: Sequence[str]
) -> SiteRow:
    if len(values) != len(header):
        raise malformed(file, line, f"{len(values)} values", f"{len(header)}, parted by commas")
    given = dict(zip(header, values, strict=True))
    found = tuple(given[name] for name in key)
    if not found[0].strip():
        raise malformed(file, line, f"{key[0]} without a value", "the key of a row")
    return SiteRow(line=line, key=found, values=given)


def _check_values(site: SiteRows, shipped: pl.DataFrame) -> None:
    """Raise for a value that looks like none of those that are shipped, where these have a form."""
    known = set(shipped.select(site.key).iter_rows()) if site.rows else set()
    for name in shipped.columns if site.rows else ():
        if form := _form(shipped[name]):
            may_be_empty = bool((shipped[name] == "").any())
            for row in site.rows:
                # What an added row does not name is empty; a changed one keeps what is shipped.
                value = row.values.get(name, None if row.key in known else "")
                is_sound = may_be_empty if not value else form[0].fullmatch(value)
                if value is not None and not is_sound:
                    raise malformed(site.file, row.line, f"{name} {value!r}", form[1])


def _form(values: pl.Series) -> tuple[re.Pattern[str], str] | None:
    given = values.filter(values != "").unique()
    for pattern, expected in FORMS:
        if given.len() and given.str.contains(rf"\A(?:{pattern.pattern})\z").all():
            return pattern, expected
    return None


def malformed(file: Path, line: int, value: str, expected: str) -> ReferenceDataError:
    """What is wrong in which line of a site's file."""
    return ReferenceDataError(f"{_place(file, line)}: {value}; expected {expected}")


def _place(file: Path, line: int) -> str:
    return f"{_short(file)}, line {line}"


def _short(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _shown(row: SiteRow) -> str:
    return " / ".join(filter(None, row.key))
