"""spaCy's greedy entity recogniser over whole batches of arrays instead of word by word.

What belongs here: the decoding of the shipped model, with the spans that spaCy's own finds. What
does not: the vectors of the words (embedding_reuse) and loading the model (model).

A transition-based recogniser decides of each word whether a name begins, goes on, ends or is whole
there, by three features: the word, the first word of the name that is open, and the word before.
Outside a name the other two are padding, so that every word's choice there is known at once; only
inside names of several words is there an order to keep. spaCy goes through all words one by one,
half of the time that the whole extraction took.

How sure the recogniser is of a name is told too, which spaCy's own decoding does not: the chance
of each choice is the softmax of its score among those of the moves that are valid there.

Source: spacy.pipeline._parser_internals.ner (moves and which of them are valid),
spacy.ml.parser_model (features, sums in this order, the first of equal scores).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

FEATURES = 3
COMPONENT = "decoded_at_once"
SCORED = "scored_entities"
"""Where ``doc.spans`` has the entities again, with their chances."""
NEVER = np.float32(-np.inf)


class TokenSpan(NamedTuple):
    """Half-open token indices into a batch, and the place of the label among the labels.

    ``chance``, 0 to 1, is the product of the chances of all choices that made the span.
    """

    start: int
    end: int
    label: int
    chance: float


class GreedyDecoder:
    """The weights of a ``spacy.TransitionBasedParser.v2`` with three features and an upper layer.

    Raises ValueError where the model is of another kind.
    """

    def __init__(self, recogniser: Any) -> None:
        model, moves = recogniser.model, recogniser.moves
        names = [moves.get_class_name(move) for move in range(moves.n_moves)]
        self.labels: list[str] = [name[2:] for name in names if name.startswith("B-")]
        _require(recogniser.cfg["beam_width"] == 1, "it searches with a beam")
        _require(model.attrs["has_upper"], "it has no upper layer")
        _require(not model.attrs["unseen_classes"], "it has moves that it never saw")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        _require(lower.get_dim("nF") == FEATURES, "its features are others")
        self._ops = model.ops
        self._project = model.get_ref("tok2vec").layers[-1]
        weights = lower.get_param("W")
        self._hidden, self._pieces = weights.shape[1:3]
        # Piece by piece, so that the largest of the pieces is found in long strides.
        self._weights = [_by_piece(feature) for feature in weights]
        self._bias = _by_piece(lower.get_param("b"))
        self._padding = [_by_piece(feature) for feature in lower.get_param("pad")[0]]
        kinds = {kind: [names.index(f"{kind}-{label}") for label in self.labels] for kind in "BILU"}
        # In the order of the moves: of equal scores spaCy takes the first.
        self._outside = np.array(sorted([*kinds["B"], *kinds["U"], names.index("O")]))
        self._kinds = np.array([names[move][0] for move in self._outside])
        self._names = np.array(
            [self.labels.index(names[m][2:]) if names[m] != "O" else -1 for m in self._outside]
        )
        self._inside, self._last = np.array(kinds["I"]), np.array(kinds["L"])
        self._upper = upper.get_param("W"), upper.get_param("b")
        _require(bool((self._inside < self._last).all()), "its moves are in another order")

    def decode(self, vectors: Floats, lengths: Sequence[int], is_space: Flags) -> list[TokenSpan]:
        """The names in a batch of texts.

        ``vectors`` are those of all words of all texts, one row each, as the layer before gives
        them; ``lengths`` the number of words of each text, in that order; a name neither begins
        with white space nor is one.
        """
        if not len(vectors):
            return []
        words = self._project.predict(vectors)
        ends = np.cumsum(np.asarray(lengths, dtype=np.intp))
        is_last = np.zeros(len(words), dtype=bool)
        is_last[ends[ends > 0] - 1] = True
        here = self._feature(0, words)
        choice, chances = self._choose_outside(here, is_last, is_space)
        kinds, labels = self._kinds[choice], self._names[choice]
        behind = self._read_on(words, here, labels, kinds == "B", lengths, chances)
        return list(_spans(kinds, labels, behind, chances))

    def _feature(self, which: int, words: Floats) -> Floats:
        found: Floats = self._ops.gemm(words, self._weights[which], trans2=True)
        return found

    def _scores(self, summed: Floats) -> Floats:
        """Of all moves, a row per state."""
        weights, bias = self._upper
        summed += self._bias
        hidden = summed.reshape(len(summed), self._pieces, self._hidden).max(axis=1)
        scores: Floats = self._ops.gemm(hidden, weights, trans2=True)
        scores += bias
        return scores

    def _choose_outside(
        self, here: Floats, is_last: Flags, is_space: Flags
    ) -> tuple[Ints, Doubles]:
        """For each word what is chosen there while no name is open, and the chance of a name's."""
        scores = self._scores(here + self._padding[1] + self._padding[2])[:, self._outside]
        scores[np.ix_(is_last, self._kinds == "B")] = NEVER
        scores[np.ix_(is_space, self._kinds != "O")] = NEVER
        best: Ints = scores.argmax(axis=1)
        chances = np.ones(len(best))
        named = np.flatnonzero(self._kinds[best] != "O")
        less = scores[named] - scores[named, best[named]][:, np.newaxis]
        chances[named] = 1 / np.exp(less.astype(np.float64)).sum(axis=1)
        return best, chances

    def _read_on(
        self,
        words: Floats,
        here: Floats,
        labels: Ints,
        begins: Flags,
        lengths: Sequence[int],
        chances: Doubles,
    ) -> Ints:
        """For each word with which a name is begun, the index behind that name; else 0.

        The chance of each choice is multiplied into that of its name. A step reads one word further
        in the open name of every text. What would begin inside a name is passed over, as it is
        never read outside one.
        """
        behind = np.zeros(len(words), dtype=np.intp)
        text_end = np.cumsum(np.asarray(lengths, dtype=np.intp))
        next_start = _next_index(begins)
        start = next_start[text_end - lengths]
        while True:
            is_open = start < text_end
            start, text_end = start[is_open], text_end[is_open]
            if not len(start):
                return behind
            at = start + 1
            pending = np.arange(len(start))
            first = self._feature(1, words[start])
            while len(pending):
                position = at[pending]
                summed = here[position] + first[pending]
                summed += self._feature(2, words[position - 1])
                scores = self._scores(summed)
                label = labels[start[pending]]
                rows = np.arange(len(pending))
                may = position + 1 < text_end[pending]
                more = scores[rows, self._inside[label]] - scores[rows, self._last[label]]
                goes_on = (more >= 0) & may
                sure = 1 / (1 + np.exp(-np.abs(more.astype(np.float64))))
                chances[start[pending]] *= np.where(may, sure, 1)
                at[pending] += 1
                pending = pending[goes_on]
            behind[start] = at
            start = next_start[at]


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(f"this model cannot be decoded at once: {otherwise}")


def _by_piece(values: Floats) -> Floats:
    """From (hidden, pieces, ...) to (pieces * hidden, ...)."""
    turned = np.ascontiguousarray(values.swapaxes(0, 1))
    return turned.reshape(-1, *turned.shape[2:])


def _next_index(flags: Flags) -> Ints:
    """For each index, and the one behind the last, the next at or behind it that is flagged.

    The number of flags and more where there is none.
    """
    count = len(flags)
    where = np.where(flags, np.arange(count), count)
    following: Ints = np.minimum.accumulate(where[::-1])[::-1]
    return np.append(following, count)


def _spans(
    kinds: npt.NDArray[np.str_], labels: Ints, behind: Ints, chances: Doubles
) -> Iterator[TokenSpan]:
    free = 0
    for index in np.flatnonzero(kinds != "O").tolist():
        if index >= free:
            free = int(behind[index]) if kinds[index] == "B" else index + 1
            yield TokenSpan(index, free, int(labels[index]), float(chances[index]))


class DecodedAtOnce:
    """A spaCy component in the place of the recogniser: sets ``ents`` of documents by batches.

    And ``doc.spans[SCORED]`` to the same spans, with their chances in ``attrs["scores"]``, as
    spaCy's span categorizer has them. The documents have their vectors (``tensor``), and neither
    sentences nor entities.
    """

    def __init__(self, decoder: GreedyDecoder) -> None:
        self._decoder = decoder

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._decoder.labels)

    def __call__(self, doc: Any) -> Any:
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Any], *, batch_size: int, **_: object) -> Iterator[Any]:
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: list[Any]) -> None:
        from spacy.tokens import Span, SpanGroup

        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        lengths = [len(doc) for doc in docs]
        spans = self._decoder.decode(
            np.concatenate([doc.tensor for doc in docs]),
            lengths,
            np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(bool),
        )
        found: list[list[Any]] = [[] for _ in docs]
        chances: list[list[float]] = [[] for _ in docs]
        starts = np.cumsum([0, *lengths])
        texts = np.searchsorted(starts, [span.start for span in spans], side="right") - 1
        for text, (start, end, label, chance) in zip(texts.tolist(), spans, strict=True):
            offset = int(starts[text])
            name = self._decoder.labels[label]
            found[text].append(Span(docs[text], start - offset, end - offset, label=name))
            chances[text].append(chance)
        for doc, entities, scores in zip(docs, found, chances, strict=True):
            doc.ents = entities
            doc.spans[SCORED] = SpanGroup(doc, spans=entities, attrs={"scores": scores})


def decode_at_once(nlp: Any) -> None:
    """Put this decoding in the place of the pipeline's recogniser.

    Raises ValueError where the recogniser is of another kind.
    """
    from spacy.language import Language

    if not Language.has_factory(COMPONENT):
        Language.factory(COMPONENT, func=_create)
    nlp.add_pipe(COMPONENT, last=True)
    nlp.remove_pipe("ner")
    nlp.rename_pipe(COMPONENT, "ner")


def _create(nlp: Any, name: str) -> DecodedAtOnce:
    return DecodedAtOnce(GreedyDecoder(nlp.get_pipe("ner")))
