"""How much a word tells of a text: ``python -m training.word_weights DATA``.

What belongs here: making etl/lexicon/word_weights.csv from the news sentences of DATA (texts in
the public domain). What does not: its use (etl/stories).

The weight is log(1 + texts / (1 + texts with the word)); a word that is not in the table has that
of one that no text has. A text is ``SENTENCES`` sentences in a row, for the corpus does not say
where one ends.
"""

import argparse
import csv
import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from etl.stories.portrait import UNKNOWN
from etl.tables import ROOMS
from training.tagged import Sentence, read_gmb

OUTPUT = ROOMS["lexicon"] / "word_weights.csv"
SENTENCES = 20
LEAST_TEXTS = 5
_WORD = re.compile(r"[^\W_]+")


def word_weights(sentences: Iterable[Sentence]) -> list[tuple[str, float]]:
    """Words of ``LEAST_TEXTS`` texts and more with their weights; ``UNKNOWN`` has the highest."""
    texts, counts = 0, Counter[str]()
    for _, text in groupby(enumerate(sentences), key=lambda numbered: numbered[0] // SENTENCES):
        texts += 1
        counts.update({w for _, s in text for word in s.words for w in _WORD.findall(word.lower())})
    common = {UNKNOWN: 0, **{word: n for word, n in sorted(counts.items()) if n >= LEAST_TEXTS}}
    return [(word, round(math.log(1 + texts / (1 + n)), 2)) for word, n in common.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder of the open corpora")
    sentences = read_gmb(parser.parse_args().data / "gmb_ner_dataset.csv.xz")
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "weight"])
        writer.writerows(word_weights(sentences))


if __name__ == "__main__":
    main()
