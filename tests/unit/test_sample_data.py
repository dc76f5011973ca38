"""The sample folder, its table of expected outcomes and its README agree with each other.

What belongs here: that the set is whole and its table consistent. What does not: running
the pipeline on it.
"""

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.errors import RULES
from etl.schema import DATE_ORIGINS, SOURCE_ROLES

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample"
REFERENCE = Path(__file__).parents[2] / "etl" / "reference"

IGNORED = {"drops/ignored.md"}
WAITING = {"web/unfinished.txt.part"}
UNREADABLE = {"drops/broken.txt.gz", "drops/broken.zip"}
# A sample cannot sensibly hold a document over the size limit, or one that kills its worker.
RULES_NOT_SHOWN = {"withdrawn", "too_long", "too_large", "processing_failed"}
IN_GROUP_MAY_DIFFER = {"file", "shape", "date_origin"}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_rows(DATA / "sample_expected.csv")
ACCEPTED = [row for row in ROWS if row["outcome"] != "quarantined"]
FILES = sorted(p.relative_to(SAMPLE).as_posix() for p in SAMPLE.rglob("*") if p.is_file())


def is_sidecar(name: str) -> bool:
    return name.endswith(".json") and name.removesuffix(".json") + ".txt" in FILES


def members(name: str, content: bytes) -> Iterator[str]:
    """The members of one file as the table names them; '' for a file that is one document."""
    if name.endswith(".gz"):
        yield from members(name.removesuffix(".gz"), gzip.decompress(content))
    elif name.endswith(".jsonl"):
        yield from (f"#{n}" for n in range(1, len(content.splitlines()) + 1))
    elif name.endswith(".csv"):
        table = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        yield from (f"#{n}" for n, _ in enumerate(table, start=1))
    elif name.endswith(".parquet"):
        yield from (f"#{n}" for n in range(1, pl.read_parquet(content).height + 1))
    elif name.endswith(".zip"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        for inner in archive.namelist():
            yield from (f"#{inner}{tail}" for tail in members(inner, archive.read(inner)))
    else:
        yield ""


def delivered(name: str) -> list[str]:
    if name in IGNORED | WAITING or is_sidecar(name):
        return []
    if name in UNREADABLE:
        return [f"{name}#(file)"]
    return [name + member for member in members(name, (SAMPLE / name).read_bytes())]


def test_table_names_every_delivered_document_once() -> None:
    assert Counter(row["file"] for row in ROWS) == Counter(
        document for name in FILES for document in delivered(name)
    )


def test_table_is_sorted_by_file() -> None:
    assert sorted(ROWS, key=lambda row: row["file"]) == ROWS


def test_ignored_and_waiting_files_are_there() -> None:
    assert set(FILES) >= IGNORED | WAITING


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_unreadable_file_cannot_be_read(name: str) -> None:
    with pytest.raises((OSError, EOFError, zipfile.BadZipFile)):
        list(members(name, (SAMPLE / name).read_bytes()))


def test_set_is_wide_enough_and_small_enough() -> None:
    countries = {code for row in ACCEPTED for code in row["countries"].split()}
    sources = {row["source_id"] for row in ACCEPTED} - {""}
    sizes = (path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    assert len(ROWS) >= 64
    assert len(countries) >= 40
    assert len(sources) >= 20
    assert sum(sizes) < 400_000


def test_every_rule_is_shown() -> None:
    assert {row["rule"] for row in ROWS} - {""} == set(RULES) - RULES_NOT_SHOWN


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_row_is_consistent(row: dict[str, str]) -> None:
    if row["outcome"] == "quarantined":
        filled = {name for name, value in row.items() if value}
        assert filled == {"file", "outcome", "stage", "rule", "shape"}
        assert RULES[row["rule"]].stage == row["stage"]
        return
    assert row["outcome"] == ("group" if row["group"] else "published")
    assert not row["stage"] + row["rule"]
    published_on = date.fromisoformat(row["published_on"])
    assert 2016 <= published_on.year <= 2025
    assert row["date_precision"] == "day" or published_on.day == 1
    assert row["date_precision"] in {"day", "month"}
    assert row["date_origin"] in DATE_ORIGINS
    assert row["date_conflict"] in {"true", "false"}
    assert row["language_code"]
    assert bool(row["source_id"]) == (row["source_role"] in SOURCE_ROLES)
    assert row["countries"]
    assert row["focus"] in {"", *row["countries"].split()}
    assert not set(row["countries"].split()) & set(row["not_countries"].split())


def test_members_of_a_group_expect_the_same() -> None:
    groups = defaultdict(list)
    for row in ROWS:
        if row["group"]:
            same = {k: v for k, v in row.items() if k not in IN_GROUP_MAY_DIFFER}
            groups[row["group"]].append(same)
    assert groups
    for rows in groups.values():
        assert len(rows) >= 2
        assert all(row == rows[0] for row in rows)


def test_country_codes_exist() -> None:
    known = {row["country_code"] for row in read_rows(REFERENCE / "countries.csv")}
    named = {
        code for row in ROWS for c in ("countries", "not_countries") for code in row[c].split()
    }
    assert named <= known


def test_sources_are_in_the_registry() -> None:
    known = {row["source_id"] for row in read_rows(REFERENCE / "sources.csv")}
    assert {row["source_id"] for row in ROWS} - {""} <= known


def test_readme_names_every_file_and_no_other() -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    folders = "|".join(sorted({name.partition("/")[0] for name in FILES}))
    named = set(re.findall(rf"`((?:{folders})/[^`]+)`", page))
    assert named == {name for name in FILES if not is_sidecar(name)}


def test_readme_counts_the_documents() -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"{len(ROWS)} documents" in page


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("bytes/bom.txt", b"\xef\xbb\xbf"),
        ("bytes/crlf.txt", b"\r\n"),
        ("bytes/latin-1.txt", b"\xe9"),
        ("bytes/mojibake.txt", "â€™".encode()),
        ("bytes/nul.txt", b"\x00"),
        ("bytes/picture.txt", b"\x89PNG\r\n\x1a\n"),
        ("bytes/utf-16-be.txt", b"\xfe\xff"),
        ("bytes/utf-16-le.txt", b"\xff\xfe"),
        ("bytes/windows-1252.txt", b"\x80"),
    ],
)
def test_odd_bytes_survived_every_editor_and_checkout(name: str, mark: bytes) -> None:
    assert mark in (SAMPLE / name).read_bytes()


@pytest.mark.parametrize("name", ["sidecars/full.json", "sidecars/dated-copy.json"])
def test_sidecar_is_an_object(name: str) -> None:
    assert isinstance(json.loads((SAMPLE / name).read_bytes()), dict)
