"""The partition: a night, the day on which documents are claimed.

What belongs here: the partitions definition and what it means for a run. The last key is
today. Only today's night claims files; an older one derives again what it once claimed.
"""

import warnings
from datetime import date, datetime

import dagster as dg
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)

from assets.settings import Settings, load_settings


def first_night(settings: Settings) -> date:
    """Where the nights begin: as set, else with the first claim, else today."""
    if settings.first_night:
        return settings.first_night
    claimed = settings.lake.nights("raw_documents")
    return claimed[0] if claimed else datetime.now(tz=settings.zone).date()


# Dagster calls the backfill policy of an asset beta at every import; it is pinned and tested.
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`")

_SETTINGS = load_settings()

NIGHTS = dg.DailyPartitionsDefinition(
    start_date=first_night(_SETTINGS).isoformat(), timezone=_SETTINGS.timezone, end_offset=1
)

ONE_RUN = dg.BackfillPolicy.single_run()
"""A backfill is one run that goes night by night, never a run per night."""


def nights_of(context: dg.AssetExecutionContext) -> list[date]:
    """The nights that this run is asked for, ascending."""
    return sorted(date.fromisoformat(key) for key in context.partition_keys)


def nights_of_run(run: dg.DagsterRun) -> list[str]:
    """The partition of a run, or the first and last of a range."""
    names = (PARTITION_NAME_TAG, ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG)
    return sorted({run.tags[name] for name in names if name in run.tags})
