"""Bare names of persons whom the article names in full: "Amina Okafor ... Okafor said".

Adds: the uses of a family name, also in capitals as a title has it, and of a given name that only
one person of the article has ("Abiy Tesfaye ... Abiy said"), where nothing overlaps them.
Changes: nothing.
Drops: nothing.

What does not belong here: the full name that such a mention goes under (person_full_names).
"""

import re
from collections import Counter

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.person_names import all_family_names, given_forms
from etl.extract.mentions import Mention
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import SENTENCE_START, is_plain
from etl.extract.text.occurrences import find_occurrences
from etl.extract.text.tokens import fold, fold_name

SURNAME_SCORE = 0.75
SHORTEST_SURNAME = 3
SHORTEST_GIVEN = 4
BESIDE_CHARS = 24
_BEFORE = re.compile(r"\b([A-Z][\w’'-]*)[ \n]$")
_GOES_ON = re.compile(r"[ \n][A-Z]")
_APOSTROPHES = str.maketrans("'’", "’'")


def add_surnames(article: ArticleState) -> None:
    """Add the bare surnames and given names as persons."""
    persons = article.mentions.full_person_names()
    family = all_family_names(persons)
    names = {n for n in family if len(n) >= SHORTEST_SURNAME and n.strip("-")[0].isalpha()}
    names = {n for n in names if n[0].isupper() or "-" in n or " " in n}
    names |= {name.upper() for name in names}
    names |= _telling_given(persons, article)
    if not names:
        return
    names |= {name.translate(_APOSTROPHES) for name in names}
    article.mentions.put(
        [
            _surname(field, start, end, text[start:end])
            for field, text in article.texts.items()
            for start, end in find_occurrences(text, names)
            if article.mentions.is_free(field, start, end)
            and not (is_plain(text[start:end]) and _is_in_run(article.fields[field], start, end))
        ]
    )


def _is_in_run(field: Field, start: int, end: int) -> bool:
    """Whether other words with a capital make a name with this one: "Trade Wallet", not "Ms Large"
    nor "Now Large said"; in a headline they tell nothing."""
    text = field.words.text
    if field.casing.is_headline:
        return False
    if _GOES_ON.match(text, end):
        return True
    before = _BEFORE.search(text, max(0, start - BESIDE_CHARS), start)
    if before is None or fold(before.group(1)) in load_rules().titles:
        return False
    return (
        SENTENCE_START.search(text, max(0, before.start() - BESIDE_CHARS), before.start()) is None
    )


def _telling_given(persons: set[str], article: ArticleState) -> set[str]:
    """The given names that one person alone has and that are neither words nor places."""
    counted = Counter(form for name in persons for form in given_forms(name))
    known = article.gazetteer.candidates
    return {
        form
        for form, count in counted.items()
        if count == 1
        and len(form) >= SHORTEST_GIVEN
        and form[0].isupper()
        and not form.isupper()
        and not any(is_plain(word) for word in form.split(" "))
        and fold_name(form) not in known
    }


def _surname(field: str, start: int, end: int, text: str) -> Mention:
    return Mention(field, start, end, text, "PERSON", text, None, "title_rule", SURNAME_SCORE)
