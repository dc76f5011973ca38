"""A value of an answer as text, as SQL would write it.

What belongs here: that writing, for what is printed and what is exported. What does not: how
it is laid out (terminal.py) or stored (export.py).
"""


def plain(value: object) -> str:
    """A list's items without quotes, a day as 2026-03-01, true in small letters; NULL is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_inner, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_inner(item)}' for name, item in value.items())}}}"
    if isinstance(value, bytes):
        return "".join(f"\\x{byte:02X}" for byte in value)
    return str(value)


def _inner(value: object) -> str:
    return "NULL" if value is None else plain(value)
