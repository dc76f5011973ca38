"""Parts of the work that a process of its own does and times itself, imports aside.

    python -m bench.performance.parts NAME ARGUMENT ...

What belongs here: what is measured without the start of a process, and what prepares a case. Each
part prints one line of JSON: its seconds, its seconds of processor time (of all threads), and what
it counted. What does not: who calls them (stages.py, nights.py).
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

Report = dict[str, Any]
NIGHT = date(2026, 2, 26)
WARMING_PAGES = 30


@contextmanager
def timing(report: Report) -> Iterator[None]:
    """Note in a report what its body takes."""
    began, processor = time.perf_counter(), time.process_time()
    yield
    report["processor_seconds"] = time.process_time() - processor
    report["seconds"] = time.perf_counter() - began


# -- whole pages --------------------------------------------------------------------------------


def pages_by_dateline() -> Report:
    """Pages from their text: parsed and dated. The first ones fill the caches and don't count."""
    from bench.page_readers import read_texts
    from bench.whole_pages import corpus_pages

    pages = corpus_pages()
    read_texts(pages[:WARMING_PAGES], is_dated=True)
    report: Report = {"pages": len(pages) - WARMING_PAGES}
    with timing(report):
        found = read_texts(pages[WARMING_PAGES:], is_dated=True)
    return {**report, "read": len(found)}


def pages_by_trafilatura() -> Report:
    """The same pages from their HTML, with its metadata."""
    from bench.page_readers import each, read_by_trafilatura
    from bench.whole_pages import corpus_pages

    pages = corpus_pages()
    each(read_by_trafilatura, pages[:WARMING_PAGES])
    report: Report = {"pages": len(pages) - WARMING_PAGES}
    with timing(report):
        found = each(read_by_trafilatura, pages[WARMING_PAGES:])
    return {**report, "read": sum(bool(reading.body) for reading in found.values())}


# -- extraction ---------------------------------------------------------------------------------


def extraction(documents: str) -> Report:
    """The whole extraction of so many articles of the corpus; 0: of all."""
    from bench.speed import measure

    speed = measure(documents=int(documents) or None, times=1)
    return {
        "processor_seconds": speed.whole,
        "words": speed.words,
        "documents": speed.documents,
        "country_step": speed.country_step,
        "tokenisation": speed.tokenisation,
    }


# -- the audit ----------------------------------------------------------------------------------


def audit(home: str) -> Report:
    """The full suite on the night of an archive, once Great Expectations is loaded."""
    import expectations.engine  # noqa: F401
    from bench.faults.nights import FIRST_NIGHT
    from expectations.validate import validate

    path = _published(home)
    report: Report = {"bytes": path.stat().st_size}
    with timing(report):
        results = validate(path, nights=[FIRST_NIGHT])
    failed = sorted(result.expectation.name for result in results if not result.passed)
    return {**report, "rules": len(results), "failed": failed}


def audit_by_hand(home: str, statements: str) -> Report:
    """The same rules as ``one`` statement, or as one for ``each``."""
    import duckdb

    from bench.expectations import one_query, query_each
    from bench.faults.nights import FIRST_NIGHT

    nights = [FIRST_NIGHT]
    queries = {"one": [one_query(nights)], "each": query_each(nights)}[statements]
    report: Report = {}
    with timing(report), duckdb.connect(str(_published(home)), read_only=True) as con:
        rows = [row for sql in queries for row in con.execute(sql).fetchall()]
    return {**report, "rules": len(rows), "failed": sorted(name for name, count in rows if count)}


def _published(home: str) -> Path:
    return Path(home) / "warehouse" / "dateline.duckdb"


# -- what is new --------------------------------------------------------------------------------


def known_files(landing: str, home: str, count: str) -> Report:
    """Write files, and the list of them as a night that has claimed all would have noted it."""
    from bench.performance.documents import write_files
    from etl.lake.damage import MANIFEST
    from etl.lake.store import Lake
    from etl.landing.scan import scan

    write_files(Path(landing), int(count))
    batch = Lake(Path(home) / "lake").night_folder("raw_documents", NIGHT) / "batch-0001"
    batch.mkdir(parents=True)
    files = scan(Path(landing), now=datetime.now(UTC), settle_seconds=0).files
    files.write_parquet(batch / MANIFEST)
    return {"files": files.height}


def find_new(landing: str, home: str) -> Report:
    """What a claim does to find that nothing is new."""
    import pyarrow.parquet  # noqa: F401  loaded late, no part of it

    from etl.lake.store import Lake
    from etl.landing.claims import claimed_files, unclaimed
    from etl.landing.scan import scan

    report: Report = {}
    with timing(report):
        found = scan(Path(landing), now=datetime.now(UTC), settle_seconds=0)
        new = unclaimed(found.files, claimed_files(Lake(Path(home) / "lake")))
    return {**report, "files": found.files.height, "new": new.height}


def bare_scan(landing: str) -> Report:
    """Every file listed and asked for its state, and nothing more."""
    report: Report = {}
    with timing(report):
        files = _count(landing)
    return {**report, "files": files}


def _count(folder: str) -> int:
    count, folders = 0, [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    count += 1
    return count


# -- homes and files ----------------------------------------------------------------------------


def digest(home: str) -> Report:
    """What the published file holds."""
    from bench.faults.nights import digest_of

    return {"digest": digest_of(Path(home))}


def articles(home: str) -> Report:
    """How many articles are published, and how large the file is."""
    import duckdb

    path = _published(home)
    with duckdb.connect(str(path), read_only=True) as con:
        ((count,),) = con.execute("SELECT count(*) FROM articles").fetchall()
    return {"articles": count, "bytes": path.stat().st_size}


def copy_and_check(path: str) -> Report:
    """What a night does with the published file before it looks into it."""
    from etl import cloning
    from etl.warehouse.digest import sha256

    copy = Path(path).with_name(".copy")
    report: Report = {"bytes": Path(path).stat().st_size}
    with timing(report):
        cloning.copy(Path(path), copy)
        sha256(copy)
    copy.unlink()
    return report


def enlarge(home: str, articles: str) -> Report:
    """Have the published file of a home hold so many articles."""
    from bench.performance.archive import enlarge

    return enlarge(Path(home), articles=int(articles))


def replaced_nights(folder: str, nights: str, documents: str) -> Report:
    """The size of a file whose every night was replaced, and of one that is built anew."""
    from bench.performance.archive import replace_nights

    return replace_nights(Path(folder), nights=int(nights), documents=int(documents))


PARTS: dict[str, Callable[..., Report]] = {
    part.__name__.replace("_", "-"): part
    for part in (
        *(pages_by_dateline, pages_by_trafilatura, extraction),
        *(audit, audit_by_hand),
        *(known_files, find_new, bare_scan),
        *(digest, articles, copy_and_check, enlarge, replaced_nights),
    )
}


def main(arguments: list[str]) -> None:
    """Do one part and print its report."""
    name, *rest = arguments
    report = PARTS[name](*rest)
    sys.stdout.write("\n" + json.dumps(report) + "\n")
    sys.stdout.flush()
    os._exit(0)  # as the command line leaves


if __name__ == "__main__":
    main(sys.argv[1:])
