"""The dates stage: candidates from sidecar, header, stamps and dateline, and one decision.

What belongs here: everything about the day an article was published. What does not: dates
that its text speaks about.
"""

from etl.dates.articles import date_articles
from etl.dates.decision import Decision, decide
from etl.dates.readings import Candidate, Reading, read_dates, read_given, read_header

__all__ = [
    "Candidate",
    "Decision",
    "Reading",
    "date_articles",
    "decide",
    "read_dates",
    "read_given",
    "read_header",
]
