"""The crawler's header: one date, glued to the front of the page.

What belongs here: cutting it off. What does not: judging the date, which may be no day of
any calendar (etl/dates does that).
"""

import re

# " date 2024-01-19 ", " date 2023-04 "; " date 2024-13-45 " is captured as it is written.
HEADER = re.compile(r"\s{0,8}date (\d{1,6}[-/.]\d{1,4}(?:[-/.]\d{1,4})?)(?=\s|$)")


def split_header(text: str) -> tuple[str | None, int]:
    """The header's date as written, if there is one, and the offset at which the page starts."""
    found = HEADER.match(text)
    return (found[1], found.end()) if found else (None, 0)
