"""All of the doctor's questions, in the order in which a person would ask them."""

import os
from collections.abc import Iterator

from assets.doctor.cluster import examine_cluster
from assets.doctor.dependencies import (
    examine_expectations,
    examine_libraries,
    examine_model,
    examine_references,
)
from assets.doctor.files import examine_foreign_logs, examine_locks, examine_published
from assets.doctor.findings import Finding
from assets.doctor.lake import examine_lake
from assets.doctor.machine import (
    examine_clock,
    examine_disk,
    examine_home,
    examine_landing,
    examine_settings,
)
from assets.doctor.objects import examine_uploads
from assets.doctor.scheduler import examine_dagster
from assets.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    """Answer every question, cheap ones first; nothing is changed."""
    yield from examine_settings(os.environ)
    yield from examine_home(settings)
    yield from examine_landing(settings)
    yield from examine_uploads(settings)
    yield from examine_disk(settings)
    yield from examine_clock(settings)
    yield from examine_libraries()
    yield from examine_lake(settings)
    yield from examine_foreign_logs(settings)
    yield from examine_published(settings)
    yield from examine_locks(settings)
    yield from examine_dagster(settings)
    yield from examine_cluster(settings)
    yield from examine_references(settings)
    yield from examine_expectations(settings)
    yield from examine_model(settings)
