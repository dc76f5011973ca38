"""The process of a command: settings checked, the home made, Dagster told where it lives.

What belongs here: the start and the end of a command. What does not: commands.
"""

import os
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

from assets.cli.instance import make_instance
from assets.guard.database import check_database
from assets.guard.object_access import open_store
from assets.settings import Settings, load_settings
from etl.errors import SettingsError
from etl.objects.addresses import ObjectAddress
from etl.program import collect_seldom


def leave(code: int) -> NoReturn:
    """Exit without taking the interpreter down piece by piece.

    DuckDB's bindings report their own objects as leaked when SQLAlchemy still holds some at
    that time, over forty lines below the summary. Everything is closed by now.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def prepare() -> Settings:
    """Settings checked, home made, and Dagster told where to keep its storage."""
    collect_seldom()
    settings = load_settings()
    landing = settings.landing
    if isinstance(landing, ObjectAddress):
        open_store(landing, setting="DATELINE_RAW")
    elif settings.raw is not None and not landing.is_dir():
        raise SettingsError(f"DATELINE_RAW={settings.raw}: no such folder")
    if settings.publish_to:
        open_store(settings.publish_to, setting="DATELINE_PUBLISH_TO")
    home = settings.dagster_home
    try:
        if isinstance(landing, Path):
            landing.mkdir(parents=True, exist_ok=True)
        make_instance(home, with_postgres=settings.postgres_url is not None)
    except sqlite3.DatabaseError as error:
        raise SettingsError(f"{home}, Dagster's storage: {error}; see dateline doctor") from error
    except OSError as error:
        raise SettingsError(f"DATELINE_HOME={settings.home}: {error}") from error
    os.environ["DAGSTER_HOME"] = str(home)
    _make_absolute(settings)
    hand_on(settings)
    if settings.postgres_url:
        check_database(settings.postgres_url)
    return settings


def _make_absolute(settings: Settings) -> None:
    """Dagster's programs may work in another folder than the one that settings are relative to."""
    os.environ["DATELINE_HOME"] = str(settings.home.absolute())
    for name in ("raw", "thresholds", "spacy_model"):
        value: str | Path | ObjectAddress | None = getattr(settings, name)
        if isinstance(value, str | Path) and Path(value).exists():  # a model may also be named
            os.environ[f"DATELINE_{name.upper()}"] = str(Path(value).absolute())


def hand_on(settings: Settings) -> None:
    """Put the address of Dagster's storage, as its driver wants it, where dagster.yaml looks."""
    if settings.postgres_url:
        os.environ["DATELINE_POSTGRES_URL"] = settings.postgres_url.get_secret_value()
