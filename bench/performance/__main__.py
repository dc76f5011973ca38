"""Measure cases, and write docs/performance.md of their results.

    python -m bench.performance                          all cases, then the page
    python -m bench.performance night --repetitions 3 --documents 2000
    python -m bench.performance --largest                at the sizes that were asked for: hours
    python -m bench.performance --list                   the cases and their sizes
    python -m bench.performance flames                   where a night's time goes, by py-spy
    python -m bench.performance --page                   the page alone, of the results there are

What belongs here: the command. What does not: the cases (catalogue.py).
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.performance.cases import Case, Options, told
from bench.performance.catalogue import CASES, case_named
from bench.performance.measuring import ROOT
from bench.performance.results import FOLDER, result_of, this_machine

FLAMES = "flames"


def main(arguments: list[str]) -> None:
    """Measure what is named, all without a name; the page where all were, or it is asked for."""
    chosen = _parse(arguments)
    if chosen.list:
        sys.stdout.writelines(_listed())
        return
    names = [] if chosen.page else chosen.names or [*(case.name for case in CASES), FLAMES]
    for name in names:
        with TemporaryDirectory(prefix="dateline-performance-", dir=chosen.folder) as folder:
            if name == FLAMES:
                from bench.performance.flames import record

                record(Path(folder), chosen.results, documents=chosen.documents or 500)
            else:
                _measure(case_named(name), chosen, Path(folder))
    if chosen.page or not chosen.names:
        from bench.performance.page import write

        write(chosen.results, ROOT / "docs")


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.performance")
    parser.add_argument("names", nargs="*", metavar="NAME", help="cases; default: all")
    parser.add_argument("--repetitions", type=int, help="of each arm; default: as the case has it")
    parser.add_argument("--documents", type=int, help="size, in what the case counts")
    parser.add_argument("--largest", action="store_true", help="the sizes that were asked for")
    parser.add_argument("--results", type=Path, default=FOLDER, help="folder of the results")
    parser.add_argument("--folder", type=Path, help="where homes and files lie meanwhile")
    parser.add_argument("--nice", type=int, default=0, help="niceness of what is measured")
    parser.add_argument("--page", action="store_true", help="write the page, measure nothing")
    parser.add_argument("--list", action="store_true", help="list the cases")
    return parser.parse_args(arguments)


def _listed() -> Iterator[str]:
    for case in CASES:
        largest = f" (asked for: {case.largest:,})" if case.largest else ""
        size = f"{case.documents:,} {case.counts}{largest}" if case.documents else case.counts
        yield f"{case.name:18} {case.told_wanted():>16}  {size}\n{'':18} {case.what}\n"


def _measure(case: Case, chosen: argparse.Namespace, folder: Path) -> None:
    machine = this_machine()
    usual = case.largest if chosen.largest and case.largest else case.documents
    documents = usual if chosen.documents is None else chosen.documents
    options = Options(
        documents=documents,
        repetitions=chosen.repetitions or case.repetitions,
        folder=folder,
        niceness=chosen.nice,
    )
    sys.stderr.write(f"{case.name}: {case.what}\n")
    measured = case.measure(options)
    result = result_of(case.name, measured, documents=documents, machine=machine, commit=_commit())
    result.write(chosen.results)
    verdict = "met" if case.is_met(result.figures) else "not met"
    sys.stdout.write(
        f"{case.name}: {told(result.median, case.unit)} (wanted {case.told_wanted()}: {verdict}) "
        f"{[told(figure, case.unit) for figure in result.figures]}\n"
    )
    sys.stdout.flush()


def _commit() -> str:
    """The short name of the commit, with a + where the code is another."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main(sys.argv[1:])
