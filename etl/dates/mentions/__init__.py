"""Dates that an article speaks about: found in title and body, resolved to days and periods.

What belongs here: what "on Thursday", "two days after" and "last month" mean beside a day of
publication. What does not: the day of publication itself (the rest of etl/dates).
"""

from etl.dates.mentions.frames import find_date_mentions

__all__ = ["find_date_mentions"]
