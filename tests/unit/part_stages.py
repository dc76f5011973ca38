"""Stage functions for the tests of the part engine; worker processes import them by name."""

import os

import polars as pl

from etl.parts import REJECTED, StageFunction, Tables


def build(*, bad: str = "", fault: str = "") -> StageFunction:
    """A stage that upper-cases file names and goes wrong on the delivery ids in ``bad``."""
    wrong = set(bad.split())

    def run(batch: pl.DataFrame) -> Tables:
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
