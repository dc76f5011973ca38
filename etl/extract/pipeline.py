"""The extraction stage over frames: articles in, mentions and countries out.

What belongs here: building the extractor, giving each article the model's spans, and turning
what the passes find into the lake's tables. What does not: the passes, and the rules they use.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.extract.article import ArticleState, read_article
from etl.extract.countries import Country, rank_countries
from etl.extract.entity_ids import entity_id
from etl.extract.gazetteer.candidates import min_scores
from etl.extract.gazetteer.dictionary import Gazetteer, load_gazetteer
from etl.extract.mentions import Mention
from etl.extract.model import chosen_model, find_entities, load_model
from etl.extract.passes import PASSES, Pass, run_passes
from etl.extract.truecasing import truecase
from etl.schema import ARTICLE_COUNTRIES, MENTIONS, QUARANTINE, lake_table

REJECTED_COLUMNS = ("delivery_id", "file_name", "stage", "rule", "detail", "ingested_on")
_LAKE_MENTIONS = lake_table(MENTIONS)
_LAKE_COUNTRIES = lake_table(ARTICLE_COUNTRIES)


@dataclass(frozen=True)
class Extraction:
    """What one batch of articles gives; each frame is sorted by delivery_id, then key.

    ``mentions`` and ``article_countries`` are the lake's forms of these tables; ``rejected``
    holds delivery_id, file_name, stage, rule, detail, ingested_on of the articles in which no
    country is named. Mentions of a rejected article are kept.
    """

    mentions: pl.DataFrame
    article_countries: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(frozen=True)
class Extractor:
    """Reference tables and, where there is one, the entity model; loaded once, used often."""

    gazetteer: Gazetteer
    model: Any
    derived_by: str
    passes: tuple[Pass, ...] = PASSES

    def extract(self, articles: pl.DataFrame) -> Extraction:
        """Extract from a batch; each article's rows depend on that article alone.

        ``articles``: delivery_id, article_id, file_name, title, dateline, body,
        language_code, ingested_on, and published_on for who held an office then (others are
        ignored), one row per delivery.
        """
        mentions: list[dict[str, object]] = []
        countries: list[dict[str, object]] = []
        rejected: list[dict[str, object]] = []
        rows = articles.sort("delivery_id").to_dicts()
        for row, found in zip(rows, self.find_mentions(rows), strict=True):
            ranked = rank_countries(found, chars=len(row["body"] or ""))
            shared = self._shared(row)
            mentions += [_mention_row(mention, shared) for mention in found]
            countries += [_country_row(c, rank, shared) for rank, c in enumerate(ranked, 1)]
            if not ranked:
                rejected.append(_rejection(row, found))
        return Extraction(
            mentions=_LAKE_MENTIONS.frame(mentions).sort(
                "delivery_id", "field", "start_char", "end_char", "label"
            ),
            article_countries=_LAKE_COUNTRIES.frame(countries).sort("delivery_id", "country_code"),
            rejected=QUARANTINE.frame(rejected).select(REJECTED_COLUMNS),
        )

    def find_mentions(self, rows: list[dict[str, Any]]) -> Iterator[list[Mention]]:
        """For each article (title, dateline, body, language_code) its mentions, in order."""
        for article in self.read(rows):
            run_passes(article, self.passes)
            yield list(article.mentions)

    def read(self, rows: Iterable[dict[str, Any]]) -> Iterator[ArticleState]:
        """The articles before any pass, with the spans that the model sees in English ones."""
        kept, shown = itertools.tee(read_article(row, self.gazetteer) for row in rows)
        if self.model is None:
            yield from kept
            return
        spans = find_entities(self.model, (text for a in shown for text in _shown(a)))
        for article in kept:
            if article.is_english:
                of_fields = itertools.islice(spans, len(article.fields))
                article.modelled = [mention for found in of_fields for mention in found]
            yield article

    def _shared(self, row: dict[str, Any]) -> dict[str, object]:
        return {
            "delivery_id": row["delivery_id"],
            "article_id": row["article_id"],
            "derived_by": self.derived_by,
            "ingested_on": row["ingested_on"],
        }


def build_extractor(*, model_path: str | None = None, derived_by: str = "") -> Extractor:
    """Load the reference tables and the entity model.

    ``model_path`` names a spaCy model (a package or a folder) for persons, organisations,
    places and groups; None takes the model that is shipped, if there is one, else the rules
    work alone. ``derived_by`` is stored with every row.

    Raises:
        ReferenceDataError: a reference table or the model cannot be loaded.
    """
    path = chosen_model(model_path)
    model = load_model(path) if path is not None else None
    return Extractor(load_gazetteer(), model, derived_by)


def _shown(article: ArticleState) -> Iterator[tuple[str, str, str]]:
    """(field, text, text as the model is shown it) of each field of an English article."""
    for field in article.fields.values() if article.is_english else ():
        text = shown = field.words.text
        if field.name == "title":
            body = article.texts.get("body", "")
            shown = truecase(field.words, field.casing, body, article.gazetteer)
        yield field.name, text, shown


def _mention_row(mention: Mention, shared: dict[str, object]) -> dict[str, object]:
    return {
        **shared,
        "field": mention.field,
        "start_char": mention.start,
        "end_char": mention.end,
        "text": mention.text,
        "label": mention.label,
        "name": mention.name,
        "entity_id": entity_id(mention.label, mention.name, mention.country_code),
        "country_code": mention.country_code,
        "method": mention.method,
        "score": mention.score,
        "place_id": mention.place_id if mention.label == "PLACE" else None,
    }


def _country_row(country: Country, rank: int, shared: dict[str, object]) -> dict[str, object]:
    best = country.best
    return {
        **shared,
        "country_code": country.country_code,
        "rank": rank,
        "score": country.score,
        "salience": country.salience,
        "mention_count": country.mention_count,
        "is_focus": country.is_focus,
        "role": country.role,
        "method": best.method,
        "evidence": best.text,
        "field": best.field,
        "start_char": best.start,
        "end_char": best.end,
    }


def _rejection(row: dict[str, Any], found: list[Mention]) -> dict[str, object]:
    doubtful = [m for m in found if m.label == "PLACE" and m.score < min_scores().get(m.method, 0)]
    detail = f"no evidence of a country in {len(row['body'] or '')} characters"
    if doubtful:
        best = max(doubtful, key=lambda m: (m.score, -m.start))
        detail += f"; strongest place is {best.text!r} ({best.method}, {best.score:.2f})"
    return {
        "delivery_id": row["delivery_id"],
        "file_name": row["file_name"],
        "stage": "extract",
        "rule": "no_country",
        "detail": detail,
        "ingested_on": row["ingested_on"],
    }
