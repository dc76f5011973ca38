"""What of the landing folder cannot be read, asked without claiming anything.

What belongs here: trying to open what a claim would open. What does not: the claim (claims.py).
"""

import polars as pl

from etl.landing.drops import sidecar_of
from etl.landing.paths import path_of_text
from etl.landing.scan import LandedFile, Scan, with_reason
from etl.landing.tree import SwappedError, Tree


def unreadable(found: Scan, files: pl.DataFrame) -> tuple[str, ...]:
    """Folders that could not be listed, and those of ``files`` that do not open; with reasons."""
    closed = list(found.unreadable)
    with Tree(found.folder) as tree:
        for row in files.iter_rows():
            file = LandedFile(*row)
            try:
                _open(tree, file)
            except SwappedError:
                continue  # changed since the scan: it is for the next run
            except OSError as error:
                closed.append(with_reason(file.path, error))
    return tuple(closed)


def _open(tree: Tree, file: LandedFile) -> None:
    tree.open_file(path_of_text(file.path), file.state).close()
    sidecar = sidecar_of(file.path)
    if sidecar is not None and file.sidecar_state is not None:
        tree.open_file(path_of_text(sidecar), file.sidecar_state).close()
