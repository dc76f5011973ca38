"""A claim takes a bounded amount of memory, whatever lies in the folder.

Each shape is claimed by a process of its own that may have no more than it is given; sizes and
limits are small, so that it takes seconds. At full size: ``python -m bench.faults.claim_memory``.
"""

import sys

import pytest

from bench.faults.bombs import BOMBS
from bench.faults.claim_memory import SOUND, try_out

UNPACKED_MIB = 256
SMALL = {
    "part_bytes": 4 * 2**20,
    "document_bytes": 2**20,
    "record_bytes": 4 * 2**20,
    "member_bytes": 2**30,
    "file_bytes": 2**32,
}
MOST_MIB = 176  # the shapes took 28 to 127; 256 come out of each

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux counts it"),
]


@pytest.mark.parametrize("shape", BOMBS)
def test_a_claim_of_more_than_memory_holds_takes_little_and_keeps_the_others(shape: str) -> None:
    found = try_out(shape, UNPACKED_MIB, SMALL)
    assert "error" not in found, found["error"]
    assert found["sound"] == list(SOUND)
    assert found["peak_mib"] < MOST_MIB, found
    assert found["rejected"], found
