"""What must outlive a power cut: the order of the system calls that put it on disk."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from landed import NIGHT, take

from etl.durability import write_durably
from etl.lake.engines import run_parts
from etl.lake.engines.inline import Inline
from etl.lake.parts import tasks_of
from etl.lake.staleness import record_published
from etl.lake.store import Lake, note_removal, overwrite, reseal
from etl.lake.structure import note_structure
from etl.lake.withdrawals import Tombstone, write_tombstone
from etl.schema import RUNS
from etl.stage import RAW, Input, Stage
from etl.warehouse import run_log

STAGE = Stage(
    name="shouting",
    builder="part_stages:build",
    reads=Input(RAW, RAW),
    main="shouted",
    rejects_as="parse",
    version="1",
)


@dataclass
class Calls:
    """The system calls that matter, in their order: (name, path, new path)."""

    made: list[tuple[str, str, str]] = field(default_factory=list)

    def place(self, name: str, path: Path, to: Path | str = "") -> int:
        """Where in the order it was called. Fails where it was not."""
        assert (name, str(path), str(to)) in self.made, (name, path, to, self.made)
        return self.made.index((name, str(path), str(to)))

    def renames(self, *, under: Path) -> list[tuple[int, Path, Path]]:
        """Each with its place, source and target."""
        found = enumerate(self.made)
        names = [(n, Path(path), Path(to)) for n, (call, path, to) in found if call == "rename"]
        return [one for one in names if one[2].is_relative_to(under)]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """All that is renamed, synced and made from here on."""
    calls = Calls()

    def noting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *others: Any, **options: Any) -> Any:
            result = real(path, *others, **options)
            to = os.fspath(others[0]) if name == "rename" else ""
            at = (
                str(Path(f"/proc/self/fd/{path}").readlink())
                if name == "fsync"
                else os.fspath(path)
            )
            calls.made.append((name, at, to))
            return result

        return call

    for name, of in (("rename", "rename"), ("rename", "replace"), ("mkdir", "mkdir")):
        monkeypatch.setattr(os, of, noting(name, getattr(os, of)))
    monkeypatch.setattr(os, "fsync", noting("fsync", os.fsync))
    yield calls


def check_order(calls: Calls, lake: Lake) -> list[Path]:
    """Bytes, then the names within, then the name itself, then the folder that holds it.

    Returns what was put in place.
    """
    placed = calls.renames(under=lake.root)
    for at, source, target in placed:
        within = [target, *target.rglob("*")] if target.is_dir() else [target]
        for path in within:
            assert calls.place("fsync", source / path.relative_to(target)) < at, path
        after = [c for c in calls.made[at:] if c == ("fsync", str(target.parent), "")]
        assert after, f"{target.parent} was not synced after the rename"
    kept = [Path(p) for c, p, _ in calls.made if c == "mkdir" and not Path(p).name.startswith(".")]
    for folder in (folder for folder in kept if folder.is_relative_to(lake.root)):
        if folder.parent.exists() and folder.exists() and folder.parent != lake.root.parent:
            made, synced = calls.place("mkdir", folder), calls.made
            assert ("fsync", str(folder.parent), "") in synced[made:], folder
    return [target for _, _, target in placed]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def claim_two(tmp_path: Path, lake: Lake) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    for name in ("a", "b"):
        (landing / f"{name}.txt").write_text(f" date 2024-05-06 {name}")
    assert take(landing, lake).document_count == 2


def test_a_claim_is_on_disk_before_it_counts(tmp_path: Path, lake: Lake, calls: Calls) -> None:
    claim_two(tmp_path, lake)
    batch = lake.night_folder(RAW, NIGHT) / "batch-0001"
    assert check_order(calls, lake) == [batch]
    assert sorted(file.name for file in batch.iterdir()) == ["files.parquet", "part-0000.parquet"]


def test_a_part_is_on_disk_before_its_seal_counts(tmp_path: Path, lake: Lake, calls: Calls) -> None:
    claim_two(tmp_path, lake)
    calls.made.clear()
    list(run_parts(STAGE, tasks_of(STAGE, lake, lake.raw_parts(NIGHT)), Inline()))
    (part,) = lake.raw_parts(NIGHT)
    assert check_order(calls, lake) == [lake.part_folder("shouting", NIGHT, part.name)]


def test_whatever_else_the_lake_keeps_is_on_disk_under_its_name(
    tmp_path: Path, lake: Lake, calls: Calls
) -> None:
    claim_two(tmp_path, lake)
    folder = lake.root / "articles" / "part"
    folder.mkdir(parents=True)
    calls.made.clear()
    write_durably(folder / "seal.json", "{}")
    reseal(folder, "two", {})
    note_removal(folder, ["articles"])
    overwrite(folder / "articles.parquet", pl.DataFrame({"n": [1]}))
    record_published(lake, [], [NIGHT])
    note_structure(lake, "one")
    run_log.write_runs(lake, "run", RUNS.frame())
    write_tombstone(lake, Tombstone(article_id="a", reason="r", withdrawn_on=date(2026, 3, 1)))
    assert {path.name for path in check_order(calls, lake)} == {
        *("seal.json", "articles.parquet", f"{NIGHT}.json", "structure.json"),
        *("run.parquet", "a.json"),
    }
