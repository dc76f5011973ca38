"""Settings of all tests: read when the code location is imported, so set before that.

No test reads the settings of the person who runs it.
"""

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from etl.extract import Extractor
    from etl.extract.gazetteer.dictionary import Gazetteer

for name in [name for name in os.environ if name.startswith(("DATELINE_", "DAGSTER_", "AWS_"))]:
    if name != "DATELINE_CORPUS":
        del os.environ[name]
os.environ["DATELINE_FIRST_NIGHT"] = "2026-01-01"

# A machine that has other work is slow now and then: no fault of what is tested, nor of its inputs.
settings.register_profile(
    "dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("dateline")

SHARED_OUT = ("test_killed_nights.py", "test_nights.py")
"""Long modules whose tests share nothing but the session's fixtures: any process may take each."""

SLOW_LIMIT = 900
"""Seconds for a slow test and what it sets up, on a loaded machine, too."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Binary values are named after their argument, not by their content.

    Two processes compare the names of their tests, and an archive holds the time.
    """
    return argname if isinstance(val, bytes) and b"\0" in val else None


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in this hook, too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where processes share the tests (make test), a module's tests stay in one process.

    They share what the module sets up, and are in order.
    """
    for item in items:
        if item.path.name not in SHARED_OUT:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_LIMIT))


@pytest.fixture(scope="session")
def extractor() -> "Extractor":
    """Loaded once per process: it takes seconds, and no test changes it."""
    from article_states import shipped_extractor

    return shipped_extractor()


@pytest.fixture(scope="session")
def gazetteer(extractor: "Extractor") -> "Gazetteer":
    return extractor.gazetteer
