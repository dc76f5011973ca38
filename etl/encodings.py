"""Which of the encodings from before Unicode some bytes are in.

What belongs here: telling it from the bytes alone, and only where it is sure: two witnesses must
agree. What does not: Unicode's own encodings and what is done with the answer (etl/decode.py).

In the encodings of Latin scripts a byte is some letter in nearly all of them, so there the witness
is the language: it shows in the letters that are ASCII, and has an alphabet (alphabets.csv). Polish
with "¹" and "³" among its letters is no Windows-1252, Turkish with "ý" and "þ" neither, while
Icelandic is. For other scripts charset-normalizer compares the frequencies of letters, and the
language of what comes out must be one that is written in that encoding (encodings.csv).

Of 49 short texts in 28 languages of Latin script charset-normalizer alone read 25 right, the
alphabets 46; of 38 in other scripts it read 36 right.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.languages import likeliest_language
from etl.tables import made_of_tables, read_table, split_list

WESTERN = "cp1252"
SAMPLE_BYTES = 32_768
# A language shows in its first thousand letters or never.
LANGUAGE_CHARS = 3_000
# Of the letters beyond ASCII four of five are the language's own; names of others may stand among
# them. In "Ján Š. a Žofia" two letters tell Windows-1250 from Windows-1252, one may be a misprint.
LEAST_OWN_SHARE = 0.8
LEAST_ADVANTAGE = 2
# "Zarz¹d portu og³osi³, ¿e": where half of many such letters are none, it is not that language.
LEAST_DOUBTED = 6
MOST_FOREIGN_SHARE = 0.5
# Text in another script with the menu of its page in English has a third of such bytes; Vietnamese,
# of all languages in Latin script, has a quarter; with half of them a text is in no Latin script.
LEAST_OTHER_SHARE, MOST_LATIN_SHARE = 0.3, 0.45
# What charset-normalizer calls chaos: wrong Chinese has .15, a list in Japanese .11, a text .02.
MOST_CHAOS = 0.12
LONGEST_CHARACTER = 4
MARKS = frozenset({"Pi", "Pf", "Pd", "Ps", "Pe", "Sc", "Zs"})
SIGNS = "•…©®™°·½¼¾§¡¿×´"


@dataclass(frozen=True)
class Fit:
    """How the letters beyond ASCII of one decoding suit its language."""

    encoding: str
    language: str
    own: int
    foreign: int

    @property
    def share(self) -> float:
        return self.own / max(1, self.own + self.foreign)


def find_encoding(raw: bytes) -> str | None:
    """Python's name of the encoding that bytes beyond ASCII are surely in.

    ``cp1252`` too where nothing speaks against it, as in a text of three names; None where it
    cannot be told.
    """
    sample = raw[:SAMPLE_BYTES]
    share = _share_beyond_ascii(sample)
    if share >= LEAST_OTHER_SHARE and (found := _find_other(sample)):
        return found
    western = _fit(sample, WESTERN)
    if western.foreign < LEAST_ADVANTAGE:
        return WESTERN
    best = max((_fit(sample, name) for name in _encodings("Latin")), key=lambda fit: fit.share)
    advantage = min(best.own - western.own, western.foreign - best.foreign)
    if best.share >= LEAST_OWN_SHARE and advantage >= LEAST_ADVANTAGE:
        return best.encoding
    return None if share > MOST_LATIN_SHARE or _is_doubtful(western) else WESTERN


def _is_doubtful(fit: Fit) -> bool:
    """Whether a language that has an alphabet is not written so."""
    is_told = fit.language in _alphabets() and fit.own + fit.foreign >= LEAST_DOUBTED
    return is_told and fit.share < 1 - MOST_FOREIGN_SHARE


def decoded(raw: bytes, encoding: str) -> str:
    """The text, U+FFFD for what is broken; Vietnamese letters in one piece."""
    text = raw.decode(encoding, errors="replace")
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def _share_beyond_ascii(raw: bytes) -> float:
    beyond = len(raw.translate(None, bytes(range(128))))
    letters = sum(raw.count(letter) for letter in b"abcdefghijklmnopqrstuvwxyz")
    letters += sum(raw.count(letter) for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return beyond / max(1, beyond + letters)


# -- Latin script -----------------------------------------------------------------------------


def _fit(raw: bytes, encoding: str) -> Fit:
    text = decoded(raw, encoding)
    language, _ = likeliest_language(text[:LANGUAGE_CHARS])
    alphabet = _alphabets().get(language, frozenset())
    places = [place for place, char in enumerate(text) if ord(char) >= 128]
    own = sum(_belongs(text, place, alphabet) for place in places)
    return Fit(encoding, language, own, len(places) - own)


def _belongs(text: str, place: int, alphabet: frozenset[str]) -> bool:
    """Whether a character is a letter of the language, or a mark where marks stand."""
    char = text[place]
    if char.isalpha():
        return char.lower() in alphabet
    if unicodedata.category(char) not in MARKS and char not in SIGNS:
        return False
    is_within = text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha()
    return not is_within or char in "’–—·\u00a0"


@made_of_tables
def _alphabets() -> Mapping[str, frozenset[str]]:
    """By language its letters beyond ASCII, small ones."""
    rows = read_table("alphabets.csv").select("language", "letters").iter_rows()
    return {language: frozenset(letters) for language, letters in rows}


# -- other scripts ----------------------------------------------------------------------------


def _find_other(raw: bytes) -> str | None:
    """What charset-normalizer finds, if the language agrees.

    A file may have been cut in the middle of a character.
    """
    for cut in range(LONGEST_CHARACTER):
        if found := _agreed(raw[: len(raw) - cut]):
            return found
    return None


def _agreed(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    languages = _languages()
    found = from_bytes(raw, cp_isolation=list(languages), enable_fallback=False)
    best = found.best()
    if best is None or best.chaos > MOST_CHAOS:
        return None
    rivals = [m for m in found if (m.chaos, m.coherence) == (best.chaos, best.coherence)]
    fits = [_fit(raw, match.encoding) for match in rivals]
    likeliest = max(fits, key=lambda fit: fit.share)
    language, _ = likeliest_language(_telling(decoded(raw, likeliest.encoding)))
    known = {name.replace("-", "_"): written for name, written in languages.items()}
    # Of no bytes, and where a text says that it is UTF-8, one comes out that nobody asked for.
    return likeliest.encoding if language in known.get(likeliest.encoding, ()) else None


def _telling(text: str) -> str:
    """The lines that are not in Latin script: a menu in English says nothing of the article."""
    lines = (line for line in text.splitlines() if 2 * len(line.encode()) > 3 * len(line))
    return "\n".join(lines)[:LANGUAGE_CHARS]


@made_of_tables
def _languages() -> Mapping[str, frozenset[str]]:
    """By encoding of another script the languages that are written in it."""
    rows = read_table("encodings.csv").filter(pl.col("script") != "Latin")
    written = rows.with_columns(split_list("languages")).select("encoding", "languages")
    return {encoding: frozenset(languages) for encoding, languages in written.iter_rows()}


@made_of_tables
def _encodings(script: str) -> Sequence[str]:
    """The encodings of a script, the commonest first."""
    rows = read_table("encodings.csv").filter(pl.col("script") == script)
    return tuple(rows.sort(pl.col("rank").cast(pl.Int64))["encoding"])
