"""Word lists of this package: sections of text files, items parted by bars.

What belongs here: reading them. What does not: what the words are for.
"""

from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=8)
def read_words(name: str) -> dict[str, tuple[str, ...]]:
    """Sections of ``words_{name}.txt``; an item may be empty ("no ending")."""
    sections: dict[str, str] = {}
    section = ""
    for line in (HERE / f"words_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            sections[section] = ""
        elif line and not line.startswith("#"):
            sections[section] += line + ("" if line.endswith("|") else "|")
    return {key: tuple(w.strip() for w in text.split("|")[:-1]) for key, text in sections.items()}
