"""What companies carry behind their names: "AG", "Inc.", "Holdings".

What belongs here: telling a suffix, and where it ends. What does not: what a suffix says of a
mention (passes).
"""

import re

# As companies write them: "AG" is no "ag", "Sa" is a name.
SUFFIX = (
    r"(?:AG|Plc|PLC|plc|SA|S\.A\.|NV|N\.V\.|BV|B\.V\.|AB|ASA|SE|SpA|Spa|S\.p\.A\.|KGaA|KG|GmbH|Oyj|"
    r"Oy|A/S|AS|Pte|Pty|Bhd|Berhad|Sdn|Tbk|PJSC|OJSC|JSC|Inc|Corp|Co|Cos|Ltd|Limited|LLC|LLP|LP|"
    r"Labs|Group|Holdings?|Industries|Bancorp|Technologies|Pharmaceuticals?|Electronics|Airlines|"
    r"Airways)"
)
ENDS_IN_SUFFIX = re.compile(rf"\s{SUFFIX}\.?$")
# Not before a name: "Texas AG Ken Paxton" is a man, "AB" a province.
SUFFIX_AFTER = re.compile(rf"(?:,? {SUFFIX}\b\.?)+(?! [A-Z][a-z])")
ONLY_SUFFIXES = re.compile(rf"(?:{SUFFIX}\b\.?[ ,&]*)+")
ABBREVIATED = ("Inc.", "Corp.", "Co.", "Cos.", "Ltd.", "S.A.", "N.V.", "B.V.", "S.p.A.")
# Left out of the tables of organisations.
SUFFIXES_AT_END = re.compile(
    r"(?:,? (?:Inc|Corp|Corporation|Co|Cos|Company|Ltd|Limited|Plc|PLC|plc|AG|SA|NV|N\.V|AB|SE|SpA|"
    r"ASA|Oyj|GmbH|Bhd|Berhad|LLC|LLP|Holdings?|Group|& Co)\.?)+$"
)


def suffix_end(text: str, start: int) -> int:
    """Where a company's suffix that begins at ``start`` ends; ``start`` if there is none."""
    suffix = SUFFIX_AFTER.match(text, start)
    if suffix is None:
        return start
    end = suffix.end()
    return end - 1 if text[end - 1] == "." and not text[:end].endswith(ABBREVIATED) else end


def has_suffix(name: str) -> bool:
    """Whether the name ends in a suffix: "Ruhrtal AG"."""
    return ENDS_IN_SUFFIX.search(name) is not None


def is_suffix(name: str) -> bool:
    """Whether the name consists of suffixes alone: "Co Inc"."""
    return ONLY_SUFFIXES.fullmatch(name) is not None


def without_suffixes(name: str) -> str:
    """The name without the suffixes at its end."""
    return SUFFIXES_AT_END.sub("", name)
