"""Words that running text writes small: ``python -m training.plain_words DATA``.

What belongs here: making etl/reference/plain_words.csv, by which headlines in capitals are read,
from the news sentences of DATA (texts in the public domain). What does not: its use
(etl/extract/text/casing.py).

A word counts as small where it stands inside a sentence and outside of all names; times ("two
decades") are no names.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from etl.tables import ROOMS
from training.tagged import Sentence, read_gmb

OUTPUT = ROOMS["reference"] / "plain_words.csv"
SHORTEST = 2
LEAST_COUNT = 1
LEAST_SMALL = 0.75


def plain_words(sentences: Iterable[Sentence]) -> list[str]:
    """Sorted words of ``SHORTEST`` letters and more that are mostly written small."""
    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for sentence in sentences:
        named = {i for a, b, kind in sentence.spans if kind != "tim" for i in range(a, b)}
        for index, word in enumerate(sentence.words):
            if index and len(word) >= SHORTEST and word.isascii() and word.isalpha():
                every[word.lower()] += 1
                small[word] += word.islower() and index not in named
    return sorted(
        word
        for word, count in small.items()
        if count >= LEAST_COUNT and count >= LEAST_SMALL * every[word]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder of the open corpora")
    sentences = read_gmb(parser.parse_args().data / "gmb_ner_dataset.csv.xz")
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word"])
        writer.writerows([word] for word in plain_words(sentences))


if __name__ == "__main__":
    main()
