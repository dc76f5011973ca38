"""The .json that may stand beside a text, in the landing folder or in an archive.

What belongs here: what it adds to its text. What does not: finding it (etl/landing/scan.py,
zip_archives.py).
"""

from dataclasses import replace

from etl.errors import Rejection
from etl.landing.drops.documents import Document, given_of, parse_json
from etl.landing.drops.opened import Sidecar
from etl.landing.limits import Limits

SHOWN_CHARS = 200


def with_sidecar(document: Document, sidecar: Sidecar, limits: Limits) -> Document:
    """The document with what its sidecar says of it, or rejected for its sidecar's sake."""
    if sidecar is None:
        return document
    if isinstance(sidecar, Rejection):
        return replace(document, rejection=sidecar)
    if len(sidecar) > limits.record_bytes:
        detail = f"its sidecar: {limits.exceeded('record_bytes')}"
        return replace(document, rejection=Rejection("too_large", detail))
    try:
        record = parse_json(sidecar)
    except ValueError as error:
        return replace(document, rejection=Rejection("invalid_sidecar", f"not JSON: {error}"))
    given = given_of(record) if isinstance(record, dict) else None
    if given is None:
        detail = f"expected an object of texts, found {str(record)[:SHOWN_CHARS]!r}"
        return replace(document, rejection=Rejection("invalid_sidecar", detail))
    return replace(document, given=given)
