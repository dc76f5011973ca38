"""Keeping withdrawn articles out of the nights that are being derived.

What belongs here: the step between identity and extraction that both the nightly assets and
the operations take. What does not: the withdrawal itself (assets/operations/withdraw.py).
"""

import logging
from collections.abc import Sequence
from datetime import date

import polars as pl

from etl.lake import Lake
from etl.withdrawals import read_tombstones, take_out


def keep_out(lake: Lake, nights: Sequence[date], *, log: logging.Logger) -> None:
    """Take later deliveries of withdrawn articles out. The caller holds the writer's lock."""
    if stones := read_tombstones(lake):
        taken = take_out(lake, nights, stones, identify)
        if taken.height:
            log.info(f"{taken.height} deliveries of withdrawn articles are kept out")


def identify(parsed: pl.DataFrame) -> pl.Series:
    """Article ids of parsed documents."""
    from etl.identity import article_ids

    return article_ids(parsed)
