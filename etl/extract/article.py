"""One article on its way through the passes: its texts, their words, and what is known so far.

What belongs here: the state that the passes share. What does not: what any pass does with it
(passes), frames (pipeline) and the model (model).
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.matching import Match
from etl.extract.mentions import Mention
from etl.extract.names.field_view import Name
from etl.extract.places.context import Context
from etl.extract.places.sites import Site
from etl.extract.spans import Spans
from etl.extract.text.casing import Casing, read_casing
from etl.extract.text.tokens import Words, split_words

FIELDS = ("title", "dateline", "body")


@dataclass(slots=True)
class Field:
    """One field with what the passes have found in it.

    ``credits`` are the agencies' marks, ``matches`` the names of the gazetteer outside these,
    ``names`` the persons and organisations by rule; ``sites`` are the matches that may mean a
    place, ``things`` the folded names of places that a storm or a ship bears here, ``degrees`` the
    positions of the words that are degrees behind a person's name.
    """

    name: str
    words: Words
    casing: Casing
    credits: list[Match] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    things: frozenset[str] = frozenset()
    degrees: frozenset[int] = frozenset()


@dataclass(slots=True)
class ArticleState:
    """What is known of one article; every pass reads it and changes its own part of it.

    ``texts`` holds the fields that have text, and ``fields`` each of these with its words, cut
    once. ``published_on`` is its day, where that is known: who held which office then.
    ``modelled`` are the spans of the entity model, given from outside since the model reads
    batches of many articles. ``acronyms`` are those that the article spells out, each with its
    organisation, ``thing_acronyms`` those of laws, plans, measures. ``mentions`` is what the
    article yields in the end.
    """

    texts: dict[str, str]
    language: str
    gazetteer: Gazetteer
    published_on: dt.date | None = None
    modelled: list[Mention] = field(default_factory=list)
    is_english: bool = field(init=False)
    fields: dict[str, Field] = field(init=False)
    context: Context | None = field(init=False, default=None)
    acronyms: list[tuple[str, Mention]] = field(init=False, default_factory=list)
    thing_acronyms: set[str] = field(init=False, default_factory=set)
    mentions: Spans = field(init=False, default_factory=Spans)

    def __post_init__(self) -> None:
        self.is_english = _is_english(self.language)
        self.fields = {name: _cut_field(name, text) for name, text in self.texts.items()}

    def sites(self) -> list[Site]:
        """The sites of all fields, in order."""
        return [site for field in self.fields.values() for site in field.sites]


def read_article(row: dict[str, Any], gazetteer: Gazetteer) -> ArticleState:
    """The article of a row with title, dateline, body (each may be None) and language_code, and
    published_on where it has one."""
    texts = {name: row[name] for name in FIELDS if row[name]}
    return ArticleState(texts, row["language_code"], gazetteer, row.get("published_on"))


def _is_english(language: str) -> bool:
    """English, or a text too short for its language to be told."""
    return language.split("-")[0].lower() in ("en", "und", "")


def _cut_field(name: str, text: str) -> Field:
    words = split_words(text)
    return Field(name, words, read_casing(words))
