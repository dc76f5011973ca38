"""Which feed a document came from: one word by which its deliverers tell their deliveries apart.

What belongs here: making that word of a path and an address. What does not: feeds as a kind of
file (drops/feed_items.py), and whose article it is (etl/sources).
"""

import re
from collections.abc import Sequence

_HOST = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@\s]*@)?([a-z0-9.-]+)")
# "wire-2024-01-19.jsonl.gz" and "wire-2024-01-20.jsonl.gz" are one feed.
_NUMBERS = re.compile(r"[\W_]*\d[\dTtZz\W_]*")


def feed_of(
    path: str, url: str | None, pattern: re.Pattern[str] | None, suffixes: Sequence[str]
) -> str | None:
    """The feed of a document.

    The group ``feed`` of ``pattern`` where that is found in the path; else the topmost folder;
    else the host of the address; else the name of a drop, without its ending and numbers. None
    for a file of a text or a page that lies by itself.
    """
    if pattern is not None and (found := pattern.search(path)):
        return found["feed"] or None
    top, slash, _ = path.partition("/")
    if slash:
        return top
    if host := _HOST.match((url or "").strip()):
        return host[1].casefold().removeprefix("www.")
    suffix = next((s for s in suffixes if path.lower().endswith(s)), None)
    return _NUMBERS.sub("", path[: -len(suffix)]) or None if suffix else None
