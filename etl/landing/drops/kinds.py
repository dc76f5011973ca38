"""Which kind of file is read by what.

What belongs here: the table of kinds, and reading a landed file by it. What does not: any one
kind of file (the modules beside this one).
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from etl.errors import Rejection
from etl.landing.drops.budget import Budget
from etl.landing.drops.csv_rows import read_csv
from etl.landing.drops.documents import Document
from etl.landing.drops.feed_items import read_feed
from etl.landing.drops.gzip_files import gunzipped
from etl.landing.drops.json_files import read_json
from etl.landing.drops.json_lines import read_json_lines
from etl.landing.drops.opened import Kind, Kinds, Opened, Sidecar
from etl.landing.drops.parquet_rows import read_parquet
from etl.landing.drops.plain_text import read_text
from etl.landing.drops.reading import REST, read, readable_beginning
from etl.landing.drops.warc_records import read_warc
from etl.landing.drops.web_pages import read_html
from etl.landing.drops.zip_archives import read_zip
from etl.landing.limits import Limits

KINDS = Kinds(
    {
        ".txt.gz": Kind(gunzipped(read_text), has_sidecar=True),
        ".jsonl.gz": Kind(gunzipped(read_json_lines)),
        ".ndjson.gz": Kind(gunzipped(read_json_lines)),
        ".json.gz": Kind(gunzipped(read_json)),
        ".csv.gz": Kind(gunzipped(read_csv)),
        ".html.gz": Kind(gunzipped(read_html), has_sidecar=True),
        ".htm.gz": Kind(gunzipped(read_html), has_sidecar=True),
        ".warc.gz": Kind(read_warc),
        ".txt": Kind(read_text, has_sidecar=True),
        ".html": Kind(read_html, has_sidecar=True),
        ".htm": Kind(read_html, has_sidecar=True),
        ".warc": Kind(read_warc),
        ".rss": Kind(read_feed),
        ".atom": Kind(read_feed),
        ".xml": Kind(read_feed),
        ".jsonl": Kind(read_json_lines),
        ".ndjson": Kind(read_json_lines),
        ".json": Kind(read_json),
        ".csv": Kind(read_csv),
        ".parquet": Kind(read_parquet),
        ".zip": Kind(read_zip),
    }
)
SUFFIXES = tuple(KINDS.by_suffix)
SUFFIXES_OF_DROPS = tuple(s for s, kind in KINDS.by_suffix.items() if not kind.has_sidecar)
"""Of files that hold any number of documents."""
suffix_of = KINDS.suffix_of
sidecar_of = KINDS.sidecar_of
are_documents = KINDS.are_documents


def read_documents(
    name: str,
    stream: BinaryIO,
    sidecar: Sidecar = None,
    *,
    limits: Limits,
    scratch: Path | None = None,
    is_slow_to_seek: bool = False,
) -> Iterator[Document]:
    """The documents of one file, in file order.

    ``name`` decides the kind; ``stream`` can be sought; ``sidecar`` is what lies beside a
    text; ``scratch`` and ``is_slow_to_seek`` as in ``Opened``. A document longer than ``limits``
    allow is rejected with its beginning kept; what else goes beyond them is rejected as a whole,
    and names the limit.

    Raises:
        OSError: the machine failed, or the disk in a way that passes; nothing is said of the
            file.
    """

    def beginning() -> bytes:
        stream.seek(0)
        return readable_beginning(stream, limits.document_bytes)

    size = stream.seek(0, 2)
    stream.seek(0)
    if size > limits.file_bytes:
        why = Rejection("too_large", limits.exceeded("file_bytes"))
        yield Document(raw=beginning(), member=REST, rejection=why)
        return
    yield from read(
        Opened(
            name=name,
            stream=stream,
            budget=Budget(limits=limits, packed_bytes=size),
            keep=beginning,
            kinds=KINDS,
            sidecar=sidecar,
            scratch=scratch,
            is_slow_to_seek=is_slow_to_seek,
        )
    )


def member_path(member: str | None) -> str:
    """The archive member without the row number: rows may move, members may not."""
    if member is None or member.isdigit():
        return ""
    head, separator, tail = member.rpartition("#")
    if separator and tail.isdigit():
        return member_path(head)
    return str(PurePosixPath(member))
