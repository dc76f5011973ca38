"""The expectations that the audit and the gate of this deployment hold a night to.

What belongs here: the one value that both read. What does not: putting it together (thresholds.py).
"""

from assets.night.thresholds import expectations_of
from assets.settings import load_settings

EXPECTATIONS = expectations_of(load_settings())
