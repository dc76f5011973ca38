"""Whether the database that Dagster's storage is in answers, asked before Dagster asks.

What belongs here: one connection to PostgreSQL, and what is said where there is none. What does
not: the form of its address (addresses.py), and Dagster's tables in it.

Dagster would end in a traceback of its driver, of a hundred lines. Nothing of the address is
shown but its host; what the server says of a refusal names user and database, never a password.
"""

import time
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from assets.guard.addresses import shown_host
from etl.errors import SettingsError

NAME = "DATELINE_POSTGRES_URL"
TRIES = 5
PAUSE_SECONDS = 0.5
"""Services start together: the database may need a moment."""
CONNECT_SECONDS = 5


def check_database(address: SecretStr, *, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Connect once. Raises SettingsError, in one line, where that cannot be done."""
    driver = _driver()
    url = address.get_secret_value().replace("postgresql+psycopg2://", "postgresql://", 1)
    for left in reversed(range(TRIES)):
        try:
            driver.connect(url, connect_timeout=CONNECT_SECONDS).close()
        except driver.Error as error:
            if left == 0:
                raise SettingsError(_told(address, str(error))) from None
            time.sleep(pause_seconds)
        else:
            return


def _driver() -> Any:
    """psycopg2, which dagster-postgres brings along: an extra, installed where it is wanted."""
    try:
        import_module("dagster_postgres")
        return import_module("psycopg2")
    except ImportError as error:
        need = "make postgres"
        raise SettingsError(f"{NAME}: {error.name} is not installed: {need}") from None


def _told(address: SecretStr, reason: str) -> str:
    first = next(iter(reason.strip().splitlines()), "no reason given")
    password = urlsplit(address.get_secret_value()).password or ""
    for written in filter(None, (password, unquote(password))):
        first = first.replace(written, "***")
    return f"{NAME}: no connection to PostgreSQL at {shown_host(address)}: {first}"
