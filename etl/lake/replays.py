"""Quarantined documents and their second chance.

What belongs here: which documents of the lake are quarantined, by which rule and in which
part, and having those parts done again. What does not: doing them (etl/lake/parts.py) and what
became of the documents (etl/warehouse/contents.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from etl.errors import RULES, SettingsError
from etl.lake.retention import can_be_done_again
from etl.lake.rows import read_rows
from etl.lake.store import Lake, break_seal
from etl.night import NIGHT, STAGE_NAMES
from etl.stage import REJECTED

QUARANTINED = pl.Schema(
    {
        **REJECTED.polars_schema,
        "part": pl.String(),
        "folder": pl.String(),
        "is_emptied": pl.Boolean(),
    }
)


def quarantined(
    lake: Lake, nights: Iterable[date], *, rules: Sequence[str] | None = None
) -> pl.DataFrame:
    """The quarantined documents of some nights, all or by rule, as the lake has them.

    Returns the columns of ``schema.QUARANTINE`` without text and run, and: part, its name;
    folder, the stage that holds the row; is_emptied, whether what that stage reads is gone.
    Raises SettingsError for a rule that there is none of.
    """
    if unknown := sorted(set(rules or ()) - set(RULES)):
        raise SettingsError(f"no rule {unknown[0]!r}: rules are {', '.join(RULES)}")
    frames = [pl.DataFrame(schema=QUARANTINED)]
    for night in nights:
        for part in lake.raw_parts(night):
            for stage in NIGHT:
                file = lake.part_folder(stage.name, night, part.name) / "quarantine.parquet"
                if file.exists():
                    rows = read_rows([file], REJECTED).with_columns(
                        part=pl.lit(part.name),
                        folder=pl.lit(stage.name),
                        is_emptied=pl.lit(not can_be_done_again(lake, part, stage)),
                    )
                    frames.append(rows.select(QUARANTINED.names()))
    found = pl.concat(frames)
    kept = pl.col("rule").is_in(list(rules)) if rules else pl.col("rule") != "withdrawn"
    return found.filter(kept).sort("ingested_on", "delivery_id")


def do_again(lake: Lake, documents: pl.DataFrame) -> None:
    """Break the seals of the parts that hold these rows of ``quarantined``.

    From the stage that rejected the document on: the stages behind it would find their own
    seals whole and never see a document that now passes.
    """
    parts = documents.filter(~pl.col("is_emptied")).select("ingested_on", "part", "folder")
    for night, part, folder in parts.unique().sort(pl.all()).iter_rows():
        for stage in STAGE_NAMES[STAGE_NAMES.index(folder) :]:
            break_seal(lake.part_folder(stage, night, part))
