"""From a landed file to the documents in it: texts, pages, records, feeds, archives.

What belongs here: a module per kind of file in which documents are dropped, and the budget
under which all are read. What does not: which files are new (etl/landing/scan.py) and what
the text means (etl/decode.py and later stages).

A further kind is a module with a ``Reader`` (opened.py) and a line in the table of kinds.py.
"""

from etl.landing.drops.documents import GIVEN_FIELDS, Document
from etl.landing.drops.kinds import (
    SUFFIXES,
    SUFFIXES_OF_DROPS,
    are_documents,
    member_path,
    read_documents,
    sidecar_of,
    suffix_of,
)

__all__ = [
    "GIVEN_FIELDS",
    "SUFFIXES",
    "SUFFIXES_OF_DROPS",
    "Document",
    "are_documents",
    "member_path",
    "read_documents",
    "sidecar_of",
    "suffix_of",
]
