"""Looking up outlets by the names that pages use for them.

What belongs here: name keys, domains, the longest name at a place in a text. What does not:
what a name at that place means (cues.py).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

MOST_NAME_WORDS = 7

_WORD = re.compile(r"[^\s()\[\]{}|,;:/\"“”]+")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([a-z0-9.-]+\.[a-z]{2,})", re.I)


@dataclass(frozen=True)
class NameIndex:
    """The registry, ready for look-ups.

    ``ids`` holds the names that one source alone has; ``spoken`` those of them, as spelled,
    that mean an outlet in running text too.
    """

    ids: dict[str, str]
    domains: dict[str, str]
    spoken: dict[str, str]
    agencies: frozenset[str]

    def find(self, name: str) -> str | None:
        return self.ids.get(name_key(name))

    def find_address(self, address: str) -> str | None:
        """The outlet whose homepage a URL or domain belongs to: ``edition.cnn.com`` is CNN's."""
        found = _ADDRESS.match(address.strip())
        labels = found[1].casefold().split(".") if found else []
        parents = (".".join(labels[i:]) for i in range(len(labels) - 1))
        return next((self.domains[p] for p in parents if p in self.domains), None)

    def find_at(self, text: str, start: int) -> tuple[str, int, int] | None:
        """The longest name that starts at ``start``, with its offsets; "the" may precede it."""
        words = []
        for word in _WORD.finditer(text, start, start + 120):
            if (
                len(words) == MOST_NAME_WORDS
                or text[words[-1].end() if words else start : word.start()].strip()
            ):
                break
            words.append(word)
        for last in reversed(words):
            for end in {last.end(): None, last.start() + len(last[0].rstrip(".'’!?")): None}:
                if source_id := self.find(text[start:end]):
                    return source_id, words[0].start(), end
        return None


def build_index(registry: pl.DataFrame) -> NameIndex:
    """Make the look-up tables of a registry as ``load_registry`` returns it.

    A name that several sources have (three are called The Star) finds none of them.
    """
    if "weak_names" not in registry.columns:
        registry = registry.with_columns(weak_names=pl.lit([], dtype=pl.List(pl.String)))
    owners: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, str] = {}
    columns = registry.select("source_id", "name", "aliases", "weak_names").iter_rows()
    for source_id, name, aliases, weak_names in columns:
        weak_keys = {name_key(weak) for weak in weak_names or ()}
        for spelling in (name, *(aliases or ())):
            owners[name_key(spelling)].add(source_id)
            if name_key(spelling) not in weak_keys:
                spellings.update(dict.fromkeys(_spellings(spelling), source_id))
    ids = {key: next(iter(found)) for key, found in owners.items() if len(found) == 1}
    return NameIndex(
        ids=ids,
        domains={h: i for i, h in registry.select("source_id", "homepage").iter_rows() if h},
        spoken={s: i for s, i in spellings.items() if ids.get(name_key(s)) == i},
        agencies=frozenset(registry.filter(kind="agency")["source_id"]),
    )


def name_key(name: str) -> str:
    """What two spellings of a name share: letters, marks and digits, without "the"."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    folded = folded.removeprefix("the ")
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")


def _spellings(name: str) -> Iterable[str]:
    """As spelled, and with the other apostrophe."""
    bare = name.removeprefix("The ")
    return (bare, bare.replace("'", "’"), bare.replace("’", "'"))
