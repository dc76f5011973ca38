"""The trained pipeline as it is shipped: small, and without a trace of where it was made.

What belongs here: what is kept, the meta data, the size limit. What does not: training.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from training.evaluate import evaluate_all
from training.passages import LABELS

HERE = Path(__file__).resolve().parent
CONFIG = HERE / "config.cfg"
VERSION = "1.0.0"
MOST_BYTES = 8_000_000
KEPT = ("README.md",)
LICENCE = (
    "Weights of this project, trained on: Groningen Meaning Bank (texts public domain, compilation "
    "ODbL), Wikigold (CC BY 4.0), CrossNER politics (MIT, text CC BY-SA), GeoNames (CC BY 4.0), "
    "Faker's name lists (MIT), and sentences written for the project. No text is in the files. "
    "See README.md beside them."
)


class ModelTooLargeError(Exception):
    """The pipeline on disk is over ``MOST_BYTES``."""


def ship(nlp: Any, folder: Path, fingerprint: str, data: Path) -> None:
    """Write the pipeline to ``folder``, evaluated, over what was there before.

    Raises:
        ModelTooLargeError: it is larger than what the project may ship.
    """
    # Scored on a copy: what a pipeline reads stays in its vocabulary.
    performance = evaluate_all(strip(nlp), data)
    bare = strip(nlp)
    bare.meta.update(
        name="news_ner",
        version=VERSION,
        description="Persons, organisations, places and groups in news from everywhere.",
        author="Dateline",
        license=LICENCE,
        data_fingerprint=fingerprint,
        performance=performance,
        sources=[],
    )
    save(bare, folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        raise ModelTooLargeError(f"{folder} has {size} bytes, more than {MOST_BYTES}")


def strip(nlp: Any) -> Any:
    """The same pipeline with an empty vocabulary and a config that names no data.

    A vocabulary remembers every string of the training (some 3 MB); the weights hash them.
    """
    import spacy
    from spacy.util import load_config

    default = load_config(Path(spacy.__file__).parent / "default_config.cfg")
    config = load_config(CONFIG).merge({})
    for section in ("paths", "corpora", "training", "initialize"):
        config[section] = default[section]
    bare = spacy.blank("en").from_config(config, auto_fill=True)
    bare.initialize(lambda: [_tiny_example(bare)])
    for name, pipe in bare.pipeline:
        weights = nlp.get_pipe(name).to_bytes(exclude=["vocab"])
        pipe.from_bytes(weights, exclude=["vocab"])  # type: ignore[attr-defined]
    return bare


def _tiny_example(nlp: Any) -> Any:
    from spacy.training import Example

    words = [f"{label.title()}Name" for label in LABELS]
    doc = nlp.make_doc(" ".join(words))
    spans = [(doc[i].idx, doc[i].idx + len(word), LABELS[i]) for i, word in enumerate(words)]
    return Example.from_dict(doc, {"entities": spans})


def save(nlp: Any, folder: Path) -> None:
    """Write to disk, keeping the hand-written files of the folder."""
    kept = {name: (folder / name).read_bytes() for name in KEPT if (folder / name).exists()}
    if folder.exists():
        shutil.rmtree(folder)
    nlp.to_disk(folder)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(
        json.dumps(meta, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
