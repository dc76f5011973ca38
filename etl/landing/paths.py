r"""The names of landed files as text, whatever bytes they are made of.

What belongs here: the encoding of a path, and its reverse. What does not: opening (tree.py).

A name of Linux is bytes. Where they are UTF-8, the text is just that. A byte that is none is
written ``\xNN``; a backslash that is followed by ``xNN`` as plain letters is written ``\x5c``.
So no two paths have one text, and nearly every path is its own text.
"""

import re

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")
_LOOKS_ESCAPED = re.compile(rb"\\(?=x[0-9a-f]{2})")
_PLAIN_BACKSLASH = rb"\\x5c"


def text_of_path(path: bytes) -> str:
    """The path as text."""
    if b"\\" in path:
        path = _LOOKS_ESCAPED.sub(_PLAIN_BACKSLASH, path)
    return path.decode("utf-8", "backslashreplace")


def path_of_text(text: str) -> bytes:
    """The path whose text this is."""
    path = text.encode()
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), path) if b"\\" in path else path
