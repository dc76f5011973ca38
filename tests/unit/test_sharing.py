"""Tests that two processes share out stay with the others of their module."""

import os

import pytest


@pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all of the tests"
)
def test_a_module_stays_in_one_process(request: pytest.FixtureRequest) -> None:
    """Else each process sets up what the module shares; some releases of pytest break it."""
    assert request.node.nodeid.endswith("@test_sharing.py")
