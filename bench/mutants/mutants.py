"""Mutants: the named ones from their list, and seeded ones drawn from the code.

What belongs here: making ``Mutant`` values. What does not: running tests on them (trial.py).
"""

import ast
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from bench.mutants.mutations import find_sites
from bench.mutants.scope import ROOT, modules_within, sampled_modules

NAMED = Path(__file__).with_name("named.toml")
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


class StaleListError(Exception):
    """An entry of a list that no longer names one place of the code."""


@dataclass(frozen=True)
class Mutant:
    """A module, as a path below the root, with its text before and after the mutation."""

    name: str
    module: str
    before: str
    after: str

    def diff(self) -> str:
        """The mutation as a person reads it."""
        before, after = self.before.splitlines(), self.after.splitlines()
        lines = unified_diff(before, after, self.module, self.module, n=1, lineterm="")
        return "\n".join(lines)


@dataclass(frozen=True)
class Change:
    """A text that stands exactly once in a folder, and what takes its place."""

    name: str
    within: str
    before: str
    after: str


def named_mutants() -> list[Mutant]:
    """The mutants of named.toml.

    Raises StaleListError, naming all at once, where a text is not found exactly once: then the
    code was changed, and the list has to follow.
    """
    return _resolved(_read(NAMED))


def equivalent_mutants() -> list[Mutant]:
    """Mutations that change nothing that can be observed, each with its reason. Raises
    StaleListError like ``named_mutants``.
    """
    return _resolved(_read(EQUIVALENT))


def seeded_mutants(*, seed: int, count: int, only: str = "") -> list[Mutant]:
    """So many mutants drawn from the sampled modules, equivalent ones left out.

    Each place has the same chance; one of its choices is drawn. The same seed and code give
    the same mutants.
    """
    rng = random.Random(seed)
    sites = [
        (module, site)
        for module in sampled_modules(only)
        for site in find_sites((ROOT / module).read_text())
    ]
    rng.shuffle(sites)
    equivalent = {(m.module, m.after) for m in equivalent_mutants()}
    mutants: list[Mutant] = []
    for module, site in sites:
        source = (ROOT / module).read_text()
        after = site.apply(source, rng.choice(site.choices))
        if (module, after) not in equivalent and _parses(after):
            mutants.append(Mutant(f"{len(mutants) + 1}, {site.kind}", module, source, after))
        if len(mutants) == count:
            break
    return mutants


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _read(path: Path) -> list[Change]:
    entries = tomllib.loads(path.read_text()).get("mutant", [])
    return [Change(e["name"], e["within"], e["before"], e["after"]) for e in entries]


def _resolved(changes: list[Change]) -> list[Mutant]:
    faults = [fault for change in changes for fault in _faults(change)]
    if faults:
        raise StaleListError("\n".join(faults))
    return [_mutant(change) for change in changes]


def _faults(change: Change) -> Iterator[str]:
    times = sum((ROOT / m).read_text().count(change.before) for m in modules_within(change.within))
    if times != 1:
        yield f"{change.name!r}: found {times} times in {change.within}/, expected once"
    if change.before == change.after:
        yield f"{change.name!r}: changes nothing"


def _mutant(change: Change) -> Mutant:
    texts = {module: (ROOT / module).read_text() for module in modules_within(change.within)}
    module = next(module for module, text in texts.items() if change.before in text)
    source = texts[module]
    return Mutant(change.name, module, source, source.replace(change.before, change.after))
