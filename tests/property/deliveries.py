"""Raw documents of one delivery each, for property tests of the stages behind the landing.

What belongs here: the frame that the decoder reads. What does not: the bytes in it.
"""

import datetime
from collections.abc import Iterable

import polars as pl

from etl.schema import RAW_DOCUMENTS

NIGHT = datetime.date(2024, 1, 19)


def raw_documents(raws: Iterable[bytes]) -> pl.DataFrame:
    """One row of ``raw_documents`` for each document, delivered as d0, d1 ... on ``NIGHT``."""
    return RAW_DOCUMENTS.frame(
        {
            "delivery_id": f"d{number}",
            "path": "a.txt",
            "size": len(raw),
            "mtime": datetime.datetime(2024, 1, 19),
            "sha256": "0",
            "file_name": "a.txt",
            "raw": raw,
            "ingested_on": NIGHT,
        }
        for number, raw in enumerate(raws)
    )
