"""The open corpora as blocks of passages under our four labels.

What belongs here: which file is read, the mapping of its labels, and the split by
document-sized blocks. What does not: augmentation.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training import repairs, tagged
from training.detokenise import to_passage
from training.passages import Passage

# Sentences of the corpora stand in the order of their documents, without marks between them.
BLOCK_SENTENCES = 40
DEVELOPMENT_SHARE = 0.04
GMB_LABELS = {"per": "PERSON", "org": "ORG", "geo": "PLACE", "gpe": "NORP"}
WIKIGOLD_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
POLITICS_LABELS = {
    "country": "PLACE",
    "location": "PLACE",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "person": "PERSON",
    "politician": "PERSON",
}
PUD_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}


@dataclass(frozen=True)
class Block:
    """Consecutive sentences of one corpus; ``name`` is stable over runs."""

    name: str
    sentences: tuple[Passage, ...]

    @property
    def is_development(self) -> bool:
        """By hash of the name, so that adding a corpus moves no other block."""
        digest = hashlib.sha256(self.name.encode()).digest()
        return digest[0] / 256 < DEVELOPMENT_SHARE


def read_blocks(data: Path) -> list[Block]:
    """All training blocks of the folder of open corpora."""
    gmb = list(tagged.read_gmb(data / "gmb_ner_dataset.csv.xz"))
    wikigold = list(tagged.read_columns(data / "wikigold.conll.txt"))
    politics = [
        sentence
        for part in ("train", "dev", "test")
        for sentence in tagged.read_columns(data / f"politics_{part}.txt")
    ]
    return [
        *_blocks("gmb", _convert(gmb, GMB_LABELS)),
        *_blocks("wikigold", _convert(wikigold, WIKIGOLD_LABELS)),
        *_blocks("politics", _convert(politics, POLITICS_LABELS)),
    ]


def read_pud(data: Path) -> list[Passage]:
    """The evaluation set of Universal NER: labels as they are, it has no NORP."""
    return [
        _passage(sentence.words, _mapped(sentence, PUD_LABELS))
        for sentence in tagged.read_columns(data / "en_pud-ud-test.iob2", word=1, tag=2)
    ]


def _convert(sentences: list[tagged.Sentence], labels: dict[str, str]) -> Iterator[Passage]:
    repaired = [(s.words, repairs.repair_sentence(s.words, _mapped(s, labels))) for s in sentences]
    habits = repairs.learn_habits(repaired)
    for words, spans in repaired:
        yield _passage(words, repairs.apply_habits(words, spans, habits))


def _mapped(sentence: tagged.Sentence, labels: dict[str, str]) -> list[repairs.WordSpan]:
    return [(a, b, labels[label]) for a, b, label in sentence.spans if label in labels]


def _passage(words: tuple[str, ...], spans: Iterable[repairs.WordSpan]) -> Passage:
    return to_passage(words, list(spans))


def _blocks(corpus: str, sentences: Iterable[Passage]) -> list[Block]:
    everything = list(sentences)
    return [
        Block(f"{corpus}-{start}", tuple(everything[start : start + BLOCK_SENTENCES]))
        for start in range(0, len(everything), BLOCK_SENTENCES)
    ]
