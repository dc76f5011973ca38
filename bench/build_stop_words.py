"""Build etl/lexicon/stop_words.csv: ``python -m bench.build_stop_words``.

What belongs here: the small words of languages as spaCy lists them (MIT), of the languages that
etl/lexicon/languages.csv knows. What does not: English, whose words have weights of their own
(word_weights.csv).
"""

import csv
import importlib
from collections.abc import Iterator

from etl.tables import ROOMS, read_table

OUTPUT = ROOMS["lexicon"] / "stop_words.csv"
SPACY_NAMES = {"no": "nb"}
ENGLISH = "en"


def stop_words(languages: list[str]) -> Iterator[tuple[str, str]]:
    """(language, word), sorted; a language that spaCy has no list of gives none."""
    for language in languages:
        module = f"spacy.lang.{SPACY_NAMES.get(language, language)}.stop_words"
        try:
            words = importlib.import_module(module).STOP_WORDS
        except ModuleNotFoundError:
            continue
        lower = {word.lower() for word in words}
        yield from ((language, word) for word in sorted(lower) if word.isalpha())


def main() -> None:
    languages = [name for name in read_table("languages.csv")["language"] if name != ENGLISH]
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["language", "word"])
        writer.writerows(stop_words(languages))


if __name__ == "__main__":
    main()
