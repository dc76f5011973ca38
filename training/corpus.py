"""The stream of training examples: open corpora and templates, changed at random.

What belongs here: how often what is mixed and changed. What does not: the changes themselves.
The stream depends on the seed alone; every pass over the data is changed anew.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import augment
from training.convert import Block, read_blocks
from training.passages import UNKNOWN, Passage, concatenate
from training.templates import draw_template


@dataclass(frozen=True)
class Rates:
    """Probabilities of each change to a passage of the corpora, and the mixture."""

    swap_people: float = 0.55
    drop_honorifics: float = 0.45
    swap_places: float = 0.3
    swap_organisations: float = 0.25
    swap_groups: float = 0.25
    curl_quotes: float = 0.5
    dashes: float = 0.2
    dateline: float = 0.2
    capitals: float = 0.03
    title_case: float = 0.05
    line_breaks: float = 0.06
    template_share: float = 0.4


def vary(passage: Passage, rng: random.Random, rates: Rates) -> Passage:
    """One passage after a random choice of changes."""
    if rng.random() < rates.swap_people:
        passage = augment.swap_people(passage, rng)
    if rng.random() < rates.drop_honorifics:
        passage = augment.drop_honorifics(passage)
    if rng.random() < rates.swap_places:
        passage = augment.swap_places(passage, rng)
    if rng.random() < rates.swap_organisations:
        passage = augment.swap_organisations(passage, rng)
    if rng.random() < rates.swap_groups:
        passage = augment.swap_groups(passage, rng)
    return dress(passage, rng, rates)


def dress(passage: Passage, rng: random.Random, rates: Rates) -> Passage:
    """Changes that leave the words alone: quotes, dashes, dateline, case, line breaks."""
    if rng.random() < rates.dashes:
        passage = augment.change_dashes(passage, rng)
    if rng.random() < rates.capitals:
        passage = augment.to_capitals(passage)
    elif rng.random() < rates.title_case:
        passage = augment.to_title_case(passage)
    elif rng.random() < rates.dateline:
        passage = augment.add_dateline(passage, rng)
    if rng.random() < rates.curl_quotes:
        passage = augment.curl_quotes(passage)
    if rng.random() < rates.line_breaks:
        passage = augment.break_lines(passage, rng)
    return passage


def group(block: Block, rng: random.Random) -> Iterator[Passage]:
    """Runs of one to five sentences, parted by a space or an empty line."""
    index = 0
    while index < len(block.sentences):
        size = rng.choice((1, 1, 2, 2, 3, 4, 5))
        separator = rng.choice((" ", " ", "\n\n", "\n"))
        yield concatenate(block.sentences[index : index + size], separator)
        index += size


def training_passages(blocks: list[Block], rng: random.Random, rates: Rates) -> Iterator[Passage]:
    """One pass: every training block once, in random order, templates in between."""
    order = [block for block in blocks if not block.is_development]
    rng.shuffle(order)
    for block in order:
        for passage in group(block, rng):
            yield vary(passage, rng, rates)
            while rng.random() < rates.template_share:
                count = rng.choice((1, 1, 2, 3))
                drawn = [draw_template(rng) for _ in range(count)]
                yield dress(concatenate(drawn, rng.choice((" ", "\n\n"))), rng, rates)


def development_passages(blocks: list[Block]) -> list[Passage]:
    """The development blocks as they are, by sentence."""
    return [p for block in blocks if block.is_development for p in block.sentences]


def to_example(nlp: Any, passage: Passage) -> Any:
    """A spaCy example; spans that no tokens match, and unknown ones, count as missing."""
    from spacy.training import Example

    doc = nlp.make_doc(passage.text)
    gold = doc.copy()
    sure, missing = [], []
    for span in passage.spans:
        exact = doc.char_span(span.start, span.end, label=span.label)
        if exact is not None and span.label != UNKNOWN:
            sure.append(gold.char_span(span.start, span.end, label=span.label))
        else:
            wide = gold.char_span(span.start, span.end, alignment_mode="expand")
            if wide is not None:
                missing.append(wide)
    taken = {token.i for span in sure for token in span}
    missing = [span for span in missing if taken.isdisjoint(range(span.start, span.end))]
    gold.set_ents(sure, missing=_disjoint(missing), default="outside")
    return Example(doc, gold)


def _disjoint(spans: list[Any]) -> list[Any]:
    from spacy.util import filter_spans

    return list(filter_spans(spans))


def training_reader(data: Path, seed: int) -> Callable[[Any], Iterator[Any]]:
    """For spaCy's loop: a function that gives the next pass at each call."""
    blocks = read_blocks(data)
    rng = random.Random(seed)

    def read(nlp: Any) -> Iterator[Any]:
        for passage in training_passages(blocks, rng, Rates()):
            yield to_example(nlp, passage)

    return read
