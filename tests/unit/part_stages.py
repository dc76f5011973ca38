"""Stages and parts for the tests of the part engines; worker processes import them by name."""

import os
import time
from datetime import date
from pathlib import Path

import polars as pl

from etl.lake.store import Lake
from etl.schema import RAW_DOCUMENTS
from etl.stage import RAW, REJECTED, Finder, Input, Stage, StageFunction, Tables

NIGHT = date(2026, 3, 1)


def make_stage(version: str = "1", **options: str) -> Stage:
    """The stage that ``build`` builds, with its options."""
    return Stage(
        name="shouting",
        builder="part_stages:build",
        reads=Input(RAW, RAW),
        main="shouted",
        rejects_as="parse",
        version=version,
        options=tuple(sorted(options.items())),
    )


def make_lake(root: Path, *, parts: int) -> Lake:
    """A night of parts with four documents each: d00, d01, …"""
    lake = Lake(root)
    batch = lake.night_folder("raw_documents", NIGHT) / "batch-0001"
    batch.mkdir(parents=True)
    for part in range(parts):
        ids = [f"d{n:02d}" for n in range(part * 4, part * 4 + 4)]
        RAW_DOCUMENTS.frame(
            {"delivery_id": i, "file_name": f"{i}.txt", "ingested_on": NIGHT} for i in ids
        ).write_parquet(batch / f"part-{part:04d}.parquet")
    return lake


def shouted(lake: Lake, table: str) -> pl.DataFrame:
    """A table of that stage, by document."""
    files = lake.table_files("shouting", NIGHT, table)
    return pl.read_parquet(files, hive_partitioning=False).sort("delivery_id")


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
