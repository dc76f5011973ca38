"""Dates: the day an article was published, and the days that its text speaks about.

What belongs here: candidates from sidecar, header, stamps and dateline, one decision and how
far to trust it; and, in ``mentions``, dates of the running text. What does not: finding stamps
and datelines on a page (etl/parse).
"""

from etl.dates.articles import date_articles
from etl.dates.decision import Decision, decide
from etl.dates.delivered import read_given, read_header
from etl.dates.mentions import find_date_mentions
from etl.dates.readings import Candidate, Reading, read_dates

__all__ = [
    "Candidate",
    "Decision",
    "Reading",
    "date_articles",
    "decide",
    "find_date_mentions",
    "read_dates",
    "read_given",
    "read_header",
]
