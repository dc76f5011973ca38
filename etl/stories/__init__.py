"""Stories: the coverage of one event across articles, however it is worded.

What belongs here: what two articles have in common, how far that makes them one story, and the
grouping of articles into stories. What does not: copies of one text (etl/copies), versions of an
article at one address (etl/versions), and finding names and days in texts (extraction, dates).

How alike two articles are depends on these two alone, and which story an article joins on the
articles before it by (published_on, article_id). So stories are the same whatever the order in
which articles arrived.
"""

from etl.stories.candidates import FAR_DAYS, NEAR_DAYS, affected, compared_with
from etl.stories.evidence import link_rows
from etl.stories.grouping import MEMBERS, Grouping, group
from etl.stories.likeness import load_likeness
from etl.stories.portrait import LEAD_CHARS, Portrait, portraits
from etl.stories.traces import Trace, traces

__all__ = [
    "FAR_DAYS",
    "LEAD_CHARS",
    "MEMBERS",
    "NEAR_DAYS",
    "Grouping",
    "Portrait",
    "Trace",
    "affected",
    "compared_with",
    "group",
    "link_rows",
    "load_likeness",
    "portraits",
    "traces",
]
