"""The statistical entity model: loading it, and its spans as mentions.

What belongs here: the only use of spaCy. What does not: rules and the gazetteer, which run
without it, and the training of a model.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from etl.errors import ReferenceDataError
from etl.extract.entities import Mention, tidy_name

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
_UNUSED_PIPES = ("tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter")


def load_model(path: str) -> Any:
    """A spaCy pipeline by package name or folder, without the parts that NER does not need.

    Raises:
        ReferenceDataError: there is no such model, or it has no entity recogniser.
    """
    import spacy

    model: Any
    try:
        model = spacy.load(path, exclude=list(_UNUSED_PIPES))
    except (OSError, ValueError) as error:
        raise ReferenceDataError(f"spaCy model {path!r} cannot be loaded: {error}") from error
    if "ner" not in model.pipe_names:
        raise ReferenceDataError(f"spaCy model {path!r} has no 'ner' component")
    model.tokenizer.max_cache_size = 1_000_000
    return model


def find_entities(model: Any, texts: Iterable[tuple[str, str]]) -> Iterator[list[Mention]]:
    """For each (field, text) the model's entities under our labels.

    Leading white space is cut before the model sees it (it would switch off the tokeniser's
    cache) and added back to the offsets.
    """
    pairs = list(texts)
    docs = model.pipe(text.lstrip() for _, text in pairs)
    for (field, text), doc in zip(pairs, docs, strict=True):
        shift = len(text) - len(text.lstrip())
        yield [
            _mention(field, span.start_char + shift, span.end_char + shift, text, span.label_)
            for span in doc.ents
            if span.label_ in LABELS
        ]


def _mention(field: str, start: int, end: int, text: str, label: str) -> Mention:
    words = text[start:end]
    return Mention(
        field,
        start,
        end,
        words,
        LABELS[label],
        tidy_name(words),
        None,
        "statistical",
        STATISTICAL_SCORE,
    )
