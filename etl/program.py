"""The release of the program: what a manifest and `dateline --version` name."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

NAME = "dateline"
CHECKOUT = Path(__file__).parents[1]
UNKNOWN = "0+unknown"


def program_version(checkout: Path = CHECKOUT) -> str:
    """The release that is installed; where none is, the one that the checkout would install.

    A code location may well be started from a checkout that has only its libraries installed.
    `0+unknown` (PEP 440's form) where there is neither.
    """
    try:
        return version(NAME)
    except PackageNotFoundError:
        return _declared_version(checkout / "pyproject.toml")


def _declared_version(pyproject: Path) -> str:
    if not pyproject.is_file():
        return UNKNOWN
    return str(tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"])
