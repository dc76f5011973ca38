"""First words of organisations that stand for the whole: "Velatec" beside "Velatec Mining".

Adds: nothing.
Changes: the model's mentions of such a word, into the one organisation that begins with it; not
where it may be a person ("Trump" beside "Trump Organization") or a plain word.
Drops: nothing.

What does not belong here: heads of organisations ("the Bank"; bare_organisation_heads).
"""

from collections import defaultdict
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import is_person_name
from etl.extract.mentions import Mention
from etl.extract.text.casing import is_plain


def name_first_words(article: ArticleState) -> None:
    """Put first words under the name of the whole organisation."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in article.mentions:
        if mention.label == "ORG" and " " in mention.text:
            names[mention.text.split(" ")[0]].add(mention.name)
    whole = {word: min(full) for word, full in names.items() if len(full) == 1}
    article.mentions.change(
        lambda m: (
            replace(m, label="ORG", name=whole[m.text]) if m.text in whole and _is_short(m) else m
        )
    )


def _is_short(mention: Mention) -> bool:
    if mention.method != "statistical" or mention.label == "NORP" or is_plain(mention.text):
        return False  # "Oromo" beside an "Oromo Union" is the people
    return mention.label != "PERSON" or not is_person_name(mention.text)
