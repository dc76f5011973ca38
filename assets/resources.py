"""What the assets work with: one resource per external thing.

What belongs here: the home folder, the landing folder, the part engine and the clock. What
does not: settings' names and defaults (assets/settings.py).
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
from pydantic import PrivateAttr

from assets.settings import Settings
from etl.lake.engines import Engine, EngineName
from etl.lake.engines.inline import Inline
from etl.lake.engines.processes import Processes
from etl.lake.store import Lake
from etl.landing.limits import Limits
from etl.landing.scan import Scan, scan
from etl.locks import at_work
from etl.night import stages
from etl.objects.addresses import is_address, read_address
from etl.stage import Stage
from etl.warehouse.releases import Warehouse

POOL = "warehouse"
"""Dagster's pool of every step that writes below the home."""


class Home(dg.ConfigurableResource[None]):
    """The folder that holds lake and warehouse; ``publish_to`` is where releases are uploaded."""

    path: str
    keep_releases: int
    lock_wait_seconds: float
    keep_report_days: int = 365
    publish_to: str | None = None

    @contextmanager
    def yield_for_execution(  # type: ignore[override]  # a resource that is its own value
        self, context: dg.InitResourceContext
    ) -> Generator["Home", None, None]:
        """A run holds the home until its end; a schedule or sensor only looks."""
        if context.run is None:
            yield self
        else:
            wait = self.lock_wait_seconds
            with at_work(self.running, context.run.run_id, wait_seconds=wait):
                yield self

    @property
    def running(self) -> Path:
        return Path(self.path) / "running"

    @property
    def lake(self) -> Lake:
        return Lake(Path(self.path) / "lake")

    @property
    def reports(self) -> Path:
        return Path(self.path) / "reports"

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(Path(self.path) / "warehouse")


LIMITS = tuple(field.name for field in fields(Limits))
"""Of what may be read at a time; each is a setting and a field of ``Landing``."""


class Landing(dg.ConfigurableResource[None]):
    """The folder, or the address, at which raw files land; ``site_tables`` as in ``PartEngine``.

    ``feed_pattern``: a regular expression whose group ``feed`` names a path's feed.
    """

    path: str
    site_tables: str | None = None
    feed_pattern: str | None = None
    settle_seconds: float
    part_documents: int
    part_bytes: int
    document_bytes: int
    record_bytes: int
    member_bytes: int
    file_bytes: int
    packing_ratio: int

    @property
    def site_folder(self) -> Path | None:
        return Path(self.site_tables) if self.site_tables else None

    def scan(self, *, now: datetime) -> Scan:
        """What lies there.

        Raises LandingError where it cannot be listed, SettingsError where nothing lets us in.
        """
        if is_address(self.path):
            from assets.guard.object_access import open_store  # here: most land in a folder
            from etl.landing.bucket import scan_bucket

            return scan_bucket(open_store(read_address(self.path), setting="DATELINE_RAW"))
        return scan(Path(self.path), now=now, settle_seconds=self.settle_seconds)

    @property
    def limits(self) -> Limits:
        return Limits(**{name: getattr(self, name) for name in LIMITS})


class PartEngine(dg.ConfigurableResource[None]):
    """How stages are mapped over parts, and the entity model they load.

    ``dask_address`` is that of a scheduler, ``cluster_folder`` where its workers see of a run.

    ``catch_up_documents``: how many of older nights a night derives again, at most.
    ``site_tables``: the folder of the site's own rows, laid over the shipped tables.
    """

    workers: int
    spacy_model: str | None = None
    catch_up_documents: int = 20_000
    site_tables: str | None = None
    engine_name: EngineName = "processes"
    dask_address: str | None = None
    cluster_folder: str | None = None
    _engine: Engine | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(  # type: ignore[override]  # a resource that is its own value
        self, context: dg.InitResourceContext
    ) -> Generator["PartEngine", None, None]:
        """Workers are kept from step to step, and let go with the run."""
        del context
        try:
            yield self
        finally:
            self.close()

    @property
    def engine(self) -> Engine:
        """Who does parts; its workers are there from the first part on."""
        self._engine = self._engine or self._make_engine()
        return self._engine

    def _make_engine(self) -> Engine:
        if self.engine_name != "dask":
            alone = self.engine_name == "inline" or self.workers == 1
            return Inline() if alone else Processes(self.workers)
        from etl.lake.engines.cluster import Cluster  # late: an extra, which need not be there

        return Cluster(
            address=self.dask_address,
            workers=self.workers,
            folder=Path(self.cluster_folder or "cluster"),
            spacy_model=self.spacy_model,
            site_tables=self.site_folder,
        )

    def close(self) -> None:
        """Let its workers go, where there are any; what needs some again starts them again."""
        if self._engine:
            self._engine.close()
            self._engine = None

    @property
    def site_folder(self) -> Path | None:
        return Path(self.site_tables) if self.site_tables else None

    def stages(self) -> tuple[Stage, ...]:
        """The stages in their order, as this engine does them."""
        return stages(self.spacy_model, self.site_folder)


class Clock(dg.ConfigurableResource[None]):
    """The time; ``fixed_today`` (ISO) replaces the day in tests and in replays of old nights."""

    timezone: str
    fixed_today: str | None = None

    def now(self) -> datetime:
        """The present instant, UTC with zone."""
        return datetime.now(tz=UTC)

    def today(self) -> date:
        """The night that may claim files now."""
        if self.fixed_today:
            return date.fromisoformat(self.fixed_today)
        return self.now().astimezone(ZoneInfo(self.timezone)).date()


def make_home(settings: Settings) -> Home:
    """The folder that holds lake and warehouse, as set."""
    return Home(
        path=str(settings.home.absolute()),
        keep_releases=settings.keep_releases,
        lock_wait_seconds=settings.lock_wait_seconds,
        keep_report_days=settings.keep_report_days,
        publish_to=str(settings.publish_to) if settings.publish_to else None,
    )


def make_landing(settings: Settings) -> Landing:
    """Where raw files land, as set."""
    return Landing(
        path=str(settings.landing),
        site_tables=str(settings.site_tables),
        feed_pattern=settings.feed_pattern,
        settle_seconds=settings.settle_seconds,
        **{name: getattr(settings, name) for name in LIMITS},
    )


def make_part_engine(settings: Settings) -> PartEngine:
    """How stages are mapped over parts, as set."""
    return PartEngine(
        workers=settings.worker_count,
        spacy_model=settings.spacy_model,
        catch_up_documents=settings.catch_up_documents,
        site_tables=str(settings.site_tables),
        engine_name=settings.engine,
        dask_address=settings.dask_address,
        cluster_folder=str(settings.cluster),
    )


def make_resources(settings: Settings) -> dict[str, dg.ConfigurableResource[None]]:
    """All resources of a deployment, by the names that assets ask for."""
    return {
        "home": make_home(settings),
        "landing": make_landing(settings),
        "part_engine": make_part_engine(settings),
        "clock": Clock(timezone=settings.timezone),
    }
