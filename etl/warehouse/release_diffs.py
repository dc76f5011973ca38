"""What differs between any two published files, for people.

What belongs here: finding the two by their versions, and what is told of them or compared anew.
What does not: the comparison (comparison.py, reasons.py) and the one at each publication
(editions.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.errors import PublishError
from etl.warehouse.comparison import Pair, comparing, note_changes
from etl.warehouse.manifest import Difference, Manifest
from etl.warehouse.reasons import diff_rows, order_of_runs
from etl.warehouse.release_records import recorded_manifest
from etl.warehouse.releases import Warehouse, current_release, find_release, label_of, releases

NAMELESS = "a file that no release holds"


@dataclass(frozen=True, kw_only=True)
class ReleaseDiff:
    """Rows of ``version`` that differ from ``before``; both versions, else names of releases."""

    before: str
    version: str
    differences: tuple[Difference, ...]


def release_diff(
    warehouse: Warehouse,
    logged: Sequence[Manifest],
    *,
    before: str | None = None,
    version: str | None = None,
) -> ReleaseDiff:
    """What differs between two releases: by default the current one and the one it replaced.

    ``logged`` are the manifests of all publications. What a release differed in from the one that
    it replaced is told by its manifest, whether or not it is kept; any other two are compared as
    they are kept. Raises PublishError where one is not known, or not kept; WarehouseError where it
    is damaged.
    """
    wanted = version or _current(warehouse)
    known = {manifest.version: manifest for manifest in (*_recorded(warehouse), *logged)}
    manifest = known.get(wanted)
    before = before or (manifest.version_before if manifest else None)
    if before is None and manifest and manifest.differences:
        return ReleaseDiff(before=NAMELESS, version=wanted, differences=manifest.differences)
    if before is None:
        raise PublishError(
            f"{wanted} is compared with none: name two releases, see dateline releases"
        )
    if manifest and manifest.version_before == before:
        return ReleaseDiff(before=before, version=wanted, differences=manifest.differences)
    old, new = (find_release(warehouse, name) for name in (before, wanted))
    differences = _compare(old, new)
    return ReleaseDiff(before=label_of(old), version=label_of(new), differences=differences)


def _current(warehouse: Warehouse) -> str:
    if (current := current_release(warehouse)) is None:
        raise PublishError("no release is published: dateline run publishes the first")
    return label_of(current)


def _recorded(warehouse: Warehouse) -> list[Manifest]:
    """Those beside kept releases: of a run that was killed the log may have none."""
    return [m for release in releases(warehouse) if (m := recorded_manifest(release))]


def _compare(old: Path, new: Path) -> tuple[Difference, ...]:
    with comparing(old, new) as pair:
        note_changes(pair, _nights_apart(pair) if pair.is_same_structure else None)
        return tuple(map(Difference.of_row, diff_rows(pair).iter_rows(named=True)))


def _nights_apart(pair: Pair) -> list[date]:
    """Nights that other runs have written last in one of the files, or that only one has."""
    last = "SELECT ingested_on, max_by(run_id, {}) AS run FROM {}.runs GROUP BY 1"
    old = last.format(order_of_runs(pair.old["runs"]), "old")
    new = last.format(order_of_runs(pair.new["runs"]), "new")
    rows = pair.con.execute(
        f"SELECT ingested_on FROM ({old}) o FULL JOIN ({new}) n USING (ingested_on) "
        "WHERE o.run IS DISTINCT FROM n.run ORDER BY 1"
    )
    return [row[0] for row in rows.fetchall()]
