"""Build training/names/*.csv: ``python -m training.build_names FAKER_FOLDER``.

What belongs here: the rows that come from Faker's provider lists. The rows with origin
``written`` were written for this project by hand and are kept as they stand. Running it is only
needed to take up a new Faker; the lists are in the repository.
"""

import csv
import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

NAMES = Path(__file__).resolve().parent / "names"
# Faker locales whose lists are in Latin script, by the naming culture that they feed.
LOCALES = {
    "hindi": ["en_IN"],
    "pakistani": ["en_PK"],
    "thai": ["en_TH"],
    "indonesian": ["id_ID"],
    "turkish": ["tr_TR"],
    "azeri_turkmen": ["az_AZ"],
    "central_asian": ["uz_UZ"],
    "swahili_kenyan": ["en_KE", "sw"],
    "nigerian": ["yo_NG", "ig_NG", "ha_NG"],
    "ghanaian": ["tw_GH"],
    "southern_african": ["zu_ZA"],
    "maghreb": ["fr_DZ"],
    "latin_american": ["es_MX", "es_CO", "es_CL", "es_AR"],
    "brazilian": ["pt_BR"],
    "iberian": ["es_ES", "pt_PT", "es_CA"],
    "polish": ["pl_PL"],
    "czech_slovak": ["cs_CZ", "sk_SK"],
    "balkan": ["hr_HR", "sl_SI"],
    "romanian": ["ro_RO"],
    "hungarian": ["hu_HU"],
    "baltic_finnic": ["lt_LT", "lv_LV", "et_EE", "fi_FI"],
    "nordic": ["sv_SE", "da_DK", "no_NO"],
    "icelandic": ["is_IS"],
    "german": ["de_DE", "de_AT", "de_CH"],
    "dutch": ["nl_NL", "nl_BE"],
    "french": ["fr_FR", "fr_BE", "fr_CA"],
    "italian": ["it_IT"],
    "english": ["en_US", "en_GB", "en_NZ"],
    "irish": ["en_IE"],
}
MOST_NAMES = 450
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏḀ-ỿ'’\- ]+")
_NOT_NAMES = ("format", "prefix", "suffix", "language", "degree", "middle")


def provider_names(locale: str) -> Iterable[tuple[str, str]]:
    """(part, name) of one Faker locale: part is ``given`` or ``family``."""
    module = importlib.import_module(f"faker.providers.person.{locale}")
    for attribute in dir(module.Provider):
        values = getattr(module.Provider, attribute)
        if attribute.startswith("_") or any(word in attribute for word in _NOT_NAMES):
            continue
        if "name" in attribute and isinstance(values, (tuple, list, dict)):
            part = "family" if "last" in attribute else "given"
            yield from ((part, v) for v in values if isinstance(v, str) and _LATIN.fullmatch(v))


def thin(names: list[str]) -> list[str]:
    """At most ``MOST_NAMES`` of them, evenly over the alphabet."""
    step = max(1.0, len(names) / MOST_NAMES)
    return [names[int(index * step)] for index in range(min(len(names), MOST_NAMES))]


def write_culture(culture: str, locales: list[str]) -> None:
    path = NAMES / f"{culture}.csv"
    written: list[tuple[str, str, str]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            written = [(r["part"], r["name"], "written") for r in rows if r["origin"] == "written"]
    known = {(part, name) for part, name, _ in written}
    found = {pair for locale in locales for pair in provider_names(locale)} - known
    taken = [
        (part, name, "faker")
        for part in ("given", "family")
        for name in thin(sorted(n for p, n in found if p == part))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["part", "name", "origin"])
        writer.writerows(written + taken)


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    for culture, locales in LOCALES.items():
        write_culture(culture, locales)


if __name__ == "__main__":
    main()
