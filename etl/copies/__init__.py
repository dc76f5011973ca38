"""Copies: the same text again: edited, cut, passed on by another outlet, or corrected in place.

What belongs here: which article is a copy of which earlier one, and how; which are versions of
one article. What does not: the same text to the letter, which is the same article
(etl/identity.py), and other texts on the same event (etl/stories).
"""

from etl.copies.stage import WITHIN_DAYS, find_copies, grouped
from etl.copies.versions import ADDRESS, find_versions

__all__ = ["ADDRESS", "WITHIN_DAYS", "find_copies", "find_versions", "grouped"]
