"""Digests: of a file's bytes, and of the rows of a DuckDB file.

What belongs here: telling whether two files, or two nights, are the same. What does not: what
they should contain, and which rows of two files differ (etl/warehouse/comparison.py).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import schema

OF_RUNS = ("run_id", "batch")
"""What tells runs and claims apart, and not what they brought."""


@dataclass(frozen=True)
class RowsDigest:
    """Number of rows, and sum and parity of their MD5: rows can be added and taken away."""

    row_count: int
    total: int
    parity: int

    def __str__(self) -> str:
        return f"{self.row_count}-{self.total}-{self.parity}"

    @classmethod
    def read(cls, told: str) -> "RowsDigest":
        """What ``str`` made of one."""
        return cls(*map(int, told.split("-")))

    def with_more(self, rows: "RowsDigest") -> "RowsDigest":
        return RowsDigest(
            self.row_count + rows.row_count, self.total + rows.total, self.parity ^ rows.parity
        )

    def without(self, rows: "RowsDigest") -> "RowsDigest":
        return RowsDigest(
            self.row_count - rows.row_count, self.total - rows.total, self.parity ^ rows.parity
        )


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(path: Path) -> str:
    """SHA-256 over the rows of all tables but the logs: the same rows give the same digest.

    Order of rows, run ids, the claims of a night and clock times do not count. DuckDB files are
    never the same to the byte.
    """
    return digest_of_all(table_digests(path))


def digest_of_all(digests: Mapping[str, object]) -> str:
    """One digest for those of all tables, by name, in the declared order."""
    told = {name: str(value) for name, value in digests.items()}
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def table_digests(path: Path) -> dict[str, str]:
    """Per table: row count, and sum and parity of the rows' MD5 (order does not matter)."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return {
            table.name: str(digest_of(con, table, table.name))
            for table in schema.TABLES
            if table.kind != "log"
        }


def digest_of(con: duckdb.DuckDBPyConnection, table: schema.Table, rows: str) -> RowsDigest:
    """The digest of rows of a table: of a table or subquery of a connection whose zone is UTC."""
    names = [name for name in table.column_names if name not in OF_RUNS]
    fields = ", ".join(f"{name} := {name}" for name in names)
    found = con.execute(
        "SELECT count(*), coalesce(sum(h::HUGEINT), 0), coalesce(bit_xor(h), 0) FROM "
        f"(SELECT md5_number_lower(to_json(struct_pack({fields}))::VARCHAR) AS h FROM {rows})"
    ).fetchall()
    return RowsDigest(*map(int, found[0]))
