"""Train the entity model: ``python -m training.train DATA [--output FOLDER]``.

What belongs here: the run and the shipping of its result. What does not: data and scores.
The seed is in config.cfg. One machine, one thread: the same weights; other BLAS, other CPU: the
last bits of the sums differ, and after some steps the weights.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from etl.extract.model import SHIPPED_MODEL
from training.fingerprint import data_fingerprint
from training.package import ship

CONFIG = Path(__file__).resolve().parent / "config.cfg"


def train(data: Path, work: Path, *, steps: int | None = None) -> Any:
    """Train under ``work`` and load the best of its evaluations, with averaged weights."""
    import spacy
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run
    from spacy.util import load_config

    import training.readers  # noqa: F401 - registers what the config names

    config = load_config(CONFIG, overrides={"paths.data": str(data)})
    if steps is not None:
        config["training"]["max_steps"] = steps
    work.mkdir(parents=True, exist_ok=True)
    run(init_nlp(config), work, stdout=sys.stdout, stderr=sys.stderr)
    return spacy.load(work / "model-best")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the open corpora")
    parser.add_argument("--output", type=Path, default=SHIPPED_MODEL)
    parser.add_argument("--steps", type=int, default=None, help="instead of config.cfg's")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        nlp = train(options.data, Path(work), steps=options.steps)
        ship(nlp, options.output, data_fingerprint(options.data), options.data)


if __name__ == "__main__":
    main()
