"""How values are written in a page: dates, figures, and text of the news, which is hostile input.

What belongs here: the templates' environment and its filters. What does not: which page is filled
with what (render.py, index.py). All text is escaped, characters that would move or hide text are
shown as such, and the pages forbid themselves scripts and anything from elsewhere.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assets.guard.invisible import shown

CELL_CHARS = 300


def environment() -> Environment:
    """What fills the templates of this folder."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "day": day,
        "cut": _cut,
        "percent": _percent,
        "points": _points,
        "number": _number,
    }
    return made


def _finalize(value: object) -> object:
    """Characters that nobody sees, or that turn the text around, by their names."""
    return shown(value) if type(value) is str else value


def _cut(text: str, chars: int = CELL_CHARS) -> str:
    return text if len(text) <= chars else f"{text[:chars]}…"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}\N{NARROW NO-BREAK SPACE}%"


def _points(change: float) -> str:
    """'+1.2', '−0.3' or '0.0': per cent more or less."""
    text = f"{change * 100:+.1f}".replace("-", "\N{MINUS SIGN}")
    return text if text.strip("+\N{MINUS SIGN}") != "0.0" else "0.0"


def _number(value: int) -> str:
    """Thousands apart, by a thin space."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def title_of(nights: Sequence[date]) -> str:
    """'Night of 1 March 2026', or how many nights from when to when."""
    first, last = min(nights), max(nights)
    if first == last:
        return f"Night of {day(first)}"
    return f"{len(nights)} nights, {day(first)} to {day(last)}"


def day(night: date) -> str:
    """'1 March 2026', which no line parts."""
    return f"{night.day} {night:%B} {night.year}".replace(" ", "\N{NO-BREAK SPACE}")
