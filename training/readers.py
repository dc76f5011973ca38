"""What config.cfg names: the data of a training run, registered with spaCy.

What belongs here: the registration. What does not: the data (corpus). Import this module before
reading the config; the shipped model does not need it.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacy.util import registry

from training.convert import read_blocks
from training.corpus import development_passages, to_example, training_reader
from training.passages import Passage
from training.templates import draw_template

DEVELOPMENT_TEMPLATES = 400


@registry.readers("dateline.training.v1")  # type: ignore[untyped-decorator]
def read_training(data: str, seed: int) -> Callable[[Any], Iterator[Any]]:
    return training_reader(Path(data), seed)


@registry.readers("dateline.development.v1")  # type: ignore[untyped-decorator]
def read_development(data: str, seed: int) -> Callable[[Any], Iterator[Any]]:
    """Held-out blocks of the corpora, and held-out sentences with held-out names."""
    passages = [*development_passages(read_blocks(Path(data))), *held_out_templates(seed)]

    def read(nlp: Any) -> Iterator[Any]:
        for passage in passages:
            yield to_example(nlp, passage)

    return read


def held_out_templates(seed: int, count: int = DEVELOPMENT_TEMPLATES) -> list[Passage]:
    rng = random.Random(seed)
    return [draw_template(rng, split="held_out") for _ in range(count)]
