"""What an alarm says: one short JSON object.

What belongs here: the messages. What does not: when they are told (assets/watch/sensors.py).

Every message has ``source`` ('dateline'), ``event``, ``severity`` and ``text``, one line for
people, which chat tools show; those on a run have ``run_id``, ``job``, ``nights``.

A reason may name a file or quote a document, and chat tools read a line as markup: <!channel>
or @all wakes everybody, ![x](http://...) and a bare address are fetched. So ``text`` holds none
of the characters that such markup needs; the other values hold them as they are.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.night.expectations import EXPECTATIONS
from assets.night.freshness import Freshness
from assets.night.partitions import nights_of_run
from assets.watch.failures import one_line, reason_of
from etl.lake.store import Lake
from etl.warehouse import run_log
from expectations.results import Result
from expectations.wording import figure_of, verdict_line

Message = dict[str, object]

_BY_NAME = {expectation.name: expectation for expectation in EXPECTATIONS}

SHOWN_NAMES = 10
NO_WORD = "the run ended without a word"
# What chat tools read as markup, by what looks like it.
HARMLESS = str.maketrans("<>[]@`|", "‹›［］＠'¦")


def failure(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Message:
    """A run failed: its first failed step and why."""
    step, reason = _first_failure(instance, run.run_id)
    where = f" in {step}" if step else ""
    return {
        **_about(run, event="run_failed", severity="error"),
        "step": step,
        "reason": reason,
        "text": _text(f"{run.job_name}{_of_nights(run)} failed{where}: {reason}"),
    }


def _first_failure(instance: dg.DagsterInstance, run_id: str) -> tuple[str | None, str]:
    """The step and the innermost error's first line, or what ended the run from outside."""
    of_type = {dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE}
    for entry in instance.all_logs(run_id, of_type=of_type):
        event = entry.dagster_event
        if event is not None and event.is_step_failure:
            return event.step_key, reason_of(event.step_failure_data.error)
        if event is not None:
            return None, one_line(event.message or NO_WORD)
    return None, NO_WORD


def quality(lake: Lake, run: dg.DagsterRun, *, page: Path | None = None) -> Message | None:
    """What a run's audit found, and its page; None where it found nothing or there was none."""
    results = run_log.quality_results_of(lake, run.run_id)
    found = results.filter(~pl.col("passed")).sort("severity", "expectation")
    if found.is_empty():
        return None
    blocking = _names(found, "blocking")
    warnings = _names(found, "warning")
    verdict = "is not published" if blocking else "is published, with warnings"
    shown = [*blocking, *warnings][:SHOWN_NAMES]
    return {
        **_about(run, event="quality", severity="error" if blocking else "warning"),
        "blocking": blocking,
        "warnings": warnings,
        "report": str(page) if page else None,
        "observed": {
            row["expectation"]: one_line(_observed(row))
            for row in found.head(SHOWN_NAMES).iter_rows(named=True)
        },
        "text": _text(f"{run.job_name}{_of_nights(run)} {verdict}: {', '.join(shown)}"),
    }


def _observed(row: Mapping[str, Any]) -> str:
    """Of a row of ``quality_results``: figure and bound, else how many rows broke it."""
    observed, count = row["observed"], row["unexpected_count"]
    expectation = _BY_NAME.get(row["expectation"])
    if expectation is None or (observed and figure_of(observed) is None):  # an error, say
        return observed or str(count)
    return verdict_line(
        Result(expectation=expectation, passed=False, observed=observed, unexpected_count=count)
    )


def staleness(found: Freshness) -> Message:
    """The newest night that is published was due too long ago."""
    return {
        "source": "dateline",
        "event": "stale",
        "severity": "error",
        "night": found.night.isoformat(),
        "due_at": found.due_at.isoformat(timespec="seconds"),
        "hours": round(found.hours, 1),
        "text": _text(
            f"no night was published for {found.hours:.0f} hours: the newest is {found.night}, "
            f"due {found.due_at:%F %R} UTC"
        ),
    }


def _text(line: str) -> str:
    """A line for people in which no chat tool finds a link, a picture or a name to wake."""
    return f"Dateline: {line.translate(HARMLESS).replace('://', ': //')}"


def _names(found: pl.DataFrame, severity: str) -> list[str]:
    return found.filter(pl.col("severity") == severity)["expectation"].to_list()


def _about(run: dg.DagsterRun, *, event: str, severity: str) -> Message:
    return {
        "source": "dateline",
        "event": event,
        "severity": severity,
        "run_id": run.run_id,
        "job": run.job_name,
        "nights": nights_of_run(run),
    }


def _of_nights(run: dg.DagsterRun) -> str:
    nights = nights_of_run(run)
    return f" of {' to '.join(nights)}" if nights else ""
