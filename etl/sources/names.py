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

# No outlet of the registry has more words or letters; the rest would only cost time.
MOST_NAME_WORDS = 7
LONGEST_NAME_CHARS = 120
# "abc" in running text is no ABC; "abcd" is found as it is written.
MOST_INITIALS = 3

_WORD = re.compile(r"[^\s()\[\]{}|,;:/\"“”]+")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([a-z0-9.-]+\.[a-z]{2,})", re.I)


@dataclass(frozen=True)
class NameIndex:
    """The registry, ready for look-ups.

    ``ids`` holds the names that one source alone has, by key; ``spoken`` those of them, as
    spelled, that mean an outlet in running text too.
    """

    ids: dict[str, str]
    spellings: frozenset[str]
    domains: dict[str, str]
    spoken: dict[str, str]
    weak_keys: frozenset[str]
    agencies: frozenset[str]

    def is_weak(self, name: str) -> bool:
        """Whether a name needs brackets, a credit line or a sidecar to mean an outlet."""
        return name_key(name) in self.weak_keys

    def find(self, name: str) -> str | None:
        """The source of a name. Initials must look it: "as" is not the daily AS."""
        key = name_key(name)
        if len(key) <= MOST_INITIALS and not (name.isupper() or name in self.spellings):
            return None
        return self.ids.get(key)

    def find_exactly(self, name: str) -> str | None:
        """The same, but a weak name must be spelled as the registry has it."""
        return None if self.is_weak(name) and name not in self.spellings else self.find(name)

    def find_address(self, address: str) -> str | None:
        """The outlet whose homepage a URL or domain belongs to: ``edition.cnn.com`` is CNN's."""
        return next((self.domains[d] for d in domains_of(address) if d in self.domains), None)

    def find_spoken_at(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest name that starts at ``start`` in an outlet's own spelling."""
        for end in reversed(_word_ends(text, start)):
            name = text[start:end].removesuffix("'s").removesuffix("’s")
            if source_id := self.spoken.get(name):
                return source_id, start + len(name)
        return None

    def find_at(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest name that starts at ``start``, and its end; "the" may precede it."""
        for end in reversed(_word_ends(text, start)):
            if source_id := self.find(text[start:end]):
                return source_id, end
        return None


def domains_of(address: str) -> list[str]:
    """The domains that a URL lies in, narrowest first: ``edition.cnn.com``, ``cnn.com``."""
    found = _ADDRESS.match(address.strip())
    labels = found[1].casefold().split(".") if found else []
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def build_index(registry: pl.DataFrame) -> NameIndex:
    """Make the look-up tables of a registry as ``load_registry`` returns it.

    A name that several sources have (three are called The Star) finds none of them.
    """
    if "weak_names" not in registry.columns:
        registry = registry.with_columns(weak_names=pl.lit([], dtype=pl.List(pl.String)))
    owners: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, str] = {}
    spellings: set[str] = set()
    all_weak_keys: set[str] = set()
    columns = registry.select("source_id", "name", "aliases", "weak_names").iter_rows()
    for source_id, name, aliases, weak_names in columns:
        weak_keys = {name_key(weak) for weak in weak_names or ()}
        all_weak_keys |= weak_keys
        for spelling in (name, *(aliases or ())):
            owners[name_key(spelling)].add(source_id)
            spellings.add(spelling)
            if name_key(spelling) not in weak_keys:
                spoken.update(dict.fromkeys(_spellings(spelling), source_id))
    ids = {key: next(iter(found)) for key, found in owners.items() if len(found) == 1}
    return NameIndex(
        ids=ids,
        spellings=frozenset(spellings),
        domains={h: i for i, h in registry.select("source_id", "homepage").iter_rows() if h},
        spoken={s: i for s, i in spoken.items() if ids.get(name_key(s)) == i},
        weak_keys=frozenset(all_weak_keys),
        agencies=frozenset(registry.filter(kind="agency")["source_id"]),
    )


def _word_ends(text: str, start: int) -> list[int]:
    """Where the first words behind ``start`` end, up to the next mark that ends a name."""
    ends: list[int] = []
    behind, reach = start, start + LONGEST_NAME_CHARS
    for word in _WORD.finditer(text, start, reach):
        is_cut = word.end() == reach and _WORD.match(text, reach)
        if len(ends) == MOST_NAME_WORDS or is_cut or text[behind : word.start()].strip():
            break
        behind = word.end()
        ends.append(word.start() + len(word[0].rstrip(".'’!?")))
    return ends


def name_key(name: str) -> str:
    """What two spellings of a name share: letters, marks and digits, without "the"."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    folded = folded.removeprefix("the ")
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")


def _spellings(name: str) -> Iterable[str]:
    """How running text spells a name: with either apostrophe, and "The" as it likes, save
    before a single word: "the Guardian", never "Guardian".
    """
    bare = name.removeprefix("The ")
    heads = ("The ", "the ") if bare != name and " " not in bare else ("",)
    for head in heads:
        yield from (head + bare, head + bare.replace("'", "’"), head + bare.replace("’", "'"))
