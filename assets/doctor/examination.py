"""All of the doctor's questions, in the order in which a person would ask them."""

import os
from collections.abc import Iterator

from assets.doctor.dependencies import look_at_libraries, look_at_model, look_at_references
from assets.doctor.files import look_at_foreign_logs, look_at_locks, look_at_published
from assets.doctor.findings import Finding
from assets.doctor.lake import look_at_lake
from assets.doctor.machine import (
    look_at_clock,
    look_at_disk,
    look_at_home,
    look_at_landing,
    look_at_settings,
)
from assets.doctor.scheduler import look_at_dagster
from assets.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    """Answer every question, cheap ones first; nothing is changed."""
    yield from look_at_settings(os.environ)
    yield from look_at_home(settings)
    yield from look_at_landing(settings)
    yield from look_at_disk(settings)
    yield from look_at_clock(settings)
    yield from look_at_libraries()
    yield from look_at_lake(settings)
    yield from look_at_foreign_logs(settings)
    yield from look_at_published(settings)
    yield from look_at_locks(settings)
    yield from look_at_dagster(settings)
    yield from look_at_references(settings)
    yield from look_at_model(settings)
