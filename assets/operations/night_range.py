"""Which nights an operation is about, as its config names them."""

from datetime import date

from etl.errors import SettingsError
from etl.lake.store import Lake


def claimed_nights(lake: Lake, first: str, last: str) -> list[date]:
    """The nights of the lake from ``first`` to ``last`` (YYYY-MM-DD, '': no bound), ascending.

    Raises SettingsError for a text that is no day.
    """
    lowest, highest = to_day(first), to_day(last)
    return [
        night
        for night in lake.nights("raw_documents")
        if (lowest is None or lowest <= night) and (highest is None or night <= highest)
    ]


def to_day(text: str) -> date | None:
    """The day that a config names; None for the empty text. Raises SettingsError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{text!r} is no day; expected YYYY-MM-DD") from error
