"""The dates stage: parsed articles in, dated articles and rejections out.

What belongs here: frames. What does not: reading dates (readings.py), choosing one
(decision.py), weighing it (confidence.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from etl import schema
from etl.dates.confidence import date_confidence
from etl.dates.decision import Decision, decide
from etl.dates.delivered import read_given, read_header, read_marked
from etl.dates.later_days import reports_later_day
from etl.dates.readings import Candidate, Origin, read_dates
from etl.dates.weekday import check_weekday
from etl.errors import Rejection

_DATE_COLUMNS = (
    "published_on",
    "date_precision",
    "date_origin",
    "date_conflict",
    "published_at",
)
_DATE_SCHEMA = pl.Schema({name: schema.ARTICLES.polars_schema[name] for name in _DATE_COLUMNS})
_REJECTED = schema.lake_table(schema.QUARANTINE)


def date_articles(parsed: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give every article its publication date, or the rule that rejects it.

    Input: ``schema.PARSED_ARTICLES``, a row per document. Output, in the input's order:

    - dated: the input's columns and ``published_on``, ``date_precision``, ``date_origin``,
      ``date_conflict``, ``published_at`` (UTC, naive), ``date_confidence`` (0-1) as in
      ``schema.ARTICLES``;
    - rejected: ``schema.QUARANTINE`` as the lake has it, rules ``no_date``,
      ``invalid_date``, ``future_date``, ``date_too_early``.

    Each document is judged by itself, against its own night ``ingested_on``.
    """
    columns = parsed.select(
        *("given_published_at", "given_by", "given_fetched_at", "marked_dates"),
        "header_date",
        "stamps",
        "dateline_day",
        "language_code",
        "ingested_on",
    )
    texts = parsed.select(pl.col("language_code", "body").fill_null("")).iter_rows()
    verdicts = [
        _beside_text(_verdict(*row), *text)
        for row, text in zip(columns.iter_rows(), texts, strict=True)
    ]
    is_dated = pl.Series([isinstance(v, Decision) for v in verdicts], dtype=pl.Boolean)
    dated = parsed.filter(is_dated).hstack(_date_columns(verdicts))
    return dated.with_columns(_confidence(dated, verdicts)), _rejections(
        parsed.filter(~is_dated), verdicts
    )


def _verdict(
    given: str | None, given_by: str | None, fetched: str | None, *written: Any
) -> Decision | Rejection:
    *texts, night = written
    origin: Origin = "feed" if given_by == "feed" else "sidecar"
    candidates = _candidates(given, origin, *texts)
    return decide(candidates, night=night, fetched=_day_of(fetched))


def _beside_text(verdict: Decision | Rejection, language: str, body: str) -> Decision | Rejection:
    """A day that the text contradicts is in conflict."""
    if not isinstance(verdict, Decision) or not language.startswith("en"):
        return verdict
    is_later = reports_later_day(body, last_published_on=verdict.last_on)
    return replace(verdict, date_conflict=True) if is_later else verdict


def _day_of(fetched: str | None) -> date | None:
    """The day on which it was fetched; None where that makes no sense."""
    readings = read_given(fetched).readings if fetched else ()
    if not readings or readings[0].year is None or readings[0].day is None:
        return None
    return date(readings[0].year, readings[0].month, readings[0].day)


def _candidates(
    given: str | None,
    origin: Origin,
    marked: Sequence[str] | None,
    header: str | None,
    stamps: Sequence[str] | None,
    dateline: str | None,
    language_code: str | None,
) -> list[Candidate]:
    """All dates of one document; a blank sidecar date is none."""
    language = (language_code or "").partition("-")[0]
    found: list[Candidate] = []
    if given is not None and given.strip():
        found.append(read_given(given, origin=origin))
    if header is not None:
        found.append(read_header(header))
    found.extend(filter(None, map(read_marked, marked or ())))
    for stamp in stamps or ():
        found.extend(read_dates(stamp, origin="stamp", language=language))
    if dateline is not None:
        found.extend(read_dates(dateline, origin="dateline", language=language))
    return found


def _date_columns(verdicts: Sequence[Decision | Rejection]) -> pl.DataFrame:
    decisions = [v for v in verdicts if isinstance(v, Decision)]
    return pl.DataFrame(
        {name: [getattr(d, name) for d in decisions] for name in _DATE_COLUMNS},
        schema=_DATE_SCHEMA,
    )


def _confidence(dated: pl.DataFrame, verdicts: Sequence[Decision | Rejection]) -> pl.Series:
    """Weekdays are looked for in English, and where the day of publication is known."""
    decisions = (v for v in verdicts if isinstance(v, Decision))
    texts = dated.select(pl.col("language_code", "body").fill_null("")).iter_rows()
    values = [
        date_confidence(
            decision,
            check_weekday(body, decision.published_on)
            if language.startswith("en") and decision.date_precision == "day"
            else "none",
        )
        for decision, (language, body) in zip(decisions, texts, strict=True)
    ]
    return pl.Series("date_confidence", values, dtype=pl.Float64)


def _rejections(rows: pl.DataFrame, verdicts: Sequence[Decision | Rejection]) -> pl.DataFrame:
    rejections = [v for v in verdicts if isinstance(v, Rejection)]
    return _REJECTED.conform(
        rows.select("delivery_id", "file_name", "ingested_on").with_columns(
            pl.lit("dates").alias("stage"),
            pl.Series("rule", [r.rule for r in rejections], dtype=pl.String),
            pl.Series("detail", [r.detail for r in rejections], dtype=pl.String),
        )
    )
