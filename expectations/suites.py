"""All expectations, in the order in which they are checked and shown.

What belongs here: the assembly. What does not: the expectations themselves, which stand in
structure.py (from the declared tables), rows.py (documents), evidence.py (what was found in
them), linked.py (what links them), counts.py (what is counted ahead), balance.py (a night as a
whole), trend.py (against earlier nights) and feeds.py (the same, feed by feed);
docs/expectations.md shows how to add one.
"""

from expectations import trend
from expectations.balance import conservation, shares
from expectations.counts import counts
from expectations.evidence import evidence
from expectations.feeds import feeds
from expectations.linked import linked
from expectations.model import Expectation, Thresholds
from expectations.rows import rows
from expectations.structure import structure

__all__ = ["EXPECTATIONS", "Expectation", "Thresholds", "make_expectations"]

DEFAULTS = Thresholds()


def make_expectations(thresholds: Thresholds = DEFAULTS) -> tuple[Expectation, ...]:
    """Every expectation, with the given thresholds."""
    return (
        *structure(),
        *rows(),
        *evidence(),
        *linked(),
        *counts(),
        *conservation(),
        *trend.volume(thresholds),
        *shares(thresholds),
        *trend.shares(thresholds),
        *trend.outlets(thresholds),
        *feeds(thresholds),
    )


EXPECTATIONS = make_expectations()
