"""The code location: everything put together, nothing decided."""

import dagster as dg

from assets.articles import normalised_articles, parsed_articles
from assets.checks import audit
from assets.entities import extraction
from assets.jobs import nightly
from assets.landing import raw_documents
from assets.operations.launch import RESOURCES
from assets.operations.refresh import refresh_job
from assets.operations.releases import releases_job, rollback_job
from assets.operations.replay import replay_job
from assets.operations.withdraw import withdraw_job
from assets.progress import progress_logger
from assets.resources import make_resources
from assets.schedules import every_night
from assets.settings import load_settings
from assets.warehouse import published, staging

defs = dg.Definitions(
    assets=[
        raw_documents,
        parsed_articles,
        normalised_articles,
        extraction,
        staging,
        published,
    ],
    asset_checks=[audit],
    jobs=[nightly, releases_job, rollback_job, replay_job, refresh_job, withdraw_job],
    schedules=[every_night],
    resources={**make_resources(load_settings()), **RESOURCES},
    loggers={"progress": progress_logger},
)
