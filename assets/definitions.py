"""The code location: everything put together, nothing decided."""

import dagster as dg

from assets.night.audit import audit
from assets.night.freshness import freshness_check
from assets.night.golden_check import golden_check
from assets.night.job import nightly
from assets.night.progress import progress_logger
from assets.night.published import published
from assets.night.raw_documents import raw_documents
from assets.night.stages import STAGE_ASSETS
from assets.night.staging import staging
from assets.operations.job import RESOURCES
from assets.operations.rebuild import rebuild_job
from assets.operations.refresh import refresh_job
from assets.operations.releases import releases_job, rollback_job
from assets.operations.replay import replay_job
from assets.operations.retention import retention_job
from assets.operations.withdraw import withdraw_job
from assets.resources import make_resources
from assets.settings import load_settings
from assets.watch.run_history import every_sunday, forget_old_runs
from assets.watch.schedules import every_night, every_noon
from assets.watch.sensors import (
    alert_on_failures,
    alert_on_quality,
    alert_on_staleness,
    end_abandoned_runs,
    files_have_landed,
    watch_freshness,
)

defs = dg.Definitions(
    assets=[
        raw_documents,
        *STAGE_ASSETS,
        staging,
        published,
    ],
    asset_checks=[golden_check, audit, freshness_check],
    jobs=[
        nightly,
        releases_job,
        rollback_job,
        replay_job,
        refresh_job,
        rebuild_job,
        withdraw_job,
        retention_job,
        forget_old_runs,
    ],
    schedules=[every_night, every_noon, every_sunday],
    sensors=[
        files_have_landed,
        end_abandoned_runs,
        watch_freshness,
        alert_on_failures,
        alert_on_quality,
        alert_on_staleness,
    ],
    resources={**make_resources(load_settings()), **RESOURCES},
    executor=dg.in_process_executor,  # also for what is materialised by hand in the UI
    loggers={"progress": progress_logger},
)
