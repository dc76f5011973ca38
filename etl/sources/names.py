"""Looking up outlets by the names that pages use for them.

What belongs here: name keys, domains, the longest name at a place in a text. What does not:
what a name at that place means (cues.py).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    spelled, that mean an outlet in running text too; ``given_only`` those of outlets that are
    found by their domain, which count where a publisher is given and nowhere in a text.
    """

    ids: dict[str, str]
    spellings: frozenset[str]
    domains: dict[str, str]
    spoken: dict[str, str]
    weak_keys: frozenset[str]
    agencies: frozenset[str]
    given_only: dict[str, str]

    def is_weak(self, name: str) -> bool:
        """Whether a name needs brackets, a credit line or a sidecar to mean an outlet."""
        return name_key(name) in self.weak_keys

    def find(self, name: str) -> str | None:
        """The source of a name. Initials must look it: "as" is not the daily AS."""
        key = name_key(name)
        if len(key) <= MOST_INITIALS and not (name.isupper() or name in self.spellings):
            return None
        return self.ids.get(key)

    def find_given(self, name: str) -> str | None:
        """The source of a name that was given as a publisher's."""
        return self.find(name) or self.given_only.get(name_key(name))

    def find_exactly(self, name: str) -> str | None:
        """The same, but a weak name must be spelled as the registry has it."""
        return None if self.is_weak(name) and name not in self.spellings else self.find(name)

    def find_address(self, address: str) -> str | None:
        """The outlet one of whose domains a URL lies in: ``edition.cnn.com`` is CNN's."""
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


def index_of(registry: pl.DataFrame) -> NameIndex:
    """``build_index`` of a registry, kept while it is this frame that is asked for.

    A stage asks once for each part, the registry stays the same.
    """
    kept = _KEPT.get("index")
    if kept is None or kept[0] is not registry:
        kept = _KEPT["index"] = registry, build_index(registry)
    return kept[1]


_KEPT: dict[str, tuple[pl.DataFrame, NameIndex]] = {}


def build_index(registry: pl.DataFrame) -> NameIndex:
    """Make the look-up tables of a registry as ``load_registry`` returns it.

    A name that several sources have (three are called The Star) finds none of them.
    """
    registry = _with_all_columns(registry)
    by_domain = registry.filter(pl.col("found_by") == "domain")
    everything, registry = registry, registry.filter(pl.col("found_by") != "domain")
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
        domains=dict(_domains(everything)),
        spoken={
            **{s: i for s, i in spoken.items() if ids.get(name_key(s)) == i},
            **dict(_spoken_domains(everything)),
        },
        weak_keys=frozenset(all_weak_keys),
        agencies=frozenset(registry.filter(kind="agency")["source_id"]),
        given_only=_given_only(by_domain, owners),
    )


def _with_all_columns(registry: pl.DataFrame) -> pl.DataFrame:
    """Registries of tests and of older versions lack some."""
    none = {
        **dict.fromkeys(("weak_names", "domains"), pl.lit([], dtype=pl.List(pl.String))),
        "found_by": pl.lit(None, dtype=pl.String),
    }
    lacking = {name: value for name, value in none.items() if name not in registry.columns}
    return registry.with_columns(**lacking).with_columns(pl.col("found_by").fill_null(""))


def _domains(registry: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Every domain with its source."""
    for source_id, homepage, domains in registry.select(
        "source_id", "homepage", "domains"
    ).iter_rows():
        for domain in filter(None, (homepage, *(domains or ()))):
            yield domain.partition("=")[0], source_id


def _spoken_domains(registry: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Domains as running text has them: mwanzo.example, Mwanzo.example, MWANZO.EXAMPLE; and as
    the outlet spells its name, "MwanzoNews.example".
    """
    names = {row[0]: row[1:] for row in registry.select("source_id", "name", "aliases").iter_rows()}
    for domain, source_id in _domains(registry):
        first, dot, rest = domain.partition(".")
        name, aliases = names[source_id]
        joined = ("".join(name.split()) for name in (name, *(aliases or ())))
        own = (f"{name}{dot}{rest}" for name in joined if name.casefold() == first)
        spellings = (domain, domain[0].upper() + domain[1:], domain.upper(), *own)
        yield from ((spelling, source_id) for spelling in spellings)


def _given_only(registry: pl.DataFrame, owners: Mapping[str, set[str]]) -> dict[str, str]:
    """Names of outlets found by their domain that no other outlet has."""
    found: dict[str, set[str]] = defaultdict(set)
    for source_id, name, aliases in registry.select("source_id", "name", "aliases").iter_rows():
        for spelling in (name, *(aliases or ())):
            found[name_key(spelling)].add(source_id)
    single = {key: ids for key, ids in found.items() if len(ids) == 1 and key not in owners}
    return {key: next(iter(ids)) for key, ids in single.items()}


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
