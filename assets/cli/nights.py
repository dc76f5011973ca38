"""Nights run from the command line: the real job, in this process, on the real storage.

What belongs here: calling Dagster and reading its result. What does not: the job
(assets/night/job.py) and printing (assets/cli/summary.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import dagster as dg
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
)

from assets.cli.origin import of_code_location
from assets.definitions import defs
from assets.night.golden_check import GOLDEN_CHECK
from assets.night.job import nightly
from assets.night.partitions import NIGHTS
from assets.night.plurals import quantity
from assets.progress.bar import bar_on_terminal
from assets.resources import Clock, make_resources
from assets.settings import Settings
from assets.watch.failures import is_failed_audit, is_failed_upload, reason_of
from etl.errors import SettingsError


@dataclass(frozen=True, kw_only=True)
class NightOutcome:
    """What a run came to: checks by name, and a line per step that failed.

    ``failed_checks`` are those that stopped publication, ``warnings`` those that did not hold
    but stop nothing; ``findings`` is what each of these observed, by its name. ``is_unchanged``:
    nothing differs from the file that was published before, which stays; where nothing was even
    staged, the run is not ``is_audited``: the audit of that file stands. ``waiting_files`` of the
    landing folder are left to the next run. One that is published may have a failure all the same:
    its upload's.
    """

    run_id: str
    nights: tuple[date, ...]
    is_published: bool
    passed_checks: tuple[str, ...]
    failed_checks: tuple[str, ...]
    warnings: tuple[str, ...]
    failures: tuple[str, ...]
    findings: Mapping[str, str]
    is_unchanged: bool = False
    is_audited: bool = True
    waiting_files: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that was to be done is done."""
        return self.is_published and not self.failures


def run_night(
    settings: Settings,
    instance: dg.DagsterInstance,
    *,
    night: date | None = None,
    clock: Clock | None = None,
) -> NightOutcome:
    """Materialise one night with the job ``nightly``; default: the night of ``clock``.

    Raises SettingsError where there is no such night.
    """
    clock = clock or Clock(timezone=settings.timezone)
    chosen = night or clock.today()
    return run_nights(settings, instance, first=chosen, last=chosen, clock=clock)


def run_nights(
    settings: Settings,
    instance: dg.DagsterInstance,
    *,
    first: date,
    last: date,
    clock: Clock | None = None,
) -> NightOutcome:
    """Materialise all nights from ``first`` to ``last`` in one run, and publish once.

    The run is the one that Dagster's backfill dialog asks for: the job with a partition range.
    Raises SettingsError where there are no such nights.
    """
    nights = _nights_between(first, last)
    with of_code_location(instance, nightly.name), bar_on_terminal():
        result = defs.resolve_job_def(nightly.name).execute_in_process(
            partition_key=first.isoformat() if first == last else None,
            tags=None if first == last else _range_tags(first, last),
            instance=instance,
            raise_on_error=False,
            resources={
                **make_resources(settings),
                "clock": clock or Clock(timezone=settings.timezone),
            },
            run_config={"loggers": {"progress": {}}},
        )
    checks = result.get_asset_check_evaluations()
    materialised = {event.asset_key for event in result.get_asset_materialization_events()}
    return NightOutcome(
        run_id=result.run_id,
        nights=nights,
        is_published=_is_done(result) and dg.AssetKey("published") in materialised,
        passed_checks=tuple(check.check_name for check in checks if check.passed),
        failed_checks=tuple(_failed(checks, dg.AssetCheckSeverity.ERROR)),
        warnings=tuple(_failed(checks, dg.AssetCheckSeverity.WARN)),
        failures=tuple(_failures(result)),
        findings={check.check_name: _finding(check) for check in checks if not check.passed},
        is_unchanged=_is_unchanged(result),
        is_audited=any(check.check_name != GOLDEN_CHECK for check in checks),
        waiting_files=_waiting_files(result),
    )


def _range_tags(first: date, last: date) -> dict[str, str]:
    return {
        ASSET_PARTITION_RANGE_START_TAG: first.isoformat(),
        ASSET_PARTITION_RANGE_END_TAG: last.isoformat(),
    }


def _nights_between(first: date, last: date) -> tuple[date, ...]:
    if first > last:
        raise SettingsError(f"the first night, {first}, lies after the last, {last}")
    for night in (first, last):
        if not NIGHTS.has_partition_key(night.isoformat()):
            raise SettingsError(f"no night {night}: {_which_nights()}")
    keys = NIGHTS.get_partition_keys_in_range(
        dg.PartitionKeyRange(first.isoformat(), last.isoformat())
    )
    return tuple(map(date.fromisoformat, keys))


def _which_nights() -> str:
    begin, last = f"{NIGHTS.start:%Y-%m-%d}", NIGHTS.get_last_partition_key()
    if last is None:
        return f"DATELINE_FIRST_NIGHT={begin} is yet to come"
    return f"nights go from {begin} to {last}; DATELINE_FIRST_NIGHT sets the first"


def _failed(
    checks: Sequence[dg.AssetCheckEvaluation], severity: dg.AssetCheckSeverity
) -> Iterator[str]:
    return (c.check_name for c in checks if not c.passed and c.severity == severity)


def _finding(check: dg.AssetCheckEvaluation) -> str:
    """What the check observed and what is allowed, else how many rows break it."""
    told = {name: value.value for name, value in check.metadata.items()}
    count = told.get("unexpected_count")
    observed = told.get("error") or told.get("observed") or told.get("dropped")
    if observed and told.get("observed") and told.get("allowed"):
        return f"{observed}, {told['allowed']} allowed"
    return str(observed or (quantity(int(str(count)), "row") if count else ""))


def _is_unchanged(result: dg.ExecuteInProcessResult) -> bool:
    """As the publication has told it."""
    told = [
        event.materialization.metadata.get("changes")
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey("published")
    ]
    return any(value is not None and value.value is False for value in told)


def _waiting_files(result: dg.ExecuteInProcessResult) -> int:
    """As the claim has told it; each night of a range has the same figure."""
    found = (
        event.materialization.metadata.get("waiting_files")
        for event in result.get_asset_materialization_events()
    )
    return max((int(str(value.value)) for value in found if value), default=0)


def _is_done(result: dg.ExecuteInProcessResult) -> bool:
    """Whether nothing failed, but for the upload."""
    steps = [event for event in result.all_events if event.is_step_failure]
    return result.success or (
        bool(steps) and all(is_failed_upload(e.step_key, e.step_failure_data.error) for e in steps)
    )


def _failures(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """A line per failed step; what ended the run as a whole, where no step tells."""
    steps = [event for event in result.all_events if event.is_step_failure]
    for event in steps:
        error = event.step_failure_data.error
        if not is_failed_audit(event.step_key, error):  # its checks tell more
            yield f"{event.step_key}: {reason_of(error)}"
    if not steps:
        yield from (
            reason_of(e.job_failure_data.error) for e in result.all_events if e.is_job_failure
        )
