"""Every setting, typed, with its default: read once from the environment.

What belongs here: what a deployment may choose. What does not: thresholds of expectations
(expectations/), which belong to the definition of quality, not to a machine.
"""

import os
import re
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assets.guard.addresses import dask_address, postgres_address, web_address
from etl.errors import SettingsError
from etl.lake.engines import EngineName
from etl.lake.store import Lake
from etl.objects.addresses import ObjectAddress, is_address, read_address
from etl.warehouse.releases import Warehouse


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)  # available_timezones() opens every file of the database
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = "expected a time zone of the IANA database, such as Europe/Paris"
        raise ValueError(message) from None
    return name


EVERY_NIGHT = "0 2 * * *"


def _cron(expression: str) -> str:
    # Dagster takes a second to load, so only where the schedule is not the default.
    if expression == EVERY_NIGHT:
        return expression
    from dagster._utils.schedules import is_valid_cron_schedule

    if len(expression.split()) != 5 or not is_valid_cron_schedule(expression):
        raise ValueError("no cron schedule; expected five cron fields, such as '0 2 * * *'")
    return expression


def _feed_pattern(expression: str) -> str:
    try:
        compiled = re.compile(expression)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    if "feed" not in compiled.groupindex:
        raise ValueError("expected a group named feed, as in '^(?P<feed>[^/]+)/'")
    return expression


FeedPattern = Annotated[str, AfterValidator(_feed_pattern)]
WebAddress = Annotated[SecretStr, AfterValidator(web_address)]
DaskAddress = Annotated[str, AfterValidator(dask_address)]
PostgresAddress = Annotated[SecretStr, AfterValidator(postgres_address)]


PREFIX = "DATELINE_"


def _place(value: object) -> object:
    return read_address(value) if isinstance(value, str) and is_address(value) else value


def _address(value: object) -> object:
    return read_address(value) if isinstance(value, str) else value


# NoDecode: pydantic-settings would take a folder called 1 for a number.
LandingPlace = Annotated[Path | ObjectAddress | None, NoDecode, BeforeValidator(_place)]
UploadPlace = Annotated[ObjectAddress | None, NoDecode, BeforeValidator(_address)]


class Settings(BaseSettings):
    """Settings of one deployment; each is the environment variable DATELINE_<NAME>."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(
        default=Path(".dateline"),
        description="folder of lake, warehouse, releases and Dagster's own storage",
    )
    raw: LandingPlace = Field(
        default=None,
        description="landing folder of raw files, or s3://bucket/prefix (docs/input.md); default: "
        "'landing' in the home",
    )
    feed_pattern: FeedPattern | None = Field(
        default=None,
        description="regular expression whose group 'feed' names a path's feed, as in "
        "'^(?P<feed>[^/]+/[^/]+)/'; default: the topmost folder, else the host of the address, "
        "else the drop (docs/input.md)",
    )
    settle_seconds: float = Field(
        default=10, ge=0, description="a file changed within these seconds waits for the next run"
    )
    workers: int = Field(
        default=0, ge=0, description="processes that work on parts; 0: one per core, 1: inline"
    )
    engine: EngineName = Field(
        default="processes",
        description="who works on parts: 'processes' of this machine, 'inline' its own, or the "
        "workers of a 'dask' cluster (docs/scaling.md)",
    )
    dask_address: DaskAddress | None = Field(
        default=None,
        description="scheduler of a Dask cluster that is there, as in tcp://host:8786; default: "
        "one of this machine's processes",
    )
    catch_up_documents: int = Field(
        default=20_000,
        ge=0,
        description="so many documents of older nights are derived again after an upgrade, a night",
    )
    part_documents: int = Field(default=2000, ge=1, description="documents in a part, at most")
    part_bytes: int = Field(
        default=64 * 2**20, ge=1, description="bytes in a part, at most, or one document"
    )
    document_bytes: int = Field(
        default=8 * 2**20, ge=1, description="a longer document is quarantined"
    )
    record_bytes: int = Field(
        default=32 * 2**20,
        ge=1,
        description="so is a longer line, row or sidecar, a longer directory of an archive",
    )
    member_bytes: int = Field(
        default=16 * 2**30,
        ge=1,
        description="so is the rest of an archive's member, or of a packed file, that unpacks to "
        "more",
    )
    file_bytes: int = Field(
        default=64 * 2**30, ge=1, description="so is the rest of a file that comes to more in all"
    )
    packing_ratio: int = Field(
        default=100,
        ge=1,
        description="so is the rest of what unpacks to so many times its size (beyond 64 MiB)",
    )
    keep_releases: int = Field(default=7, ge=1, description="releases kept for rollback")
    publish_to: UploadPlace = Field(
        default=None,
        description="s3://bucket/prefix to which each release is uploaded (docs/operations.md)",
    )
    keep_raw_days: int = Field(
        default=0,
        ge=0,
        description="raw bytes of articles go after so many days; 0: never (docs/operations.md)",
    )
    keep_lake_days: int = Field(
        default=0, ge=0, description="so does parsed text that a published night no longer needs"
    )
    lock_wait_seconds: float = Field(
        default=600, ge=0, description="how long to wait for another run that writes"
    )
    keep_report_days: int = Field(
        default=365, ge=1, description="pages of audits are kept for so many days"
    )
    cron: Annotated[str, AfterValidator(_cron)] = Field(
        default=EVERY_NIGHT, description="when the nightly schedule fires"
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="UTC", description="zone of the schedule and of the night's date"
    )
    landing_interval_seconds: int = Field(
        default=900, ge=30, description="the landing sensor starts at most one run in so long"
    )
    thresholds: Path | None = Field(
        default=None,
        description="TOML file of thresholds that differ (docs/expectations.md); default: "
        "'tables/thresholds.toml' in the home, if it is there",
    )
    fresh_hours: float = Field(
        default=36,
        ge=0.02,
        description="stale, shown and told: the newest published night was due longer ago",
    )
    webhook_url: WebAddress | None = Field(
        default=None, description="failures and audit findings are posted here, as JSON"
    )
    postgres_url: PostgresAddress | None = Field(
        default=None, description="PostgreSQL for Dagster's own storage; default: SQLite"
    )
    keep_run_days: int = Field(
        default=365, ge=1, description="Dagster forgets runs and their logs after so many days"
    )
    first_night: date | None = Field(
        default=None, description="first partition; default: the lake's first night, else today"
    )
    spacy_model: str | None = Field(
        default=None, description="name or path of a spaCy model that finds entities"
    )

    @property
    def lake(self) -> Lake:
        return Lake(self.home.absolute() / "lake")

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(self.home.absolute() / "warehouse")

    @property
    def reports(self) -> Path:
        return self.home.absolute() / "reports"

    @property
    def landing(self) -> Path | ObjectAddress:
        if isinstance(self.raw, ObjectAddress):
            return self.raw
        return (self.raw or self.home / "landing").absolute()

    @property
    def site_tables(self) -> Path:
        """Rows of this site, laid over the shipped tables (docs/site-tables.md)."""
        return self.home.absolute() / "tables"

    @property
    def site_expectations(self) -> Path:
        """Folder of the site's own expectations, Python files (docs/expectations.md)."""
        return self.home.absolute() / "expectations"

    @property
    def threshold_file(self) -> Path | None:
        """The file that is set, else that among the site's tables, if there is one."""
        of_site = self.site_tables / "thresholds.toml"
        return self.thresholds or (of_site if of_site.exists() else None)

    @property
    def dagster_home(self) -> Path:
        return self.home.absolute() / "dagster"

    @property
    def cluster(self) -> Path:
        """What a cluster's workers see of a run, and the files of one that is our own."""
        return self.home.absolute() / "cluster"

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError with one line on the first fault.

    The line shows the value that was found, unless it is a secret. What a setting names must be
    there, so that every command says the same of it, whether it would have read it or not.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        (field,) = fault["loc"]
        name = f"DATELINE_{field}".upper()
        reason = fault["msg"].removeprefix("Value error, ")  # pydantic's word before ours
        may_hold_password = "@" in str(fault["input"])  # in an address that should have none
        is_shown = not may_hold_password and _is_shown(Settings.model_fields[str(field)])
        value = f"={fault['input']!r}" if is_shown else ""
    else:
        _look_for_what_is_named(settings)
        return settings
    raise SettingsError(f"{name}{value}: {reason}")  # pydantic's own error still holds the value


def _is_shown(field: FieldInfo) -> bool:
    """Whether a refused value is shown: an address may hold credentials, against all advice."""
    return not is_secret(field) and ObjectAddress.__name__ not in repr(field.annotation)


def _look_for_what_is_named(settings: Settings) -> None:
    if settings.thresholds is not None and not settings.thresholds.is_file():
        raise SettingsError(f"{PREFIX}THRESHOLDS={settings.thresholds}: no such file")
    model = settings.spacy_model
    if model is not None and not Path(model).is_dir() and not _is_installed(model):
        wanted = "neither a folder nor a package that is installed"
        raise SettingsError(f"{PREFIX}SPACY_MODEL={model}: {wanted}")
    if settings.engine == "dask" and not _is_installed("distributed"):
        raise SettingsError(f"{PREFIX}ENGINE=dask: distributed is not installed: make cluster")
    if settings.dask_address is not None and settings.engine != "dask":
        raise SettingsError(
            f"{PREFIX}DASK_ADDRESS={settings.dask_address}: does nothing without "
            f"{PREFIX}ENGINE=dask"
        )


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting's value may not be shown."""
    return SecretStr.__name__ in repr(field.annotation)


BEGIN, END = "<!-- begin settings -->", "<!-- end settings -->"


def with_settings_table(document: str) -> str:
    """The document with the table of settings between its marks made anew."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    rows = [
        f"| `DATELINE_{name.upper()}` | {_shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    table = "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _shown(default: object) -> str:
    return "" if default is None else f"`{default}`"


def main(arguments: list[str]) -> None:
    """Write the table into the documents named."""
    for name in arguments:
        path = Path(name)
        path.write_text(with_settings_table(path.read_text()))


if __name__ == "__main__":
    main(sys.argv[1:])
