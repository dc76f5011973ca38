"""The model's spans from the first to the last word of the name itself.

Adds: nothing.
Changes: spans of the model that hold more than the name ("Velatec-led", "pro-Russian", "New York
Attorney General", "Could Harlan"), or lack the family name before it ("Kok Wei").
Drops: spans of which nothing is left.

What does not belong here: descriptions before organisations (organisation_descriptions), which
need the mentions of rules and tables too.
"""

import re
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import is_family_first
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import HYPHENS, WORD, fold
from etl.lexicon import pattern, words
from etl.tables import made_of_tables

LONGEST_TITLE = 2
# "Kok Wei": what stands behind a Chinese or Vietnamese family name.
GIVEN_SYLLABLES = 2
LONGEST_SYLLABLE = 6
_BEFORE = re.compile(r"(?:^|[\s“\"'(])([A-Z][a-z]+) $")


@made_of_tables
def _joined() -> re.Pattern[str]:
    """ "Nordbank-led", "Kenyan-born": the name stands before the hyphen."""
    behind = pattern(words("hyphenated_words", "behind"))
    return re.compile(rf"[-‐‑]{behind}\b.*", re.IGNORECASE | re.DOTALL)


@made_of_tables
def _prefix() -> re.Pattern[str]:
    """ "pro-Russian": the name stands behind the hyphen."""
    return re.compile(rf"{pattern(words('hyphenated_words', 'before'))}[-‐‑]", re.IGNORECASE)


def _inner() -> frozenset[str]:
    """Small words that stand within names."""
    return words("name_particles", "connector", "person", "span")


def cut_spans(article: ArticleState) -> None:
    """Cut every span of the model to its name."""
    cut = (_cut(mention) for mention in article.modelled)
    texts = article.texts
    article.modelled = [_with_family(m, texts[m.field]) for m in cut if m is not None]


def _with_family(mention: Mention, text: str) -> Mention:
    """ "Tan Kok Wei" of "Kok Wei": a family name that stands first and is a word too."""
    words = mention.text.split()
    is_given = len(words) == GIVEN_SYLLABLES and all(len(w) <= LONGEST_SYLLABLE for w in words)
    if mention.label != "PERSON" or not is_given:
        return mention
    before = _BEFORE.search(text, max(0, mention.start - LONGEST_SYLLABLE - 2), mention.start)
    if before is None or not is_family_first(before.group(1)):
        return mention
    start = before.start(1)
    whole = text[start : mention.end]
    return replace(mention, start=start, text=whole, name=tidy_name(whole))


def _cut(mention: Mention) -> Mention | None:
    """The mention from the first to the last word of the name itself; None if none is left."""
    start, end, words = _without_joined(mention.text)
    while len(words) > 1 and _is_opener(words[0].group()):
        words = words[1:]
        start = words[0].start()
    if mention.label == "ORG":
        kept = _without_title(words)
        if len(kept) != len(words):
            start, end = (kept[0].start(), kept[-1].end()) if kept else (start, start)
        words = kept
    inner = [i for i, w in enumerate(words) if _is_cut_at(mention, w)]
    if inner:
        start = words[inner[-1] + 1].start()
    return _slice(mention, start, end)


def _without_joined(text: str) -> tuple[int, int, list[re.Match[str]]]:
    """Half-open offsets and words without "pro-" before, "-led" and small words behind."""
    prefix, joined = _prefix().match(text), _joined().search(text)
    start = prefix.end() if prefix else 0
    end = joined.start() if joined else len(text)
    words = list(WORD.finditer(text, start, end))
    while words and _is_small(words[-1].group()) and not _ends_given_name(text, words):
        words.pop()
        end = words[-1].end() if words else start
    return start, end, words


def _ends_given_name(text: str, words: list[re.Match[str]]) -> bool:
    """ "Moon Jae-in": a syllable that is a word too, behind a family name and another."""
    if len(words) <= GIVEN_SYLLABLES or text[words[-1].start() - 1] not in HYPHENS:
        return False
    return is_family_first(words[-3].group()) and words[-2].group().istitle()


def _is_cut_at(mention: Mention, word: re.Match[str]) -> bool:
    """A small word that no name has inside, but for a syllable of a given name: "Ji-woo Kang"."""
    if mention.label == "PERSON" and mention.text[word.start() - 1] in HYPHENS:
        return False
    return _is_small(word.group()) and word.group() not in _inner()


def _is_opener(word: str) -> bool:
    """ "Could Harlan Win the Race?"; not "WHO Africa"."""
    return word.istitle() and word.lower() in words("person_words", "opener")


def _is_small(word: str) -> bool:
    return word.islower() and (word in _inner() or is_plain(word))


def _without_title(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without "Attorney General" at the end of "New York Attorney General"."""
    keys = [fold(word.group()) for word in words]
    titles, before_title = load_rules().titles, load_cues().before_title
    if len(keys) > LONGEST_TITLE and titles.issuperset(keys[:LONGEST_TITLE]):
        return words[LONGEST_TITLE:]  # "Director General" before it
    if not keys or "of" in keys or keys[-1] not in titles:
        return words
    last = len(keys) - 1
    while last > 0 and (keys[last - 1] in before_title or keys[last - 1] in titles):
        last -= 1
    return words[:last]


def _slice(mention: Mention, start: int, end: int) -> Mention | None:
    if (start, end) == (0, len(mention.text)):
        return mention
    text = mention.text[start:end].rstrip()
    if not any(letter.isalpha() for letter in text):
        return None
    first = mention.start + start
    return replace(mention, start=first, end=first + len(text), text=text, name=tidy_name(text))
