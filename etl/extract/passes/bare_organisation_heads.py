"""Heads of organisations that stand alone: "the Bank", "the Ministry", "Congress".

Adds: nothing.
Changes: such a head, into the organisation of the nearest fuller name before it, else after it.
Drops: heads for which the article has no fuller name, but for a country's institutions; heads
that are a word of a title ("Chief Cabinet Secretary").

What does not belong here: first words ("Velatec"; organisation_first_words).
"""

from collections import defaultdict
from collections.abc import Set
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.mentions import Mention
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.spans import Spans
from etl.extract.text.tokens import Words, fold, fold_name
from etl.tables import made_of_tables


@made_of_tables
def _heads() -> frozenset[str]:
    return load_rules().heads | load_cues().bare | load_cues().institutions


def name_bare_heads(article: ArticleState) -> None:
    """Put bare heads under a fuller name, or drop them."""
    heads = _heads()
    bare = [mention for mention in article.mentions if _is_bare(mention, heads)]
    if not bare:
        return
    fuller = _fuller(article.mentions, heads)
    named = {id(m): _named(m, fuller, article.fields[m.field].words) for m in bare}
    article.mentions.drop(lambda mention: named.get(id(mention), mention) is None)
    article.mentions.change(lambda mention: named.get(id(mention)) or mention)


def _named(mention: Mention, fuller: dict[str, list[Mention]], words: Words) -> Mention | None:
    """The bare head under its full name; None where it is no name by itself."""
    head = fold(mention.text)
    if _is_title(mention, words):
        return None
    meant = _nearest(mention, fuller.get(head, []))
    if meant is not None:
        return replace(mention, label="ORG", name=meant.name)
    return replace(mention, label="ORG") if head in load_cues().institutions else None


def _is_bare(mention: Mention, heads: Set[str]) -> bool:
    found_by_form = mention.method in ("statistical", "organisation")
    key = fold(mention.text)
    if not found_by_form or mention.country_code is not None or key not in heads:
        return False
    is_word = mention.label == "ORG" and mention.text[1:].islower()
    return is_word or key in load_cues().institutions


def _fuller(mentions: Spans, heads: Set[str]) -> dict[str, list[Mention]]:
    """By head, the organisations that end in it or begin with it before "of" and "for"."""
    fuller: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        words = fold_name(mention.name).split(" ")
        if mention.label != "ORG" or len(words) < 2:
            continue
        opens = words[0] if words[1] in ("of", "for") else ""
        for head in {words[-1], opens} & heads:
            fuller[head].append(mention)
    return fuller


def _nearest(mention: Mention, fuller: list[Mention]) -> Mention | None:
    """The last one before the mention; the title comes after the body here, and counts last."""
    before = [m for m in fuller if m.field == mention.field and m.start < mention.start]
    if before:
        return max(before, key=lambda m: m.start)
    return min(fuller, key=lambda m: (m.field != mention.field, m.start), default=None)


def _is_title(mention: Mention, words: Words) -> bool:
    """ "Chief Cabinet Secretary": a word of a title."""
    after = words.index_at(mention.end)
    if after == len(words) or words.text[mention.end : mention.end + 1] != " ":
        return False
    return words.words[after][0].isupper() and words.keys[after] in load_rules().titles
