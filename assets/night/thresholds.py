"""The expectations as this deployment holds them: with the thresholds of its file, and its own.

What belongs here: reading that file, and putting them together. What does not: what the thresholds
mean and their defaults (expectations/model.py), and reading a site's own (expectations/of_site.py).

The file is TOML with a line per threshold that differs:

    high_rejected_share = 0.3
    volume_nights = 56
"""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from assets.settings import Settings
from etl.errors import SettingsError
from expectations.of_site import with_expectations_of_site
from expectations.suites import Expectation, Thresholds, make_expectations


def read_thresholds(path: Path | None) -> Thresholds:
    """The defaults, with what the file says otherwise.

    Raises SettingsError with the file, the threshold and what was expected.
    """
    if path is None:
        return Thresholds()
    given = _read(path)
    defaults = {field.name: field.default for field in fields(Thresholds)}
    for name, value in given.items():
        if name not in defaults:
            known = ", ".join(defaults)
            raise SettingsError(f"{path}: no threshold is called {name}; there are {known}")
        whole = isinstance(defaults[name], int)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            wanted = "a whole number" if whole else "a number"
            raise SettingsError(f"{path}: {name} = {value!r}: expected {wanted}")
    try:
        return Thresholds(**given)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"thresholds in {path}: {error}") from error


def expectations_of(settings: Settings) -> tuple[Expectation, ...]:
    """All expectations of a deployment. Raises SettingsError where a file of its is wrong."""
    shipped = make_expectations(read_thresholds(settings.threshold_file))
    return with_expectations_of_site(shipped, settings.site_expectations)
