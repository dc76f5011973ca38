"""Mutants and the tests that kill them: ``python -m bench.mutants [--seeded 300]``.

What belongs here: the command and what it prints. What does not: making mutants (mutants.py)
and trying them (trial.py). docs/testing.md tells what it is for.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from bench.mutants.mutants import Mutant, StaleListError, named_mutants, seeded_mutants
from bench.mutants.trial import Tree, TrialError, Verdict
from bench.watched import watched, write

LEAST_SHARE = 0.85


def main() -> int:
    arguments = _parser().parse_args()
    try:
        return _judge(arguments)
    except (StaleListError, TrialError, LookupError) as error:
        sys.stdout.write(f"{error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--named", action="store_true", help="try the named mutants")
    parser.add_argument("--seeded", type=int, default=0, metavar="N", help="try so many others")
    parser.add_argument("--seed", type=int, default=1, help="which of them are drawn")
    parser.add_argument("--only", default="", metavar="PATH", help="of modules that begin so")
    parser.add_argument("--from", type=int, default=0, dest="first", help="skip so many")
    parser.add_argument("--jobs", type=int, default=1, help="mutants at a time")
    return parser


def _judge(arguments: argparse.Namespace) -> int:
    """0 where no named mutant survived and enough of the others died, else 1."""
    is_good = True
    if arguments.named:
        named = [m for m in named_mutants() if m.module.startswith(arguments.only)]
        verdicts = _try_all("named", named, jobs=arguments.jobs)
        is_good = all(verdict.is_killed for verdict in verdicts)
    if arguments.seeded:
        sys.stdout.write(f"seed {arguments.seed}\n")
        drawn = seeded_mutants(seed=arguments.seed, count=arguments.seeded, only=arguments.only)[
            arguments.first :
        ]
        verdicts = _try_all("seeded", drawn, jobs=arguments.jobs)
        killed = sum(verdict.is_killed for verdict in verdicts)
        is_good = is_good and killed >= LEAST_SHARE * len(verdicts)
    return 0 if is_good else 1


def _try_all(what: str, mutants: Sequence[Mutant], *, jobs: int) -> list[Verdict]:
    verdicts = []
    for verdict in watched(_tried(mutants, jobs=jobs), what, "mutants", total=len(mutants)):
        verdicts.append(verdict)
        write(_told(verdict))
    killed = sum(verdict.is_killed for verdict in verdicts)
    survivors = Counter(str(Path(v.mutant.module).parent) for v in verdicts if not v.is_killed)
    sys.stdout.write(
        f"{what}: {killed} of {len(verdicts)} killed ({killed / max(len(verdicts), 1):.1%}); "
        f"survivors by package: {dict(survivors.most_common()) or 'none'}\n"
    )
    return verdicts


def _tried(mutants: Sequence[Mutant], *, jobs: int) -> Iterator[Verdict]:
    """Verdicts in the order of the mutants; each job has a tree of its own."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trees: SimpleQueue[Tree] = SimpleQueue()
        for job in range(jobs):
            trees.put(Tree(Path(folder) / str(job)))

        def attempt(mutant: Mutant) -> Verdict:
            tree = trees.get()
            try:
                return tree.run(mutant)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(attempt, mutants)


def _told(verdict: Verdict) -> str:
    mutant = verdict.mutant
    head = "killed  " if verdict.is_killed else "SURVIVED"
    line = f"{head} {mutant.name}: {mutant.module} ({verdict.seconds:.0f} s) {verdict.detail}\n"
    return line if verdict.is_killed else f"{line}{mutant.diff()}\n"


if __name__ == "__main__":
    sys.exit(main())
