"""One Dagster check per expectation, run together on the staging file: the audit.

What belongs here: turning expectations into check specs, and results into what the UI shows
and what the gate reads. What does not: the expectations (expectations/).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import dagster as dg
import polars as pl

from assets.guard.invisible import shown
from assets.night.columns import Metadata, code_block, table_of_rows
from assets.night.expectations import EXPECTATIONS
from assets.night.plurals import quantity, span_of
from assets.night.staging import staging_key
from assets.pages.archive import link_of
from assets.pages.write import write_night_page
from assets.progress.tracking import tracked
from assets.resources import POOL, Clock, Home
from etl import schema
from etl.errors import RefusedNight
from etl.warehouse import run_log
from etl.warehouse.digest import sha256
from etl.warehouse.publish import Audit
from etl.warehouse.staging import Staged
from expectations.model import Expectation
from expectations.validate import Result, fingerprint, validate
from expectations.wording import bound_text, observed_text, plotted, verdict_line

AUDIT_TAG = "dateline/audit"
"""What the list of runs shows of each."""

_PLOTTED_AS = {
    "share": "observed_percent",
    "rise": "observed_points",
    "ratio": "observed_times",
    None: "observed_figure",
}
SEVERITIES = {
    "blocking": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
}


CONSEQUENCES = {
    "blocking": "Stops publication if it does not hold.",
    "warning": "Warns only.",
}


def described(expectation: Expectation) -> str:
    """What must hold, and what follows if it does not: the list of checks shows no severity."""
    return f"{expectation.description} {CONSEQUENCES[expectation.severity]}"


@dg.multi_asset_check(
    name="audit",
    specs=[
        dg.AssetCheckSpec(
            expectation.name,
            asset=staging_key(expectation.table),
            description=described(expectation),
            blocking=expectation.severity == "blocking",
            metadata={"suite": expectation.suite, "severity": expectation.severity},
        )
        for expectation in EXPECTATIONS
    ],
    can_subset=True,
    pool=POOL,
)
def audit(
    context: dg.AssetCheckExecutionContext, home: Home, clock: Clock
) -> Iterator[dg.AssetCheckResult]:
    """Run Great Expectations inside DuckDB, read-only, and bind the outcome to the file.

    A run of some checks only is shown, but opens no gate: the record wants the full suite.
    """
    staged = Staged.read(home.warehouse.staged_record)
    selected = {key.name for key in context.selected_asset_check_keys}
    chosen = [e for e in EXPECTATIONS if e.name in selected]
    results = _validate(home, staged, chosen, tell=context.log.info)
    page = None
    if len(chosen) == len(EXPECTATIONS):
        page = record_audit(home, staged, results, clock.now())
    tell(context, results)
    for result in results:
        yield _check_result(result, staged.all_nights, page)
    refuse(results)


def refuse(results: Sequence[Result]) -> None:
    """Raise RefusedNight, with figure and bound of each, where some that block did not hold.

    Dagster would do so by itself, of checks that block: with their names, and a stack trace.
    """
    names = set(_blocking_failures(results))
    failed = [result for result in results if result.expectation.name in names]
    if failed:
        head = f"{quantity(len(failed), 'blocking expectation')} did not hold; the published file "
        lines = [f"{each.expectation.name}: {shown(verdict_line(each))}" for each in failed]
        raise RefusedNight("\n".join((f"{head}is as it was", *lines)))


Context = dg.AssetCheckExecutionContext | dg.OpExecutionContext


def tell(context: Context, results: Sequence[Result]) -> None:
    """What did not hold, in the log with figure and bound, and by name in a tag of the run."""
    passed = sum(result.passed for result in results)
    context.log.info(f"audit: {passed} of {len(results)} expectations hold")
    for result in results:
        if not result.passed:
            is_blocking = result.expectation.severity == "blocking"
            log = context.log.error if is_blocking else context.log.warning
            log(f"{result.expectation.name}: {shown(verdict_line(result))}")
    context.instance.add_run_tags(context.run.run_id, {AUDIT_TAG: verdict_of(results)})


def verdict_of(results: Sequence[Result]) -> str:
    """'passed', 'passed, with warnings: a, b' or 'refused: c'."""
    failed = list(_blocking_failures(results))
    if failed:
        return f"refused: {', '.join(failed)}"
    warned = [result.expectation.name for result in results if not result.passed]
    return f"passed, with warnings: {', '.join(warned)}" if warned else "passed"


@dataclass(frozen=True, kw_only=True)
class AuditedFile:
    """What the full suite said of the nights of a staging file, and its page."""

    nights: tuple[date, ...]
    results: list[Result]
    page: Path


def audit_staging(home: Home, clock: Clock, *, tell: Callable[[str], None]) -> AuditedFile:
    """Run the full suite on the staging file and bind the outcome to it."""
    staged = Staged.read(home.warehouse.staged_record)
    results = _validate(home, staged, EXPECTATIONS, tell=tell)
    page = record_audit(home, staged, results, clock.now())
    return AuditedFile(nights=staged.all_nights, results=results, page=page)


def _validate(
    home: Home, staged: Staged, expectations: Sequence[Expectation], *, tell: Callable[[str], None]
) -> list[Result]:
    with tracked("audit", "expectations", total=len(expectations), tell=tell) as tracking:
        return validate(
            home.warehouse.staging,
            nights=staged.all_nights,
            expectations=expectations,
            on_checked=tracking.advance,
        )


def record_audit(
    home: Home, staged: Staged, results: Sequence[Result], audited_at: datetime
) -> Path:
    """Log the results of the full suite, write the record that the gate reads, and the page."""
    page = write_night_page(home, staged, results, audited_at)
    run_log.write_quality_results(home.lake, staged.run.run_id, _rows(staged, results))
    Audit(
        staging_sha256=sha256(home.warehouse.staging),
        suite_fingerprint=fingerprint(EXPECTATIONS),
        run_id=staged.run.run_id,
        failed=tuple(_blocking_failures(results)),
    ).write(home.warehouse.audit_record)
    return page


def check_evaluation(result: Result, nights: Sequence[date], page: Path) -> dg.AssetCheckEvaluation:
    """What the UI shows of a check that an operation made, outside of the assets' own run."""
    shown = _check_result(result, nights, page)
    return dg.AssetCheckEvaluation(
        asset_key=staging_key(result.expectation.table),
        check_name=result.expectation.name,
        passed=result.passed,
        severity=shown.severity,
        metadata=shown.metadata,
        description=shown.description,
        blocking=result.expectation.severity == "blocking",
    )


def where_page_is(page: Path) -> Metadata:
    """Its path, for people on this machine, and the link by which the UI serves it."""
    return {
        "report": dg.MetadataValue.path(page),
        "page": dg.MetadataValue.url(link_of(page)),
    }


def _rows(staged: Staged, results: Sequence[Result]) -> pl.DataFrame:
    return schema.QUALITY_RESULTS.frame(
        {
            "run_id": staged.run.run_id,
            "ingested_on": max(staged.nights),
            "suite": result.expectation.suite,
            "expectation": result.expectation.name,
            "table_name": result.expectation.table,
            "passed": result.passed,
            "severity": result.expectation.severity,
            "observed": result.error or result.observed,
            "unexpected_count": result.unexpected_count,
            "sample": json.dumps(result.sample, default=str) if result.sample else None,
        }
        for result in results
    )


def _blocking_failures(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        if result.expectation.severity == "blocking" and not result.passed:
            yield result.expectation.name


def _check_result(result: Result, nights: Sequence[date], page: Path | None) -> dg.AssetCheckResult:
    """Checks have no partitions: the night stands in the description and the metadata."""
    expectation = result.expectation
    metadata: Metadata = {
        "night": span_of(nights),
        "severity": expectation.severity,
        "unexpected_count": result.unexpected_count,
    }
    if page:
        metadata |= where_page_is(page)
    if observed := observed_text(expectation, result.observed):
        metadata["observed"] = shown(observed)
        figure = plotted(expectation, result.observed)
        if figure is not None:  # a number is plotted, a text is not
            metadata[_PLOTTED_AS[expectation.unit]] = figure
    if bound := bound_text(expectation):
        metadata["allowed"] = bound
    if result.error:
        metadata["error"] = shown(result.error)
    if result.sample:
        metadata["sample"] = table_of_rows(result.sample)
    if result.query:
        metadata["query"] = code_block("sql", result.query)
    return dg.AssetCheckResult(
        asset_key=staging_key(expectation.table),
        check_name=expectation.name,
        passed=result.passed,
        severity=SEVERITIES[expectation.severity],
        metadata=metadata,
        description=f"{span_of(nights)}: {shown(verdict_line(result))}. {expectation.description}",
    )
