"""Files of a home cut short, emptied or zeroed: what comes back by itself, what from a backup.

    python -m bench.faults.damage [--documents 40] [--way emptied] [FILE ...]

What belongs here: each kind of file of the lake, a release and the published file, each in each
way, then the next night. What does not: files that are gone altogether.

In the end the home must come to the digest of one that nobody damaged. Where the night refuses and
names the file, it is put back from the backup first, as its message says.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench.faults.nights import (
    copy_home,
    digest_of,
    night_of,
    place_to_break,
    run_here,
    write_documents,
)

FILES = {
    "raw part": "lake/raw_documents/*/*/part-0000.parquet",
    "manifest": "lake/raw_documents/*/*/files.parquet",
    "seal": "lake/articles/*/*/seal.json",
    "counts": "lake/sources/*/*/counts.json",
    "ledger": "lake/parsed_articles/*/*/ledger.parquet",
    "articles": "lake/articles/*/*/articles.parquet",
    "mentions": "lake/extraction/*/*/mentions.parquet",
    "log of runs": "lake/runs/*.parquet",
    "log of audits": "lake/quality_results/*.parquet",
    "note of publication": "lake/published_states/*.json",
    "note of structure": "lake/structure.json",
    "golden scores": "lake/golden_scores/*.json",
    "release": "warehouse/releases/*.duckdb",
    "published file": "warehouse/dateline.duckdb",
}
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut short": lambda content: content[: len(content) // 2],
    "zeroed": lambda content: bytes(len(content)),
}


def try_out(folder: Path, names: list[str], *, documents: int, ways: list[str]) -> dict[str, str]:
    """By file and way what became of it; what was lost begins with LOST."""
    home, landing = folder / "home", folder / "landing"
    for batch in (0, 1):
        write_documents(landing, documents, batch=batch)
        if batch:
            copy_home(home, folder / "backup")
        if not run_here(home, landing, night_of(batch)):
            raise RuntimeError("the undisturbed night was not published")
    expected, found = digest_of(home), {}
    for name in names:
        for way in ways:
            trial = copy_home(folder / "backup", folder / "trial")
            file = next(trial.glob(FILES[name]))
            _spoil(file, WAYS[way])
            told = _mend(trial, landing, file, folder / "backup" / file.relative_to(trial))
            is_same = digest_of(trial) == expected
            found[f"{name}, {way}"] = told if is_same else f"LOST: another digest, {told}"
            sys.stdout.write(f"{name}, {way}: {found[f'{name}, {way}']}\n")
            sys.stdout.flush()
    return found


def _spoil(file: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Written into, as a disk would: also where the file has a second name, or is read-only."""
    content, mode = file.read_bytes(), file.stat().st_mode
    file.chmod(0o644)
    file.write_bytes(spoil(content))
    file.chmod(mode)


def _mend(home: Path, landing: Path, file: Path, kept: Path) -> str:
    """The next night, and the one of before, which reads all of what was damaged."""
    if run_here(home, landing, night_of(1)) and run_here(home, landing, night_of(0)):
        return "by itself"
    file.chmod(0o644)
    file.write_bytes(kept.read_bytes())
    # Tonight first: it claims what has landed, which the night of before would claim for itself.
    nights = [run_here(home, landing, night_of(batch)) for batch in (1, 0)]
    return "refused by name, put back" if all(nights) else "not even with the backup"


def main(arguments: list[str]) -> int:
    """Print what became of each; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--way", action="append", choices=list(WAYS), help="default: all three")
    parser.add_argument("files", nargs="*", default=list(FILES), metavar="FILE")
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        ways = chosen.way or list(WAYS)
        found = try_out(folder, chosen.files, documents=chosen.documents, ways=ways)
    return 1 if any(told.startswith("LOST") for told in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
