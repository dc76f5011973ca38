"""Organisations without the description, title or honorific before their name.

Adds: nothing.
Changes: organisations with a description before the name ("Energy group Velatec"), which is cut
off; those of the model that are a person behind an honorific ("Comrade Sipho Dube").
Drops: nothing.

What does not belong here: titles behind an organisation's name (span_boundaries).
"""

import re
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.tokens import fold

DESCRIPTION = re.compile(r"(?:[A-Z][\w-]+ )?([a-z-]+) (?=[A-Z])")


def cut_descriptions(article: ArticleState) -> None:
    """Cut the name of every organisation out of what stands before it."""
    article.mentions.change(_without_description)


def _without_description(mention: Mention) -> Mention:
    if mention.label != "ORG":
        return mention
    return _honoured(mention) or _trimmed(mention)


def _honoured(mention: Mention) -> Mention | None:
    """The person of "Comrade Sipho Dube" or "U Thein Maung", which the model takes for a body."""
    words, rules = mention.text.split(" "), load_rules()
    is_title = fold(words[0]) in rules.honorifics or words[0] == "U"
    named = all(word.isalpha() and word[0].isupper() for word in words[1:])
    if mention.method != "statistical" or not is_title or not named or len(words) not in (3, 4):
        return None
    if fold(words[-1]) in rules.heads:
        return None
    text = mention.text[len(words[0]) + 1 :]
    start = mention.end - len(text)
    return replace(mention, start=start, text=text, name=text, label="PERSON")


def _trimmed(mention: Mention) -> Mention:
    """Without a description ("Energy group ..."), a title or "Opposition" before the name."""
    shift = _description_end(mention.text)
    if shift == 0:
        return mention
    words = mention.text[shift:]
    return replace(mention, start=mention.start + shift, text=words, name=tidy_name(words))


def _description_end(text: str) -> int:
    found = DESCRIPTION.match(text)
    if found and found.group(1) in load_cues().before:
        return found.end()
    start, words = 0, text.split(" ")
    while len(words) > 2 and _is_description(words):
        taken = 2 if words[:2] == ["Director", "General"] and len(words) > 3 else 1
        start += sum(len(word) + 1 for word in words[:taken])
        words = words[taken:]
    return start


def _is_description(words: list[str]) -> bool:
    """Whether the first word is no part of the name: "Director General Inter-Services ..."."""
    key, following = fold(words[0]), words[1]
    rules, cues = load_rules(), load_cues()
    if not following[:1].isupper():
        return False
    is_title = key in rules.titles and key not in rules.honorifics and key not in cues.titles
    return key in cues.descriptions or is_title
