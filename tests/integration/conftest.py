"""One undisturbed night over the sample, shared by all tests that only read it."""

import pickle
from pathlib import Path

import pytest
from filelock import FileLock
from night_setup import Undisturbed, keep_scores, materialise, published

from etl.warehouse.digest import digest


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Undisturbed:
    """Made once, also where several processes of pytest share the tests among them."""
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":  # else the folder above belongs to other sessions too
        base = base.parent
    record = base / "undisturbed.pickle"
    with FileLock(base / "undisturbed.lock"):
        if not record.exists():
            record.write_bytes(pickle.dumps(_run_undisturbed(base / "undisturbed")))
    night: Undisturbed = pickle.loads(record.read_bytes())
    keep_scores(night.home)
    return night


def _run_undisturbed(home: Path) -> Undisturbed:
    outcome = materialise(home)
    assert outcome.is_published, (outcome.failures, outcome.failed_checks)
    return Undisturbed(home=home, outcome=outcome, digest=digest(published(home)))
