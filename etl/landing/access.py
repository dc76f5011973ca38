"""What of the landing folder cannot be read, asked without claiming anything.

What belongs here: trying to open what a claim would open. What does not: the claim (claims.py).
"""

from typing import BinaryIO

import polars as pl

from etl.landing.drops import sidecar_of
from etl.landing.paths import path_of_text
from etl.landing.places import OpenPlace
from etl.landing.scan import LandedFile, Scan, with_reason
from etl.landing.tree import SwappedError
from etl.objects.faults import UnansweredError


def unreadable(found: Scan, files: pl.DataFrame) -> tuple[str, ...]:
    """Folders that could not be listed, and those of ``files`` that do not open; with reasons.

    Raises LandingError where nobody answers.
    """
    closed = list(found.unreadable)
    with found.place.opened(files) as place:
        for row in files.iter_rows():
            file = LandedFile(*row)
            try:
                _open(place, file)
            except SwappedError:
                continue  # changed since the scan: it is for the next run
            except UnansweredError:
                raise
            except OSError as error:
                closed.append(with_reason(file.path, error))
    return tuple(closed)


def _open(place: OpenPlace, file: LandedFile) -> None:
    _read_a_byte(place.open_file(path_of_text(file.path), file.state))
    sidecar = sidecar_of(file.path)
    if sidecar is not None and file.sidecar_state is not None:
        _read_a_byte(place.open_file(path_of_text(sidecar), file.sidecar_state))


def _read_a_byte(stream: BinaryIO) -> None:
    """Whether an object may be read shows only then."""
    with stream:
        stream.read(1)
