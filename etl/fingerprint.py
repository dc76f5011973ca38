"""Fingerprints: of texts, of a file's bytes, of the code and the libraries that derive rows.

What belongs here: hashes that tell one version from another. What does not: what is versioned
(etl/night.py), and the digest of a DuckDB file's rows (etl/warehouse/digest.py).
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path


def fingerprint(*texts: str) -> str:
    """32 hex digits of the SHA-256 over the texts, order kept."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


def content_version(content: bytes) -> str:
    """Hash (16 hex digits) of a table's bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


@cache
def code_version(modules: Sequence[str], libraries: Sequence[str] = ()) -> str:
    """Fingerprint of the source of modules, packages whole, and of libraries' releases.

    Raises ModuleNotFoundError for a module that there is not.
    """
    sources = [path.read_bytes() for module in modules for path in source_files(module)]
    digest = hashlib.sha256(b"\0".join(sources)).hexdigest()
    return fingerprint(digest, *(version(library) for library in libraries))


def source_files(module: str) -> list[Path]:
    """The files of a module, or of a package with all that is below it."""
    origin = source_file(module)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]


def source_file(module: str) -> Path:
    """The file of a module, or of a package. Raises ModuleNotFoundError where there is none.

    Found by the path of its package: Python's own search would import what lies above it.
    """
    top, *below = module.split(".")
    spec = importlib.util.find_spec(top)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    place = Path(spec.origin)
    if below:
        inner = place.parent.joinpath(*below)
        files = (inner.with_suffix(".py"), inner / "__init__.py")
        found = next((file for file in files if file.is_file()), None)
        if found is None:
            raise ModuleNotFoundError(module)
        place = found
    return place
