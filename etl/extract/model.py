"""The statistical entity model: loading it, and its spans as mentions.

What belongs here: the only use of spaCy. What does not: rules and the gazetteer, which run
without it, and the training of a model.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from etl.errors import ReferenceDataError
from etl.extract.mentions import POSSESSIVES, Mention, tidy_name
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.pieces import piece_bounds
from etl.extract.text.tokens import WORD, fold
from etl.extract.text.word_lists import not_names

SHIPPED_MODEL = Path(__file__).resolve().parent.parent / "models" / "news_ner"

# Labels of the usual English and multilingual models, and ours.
LABELS = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "PLACE": "PLACE",
    "NORP": "NORP",
}
STATISTICAL_SCORE = 0.8
# Enough to keep the processor busy; a batch of articles of 500 words takes some 200 MB.
BATCH_TEXTS = 128
BATCH_CHARS = 500_000
# Some 150 MB. The words of a year of news in one language; numbers and names never end.
KEPT_WORDS = 300_000
EDGES = ' \t\r\n,;:"“”()[]<>'
_UNUSED_PIPES = ("tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter")


def chosen_model(model_path: str | None) -> str | None:
    """The model to load: the user's own, else the shipped one, else None (rules alone)."""
    shipped = (SHIPPED_MODEL / "config.cfg").exists()
    return model_path or (str(SHIPPED_MODEL) if shipped else None)


def model_version(model_path: str | None) -> str:
    """What tells one model from another: its name and a hash of its files, or its release.

    'none' where the rules work alone.
    """
    path = chosen_model(model_path)
    if path is None:
        return "none"
    folder = Path(path)
    if not folder.is_dir():
        return f"{path} {_release(path)}"
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{folder.name} {digest.hexdigest()[:16]}"


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise ReferenceDataError(f"spaCy model {package!r} is not installed") from error


def load_model(path: str) -> Any:
    """A spaCy pipeline by package name or folder, without the parts that NER does not need.

    Raises:
        ReferenceDataError: there is no such model, or it has no entity recogniser.
    """
    import spacy

    from etl.extract.embedding_reuse import reuse_embeddings
    from etl.extract.greedy_decoding import decode_at_once

    model: Any
    try:
        model = spacy.load(path, exclude=list(_UNUSED_PIPES))
    except (OSError, ValueError) as error:
        raise ReferenceDataError(f"spaCy model {path!r} cannot be loaded: {error}") from error
    if "ner" not in model.pipe_names:
        raise ReferenceDataError(f"spaCy model {path!r} has no 'ner' component")
    model.tokenizer.max_cache_size = 1_000_000
    if Path(path) == SHIPPED_MODEL:
        reuse_embeddings(model.get_pipe("tok2vec").model)
        decode_at_once(model)
    return model


def find_entities(model: Any, texts: Iterable[tuple[str, str, str]]) -> Iterator[list[Mention]]:
    """For each (field, text, shown) the model's entities under our labels, in order.

    ``shown`` is what the model sees, of the same length: a headline may be written otherwise.
    The texts may be those of many articles: what is found in one depends on it alone. A long
    text is read in pieces. Leading white space is cut before the model sees it (it would switch
    off the tokeniser's cache) and added back to the offsets.
    """
    found: list[Mention] = []
    for batch in _in_batches(texts):
        for piece, mentions in _of_batch(model, batch):
            found += mentions
            if piece.is_last:
                yield found
                found = []


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a text that the model reads at a time, as ``seen``.

    ``start`` is where it begins in ``text``.
    """

    field: str
    text: str
    seen: str
    start: int
    is_last: bool


def _in_batches(texts: Iterable[tuple[str, str, str]]) -> Iterator[list[_Piece]]:
    """The pieces of all texts: so many at a time as memory is meant for."""
    batch: list[_Piece] = []
    chars = 0
    for field, text, shown in texts:
        for start, end in piece_bounds(shown):
            seen = shown[start:end].lstrip()
            batch.append(_Piece(field, text, seen, end - len(seen), end == len(shown)))
            chars += len(seen)
            if len(batch) == BATCH_TEXTS or chars >= BATCH_CHARS:
                yield batch
                batch, chars = [], 0
    yield batch


def _of_batch(model: Any, batch: list[_Piece]) -> list[tuple[_Piece, list[Mention]]]:
    """The mentions of each piece.

    spaCy keeps each word that it has met, which is fast. Once it knows so many, what is new in a
    batch is forgotten behind it, so that memory does not grow for as long as the process lives.
    """
    knows_enough = len(model.vocab.strings) >= KEPT_WORDS
    with model.memory_zone() if knows_enough else nullcontext():
        docs = model.pipe(((p.seen, p) for p in batch), as_tuples=True, batch_size=BATCH_TEXTS)
        return [(piece, list(_mentions(doc, piece))) for doc, piece in docs]


def _mentions(doc: Any, piece: _Piece) -> Iterator[Mention]:
    from etl.extract.greedy_decoding import SCORED

    scored = doc.spans.get(SCORED)
    chances = [None] * len(doc.ents) if scored is None else scored.attrs["scores"]
    for span, chance in zip(doc.ents, chances, strict=True):
        if span.label_ in LABELS:
            start, end = piece.start + span.start_char, piece.start + span.end_char
            mention = _mention(piece.field, piece.text, start, end, span.label_)
            if mention is not None:
                mention.chance = chance
                yield mention


def _mention(field: str, text: str, start: int, end: int, label: str) -> Mention | None:
    """The span without the title, article and possessive that a model may take along."""
    known = LABELS[label]
    first, last = trim_span(text[start:end], known)
    start, end = start + first, start + last
    words = text[start:end]
    if not any(letter.isalpha() for letter in words):
        return None
    name = tidy_name(words)
    return Mention(field, start, end, words, known, name, None, "statistical", STATISTICAL_SCORE)


def trim_span(text: str, label: str) -> tuple[int, int]:
    """Half-open offsets in ``text`` of the name itself: "the Okafor's" holds "Okafor"."""
    end = len(text.rstrip(EDGES))
    for ending in POSSESSIVES:
        if text[:end].endswith(ending) and end > len(ending) + 1:
            end -= len(ending)
            break
    start = len(text) - len(text.lstrip(EDGES))
    name = _after_titles(text, start, end) if label == "PERSON" else start
    if text.startswith("the ", name):
        name += len("the ")
    return name, end


def _after_titles(text: str, start: int, end: int) -> int:
    """Where the name starts behind "Foreign Minister"; ``start`` where nothing else is left."""
    rules, after = load_rules(), start
    is_title, opening = False, True
    for word in WORD.finditer(text, start, end):
        key = fold(word.group())
        if is_title and word.group()[0].isupper():
            after = word.start()
        is_title = key in (rules.titles if opening else rules.roles) or _is_burmese(word, text)
        opening = opening and (is_title or key in not_names())
    return after


def _is_burmese(word: re.Match[str], text: str) -> bool:
    """ "U Thein Maung": the honorific, neither an initial nor a word."""
    return word.group() == "U" and text[word.end() : word.end() + 1] == " "
