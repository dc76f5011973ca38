"""The code location: everything put together, nothing decided."""

import dagster as dg

from assets.articles import article_sources, normalised_articles, parsed_articles
from assets.checks import audit
from assets.entities import extraction
from assets.golden import golden_check
from assets.history import every_sunday, forget_old_runs
from assets.jobs import nightly
from assets.landing import raw_documents
from assets.operations.launch import RESOURCES
from assets.operations.refresh import refresh_job
from assets.operations.releases import releases_job, rollback_job
from assets.operations.replay import replay_job
from assets.operations.retention import retention_job
from assets.operations.withdraw import withdraw_job
from assets.progress import progress_logger
from assets.resources import make_resources
from assets.schedules import every_night, every_noon
from assets.sensors import (
    end_abandoned_runs,
    files_have_landed,
    tell_failures,
    tell_quality,
    tell_staleness,
)
from assets.settings import load_settings
from assets.warehouse import published, staging

defs = dg.Definitions(
    assets=[
        raw_documents,
        parsed_articles,
        normalised_articles,
        article_sources,
        extraction,
        staging,
        published,
    ],
    asset_checks=[golden_check, audit],
    jobs=[
        nightly,
        releases_job,
        rollback_job,
        replay_job,
        refresh_job,
        withdraw_job,
        retention_job,
        forget_old_runs,
    ],
    schedules=[every_night, every_noon, every_sunday],
    sensors=[files_have_landed, end_abandoned_runs, tell_failures, tell_quality, tell_staleness],
    resources={**make_resources(load_settings()), **RESOURCES},
    executor=dg.in_process_executor,  # also for what is materialised by hand in the UI
    loggers={"progress": progress_logger},
)
