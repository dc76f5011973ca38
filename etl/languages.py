"""The detector of languages, loaded once in a process.

What belongs here: asking it. What does not: when its answer is believed, which depends on what it
is asked for (etl/parse/language.py, etl/encodings.py).
"""

from collections.abc import Collection
from functools import cache
from typing import Any


def likeliest_language(text: str) -> tuple[str, float]:
    """ISO 639 code of the likeliest of 97 languages, and how likely it is (0-1)."""
    language, score = _detector().classify(text)
    return str(language), float(score)


def likelihood(text: str, languages: Collection[str]) -> float:
    """How likely it is (0-1) that a text is in any of some languages."""
    return sum(float(score) for code, score in _detector().rank(text) if code in languages)


@cache
def _detector() -> Any:
    """Loaded at the first use: the model takes a second and 100 MB."""
    from py3langid.langid import (  # type: ignore[import-untyped]
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
