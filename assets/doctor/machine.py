"""The machine: settings, home, landing folder, disk, clock."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from assets.doctor.findings import Finding, fail, ok, warn
from assets.doctor.objects import examine_bucket
from assets.doctor.variables import SETTINGS, misspelt
from assets.settings import Settings
from etl.errors import LandingError
from etl.landing.access import unreadable
from etl.landing.claims import claimed_files, unclaimed
from etl.landing.scan import scan
from etl.objects.addresses import ObjectAddress

SPARE_BYTES = 500 * 2**20
"""What a night needs beside the copy of the published file: parts, logs, Dagster's storage."""
MOST_SKEW_SECONDS = 60
SHOWN_NAMES = 5


def examine_settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Variables that nobody reads."""
    if unknown := list(misspelt(environment)):
        remedy = "correct or unset it; the settings stand in README.md"
        yield from (warn("settings", line, remedy) for line in unknown)
    else:
        count = sum(name in environment for name in SETTINGS)
        yield ok("settings", f"{count} set, all others at their defaults")


def examine_home(settings: Settings) -> Iterator[Finding]:
    """Whether everything that a run writes can be written."""
    home = settings.home.absolute()
    if not home.exists():
        yield _missing(home)
        return
    folders = [home, *(home / name for name in ("lake", "warehouse", "landing", "dagster"))]
    closed = [str(f) for f in folders if f.exists() and not os.access(f, os.W_OK | os.X_OK)]
    if closed:
        remedy = "give them to the user that runs Dateline: chown -R"
        yield fail("home", f"can't be written: {', '.join(closed)}", remedy)
        return
    yield ok("home", str(home))
    if not _has_hard_links(home):
        remedy = "keep fewer releases (DATELINE_KEEP_RELEASES) or move the home"
        yield warn("home", "no hard links here: every release is a copy", remedy)


def _missing(home: Path) -> Finding:
    above = next(parent for parent in home.parents if parent.exists())
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        return warn("home", f"{home} does not exist yet", "dateline run makes it")
    remedy = "set DATELINE_HOME to a folder that Dateline's user may write"
    return fail("home", f"{home} does not exist and can't be made in {above}", remedy)


def _has_hard_links(folder: Path) -> bool:
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
        link = Path(f"{file.name}.link")
        try:
            os.link(file.name, link)
        except OSError:
            return False
        link.unlink()
        return True


def examine_landing(settings: Settings) -> Iterator[Finding]:
    """Whether raw files can be read, each of those that no night has claimed."""
    landing = settings.landing
    if isinstance(landing, ObjectAddress):
        yield from examine_bucket(settings)
        return
    if not landing.is_dir():
        make = fail if settings.raw else warn
        yield make("landing", f"{landing}: no such folder", "make it, or set DATELINE_RAW")
        return
    try:
        found = scan(landing, now=datetime.now(tz=UTC), settle_seconds=settings.settle_seconds)
    except LandingError as error:
        yield fail("landing", str(error), "let Dateline's user read it: chmod")
        return
    if found.ahead:
        names = ", ".join(found.ahead[:SHOWN_NAMES])
        remedy = "have the machine that writes them keep time by NTP; touch sets them right"
        yield warn("landing", f"{len(found.ahead)} dated in the future: {names}", remedy)
    closed = unreadable(found, unclaimed(found.files, claimed_files(settings.lake)))
    if closed:
        names = ", ".join(closed[:SHOWN_NAMES]) + (", ..." if len(closed) > SHOWN_NAMES else "")
        remedy = "let Dateline's user read them (chmod), or take them away"
        yield warn("landing", f"{len(closed)} can't be read: {names}", remedy)
    else:
        yield ok("landing", str(landing))


def examine_disk(settings: Settings) -> Iterator[Finding]:
    """A night copies the published file; a release lasts until newer ones push it out."""
    home = settings.home.absolute()
    folder = home if home.exists() else home.parent
    if not folder.exists():
        return
    free = shutil.disk_usage(folder).free
    published = settings.warehouse.published
    size = published.stat().st_size if published.exists() else 0
    message = f"{free / 2**30:.1f} GiB free; the published file has {size / 2**30:.2f} GiB"
    remedy = "free some room: fewer releases, raw bytes by dateline retention, a larger disk"
    if free < size + SPARE_BYTES:
        yield fail("disk", f"{message}: too little for a copy of it", remedy)
    elif free < 3 * size + SPARE_BYTES:
        yield warn("disk", f"{message}: enough for a night or two", remedy)
    else:
        yield ok("disk", message)


def examine_clock(settings: Settings) -> Iterator[Finding]:
    """The clock, the zone of the nights, and the clock of the home's file system."""
    now = datetime.now(tz=UTC)
    local = now.astimezone(settings.zone)
    home = settings.home.absolute()
    if home.exists() and os.access(home, os.W_OK):
        with tempfile.NamedTemporaryFile(dir=home, prefix=".doctor-") as file:
            skew = Path(file.name).stat().st_mtime - time.time()
        if abs(skew) > MOST_SKEW_SECONDS:
            remedy = "have both machines keep time by NTP: files count as settled by their mtime"
            yield warn("clock", f"the home's file system is {skew:+.0f} s off", remedy)
            return
    yield ok("clock", f"{now:%Y-%m-%d %H:%M} UTC; tonight is {local:%Y-%m-%d} in {local.tzinfo}")
