"""Readers that open the published file again and again while nights are published.

    python -m bench.faults.readers [--publications 10] [--documents 60]

What belongs here: a reader in a process of its own, and one connection held from the first
publication to the last. What does not: who may write.

Each opening must give one whole state: the counts of every night add up, and nights only ever come.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from bench.faults.nights import ROOT, night_of, place_to_break, run_here, write_documents

HOLDER = """
import sys, duckdb
held = duckdb.connect(sys.argv[1], read_only=True)
first = held.execute("SELECT count(*) FROM articles").fetchone()
print("ready", flush=True)
sys.stdin.readline()
print("same" if held.execute("SELECT count(*) FROM articles").fetchone() == first else "another")
"""
READER = """
import json, select, sys, duckdb
path, opens, wrong, nights = sys.argv[1], 0, [], 0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    with duckdb.connect(path, read_only=True) as con:
        rows = con.execute(
            "SELECT delivered_count, published_count + duplicate_count + quarantined_count, "
            "published_count FROM v_nights").fetchall()
        articles = con.execute("SELECT count(*) FROM articles").fetchone()[0]
    opens += 1
    if any(row[0] != row[1] for row in rows) or sum(row[2] for row in rows) != articles:
        wrong.append(f"open {opens}: counts do not add up")
    if len(rows) < nights:
        wrong.append(f"open {opens}: {len(rows)} nights after {nights}")
    nights = len(rows)
print(json.dumps({"opens": opens, "nights": nights, "wrong": wrong}))
"""


def try_out(folder: Path, *, publications: int, documents: int) -> dict[str, object]:
    """Publish beside the reader; how often it opened, and what it saw wrong."""
    home, landing = folder / "home", folder / "landing"
    _publish(home, landing, documents, 0)
    published = home / "warehouse" / "dateline.duckdb"
    reader, holder = _start(READER, published), _start(HOLDER, published)
    for batch in range(1, publications + 1):
        _publish(home, landing, documents, batch)
    held, _ = holder.communicate("end\n")
    told, error = reader.communicate("end\n")
    if reader.returncode or held != "same\n":
        wrong = error.strip()[-300:] or "the held connection sees another file"
        return {"opens": 0, "nights": 0, "wrong": [wrong]}
    found: dict[str, object] = json.loads(told)
    return found


def _start(script: str, published: Path) -> subprocess.Popen[str]:
    """A process that reads, and is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(published)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None  # a pipe was asked for
    process.stdout.readline()
    return process


def _publish(home: Path, landing: Path, documents: int, batch: int) -> None:
    write_documents(landing, documents, batch=batch)
    if not run_here(home, landing, night_of(batch)):
        raise RuntimeError(f"night {batch} was not published")


def main(arguments: list[str]) -> int:
    """Print how often the file was opened; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publications", type=int, default=10)
    parser.add_argument("--documents", type=int, default=60)
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        found = try_out(folder, publications=chosen.publications, documents=chosen.documents)
    sys.stdout.write(f"{chosen.publications} publications: {found}\n")
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
