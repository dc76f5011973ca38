"""What Great Expectations imports for nothing is imported once somebody uses it."""

import subprocess
import sys

import pytest

from expectations.deferral import UNUSED

AUDIT = """
import sys
from expectations.deferral import defer_unused
defer_unused()
import expectations.engine
"""
IS_LOADED = "print(len(vars(sys.modules[{name!r}])) > 20)"


def run(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize("name", UNUSED)
def test_the_engine_loads_none_of_them(name):
    assert run(AUDIT + IS_LOADED.format(name=name)) == ["False"]


def test_whoever_uses_one_gets_it():
    program = "from scipy import stats\nprint(stats.__name__, round(stats.norm.cdf(0), 1))\n"
    program += "import scipy.stats\nprint(scipy.stats.norm is stats.norm)\n"
    program += "from scipy.stats import norm\nimport altair\nprint(altair.Chart.__name__)\n"

    assert run(AUDIT + program) == ["scipy.stats", "0.5", "True", "Chart"]


def test_one_that_is_there_stays():
    program = (
        "import scipy.stats as before\n" + AUDIT + "print(sys.modules['scipy.stats'] is before)"
    )

    assert run(program) == ["True"]
