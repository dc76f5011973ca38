"""The warehouse: the published file, the nights it lacks, who holds it and its lock."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from assets.doctor.findings import Finding, fail, ok, warn
from assets.doctor.processes import holders
from assets.night.plurals import quantity
from assets.settings import Settings
from etl.errors import WarehouseError
from etl.lake.withdrawals import read_tombstones, withdrawn_deliveries
from etl.warehouse import run_log
from etl.warehouse.contents import nights_behind, nights_holding, open_file
from etl.warehouse.digest import sha256
from etl.warehouse.foreign_logs import foreign_logs
from etl.warehouse.layout import STORAGE_VERSION, storage_version
from etl.warehouse.release_records import published_digests
from etl.warehouse.releases import Warehouse, clock_fault, current_release, releases

REBUILD = "dateline rebuild; the next night does it by itself"
NOT_TOLD = "which processes, this system does not tell (/proc is Linux)"


def examine_published(settings: Settings) -> Iterator[Finding]:
    """Whether the file opens, in which storage version, and whether it is the newest."""
    warehouse = settings.warehouse
    if not warehouse.published.exists():
        yield warn("published", "nothing is published yet", "dateline run")
        return
    if foreign_logs(warehouse.published):  # told by itself; what a reader sees now is not ours
        return
    try:
        with open_file(warehouse.published) as con:
            yield _versions(con)
    except (WarehouseError, duckdb.Error) as error:
        yield _unreadable(warehouse.published, error)
        return
    yield from _unproven(warehouse)
    if fault := clock_fault(warehouse, datetime.now(tz=UTC)):
        remedy = "have the machine keep time by NTP; if the clock is right now, the next night: "
        yield warn("clock", fault, remedy + "dateline run")
    yield from _lacking(settings, warehouse)


def _unreadable(published: Path, error: Exception) -> Finding:
    if "lock" in str(error):
        message = f"open for writing, so that nobody else can read it: {_named(published)}"
        return fail("published", message, "end that client, and have it open the file read-only")
    return fail("published", str(error), REBUILD)


def _unproven(warehouse: Warehouse) -> Iterator[Finding]:
    known = published_digests(warehouse.releases)
    if not known:
        message = "nothing tells whether it is as it was published: restored, or of before records"
        yield warn("published", message, REBUILD)
    elif sha256(warehouse.published) not in known:
        message = "not as Dateline published it: damaged, changed, or from elsewhere"
        yield fail("published", message, REBUILD)


def examine_foreign_logs(settings: Settings) -> Iterator[Finding]:
    """Logs of processes that opened the published file, or a release, for writing."""
    warehouse = settings.warehouse
    beside = [log for f in (warehouse.published, *releases(warehouse)) for log in foreign_logs(f)]
    if beside:
        names = ", ".join(str(log.relative_to(warehouse.root)) for log in beside)
        remedy = "dateline run sets it aside; open the file read-only, or a copy of it"
        yield fail("foreign log", f"{names}: readers see what it holds, or nothing", remedy)
    if aside := sorted(warehouse.foreign.glob("*")):
        remedy = f"if nobody misses what it holds: rm -r {warehouse.foreign}"
        yield warn("foreign log", f"{quantity(len(aside), 'log')} in {warehouse.foreign}", remedy)


def _versions(con: duckdb.DuckDBPyConnection) -> Finding:
    storage = storage_version(con)
    message = f"DuckDB {duckdb.__version__}, storage version {storage}"
    if not storage.startswith(STORAGE_VERSION):
        remedy = "the next night, or dateline rebuild: older clients may not open it"
        return warn("published", f"{message}, expected {STORAGE_VERSION}", remedy)
    return ok("published", message)


def _lacking(settings: Settings, warehouse: Warehouse) -> Iterator[Finding]:
    current, kept = current_release(warehouse), releases(warehouse)
    behind = nights_behind(warehouse.published, run_log.read_runs(settings.lake))
    if current and current != kept[-1]:
        remedy = "it returns to the newest state with the next publication"
        yield warn("published", f"rolled back to {current.stem}, not the newest", remedy)
    elif behind:
        nights = ", ".join(map(str, behind[:5]))
        yield warn("published", f"lacks published nights: {nights}", "dateline refresh")
    yield from _withdrawn(settings, warehouse)
    if waiting := run_log.waiting_nights(settings.lake):
        nights = ", ".join(map(str, waiting[:5]))
        remedy = f"see why in the UI, then: dateline run --night {waiting[0]}"
        yield warn("nights", f"claimed, not or not wholly published: {nights}", remedy)
    else:
        yield ok("nights", f"{_published(settings)}, none waiting")


def _published(settings: Settings) -> str:
    """A night of the future was claimed when the clock was wrong; its documents stay with it."""
    nights = run_log.published_nights(settings.lake)
    today = datetime.now(tz=settings.zone).date()
    ahead = sum(night > today for night in nights)
    return f"{len(nights)} published" + (f", {ahead} of them of the future" if ahead else "")


def _withdrawn(settings: Settings, warehouse: Warehouse) -> Iterator[Finding]:
    """A withdrawal that was killed or refused leaves its article in the published file."""
    lake = settings.lake
    if stones := read_tombstones(lake):
        taken = withdrawn_deliveries(lake, lake.nights("raw_documents"))
        if nights_holding(warehouse.published, taken["delivery_id"].to_list()):
            remedy = "finish the withdrawal: dateline withdraw, with the same article"
            yield fail("withdrawn", "the published file holds a withdrawn article", remedy)
        else:
            yield ok("withdrawn", f"{quantity(len(stones), 'article')}, none in the published file")


def examine_locks(settings: Settings) -> Iterator[Finding]:
    """Which run is at work or writes, and which processes have the published file open."""
    warehouse = settings.warehouse
    if not warehouse.root.exists():
        return
    locks = (settings.home.absolute() / "running" / ".lock", warehouse.root / ".lock")
    if held := next(filter(_is_held, locks), None):
        remedy = "a run is at work: wait for it; if it hangs, end that process, nothing breaks"
        yield warn("lock", f"held by {_named(held)}", remedy)
    else:
        yield ok("lock", "no run is at work")
    readers = holders(warehouse.published) if warehouse.published.exists() else []
    if readers:
        yield ok("readers", "; ".join(map(str, readers)))


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True


def _named(path: Path) -> str:
    found = holders(path)
    if found is None:
        return f"another process; {NOT_TOLD}"
    return "; ".join(map(str, found)) or "a process of another user"
