"""A site's own expectations: a folder of Python files in its home.

What belongs here: reading them, with errors that name file, line and what was expected. What does
not: where the folder lies (assets/settings.py), and how an expectation is written
(docs/expectations.md).

A file assigns ``EXPECTATIONS``, some of what ``expectations.model`` makes:

    from expectations.model import Expectation, no_rows

    EXPECTATIONS = [Expectation(name="site_bylines_are_short", ...)]

It is code, and is run with the rights of Dateline.
"""

import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from etl import schema
from etl.errors import SettingsError
from expectations.model import Expectation, Scope, Severity, Suite

WRONG = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    TypeError,
    ValueError,
)
"""What a mistake in a file raises."""

NAME = re.compile(r"[a-z][a-z0-9_]*")


def files_of_site(folder: Path) -> list[Path]:
    """The files of the folder that are read, by name; none where there is no folder."""
    return sorted(file for file in folder.glob("*.py") if not file.name.startswith(("_", ".")))


def with_expectations_of_site(
    shipped: Sequence[Expectation], folder: Path
) -> tuple[Expectation, ...]:
    """The shipped expectations, and behind them those of the folder's files.

    Raises SettingsError where a file cannot be run, has no ``EXPECTATIONS``, or one of them is
    none, bears a name that is taken, or asks a table that there is not.
    """
    found = list(shipped)
    for file in files_of_site(folder):
        for expectation in _declared(file):
            _check(expectation, file, taken={known.name for known in found})
            found.append(expectation)
    return tuple(found)


def _declared(file: Path) -> list[Expectation]:
    module = ModuleType(f"expectations_of_site_{file.stem}")
    module.__file__ = str(file)
    _run(file, module)
    declared = getattr(module, "EXPECTATIONS", None)
    if not isinstance(declared, Iterable) or isinstance(declared, str):
        raise SettingsError(f"{file}: expected EXPECTATIONS = [Expectation(...), ...]")
    members = list(declared)
    for member in members:
        if not isinstance(member, Expectation):
            raise SettingsError(f"{file}: EXPECTATIONS holds {member!r:.80}, no Expectation")
    return members


def _run(file: Path, module: ModuleType) -> None:
    try:
        exec(compile(file.read_bytes(), str(file), "exec"), module.__dict__)
    except SyntaxError as error:
        raise SettingsError(f"{file}, line {error.lineno}: {error.msg}") from error
    except WRONG as error:
        line = _line_within(file, error)
        raise SettingsError(f"{file}, line {line}: {type(error).__name__}: {error}") from error


def _line_within(file: Path, error: Exception) -> int:
    """The last line of the file that the error came by."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
    return lines[-1] or 0 if lines else 0


def _check(expectation: Expectation, file: Path, *, taken: set[str]) -> None:
    for fault in _faults(expectation, taken):
        raise SettingsError(f"{file}: {expectation.name!r}: {fault}")


def _faults(expectation: Expectation, taken: set[str]) -> Iterator[str]:
    if not NAME.fullmatch(expectation.name):
        yield "expected a name in small letters, figures and underscores"
    if expectation.name in taken:
        yield "another expectation bears this name"
    if expectation.table not in {table.name for table in schema.TABLES}:
        yield f"there is no table {expectation.table!r}"
    fields: dict[str, tuple[object, Any]] = {
        "suite": (expectation.suite, Suite),
        "severity": (expectation.severity, Severity),
        "scope": (expectation.scope, Scope),
    }
    for name, (value, kind) in fields.items():
        if value not in get_args(kind):
            yield f"{name} = {value!r}: expected one of {', '.join(get_args(kind))}"
