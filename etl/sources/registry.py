"""The registry of outlets and agencies: a CSV that people edit.

What belongs here: reading it and refusing what is malformed. What does not: looking names
up (names.py). Its provenance stands beside it, in etl/reference/SOURCES.md.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping

import polars as pl

from etl import schema
from etl.errors import ReferenceDataError
from etl.tables import REGISTRY, made_of_tables, read_table, site_rows, table_content

_FIELDS = (*schema.SOURCES.column_names, "weak_names", "found_by")
# A home may hold rows that an earlier version derived under a registry without them.
_LATER = ("domains", "wikidata_id", "verified_by", "found_by")
_LISTS = ("aliases", "domains", "verified_by", "weak_names")
_SCHEMA = pl.Schema(
    {**schema.SOURCES.polars_schema, "weak_names": pl.List(pl.String), "found_by": pl.String()}
)

_EXPECTED = {
    "source_id": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "lower case words joined by hyphens"),
    "name": (re.compile(r"\S(?:[^;]*\S)?"), "a name without semicolons"),
    "kind": (re.compile("|".join(schema.SOURCE_KINDS)), f"one of {schema.SOURCE_KINDS}"),
    "country_code": (re.compile(r"[A-Z]{2}|"), "an ISO 3166-1 alpha-2 code or nothing"),
    "homepage": (re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}|"), "a domain name or nothing"),
    "domains": (
        re.compile(r"(?:(?:[a-z0-9-]+\.)+[a-z]{2,}(?:=[A-Z]{2})?(?:;|$))*"),
        "domain names parted by ';', with '=' and a country where that differs",
    ),
    "wikidata_id": (re.compile(r"Q\d+|"), "an item of Wikidata or nothing"),
    "verified_by": (re.compile(r"(?:[a-z]+(?:;[a-z]+)*)?"), "names of lists parted by ';'"),
    "found_by": (re.compile("domain|"), "'domain', or nothing where its names find it too"),
    "aliases": (re.compile(r"(?:[^;\s][^;]*(?:;[^;\s][^;]*)*)?"), "names parted by ';'"),
    "weak_names": (re.compile(r"(?:[^;\s][^;]*(?:;[^;\s][^;]*)*)?"), "names parted by ';'"),
}


@made_of_tables
def load_registry() -> pl.DataFrame:
    """The registry in use: the shipped one, the site's own rows laid over.

    Output and errors as ``read_registry``; in a row of the site its own file is named.
    """
    content = table_content(REGISTRY)
    site = site_rows(REGISTRY)
    if site is None:
        return read_registry(content)
    known = {row["source_id"]: row for row in read_table(REGISTRY).iter_rows(named=True)}
    for row in site.rows:
        if record := known.get(row.key[0]):
            _check_values(f"{site.file.parent.name}/{site.file.name}", row.line, record)
    return read_registry(content, name=f"{REGISTRY} with the rows of {site.file}")


def read_registry(content: bytes, *, name: str = REGISTRY) -> pl.DataFrame:
    """Read a registry: a row per outlet or agency, in the file's order.

    Output: ``schema.SOURCES``; ``weak_names``, the names and aliases that mean too much
    else to be looked for in running text ("Time", "The Sun"): they count in a sidecar, in a
    credit line and within a dateline's brackets; and ``found_by``, "domain" for outlets whose
    names count only where they are given as publisher.

    Raises:
        ReferenceDataError: a column is missing, a value malformed, an id or homepage used
            twice, or a weak name is no name of its source; with file, line and value. Also
            where it is no CSV in UTF-8, as a spreadsheet may save it.
    """
    try:
        rows = _read_lines(content.decode("utf-8-sig"), name)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReferenceDataError(f"{name}: {error}; expected CSV in UTF-8") from error
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _read_lines(text: str, name: str) -> list[dict[str, object]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found = tuple(reader.fieldnames or ())
    if found not in (_FIELDS, tuple(field for field in _FIELDS if field not in _LATER)):
        raise _malformed(name, 1, reader.fieldnames, f"the columns {', '.join(_FIELDS)}")
    return list(_read_rows(name, reader))


def _read_rows(name: str, reader: "csv.DictReader[str]") -> Iterator[dict[str, object]]:
    taken: set[str] = set()
    width = len(reader.fieldnames or ())
    for record in reader:
        line = reader.line_num
        if (found := _value_count(record)) != width:
            raise _malformed(name, line, f"{found} values", f"{width}, parted by commas")
        record = {**dict.fromkeys(_FIELDS, ""), **record}
        _check_values(name, line, record)
        hosts = (domain.partition("=")[0] for domain in _parts(record["domains"]))
        for unique in filter(None, (record["source_id"], record["homepage"], *hosts)):
            if unique in taken:
                raise _malformed(name, line, unique, "a value that no earlier line has")
            taken.add(unique)
        yield _row(record)


def _value_count(record: Mapping[str | None, str | list[str] | None]) -> int:
    """How many the line has: csv lists those too many under None, and fills up with None."""
    too_many = record.get(None) or []
    return len(too_many) + sum(isinstance(value, str) for value in record.values())


def _check_values(name: str, line: int, record: dict[str, str]) -> None:
    for field, (pattern, expected) in _EXPECTED.items():
        value = record[field]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _malformed(name, line, f"{field} {value!r}", expected)
    names = {record["name"], *_parts(record["aliases"])}
    for weak in _parts(record["weak_names"]):
        if weak not in names:
            raise _malformed(name, line, f"weak_names {weak!r}", f"one of {sorted(names)}")


def _row(record: dict[str, str]) -> dict[str, object]:
    return {
        **{field: record[field] or None for field in _FIELDS},
        **{field: _parts(record[field]) for field in _LISTS},
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")] if text else []


def _malformed(name: str, line: int, value: object, expected: str) -> ReferenceDataError:
    return ReferenceDataError(f"{name}, line {line}: {value}; expected {expected}")
