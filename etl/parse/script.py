"""Scripts: telling a language switcher or a foreign menu from the text of the page.

What belongs here: which script a text is mostly written in. What does not: its language
(etl/parse/language.py).
"""

import re

# Beside the letters of ASCII, which are Latin.
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(f"[{letters}]"))
    for name, letters in (
        ("Latin", "\u00c0-\u024f\u1e00-\u1eff"),
        ("Greek", "\u0370-\u03ff"),
        ("Cyrillic", "\u0400-\u052f"),
        ("Hebrew", "\u0590-\u05ff"),
        ("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
        ("Indic", "\u0900-\u0dff"),
        ("Thai", "\u0e00-\u0eff"),
        ("East Asian", "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"),
    )
)
ASCII, ASCII_LETTER = re.compile("[\x00-\x7f]+"), re.compile("[A-Za-z]")
SAMPLE_CHARS = 4000
# Of ten letters, seven in another script make a line foreign, six may be a name in it.
FOREIGN_SHARE = 0.6


def script_shares(text: str) -> dict[str, float]:
    """The share of each script among the letters of the text's first characters."""
    sample = text[:SAMPLE_CHARS]
    beyond = "" if sample.isascii() else ASCII.sub("", sample)
    counts = {name: len(letters.findall(beyond)) for name, letters in SCRIPTS}
    counts["Latin"] += len(ASCII_LETTER.findall(sample))
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items() if count}


def main_script(text: str) -> str:
    """The script with most letters; "" for a text without letters."""
    shares = script_shares(text)
    return max(shares, key=lambda name: shares[name]) if shares else ""


def is_foreign(text: str, script: str) -> bool:
    """Whether a line is mostly in another script than ``script``, that of the page."""
    shares = script_shares(text)
    return bool(shares) and bool(script) and 1 - shares.get(script, 0.0) > FOREIGN_SHARE
