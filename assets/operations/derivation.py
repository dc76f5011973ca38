"""Some nights from the lake to the published file, within one op.

What belongs here: the order of the steps, which are those of the nightly assets, and the
events that make the assets' pages tell of them. What does not: the steps themselves
(assets/night/).
"""

import time
from collections.abc import Sequence
from datetime import date

import dagster as dg

from assets.night.all_stages import derive_all, log_materialisation
from assets.night.audit import audit_staging, check_evaluation, refuse, tell
from assets.night.figures import published_figures, staging_figures
from assets.night.published import Publication, publication_metadata, publish_staged
from assets.night.staging import make_run, stage_nights, staging_key
from assets.night.uploaded import Uploading, upload
from assets.resources import Clock, Home, PartEngine


def derive_and_publish(
    context: dg.OpExecutionContext,
    nights: Sequence[date],
    *,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> Publication:
    """Derive the nights again, stage, audit and publish them.

    The caller holds the writer's lock. Raises RefusedNight where the audit fails; the
    published file is then as it was. Raises UploadError where only the upload failed.
    """
    derive_all(context, nights, home=home, part_engine=part_engine)
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
    uploads: bool = True,
) -> Publication:
    """Stage the nights as the lake has them, audit and publish; as ``derive_and_publish``.

    ``forgotten`` are ids of withdrawn articles and deliveries, of which no byte may stay;
    ``from_lake``: nothing is taken over from the published file. Without ``uploads`` the caller
    has something to do before the upload.
    """
    started = time.perf_counter()
    run = make_run(context, part_engine, clock)
    staged = stage_nights(
        context,
        nights,
        home=home,
        part_engine=part_engine,
        run=run,
        forgotten=forgotten,
        from_lake=from_lake,
    )
    seconds = time.perf_counter() - started
    figures = staging_figures(home.warehouse.staging, staged.all_nights, seconds=seconds)
    for name, of_nights in figures.items():
        for night, metadata in of_nights.items():
            log_materialisation(context, staging_key(name), night, metadata)
    audited = audit_staging(home, clock, tell=context.log.info)
    results = audited.results
    for result in results:
        evaluation = check_evaluation(result, audited.nights, audited.page)
        context.log_event(evaluation)  # type: ignore[arg-type]  # it takes them
    tell(context, results)
    refuse(results)
    publication = publish_staged(home, part_engine, clock, log=context.log)
    context.log.info(f"published {home.warehouse.published}")
    uploading = upload(home, log=context.log) if uploads else Uploading()
    common = publication_metadata(home, publication) | uploading.metadata
    for night in publication.nights:
        metadata = published_figures(home.warehouse.published, night) | common
        log_materialisation(context, dg.AssetKey("published"), night, metadata)
    uploading.check()
    return publication
