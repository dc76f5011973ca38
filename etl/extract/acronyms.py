"""Acronyms and the initials of names.

What belongs here: whether letters are the initials of a name. What does not: finding acronyms
and their full names in an article (passes).
"""

from etl.extract.text.tokens import WORD

# In brackets after a place these are credits: "KYIV, Ukraine (AP)".
CREDITS = frozenset({"AP", "AFP", "ANI", "PTI", "Xinhua", "Reuters", "IANS", "TASS"})


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether the letters of ``acronym`` are the initials of ``name``: (BLA)."""
    letters = acronym.replace("-", "").replace("&", "").upper()
    return len(letters) >= 2 and letters in initials(name)


def initials(name: str) -> tuple[str, str]:
    """In capitals, the first letters of the capitalised words of a name, and of all its words."""
    words = WORD.findall(name)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return capitals.upper(), "".join(word[0] for word in words).upper()
