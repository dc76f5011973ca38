"""Digests: of a file's bytes, and of the rows of a DuckDB file.

What belongs here: telling whether two files, or two nights, are the same. What does not: what
they should contain.
"""

import hashlib
import json
from pathlib import Path

import duckdb

from etl import schema

OF_RUNS = ("run_id", "batch")
"""What tells runs and claims apart, and not what they brought."""


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(path: Path) -> str:
    """SHA-256 over the rows of all tables but the logs: the same rows give the same digest.

    Order of rows, run ids, the claims of a night and clock times do not count. DuckDB files are
    never the same to the byte.
    """
    return hashlib.sha256(json.dumps(table_digests(path)).encode()).hexdigest()


def table_digests(path: Path) -> dict[str, str]:
    """Per table: row count, and sum and parity of the rows' MD5 (order does not matter)."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return {
            table.name: "-".join(map(str, con.execute(_digest_query(table)).fetchall()[0]))
            for table in schema.TABLES
            if table.kind != "log"
        }


def _digest_query(table: schema.Table) -> str:
    names = [name for name in table.column_names if name not in OF_RUNS]
    fields = ", ".join(f"{name} := {name}" for name in names)
    return (
        "SELECT count(*), coalesce(sum(h::HUGEINT), 0), coalesce(bit_xor(h), 0) FROM "
        f"(SELECT md5_number_lower(to_json(struct_pack({fields}))::VARCHAR) AS h FROM {table.name})"
    )
