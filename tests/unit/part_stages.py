"""Stage functions for the tests of the part engine; worker processes import them by name."""

import os
import time
from pathlib import Path

import polars as pl

from etl.stage import REJECTED, Finder, StageFunction, Tables


def build(*, bad: str = "", fault: str = "", log: str = "", seconds: str = "0") -> StageFunction:
    """A stage that upper-cases file names and goes wrong on the delivery ids in ``bad``.

    It logs in which process it was given which delivery first, and takes its time.
    """
    wrong = set(bad.split())

    def run(batch: pl.DataFrame) -> Tables:
        if log and batch.height:
            with Path(log).open("a") as file:
                file.write(f"{os.getpid()} {batch['delivery_id'][0]}\n")
        time.sleep(float(seconds))
        met = wrong & set(batch["delivery_id"])
        if met and fault == "raise":
            raise ValueError(f"cannot do {sorted(met)[0]}")
        if met and fault == "die":
            os._exit(9)
        if met and fault == "lose":
            batch = batch.filter(~pl.col("delivery_id").is_in(wrong))
        if met and fault == "double":
            rejected = batch.filter(pl.col("delivery_id").is_in(wrong)).select(
                "delivery_id",
                "file_name",
                "ingested_on",
                stage=pl.lit("parse"),
                rule=pl.lit("empty"),
                detail=pl.lit(""),
            )
            return {"shouted": batch, "quarantine": REJECTED.conform(rejected)}
        shouted = batch.with_columns(pl.col("file_name").str.to_uppercase())
        return {"shouted": shouted, "quarantine": REJECTED.frame()}

    return run


def build_naming(*, table: str, version: str, log: str) -> StageFunction:
    """A stage that gives file names of a table, ``delivery_id,name`` a line, to deliveries.

    It logs which deliveries it was given. A name ``-`` makes it fail.
    """
    del version
    names = _names(Path(table).read_bytes())

    def run(batch: pl.DataFrame) -> Tables:
        with Path(log).open("a") as file:
            file.writelines(f"{name}\n" for name in batch["delivery_id"])
        given = [names.get(name, "nameless") for name in batch["delivery_id"]]
        if "-" in given:
            raise ValueError("no name")
        named = batch.with_columns(pl.Series("file_name", given, dtype=pl.String))
        letters = named.with_columns(pl.col("file_name").str.split("")).explode("file_name")
        return {"named": named, "letters": letters, "quarantine": REJECTED.frame()}

    return run


def build_renamed(earlier: bytes, present: bytes) -> Finder:
    """Finds the deliveries whose name differs."""
    first, second = _names(earlier), _names(present)
    return lambda batch: [n for n in batch["delivery_id"] if first.get(n) != second.get(n)]


def _names(table: bytes) -> dict[str, str]:
    return dict(line.split(",") for line in table.decode().split())
