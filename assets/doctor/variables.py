"""Variables of the environment that look like settings of ours and are none.

What belongs here: what every command and the doctor say of them. What does not: the values of
settings (assets/settings.py).
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from assets.settings import PREFIX, Settings

OTHERS = ("DATELINE_CORPUS",)
SETTINGS = tuple(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def misspelt(environment: Mapping[str, str]) -> Iterator[str]:
    """A line for each variable that nobody reads: most likely a slip of the pen."""
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in (*SETTINGS, *OTHERS):
            meant = get_close_matches(name, SETTINGS, n=1, cutoff=0.8)
            hint = f"; {meant[0]} is one" if meant else ""
            yield f"{name} is no setting, and does nothing{hint}"
