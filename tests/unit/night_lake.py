"""A hand-made lake for tests of the warehouse: nights of tiny documents, already derived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from etl import schema
from etl.lake.store import Lake
from etl.stage import REJECTED
from etl.warehouse.night_rows import Run

RUN = Run(
    run_id="run-1",
    started_at=datetime(2026, 3, 1, 2),
    code_version="c",
    model_version="none",
    reference_version="r",
)
REFERENCES = {
    "countries": schema.COUNTRIES.frame(
        [
            {
                "country_code": "KE",
                "alpha_3": "KEN",
                "numeric_code": "404",
                "name": "Kenya",
                "official_name": "Republic of Kenya",
                "demonyms": ["Kenyan"],
                "languages": ["en", "sw"],
            }
        ]
    ),
    "places": schema.PLACES.frame(
        [
            {
                "place_id": "184745",
                "name": "Nairobi",
                "kind": "capital",
                "country_code": "KE",
                "latitude": -1.28,
                "longitude": 36.82,
            }
        ]
    ),
    "sources": schema.SOURCES.frame(
        [
            {
                **{"source_id": "kna", "name": "Kenya News Agency", "kind": "agency"},
                **{"aliases": [], "domains": [], "verified_by": []},
            }
        ]
    ),
}


def logged_runs(nights: Iterable[date], *, delivered: int = 0) -> pl.DataFrame:
    """The log of one run that published these nights (``schema.RUNS``)."""
    counts = {c.name: 0 for c in schema.RUNS.columns if c.type == "BIGINT"}
    counts["delivered_count"] = delivered
    versions = {name: "v" for name in schema.RUNS.column_names if name.endswith("_version")}
    at = {"started_at": datetime(2026, 3, 1, 2), "finished_at": datetime(2026, 3, 1, 3)}
    rows = ({"run_id": "logged", "ingested_on": night, **at} for night in nights)
    return schema.RUNS.frame({**counts, **versions, **row} for row in rows)


DERIVATIONS = schema.lake_table(schema.DERIVATIONS)


@dataclass(frozen=True)
class Doc:
    """One delivered document: its id, its text (the same text is one article), its fate.

    ``is_rejected`` names no country; ``is_unattributed`` made the sources stage fail.
    """

    delivery_id: str
    text: str
    is_rejected: bool = False
    is_unattributed: bool = False
    url: str | None = None


def write_night(lake: Lake, night: date, documents: Iterable[Doc], *, batch: int = 1) -> None:
    """Lay a claim of a night into the lake as its stages would have left it."""
    part = f"batch-{batch:04d}.part-0000"
    docs = sorted(documents, key=lambda doc: doc.delivery_id)
    kept = [doc for doc in docs if not doc.is_rejected]
    rejected = [doc for doc in docs if doc.is_rejected]
    claimed = lake.night_folder("raw_documents", night) / f"batch-{batch:04d}"
    claimed.mkdir(parents=True, exist_ok=True)
    schema.RAW_DOCUMENTS.frame(_raw(doc, night) for doc in docs).write_parquet(
        claimed / "part-0000.parquet"
    )
    tables = {
        ("articles", schema.LAKE_ARTICLES): [_article(doc, night) for doc in docs],
        ("articles", schema.lake_table(schema.DATE_MENTIONS)): [
            _date_mention(doc, night) for doc in kept
        ],
        ("sources", schema.ATTRIBUTIONS): [
            _attribution(doc, night) for doc in docs if not doc.is_unattributed
        ],
        ("sources", schema.lake_table(schema.ARTICLE_SOURCES)): [],
        ("extraction", schema.lake_table(schema.MENTIONS)): [_mention(doc, night) for doc in kept],
        ("extraction", schema.lake_table(schema.ARTICLE_COUNTRIES)): [
            _country(doc, night) for doc in kept
        ],
        **{
            (stage, DERIVATIONS): [_derivation(doc, night, stage) for doc in docs]
            for stage in ("articles", "sources", "extraction")
        },
    }
    for (stage, table), rows in tables.items():
        _write(lake.part_folder(stage, night, part), table.name, table.frame(rows))
    for stage in ("parsed_articles", "articles"):
        _write(lake.part_folder(stage, night, part), "quarantine", REJECTED.frame())
    failed = [_rejection(doc, night, "sources") for doc in docs if doc.is_unattributed]
    _write(lake.part_folder("sources", night, part), "quarantine", REJECTED.frame(failed))
    no_country = [_rejection(doc, night, "extract") for doc in rejected]
    _write(lake.part_folder("extraction", night, part), "quarantine", REJECTED.frame(no_country))


def _write(folder: Path, table: str, frame: pl.DataFrame) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(folder / f"{table}.parquet")


def _raw(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "path": f"{doc.delivery_id}.txt",
        "size": len(doc.text),
        "mtime": datetime(2026, 2, 1),
        "sha256": doc.text,
        "file_name": f"{doc.delivery_id}.txt",
        "raw": doc.text.encode(),
        "given_url": doc.url,
        "ingested_on": night,
    }


def _article(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "article_id": f"article of {doc.text}",
        "file_name": f"{doc.delivery_id}.txt",
        "published_on": date(2026, 2, 1),
        "date_precision": "day",
        "date_origin": "header",
        "date_conflict": False,
        "date_confidence": 0.95,
        "dateline": "NAIROBI",
        "body": f"Kenya: {doc.text}",
        "language_code": "en",
        "word_count": 2,
        "ingested_on": night,
    }


def _date_mention(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "article_id": f"article of {doc.text}",
        "field": "body",
        "start_char": 0,
        "end_char": 5,
        "text": "Kenya",
        "starts_on": date(2026, 2, 1),
        "ends_on": date(2026, 2, 1),
        "precision": "day",
        "method": "relative",
        "derived_by": "test",
        "ingested_on": night,
    }


def _derivation(doc: Doc, night: date, stage: str) -> dict[str, object]:
    names = {"articles": "dates", "sources": "sources", "extraction": "extract"}
    return {
        "delivery_id": doc.delivery_id,
        "derived_by": "test" if stage == "extraction" else f"test of {stage}",
        "stage": names[stage],
        "code_version": "c1",
        "ingested_on": night,
    }


def _attribution(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "unmapped_source_name": "Lakeside Post",
        "unmapped_source_origin": "credit",
        "ingested_on": night,
    }


def _mention(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "article_id": f"article of {doc.text}",
        "field": "dateline",
        "start_char": 0,
        "end_char": 7,
        "text": "NAIROBI",
        "label": "PLACE",
        "name": "Nairobi",
        "entity_id": "nairobi",
        "country_code": "KE",
        "place_id": "184745",
        "method": "capital",
        "score": 0.9,
        "derived_by": "test",
        "ingested_on": night,
    }


def _country(doc: Doc, night: date) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "article_id": f"article of {doc.text}",
        "country_code": "KE",
        "rank": 1,
        "score": 1.0,
        "salience": 1.0,
        "mention_count": 1,
        "is_focus": True,
        "role": "dateline",
        "method": "capital",
        "evidence": "NAIROBI",
        "field": "dateline",
        "start_char": 0,
        "end_char": 7,
        "derived_by": "test",
        "ingested_on": night,
    }


def _rejection(doc: Doc, night: date, stage: str) -> dict[str, object]:
    return {
        "delivery_id": doc.delivery_id,
        "file_name": f"{doc.delivery_id}.txt",
        "stage": stage,
        "rule": "no_country" if stage == "extract" else "processing_failed",
        "detail": "none named",
        "ingested_on": night,
    }
