"""The check that a changed model, table or rule still reads the golden set as well as before.

What belongs here: when the extractor is scored and what a drop does. What does not: the
passages and their score (etl/extract/golden.py).
"""

import json

import dagster as dg

from assets.night.columns import table_of_rows
from assets.night.partitions import nights_of_run
from assets.night.plurals import quantity
from assets.resources import Home, PartEngine
from etl.durability import make_folder, write_durably
from etl.fingerprint import fingerprint
from etl.lake.store import Lake
from etl.lake.wholeness import read_json
from etl.night import stage_of, versioned
from etl.schema import MENTIONS
from etl.tables import site_table_names

GOLDEN_CHECK = "extraction_reads_the_golden_set"


@dg.asset_check(
    asset=MENTIONS.name,
    name=GOLDEN_CHECK,
    blocking=True,
    description="No F1 on the golden set lies below the one committed with the code.",
)
def golden_check(
    context: dg.AssetCheckExecutionContext, home: Home, part_engine: PartEngine
) -> dg.AssetCheckResult:
    """Score each version of the extraction and the set once; a drop stops the night.

    With a model or rows of tables of the user's own it only warns: the committed scores are not
    theirs.
    """
    from etl.extract.golden import committed_scores, find_drops

    committed = committed_scores()
    figures = _figures(home.lake, part_engine)
    drops = find_drops(committed, figures)
    found = f"{quantity(len(drops), 'figure')} dropped" if drops else "no figure dropped"
    context.log.info(f"golden set: {found}")
    is_own = part_engine.spacy_model or site_table_names(part_engine.site_folder)
    severity = dg.AssetCheckSeverity.WARN if is_own else None
    rows = [
        {"figure": name, "committed": committed.get(name), "now": value}
        for name, value in figures.items()
    ]
    night = " to ".join(nights_of_run(context.run))
    return dg.AssetCheckResult(
        passed=not drops,
        severity=severity or dg.AssetCheckSeverity.ERROR,
        description=f"{night}: {found}",
        metadata={
            "night": night,
            "figures": table_of_rows(rows),
            "dropped": ", ".join(drops) or "none",
        },
    )


def _figures(lake: Lake, part_engine: PartEngine) -> dict[str, float]:
    """The scores of the extraction and the set as they are now, from the lake if they are there."""
    from etl.extract import build_extractor
    from etl.extract.golden import PASSAGES, score

    spacy_model = part_engine.spacy_model
    stage = versioned(stage_of(MENTIONS.name), spacy_model, part_engine.site_folder)
    version = fingerprint(stage.version, PASSAGES.read_text("utf-8"))
    record = lake.root / "golden_scores" / f"{version}.json"
    scored: dict[str, float] | None = read_json(record)
    if scored is None:
        scored = score(build_extractor(model_path=spacy_model)).figures()
        make_folder(record.parent)
        write_durably(record, json.dumps(scored, indent=1) + "\n")
    return scored
