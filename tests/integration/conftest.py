"""One undisturbed night over the sample, shared by all tests that only read it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from night_setup import materialise, published

from assets.nightly import NightOutcome
from etl.digest import digest


@dataclass(frozen=True)
class Undisturbed:
    home: Path
    outcome: NightOutcome
    digest: str


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    home = tmp_path_factory.mktemp("undisturbed")
    outcome = materialise(home)
    assert outcome.is_published, (outcome.failures, outcome.failed_checks)
    return Undisturbed(home=home, outcome=outcome, digest=digest(published(home)))
