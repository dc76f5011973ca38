"""The extraction stage over frames: articles in, mentions and countries out.

What belongs here: building the extractor and turning what the rules find into the lake's
tables. What does not: the rules themselves (matching, resolve, names, countries).
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.extract.article import FIELDS, find_firm_mentions, find_mentions
from etl.extract.candidates import min_scores
from etl.extract.canonical import entity_id
from etl.extract.casing import soften
from etl.extract.coreference import resolve_coreference
from etl.extract.countries import Country, rank_countries
from etl.extract.entities import Mention
from etl.extract.fusion import fuse
from etl.extract.gazetteer import Gazetteer, load_gazetteer
from etl.extract.junk import drop_junk
from etl.extract.known import add_known
from etl.extract.languages import find_local_names
from etl.extract.marks import put_marks
from etl.extract.model import chosen_model, find_entities, load_model
from etl.extract.revise import revise
from etl.extract.wording import tell_organisations
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

    def extract(self, articles: pl.DataFrame) -> Extraction:
        """Extract from a batch; each article's rows depend on that article alone.

        ``articles``: delivery_id, article_id, file_name, title, dateline, body,
        language_code, ingested_on (others are ignored), one row per delivery.
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
        articles = [{field: row[field] for field in FIELDS if row[field]} for row in rows]
        english = [is_english(row["language_code"]) for row in rows]
        modelled = self._find_modelled(itertools.compress(articles, english))
        for row, texts, known in zip(rows, articles, english, strict=True):
            if known:
                found = fuse(find_mentions(texts, self.gazetteer), next(modelled))
            else:
                language = row["language_code"]
                found = find_local_mentions(texts, self.gazetteer, language=language)
            yield resolve_coreference(self._mend(found, texts) if known else found, texts)

    def _mend(self, found: list[Mention], texts: dict[str, str]) -> list[Mention]:
        """The mentions with marks and known organisations, others told by their wording, and
        no junk."""
        known = add_known(put_marks(found, texts, self.gazetteer), texts)
        return drop_junk(tell_organisations(known, texts), texts)

    def _find_modelled(self, articles: Iterable[dict[str, str]]) -> Iterator[list[Mention]]:
        """What the model finds in each article; its batches hold texts of many articles."""
        if self.model is None:
            yield from ([] for _ in articles)
            return
        kept, read = itertools.tee(articles)
        found = find_entities(self.model, (shown for texts in read for shown in self._shown(texts)))
        for texts in kept:
            fields = itertools.islice(found, len(texts))
            yield list(revise((mention for field in fields for mention in field), texts))

    def _shown(self, texts: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        for field, text in texts.items():
            is_title = field == "title"
            softened = soften(text, texts.get("body", ""), self.gazetteer) if is_title else text
            yield field, text, softened

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


def is_english(language: str) -> bool:
    """English, or a text too short for its language to be told."""
    return language.split("-")[0].lower() in ("en", "und", "")


def find_local_mentions(
    texts: dict[str, str], gazetteer: Gazetteer, *, language: str
) -> list[Mention]:
    """Mentions of an article in another language: local country names, firm English ones."""
    local = find_local_names(texts, gazetteer, language=language)
    return fuse(local, find_firm_mentions(texts, gazetteer))


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
