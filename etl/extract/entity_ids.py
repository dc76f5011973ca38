"""What makes two wordings one entity across articles: keys and ids.

What belongs here: rules that hold for every article alike. What does not: what one article
says of its names (passes).
"""

import hashlib
import unicodedata
from functools import lru_cache

from etl.extract.text.tokens import fold_name

# Scripts whose letters folding leaves whole end before the Greek ones.
FIRST_OTHER_LETTER = "\u0370"
SHORTEST_PLURAL = 5


@lru_cache(maxsize=50_000)
def entity_id(label: str, name: str, country_code: str | None) -> str:
    """32 hex characters of SHA-256 over label and key.

    A place's key holds its country too, so London in Ontario is not London in England.
    """
    place = f"\n{country_code or ''}" if label in ("PLACE", "NORP") else ""
    whole = f"{label}\n{entity_key(label, name)}{place}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def entity_key(label: str, name: str) -> str:
    """The letters of the name that count.

    Case, accents, spaces, dots and hyphens don't ("Abdul-Rahman", "Abdul Rahman"; "U.N.",
    "UN"), nor does "the"; a group is one in singular and plural.
    """
    if any(letter >= FIRST_OTHER_LETTER and letter.isalpha() for letter in name):
        return unicodedata.normalize("NFKC", name).casefold()
    words = fold_name(name).split(" ")
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = "".join(words)
    plural = label == "NORP" and len(key) >= SHORTEST_PLURAL and key.endswith("s")
    return key[:-1] if plural and not key.endswith("ss") else key
