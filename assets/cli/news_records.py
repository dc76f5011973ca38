"""An article as other systems of newsrooms and of the web read it: ninjs and NewsArticle.

What belongs here: these two forms, made of a row of ``ARTICLES``. What does not: writing them
(export_folder.py).

A day is never told as an instant: where only the day is known, ninjs has it as a description, since
its dates are instants, and NewsArticle as a date; where only the month is, as a month.

Sources: IPTC, "ninjs 3.0"; schema.org, "NewsArticle".
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from etl.schema.views.self_description import TEXTS

Row = Mapping[str, Any]
Record = dict[str, object]

ARTICLES = """
SELECT a.article_id, a.url, a.title, a.byline, a.dateline, a.dateline_place, a.language_code,
    a.word_count, a.published_on, a.published_at, a.date_precision, a.body,
    coalesce(s.name, a.unmapped_source_name) AS outlet, s.homepage, c.countries, m.entities
FROM articles a
LEFT JOIN sources s USING (source_id)
LEFT JOIN (
    SELECT article_id, list({code: country_code, name: n.name, salience: salience,
        is_focus: is_focus} ORDER BY rank, country_code) AS countries
    FROM article_countries JOIN countries n USING (country_code)
    WHERE ingested_on = $night GROUP BY article_id
) c ON c.article_id = a.article_id
LEFT JOIN (
    SELECT article_id, list({label: label, name: name, id: entity_id} ORDER BY label, name)
        AS entities
    FROM (SELECT DISTINCT article_id, label, name, entity_id FROM mentions
          WHERE ingested_on = $night)
    GROUP BY article_id
) m ON m.article_id = a.article_id
WHERE a.ingested_on = $night ORDER BY a.published_on, a.article_id
"""
NINJS = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
MONTH = "month"


def ninjs(row: Row, *, has_bodies: bool) -> Record:
    """A ninjs object; without its body a partial one."""
    by_label = _names_by_label(row)
    return _told(
        {
            "uri": _uri(row),
            "standard": NINJS,
            "type": "text",
            "representationType": "full" if has_bodies else "partial",
            "language": row["language_code"],
            "firstCreated": _instant(row["published_at"]),
            "pubStatus": "usable",
            "usageTerms": TEXTS,
            "headlines": _text(row["title"]),
            "descriptions": [{"role": "publishedOn", "value": _day(row)}],
            "bodies": _body(row) if has_bodies else [],
            "by": row["byline"],
            "located": row["dateline_place"],
            "people": by_label("PERSON"),
            "organisations": by_label("ORG"),
            "places": by_label("PLACE"),
            "subjects": [_subject(country) for country in row["countries"] or ()],
            "infoSources": [{"name": row["outlet"]}] if row["outlet"] else [],
            "altIds": [{"role": "url", "value": row["url"]}] if row["url"] else [],
        }
    )


def _text(value: str | None, **more: object) -> list[Record]:
    return [{"role": "main", "contentType": "text/plain", **more, "value": value}] if value else []


def _body(row: Row) -> list[Record]:
    """Its characters; the words of ``word_count`` are those of title and body."""
    return _text(row["body"], charCount=len(row["body"] or ""))


def _names_by_label(row: Row) -> Callable[[str], list[Record]]:
    def named(label: str) -> list[Record]:
        return [
            {"name": entity["name"], "rel": "mentions", "literal": entity["id"]}
            for entity in row["entities"] or ()
            if entity["label"] == label
        ]

    return named


def _subject(country: Mapping[str, Any]) -> Record:
    return {
        "name": country["name"],
        "rel": "about" if country["is_focus"] else "mentions",
        "literal": country["code"],
        "relevance": round(100 * country["salience"]),
    }


def news_article(row: Row, *, has_bodies: bool) -> Record:
    """A NewsArticle in JSON-LD."""
    countries = row["countries"] or ()
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": _uri(row),
            "identifier": row["article_id"],
            "url": row["url"],
            "headline": row["title"],
            "datePublished": _instant(row["published_at"]) or _day(row),
            "inLanguage": row["language_code"],
            "creditText": row["byline"],
            "dateline": row["dateline"],
            "locationCreated": _typed("Place", row["dateline_place"]),
            "publisher": _typed(
                "NewsMediaOrganization", row["outlet"], url=_address(row["homepage"])
            ),
            "about": [_country(country) for country in countries if country["is_focus"]],
            "mentions": [
                *(_country(country) for country in countries if not country["is_focus"]),
                *_mentions(row),
            ],
            "wordCount": row["word_count"],
            "articleBody": row["body"] if has_bodies else None,
        }
    )


TYPES = {"PERSON": "Person", "ORG": "Organization", "PLACE": "Place", "NORP": "Thing"}


def _mentions(row: Row) -> Iterable[Record]:
    for entity in row["entities"] or ():
        yield {"@type": TYPES[entity["label"]], "name": entity["name"], "identifier": entity["id"]}


def _typed(kind: str, name: str | None, **more: object) -> Record | None:
    return _told({"@type": kind, "name": name, **more}) if name else None


def _country(country: Mapping[str, Any]) -> Record:
    return {"@type": "Country", "name": country["name"], "identifier": country["code"]}


def _address(domain: str | None) -> str | None:
    return f"https://{domain}" if domain else None


def _uri(row: Row) -> str:
    return f"urn:dateline:article:{row['article_id']}"


def _instant(value: datetime | None) -> str | None:
    return None if value is None else f"{value.isoformat(timespec='seconds')}Z"


def _day(row: Row) -> str:
    day: date = row["published_on"]
    return f"{day:%Y-%m}" if row["date_precision"] == MONTH else day.isoformat()


def _told(record: Mapping[str, object]) -> Record:
    """Without what is not known."""
    return {name: value for name, value in record.items() if value not in (None, [], "")}
