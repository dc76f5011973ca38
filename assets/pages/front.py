"""The news of some nights as their page opens with it: who is named, and which stories are told.

What belongs here: reading it all from the audited file. What does not: the audit (facts.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from assets.pages.attention import Attention, read_attention
from assets.pages.stories import Story, read_stories


@dataclass(frozen=True, kw_only=True)
class Front:
    """The news of the nights, empty where they published nothing; names of countries by code."""

    attention: Attention = field(default_factory=Attention)
    stories: tuple[Story, ...] = ()
    country_names: Mapping[str, str] = field(default_factory=dict)


def read_front(path: Path, nights: Sequence[date], recent: Sequence[date] = ()) -> Front:
    """The news of ``nights`` (at least one) in the file, which is opened read-only.

    ``recent`` are the nights over which stories are followed, ascending.
    """
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute("SELECT country_code, name FROM countries").fetchall()
        return Front(
            attention=read_attention(con, nights),
            stories=read_stories(con, nights, recent),
            country_names=dict(names),
        )
