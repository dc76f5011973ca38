"""How much one claim may read at a time: of a part, a document, a record, a member, a file.

What belongs here: the limits and the words that name them. What does not: keeping to them
(etl/landing/drops/ for what is read, etl/landing/spool.py for parts).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of a part and of what is read from a landed file; each is a setting.

    ``part_documents`` and ``part_bytes`` bound a part (one document at the least).
    ``document_bytes`` bounds the text of one document with what came with it, and so what every
    stage spends on it: time and memory grow with the text alone (bench/faults/linear.py), and a
    limit by size gives the same rows on every machine. ``record_bytes`` bounds a line, a row, a
    sidecar or the directory of an archive; ``member_bytes`` what a member of an archive, a row
    group or a packed file comes to, unpacked; ``file_bytes`` all that comes out of a file;
    ``packing_ratio`` how many bytes may come out of each packed one.
    """

    part_documents: int = 2_000
    part_bytes: int = 64 * 2**20
    document_bytes: int = 8 * 2**20
    record_bytes: int = 32 * 2**20
    member_bytes: int = 16 * 2**30
    file_bytes: int = 64 * 2**30
    packing_ratio: int = 100

    def exceeded(self, name: str) -> str:
        """What a rejection says of the limit ``name``: its value, and the setting to change."""
        value = getattr(self, name)
        amount = f"{value} times its packed size" if name == "packing_ratio" else f"{value} bytes"
        return f"more than {amount} (DATELINE_{name.upper()})"
