"""The published file uploaded to object storage, where DATELINE_PUBLISH_TO names a place.

What belongs here: doing so after a publication, a rollback or a withdrawal, and what the run tells
of it. What does not: which objects there are and their order (etl/warehouse/uploads.py).

What is published here stays so whatever becomes of the upload. A failed one ends the run as
failed, after all else is told: somebody must look, since readers of the other place are a night
behind. The next publication takes it up, also one that changes nothing.
"""

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.night.columns import Metadata
from assets.resources import Home
from etl.errors import DatelineError, UploadError
from etl.objects.addresses import read_address
from etl.warehouse import run_log

if TYPE_CHECKING:
    from etl.warehouse.uploads import Upload

SETTING = "DATELINE_PUBLISH_TO"
MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Uploading:
    """What became of an upload: done, failed, or neither where nothing is set or published."""

    done: "Upload | None" = None
    failure: str = ""
    seconds: float = 0

    @property
    def metadata(self) -> Metadata:
        """What the page of a run shows."""
        if self.failure:
            return {"upload": f"failed: {self.failure}"}
        if self.done is None:
            return {}
        return {
            "upload": self.done.address,
            "upload_bytes": self.done.sent_bytes,
            "upload_seconds": round(self.seconds, 2),
        }

    def check(self) -> None:
        """Raise UploadError where it failed."""
        if self.failure:
            raise UploadError(f"published here, but not uploaded: {self.failure}")


def upload(home: Home, *, log: logging.Logger) -> Uploading:
    """Bring the place that is set up to date. The caller holds the writer's lock."""
    if home.publish_to is None:
        return Uploading()
    from assets.guard.object_access import open_store  # here: most publish to their own disk
    from etl.warehouse.uploads import upload_published

    started = time.perf_counter()
    try:
        store = open_store(read_address(home.publish_to), setting=SETTING)
        known = {manifest.version for manifest in run_log.read_manifests(home.lake)}
        done = upload_published(store, home.warehouse, known=known)
    except DatelineError as error:
        log.error(f"published here, but not uploaded: {error}")
        return Uploading(failure=str(error))
    seconds = time.perf_counter() - started
    if done:
        sent = f"{done.sent_bytes / MEGABYTE:.1f} MB sent" if done.sent_bytes else "it was there"
        log.info(f"uploaded {done.address}: {sent}, {seconds:.1f} s")
    return Uploading(done=done, seconds=seconds)
