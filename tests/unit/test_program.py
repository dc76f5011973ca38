"""What every process of a night sets for itself."""

import gc

import pytest

from etl.lake.parts import build_function
from etl.night import stages
from etl.program import COLLECTED


@pytest.fixture
def usual_collector():
    usual = gc.get_threshold()
    yield usual
    gc.set_threshold(*usual)


def test_whoever_derives_looks_for_garbage_seldom(usual_collector):
    gc.set_threshold(700, 10, 10)

    build_function.__wrapped__(stages(None)[0].builder, ())

    assert gc.get_threshold() == COLLECTED
