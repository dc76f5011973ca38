"""What a published file is: rows, digests, checks, versions, and what differs from the one before.

What belongs here: the manifest as a value, as the JSON beside a release and in the lake, and as
rows of the tables ``releases``, ``release_tables``, ``release_diffs`` and ``release_stories``. What
does not: how it comes about (etl/warehouse/editions.py) and where it lies (release_records.py,
run_log.py).

    {"version": "2026.03.02", "version_before": "2026.03.01", "sequence": 2,
     "published_at": "2026-03-02T02:07:13.104200", "nights": ["2026-03-02"], "digest": "5d1c…",
     "tables": {"articles": {"rows": 412, "digest": "412-37…-99…"}, …},
     "checks": {"passed": 117, "warnings": []},
     "versions": {"program": "0.1.0", "schema": "2", "code": …, "model": …, "reference": …},
     "differences": [{"table": "articles", "reason": "new data",
                      "added": 12, "removed": 0, "changed": 0}, …],
     "stories": [{"former": "6f1e…", "now": "02c4…", "articles": 2, "is_gone": true}, …]}
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from etl import schema
from etl.warehouse.digest import RowsDigest, digest_of_all

LAST = 30
"""Releases of which the file tells the rows of each table, and what differed."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Rows of a table that differ from the file before, for one reason."""

    table: str
    reason: str
    added: int
    removed: int
    changed: int

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> "Difference":
        """Of a row of ``release_diffs``."""
        counts = {name: row[f"{name}_count"] for name in ("added", "removed", "changed")}
        return cls(table=row["table_name"], reason=row["reason"], **counts)


@dataclass(frozen=True, kw_only=True)
class MovedStory:
    """Articles of a story of the file before that are in another one since.

    ``is_gone``: no story has the former id any more.
    """

    former: str
    now: str
    articles: int
    is_gone: bool


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a published file is; ``published_at`` is UTC, without a zone.

    ``version_before`` is the file that it replaced, None where there was none to compare with.
    ``versions`` are those of program, schema, code, model and reference tables.
    """

    version: str
    version_before: str | None
    sequence: int
    published_at: datetime
    nights: tuple[date, ...]
    tables: Mapping[str, RowsDigest]
    passed_count: int
    warnings: tuple[str, ...]
    versions: Mapping[str, str]
    differences: tuple[Difference, ...]
    stories: tuple[MovedStory, ...] = ()

    @property
    def row_count(self) -> int:
        return sum(rows.row_count for rows in self.tables.values())

    @property
    def digest(self) -> str:
        """As ``etl.warehouse.digest.digest`` has it of the file."""
        return digest_of_all(self.tables)

    def record(self) -> dict[str, object]:
        """What JSON takes."""
        return {
            "version": self.version,
            "version_before": self.version_before,
            "sequence": self.sequence,
            "published_at": self.published_at.isoformat(),
            "nights": [night.isoformat() for night in self.nights],
            "digest": self.digest,
            "tables": {
                name: {"rows": rows.row_count, "digest": str(rows)}
                for name, rows in self.tables.items()
            },
            "checks": {"passed": self.passed_count, "warnings": list(self.warnings)},
            "versions": dict(self.versions),
            "differences": [vars(difference) for difference in self.differences],
            "stories": [vars(story) for story in self.stories],
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> "Manifest | None":
        """Of a record; None of one that is no manifest, as those of earlier releases are."""
        if "differences" not in record:
            return None
        return cls(
            version=record["version"],
            version_before=record["version_before"],
            sequence=record["sequence"],
            published_at=datetime.fromisoformat(record["published_at"]),
            nights=tuple(map(date.fromisoformat, record["nights"])),
            tables={n: RowsDigest.read(t["digest"]) for n, t in record["tables"].items()},
            passed_count=record["checks"]["passed"],
            warnings=tuple(record["checks"]["warnings"]),
            versions=record["versions"],
            differences=tuple(Difference(**row) for row in record["differences"]),
            stories=tuple(MovedStory(**row) for row in record.get("stories", ())),
        )


def release_rows(manifests: Iterable[Manifest]) -> dict[str, pl.DataFrame]:
    """Rows of the four tables, of all but the first those of the last ``LAST``."""
    in_order = sorted(manifests, key=lambda manifest: manifest.sequence)
    last = in_order[-LAST:]
    return {
        schema.RELEASES.name: schema.RELEASES.frame(map(_release_row, in_order)),
        schema.RELEASE_TABLES.name: schema.RELEASE_TABLES.frame(_table_rows(last)),
        schema.RELEASE_DIFFS.name: schema.RELEASE_DIFFS.frame(_difference_rows(last)),
        schema.RELEASE_STORIES.name: schema.RELEASE_STORIES.frame(_story_rows(last)),
    }


def _release_row(manifest: Manifest) -> dict[str, object]:
    return {
        "version": manifest.version,
        "version_before": manifest.version_before,
        "sequence": manifest.sequence,
        "published_at": manifest.published_at,
        "row_count": manifest.row_count,
        "digest": manifest.digest,
        "passed_count": manifest.passed_count,
        "warnings": list(manifest.warnings),
        **{f"{name}_version": version for name, version in manifest.versions.items()},
    }


def _table_rows(manifests: Sequence[Manifest]) -> Iterator[dict[str, object]]:
    for manifest in manifests:
        for name, rows in manifest.tables.items():
            yield {
                "version": manifest.version,
                "table_name": name,
                "row_count": rows.row_count,
                "digest": str(rows),
            }


def _difference_rows(manifests: Sequence[Manifest]) -> Iterator[dict[str, object]]:
    for manifest in manifests:
        for difference in manifest.differences:
            yield {
                "version": manifest.version,
                "table_name": difference.table,
                "reason": difference.reason,
                **{f"{n}_count": getattr(difference, n) for n in ("added", "removed", "changed")},
            }


def _story_rows(manifests: Sequence[Manifest]) -> Iterator[dict[str, object]]:
    for manifest in manifests:
        for story in manifest.stories:
            yield {
                "version": manifest.version,
                "former_story_id": story.former,
                "story_id": story.now,
                "article_count": story.articles,
                "is_gone": story.is_gone,
            }
