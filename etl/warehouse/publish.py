"""The gate: from an audited staging file to the file that analysts open.

What belongs here: the audit record and the one way in which a staging file takes the place of
the published one. What does not: building staging (etl/warehouse/staging.py), running expectations
(expectations/) and kept releases (etl/warehouse/releases.py).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import polars as pl

from etl import schema
from etl.errors import PublishError
from etl.warehouse.digest import sha256
from etl.warehouse.editions import Edition, make_manifest
from etl.warehouse.foreign_logs import foreign_logs
from etl.warehouse.layout import discard
from etl.warehouse.manifest import LAST, Manifest, release_rows
from etl.warehouse.release_records import write_record
from etl.warehouse.releases import (
    Warehouse,
    adopt_published,
    clock_fault,
    current_release,
    drop_old_releases,
    keep_release,
    label_of,
    put_in_place,
    release_at,
)
from etl.warehouse.staging import Staged


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit found: bound to one staging file and one suite by their fingerprints.

    ``failed`` names the blocking expectations that did not hold.
    """

    staging_sha256: str
    suite_fingerprint: str
    run_id: str
    failed: tuple[str, ...]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Audit":
        """Raises PublishError where there is no record."""
        if not path.exists():
            raise PublishError(f"not audited: {path} is missing; run the checks of staging first")
        record = json.loads(path.read_text())
        return cls(**{**record, "failed": tuple(record["failed"])})


@dataclass(frozen=True, kw_only=True)
class Published:
    """The release that is published now; no manifest where it is the one that was before."""

    release: Path
    manifest: Manifest | None


_FORGET_OLDER = """
DELETE FROM {} WHERE version NOT IN (SELECT version FROM releases ORDER BY sequence DESC LIMIT ?)
"""


def check_gate(warehouse: Warehouse, *, suite_fingerprint: str) -> Audit:
    """The audit that lets the staging file through.

    Raises PublishError where there is no audit, or it failed, or it was made of another file
    or with another suite.
    """
    audit = Audit.read(warehouse.audit_record)
    if audit.failed:
        raise PublishError(
            f"the audit of run {audit.run_id} failed: {', '.join(audit.failed)}; "
            "nothing is published and the published file is as it was"
        )
    if audit.suite_fingerprint != suite_fingerprint:
        raise PublishError("the audit was made with another suite; run the checks again")
    if not warehouse.staging.exists() or sha256(warehouse.staging) != audit.staging_sha256:
        raise PublishError("the staging file is not the one that was audited; run staging again")
    return audit


def publish(
    warehouse: Warehouse,
    *,
    suite_fingerprint: str,
    edition: Edition,
    runs: pl.DataFrame,
    quality_results: pl.DataFrame,
    manifests: Sequence[Manifest],
    keep: int,
) -> Published:
    """Put the audited staging file in place and keep it as a release.

    Not so where it would be nothing new (``make_manifest``): then the published file stays, and
    what is staged is thrown away. ``runs``, ``quality_results`` and ``manifests`` are the whole
    logs; rows that the file lacks are added to it, which no audited table feels.
    Raises PublishError as ``check_gate``.
    """
    check_gate(warehouse, suite_fingerprint=suite_fingerprint)
    adopt_published(warehouse)
    staging = warehouse.staging
    logs = {"runs": runs, "quality_results": quality_results, **release_rows(manifests)}
    _append_logs(staging, logs)
    current = current_release(warehouse)
    manifest = make_manifest(
        warehouse.published,
        staging,
        staged=Staged.read(warehouse.staged_record),
        edition=edition,
        runs=runs,
        quality_results=quality_results,
        replaces=label_of(current) if current else None,
        # A release that a clock ahead has named stays the newest until there is another.
        is_due=bool(clock_fault(warehouse, edition.finished_at)),
    )
    release = _put_in_place(warehouse, edition, manifest) if manifest else _as_it_was(warehouse)
    drop_old_releases(warehouse, keep)
    warehouse.audit_record.unlink()
    warehouse.staged_record.unlink()
    return Published(release=release, manifest=manifest)


def _put_in_place(warehouse: Warehouse, edition: Edition, manifest: Manifest) -> Path:
    release = release_at(warehouse, edition.finished_at, edition.sequence)
    _append_logs(warehouse.staging, release_rows([manifest]))
    write_record(release, sha256(warehouse.staging), manifest.record())
    put_in_place(warehouse, warehouse.staging)
    keep_release(warehouse, release)
    return release


def _as_it_was(warehouse: Warehouse) -> Path:
    """The release that stays published."""
    if (current := current_release(warehouse)) is None:
        raise PublishError(f"no release holds {warehouse.published}; dateline rebuild makes one")
    discard(warehouse.staging)
    return current


def _append_logs(path: Path, logs: Mapping[str, pl.DataFrame]) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("BEGIN")
        for name, frame in logs.items():
            table = next(table for table in schema.TABLES if table.name == name)
            key = ", ".join(table.key)
            con.register("log", table.conform(frame))
            con.execute(
                f"INSERT INTO {name} SELECT * FROM log ANTI JOIN {name} USING ({key}) "
                f"ORDER BY {key}"
            )
            con.unregister("log")
        for table in (schema.RELEASE_TABLES, schema.RELEASE_DIFFS, schema.RELEASE_STORIES):
            con.execute(_FORGET_OLDER.format(table.name), [LAST])
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    if foreign_logs(path):
        raise PublishError(f"{path} still has a write-ahead log: another process has it open")
