"""Object storage: whether the landing address can be read, and the place of uploads be written."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

from assets.doctor.findings import Finding, fail, ok, warn
from assets.guard.object_access import open_store
from assets.night.plurals import quantity
from assets.night.uploaded import SETTING
from assets.resources import make_landing
from assets.settings import Settings
from etl.errors import LandingError, SettingsError
from etl.landing.access import unreadable
from etl.landing.claims import claimed_files, unclaimed

SUBJECT = "uploads"
TRIED = 5
"""Objects of which a piece is read: what may be done is granted to all of them at once."""
VARIABLES = "AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"


def examine_bucket(settings: Settings) -> Iterator[Finding]:
    """Whether the objects at the landing address can be listed, and read."""
    try:
        found = make_landing(settings).scan(now=datetime.now(tz=UTC))
        new = unclaimed(found.files, claimed_files(settings.lake))
        closed = unreadable(found, new.head(TRIED))
    except (LandingError, SettingsError) as error:
        remedy = f"correct {VARIABLES}; the key needs s3:ListBucket there"
        yield fail("landing", str(error), remedy)
        return
    if closed:
        remedy = "grant the key s3:GetObject, rename what is named oddly, or take it away"
        yield warn("landing", f"can't be read: {', '.join(closed[:TRIED])}", remedy)
    else:
        yield ok("landing", f"{settings.landing}: {quantity(new.height, 'new object')}")


def examine_uploads(settings: Settings) -> Iterator[Finding]:
    """Whether an object can be listed, written, read and removed where releases are uploaded."""
    if settings.publish_to is None:
        return
    probe = f".dateline-doctor-{os.getpid()}"
    try:
        store = open_store(settings.publish_to, setting=SETTING)
    except SettingsError as error:
        yield fail(SUBJECT, str(error), f"install what is missing, and set {VARIABLES}")
        return
    try:
        list(store.list())
        store.write(probe, b"{}")
        store.read(probe)
        store.delete(probe)
    except OSError as error:
        remedy = f"correct {VARIABLES}; the key needs s3:ListBucket, Get-, Put- and DeleteObject"
        yield fail(SUBJECT, store.told(error), remedy)
    else:
        yield ok(SUBJECT, str(settings.publish_to))
