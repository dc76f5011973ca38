"""Files that are read again: which of their documents are known, and which they hold no more.

What belongs here: the documents that earlier claims took from the same paths, and the note of
those that a changed file no longer holds. What does not: the claim (claims.py), and what such a
note means for a document (etl/warehouse/supersession.py).
"""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from etl.lake.damage import delivery_ids
from etl.lake.store import Lake
from etl.lake.wholeness import is_whole
from etl.stage import RAW

GONE = "gone.parquet"
"""Of a claim's batch, where there are any: delivery_id and path."""

BY_PATH = pl.Schema({"delivery_id": pl.String(), "path": pl.String()})


class Rereading:
    """The documents that earlier claims took from the files of this one.

    ``seen`` are those that the files still hold.
    """

    def __init__(self, lake: Lake, paths: pl.DataFrame) -> None:
        """``paths``: those of the files that were claimed before, in another state."""
        self._lake = lake
        self._known = _known_deliveries(lake, paths)
        self._ids = set(self._known["delivery_id"])
        self._seen: set[str] = set()

    def is_known(self, delivery_id: str) -> bool:
        """Whether a document was delivered before; it is noted as still there."""
        if delivery_id not in self._ids:
            return False
        self._seen.add(delivery_id)
        return True

    def write_gone(self, batch: Path, *, left: Collection[str]) -> None:
        """Note what the files hold no more, each document once; ``left`` could not be read."""
        before = _read_gone(sorted(self._lake.root.glob(f"{RAW}/ingested_on=*/batch-*/{GONE}")))
        gone = self._known.filter(
            pl.col("path").is_not_null(),
            ~pl.col("path").is_in(list(left)),
            ~pl.col("delivery_id").is_in(self._seen),
        ).join(before, on="delivery_id", how="anti")
        if gone.height:
            gone.sort("delivery_id").write_parquet(batch / GONE)


def gone_deliveries(lake: Lake, *, since: date) -> pl.DataFrame:
    """What the claims since a night found gone: delivery_id, gone_on (the night), gone_batch."""
    found = [
        _read_gone([file]).select(
            "delivery_id",
            gone_on=pl.lit(night),
            gone_batch=pl.lit(batch_number(file.parent.name), pl.Int64),
        )
        for night in lake.nights(RAW)
        if night >= since
        for file in sorted(lake.night_folder(RAW, night).glob(f"batch-*/{GONE}"))
    ]
    empty = {"delivery_id": pl.String(), "gone_on": pl.Date(), "gone_batch": pl.Int64()}
    return pl.concat([pl.DataFrame(schema=empty), *found])


def batch_number(name: str) -> int:
    """The turn of a claim in its night: 2 of ``batch-0002``."""
    return int(name.removeprefix("batch-"))


def _read_gone(files: Sequence[Path]) -> pl.DataFrame:
    """A damaged note is passed over: what it told stays in quarantine."""
    whole = (file for file in files if is_whole(file))
    frames = (pl.read_parquet(file, hive_partitioning=False) for file in whole)
    return pl.concat([BY_PATH.to_frame(), *frames])


def _known_deliveries(lake: Lake, paths: pl.DataFrame) -> pl.DataFrame:
    """Of each document of these paths delivery_id and path; that is null in a damaged part."""
    if paths.is_empty():
        return BY_PATH.to_frame()
    parts = [part for night in lake.nights(RAW) for part in lake.raw_parts(night)]
    return pl.concat(
        pl.scan_parquet(part.path, hive_partitioning=False)
        .join(paths.lazy(), on="path", how="semi")
        .select(BY_PATH.names())
        if part.is_whole
        else pl.LazyFrame({"delivery_id": delivery_ids(lake, part), "path": None}, schema=BY_PATH)
        for part in parts
    ).collect()
