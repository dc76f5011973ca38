"""Some nights from the lake to the published file, within one op.

What belongs here: the order of the steps, which are those of the nightly assets, and the
events that make the assets' pages tell of them. What does not: the steps themselves
(assets/night/).
"""

import time
from collections.abc import Sequence
from datetime import date

import dagster as dg

from assets.night.audit import audit_staging, check_evaluation
from assets.night.columns import Metadata
from assets.night.derive import derive_nights, finish
from assets.night.figures import published_figures, staging_figures
from assets.night.published import Publication, publication_metadata, publish_staged
from assets.night.stages import metadata_of
from assets.night.staging import make_run, stage_nights, staging_key
from assets.resources import Clock, Home, PartEngine
from etl.night import stages


def derive_and_publish(
    context: dg.OpExecutionContext,
    nights: Sequence[date],
    *,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> Publication:
    """Derive the nights again, stage, audit and publish them.

    The caller holds the writer's lock. Raises PublishError where the audit fails; the
    published file is then as it was.
    """
    for stage in stages(part_engine.spacy_model):
        figures = derive_nights(stage, nights, home=home, part_engine=part_engine, log=context.log)
        finish(stage, home.lake, nights, log=context.log)
        for table in stage.yields:
            for night, made in figures.items():
                told = metadata_of(made, table, home.lake)
                _log_materialisation(context, dg.AssetKey(table.name), night, told)
    return stage_and_publish(context, nights, home=home, part_engine=part_engine, clock=clock)


def stage_and_publish(
    context: dg.OpExecutionContext,
    nights: Sequence[date],
    *,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
    forgotten: Sequence[str] = (),
    from_lake: bool = False,
) -> Publication:
    """Stage the nights as the lake has them, audit and publish; as ``derive_and_publish``.

    ``forgotten`` are ids of withdrawn articles and deliveries, of which no byte may stay;
    ``from_lake``: nothing is taken over from the published file.
    """
    started = time.perf_counter()
    run = make_run(context, part_engine, clock)
    staged = stage_nights(
        home, nights, run=run, log=context.log, forgotten=forgotten, from_lake=from_lake
    )
    seconds = time.perf_counter() - started
    figures = staging_figures(home.warehouse.staging, staged.all_nights, seconds=seconds)
    for name, of_nights in figures.items():
        for night, metadata in of_nights.items():
            _log_materialisation(context, staging_key(name), night, metadata)
    results, page = audit_staging(home, clock)
    for result in results:
        context.log_event(check_evaluation(result, page))  # type: ignore[arg-type]  # it takes them
    context.log.info(f"audit: {sum(r.passed for r in results)} of {len(results)} expectations hold")
    publication = publish_staged(home, part_engine, clock, log=context.log)
    common = publication_metadata(home, publication)
    for night in publication.nights:
        metadata = published_figures(home.warehouse.published, night) | common
        _log_materialisation(context, dg.AssetKey("published"), night, metadata)
    context.log.info(f"published {home.warehouse.published}")
    return publication


def _log_materialisation(
    context: dg.OpExecutionContext, key: dg.AssetKey, night: date, metadata: Metadata
) -> None:
    context.log_event(dg.AssetMaterialization(key, partition=night.isoformat(), metadata=metadata))
