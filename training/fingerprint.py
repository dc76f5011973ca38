"""Fingerprint of the data that a trained model depends on.

What belongs here: hashes of files. What does not: anything about their contents.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPORA = (
    "gmb_ner_dataset.csv.xz",
    "wikigold.conll.txt",
    "politics_train.txt",
    "politics_dev.txt",
    "politics_test.txt",
)
REFERENCE = (
    "countries.csv",
    "country_aliases.csv",
    "demonyms.csv",
    "places.csv.gz",
    "subdivisions.csv",
)


def hash_files(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def data_fingerprint(data: Path, *, here: Path = HERE) -> str:
    """Of the corpora, the reference tables, and the lists and sentences of this package."""
    own = [*here.glob("*.cfg"), *here.glob("*.txt"), *here.glob("names/*.csv")]
    reference = here.parent / "etl" / "reference"
    return hash_files(
        [
            *(data / name for name in CORPORA),
            *(reference / name for name in REFERENCE),
            here / "evaluation" / "world_news.jsonl",
            *sorted(own),
        ]
    )
