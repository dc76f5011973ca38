"""The shipped entity model: its size, its meta data, what it finds, no trace of a machine."""

import json
import re
from typing import Any

import pytest

from etl.extract.model import SHIPPED_MODEL
from training.package import MOST_BYTES
from training.passages import LABELS

MACHINE_PATH = re.compile(r"(?<![\w/])/(?:work|tmp|home|root|Users|mnt)/|[A-Z]:\\\\")


@pytest.fixture(scope="module")
def model() -> Any:
    from etl.extract.model import load_model

    return load_model(str(SHIPPED_MODEL))


def spans(model: Any, text: str) -> set[tuple[str, str]]:
    return {(span.text, span.label_) for span in model(text).ents}


def test_it_is_small_enough_to_ship() -> None:
    assert sum(p.stat().st_size for p in SHIPPED_MODEL.rglob("*") if p.is_file()) <= MOST_BYTES


def test_meta_tells_version_data_licence_and_scores() -> None:
    meta = json.loads((SHIPPED_MODEL / "meta.json").read_text(encoding="utf-8"))
    assert meta["version"] and len(meta["data_fingerprint"]) == 64
    assert "ODbL" in meta["license"]
    assert {"world_news", "world_news_blind", "en_pud"} <= set(meta["performance"])


@pytest.mark.parametrize("name", ["config.cfg", "meta.json", "vocab/strings.json", "tokenizer"])
def test_no_machine_path_is_left(name: str) -> None:
    content = (SHIPPED_MODEL / name).read_bytes().decode("utf-8", errors="replace")
    assert not MACHINE_PATH.search(content)


def test_vocabulary_remembers_no_training_text() -> None:
    strings = json.loads((SHIPPED_MODEL / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert "Baghdad" not in strings and len(strings) < 2_000


def test_labels_are_ours(model: Any) -> None:
    assert set(model.get_pipe("ner").labels) == set(LABELS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "LUSAKA, May 4 (Reuters) - Zambian lawmaker Mutale Chisanga met Ivo Brankov in Sofia.",
            {
                ("LUSAKA", "PLACE"),
                ("Reuters", "ORG"),
                ("Zambian", "NORP"),
                ("Mutale Chisanga", "PERSON"),
                ("Ivo Brankov", "PERSON"),
                ("Sofia", "PLACE"),
            },
        ),
        (
            "Foreign Minister Aigul Sartbaeva told the Ministry of Health that Mr Brankov left.",
            {
                ("Aigul Sartbaeva", "PERSON"),
                ("Ministry of Health", "ORG"),
                ("Brankov", "PERSON"),
            },
        ),
    ],
)
def test_it_finds_names_from_everywhere(
    model: Any, text: str, wanted: set[tuple[str, str]]
) -> None:
    assert wanted <= spans(model, text)
