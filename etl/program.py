"""The program as such: its release, and how its processes are kept.

What belongs here: what a manifest and `dateline --version` name, and what every process of a night
sets for itself. What does not: settings of a site (assets/settings.py).
"""

import gc
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

NAME = "dateline"
CHECKOUT = Path(__file__).parents[1]
UNKNOWN = "0+unknown"

COLLECTED = (50_000, 20, 100)
"""New objects before Python looks for cycles among them, and how many looks before older ones are
looked at too. Its own (700, 10, 10) is for small programs."""


def collect_seldom() -> None:
    """Have this process look for cycles of garbage less often.

    A night loads tables of some million objects that stay, and makes hardly a cycle: looking for
    them took a twelfth of its processor time, and found nothing that memory would show.
    """
    gc.set_threshold(*COLLECTED)


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
