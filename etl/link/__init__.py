"""Bare names across articles: "Trump" of one article and "Donald Trump" of others are one person.

What belongs here: which full name the news of those days gives a bare one, and how sure that is.
What does not: names within one article, and how names are read (extraction; it comes in as
``NameRules``), and the rows of the file (etl/warehouse/entity_link_rows.py).

A link depends on the articles within ``WITHIN_DAYS`` of the one that it stands in, on nothing else.
So links are the same whatever the order in which articles arrived.
"""

from etl.link.bare_names import LINK_SCHEMA, link_bare_names
from etl.link.candidates import HOLDER_SCHEMA, WITHIN_DAYS
from etl.link.forms import NameRules

__all__ = ["HOLDER_SCHEMA", "LINK_SCHEMA", "WITHIN_DAYS", "NameRules", "link_bare_names"]
