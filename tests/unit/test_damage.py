"""Files of the lake that a crash, a full disk or a bad copy has left empty or cut short."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from landed import take
from night_lake import Doc, logged_runs, write_night

from etl.errors import StageError
from etl.fingerprint import fingerprint
from etl.lake.corrections import find_correction
from etl.lake.damage import check_raw, find_damage, nights_to_mend
from etl.lake.replays import quarantined
from etl.lake.staleness import record_published, stale_nights
from etl.lake.store import COUNTS, SEAL, Lake, read_seal, write_seal
from etl.landing.claims import restore_manifests
from etl.night import STAGE_NAMES
from etl.stage import RAW, Correctable, Input, Stage
from etl.warehouse import run_log

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
PART = "batch-0001.part-0000"
STAGES = tuple(
    Stage(
        name=name,
        builder="m:f",
        reads=Input(source, source),
        main=name,
        rejects_as="parse",
        version="1",
    )
    for name, source in zip(STAGE_NAMES, (RAW, *STAGE_NAMES), strict=False)
)
Spoil = Callable[[Path], object]


def empty(file: Path) -> None:
    file.write_bytes(b"")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zeros(file: Path) -> None:
    """The size is right, the bytes never reached the disk."""
    file.write_bytes(bytes(file.stat().st_size))


SPOILS = (empty, cut_short, zeros)
spoiled = pytest.mark.parametrize("spoil", SPOILS)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two nights, derived to their end and published: two documents, and one."""
    lake = Lake(tmp_path / "lake")
    for night, docs in ((N1, [Doc("d1", "x"), Doc("d2", "y")]), (N2, [Doc("d3", "z")])):
        write_night(lake, night, docs)
        finish(lake, night, [doc.delivery_id for doc in docs])
    run_log.write_runs(lake, "run", logged_runs([N1, N2]))
    record_published(lake, STAGES, [N1, N2])
    assert find_damage(lake) == []
    return lake


def finish(lake: Lake, night: date, ids: list[str]) -> None:
    """Ledgers, counts and seals as the stages leave them, and the manifest of the claim."""
    (part,) = lake.raw_parts(night)
    manifest = pl.DataFrame({"path": [f"{delivery_id}.txt" for delivery_id in ids]})
    manifest.write_parquet(part.path.with_name("files.parquet"))
    origin = part.fingerprint()
    for stage in STAGES:
        origin = fingerprint(stage.name, stage.version, origin)
        folder = lake.part_folder(stage.name, night, part.name)
        pl.DataFrame({"delivery_id": ids}).write_parquet(folder / "ledger.parquet")
        tables = (file.stem for file in folder.glob("*.parquet") if file.stem != "ledger")
        (folder / COUNTS).write_text(json.dumps(dict.fromkeys(tables, len(ids))))
        write_seal(folder, origin)


@spoiled
@pytest.mark.parametrize("stage", STAGE_NAMES)
@pytest.mark.parametrize("name", [SEAL, COUNTS, "ledger.parquet", "quarantine.parquet"])
def test_a_damaged_part_counts_as_not_finished(
    lake: Lake, stage: str, name: str, spoil: Spoil
) -> None:
    folder = lake.part_folder(stage, N1, PART)
    spoil(folder / name)
    assert read_seal(folder) is None
    assert [(d.path, d.night, d.lost) for d in find_damage(lake)] == [(folder, N1, "")]
    (stale,) = stale_nights(lake, STAGES, [N1, N2])
    assert (stale.night, stale.stage, stale.documents, stale.can_be_derived) == (N1, stage, 2, True)
    assert nights_to_mend(lake, [N1, N2]) == [N1]


def test_a_part_of_which_a_table_is_gone_counts_as_not_finished(lake: Lake) -> None:
    (lake.part_folder("articles", N1, PART) / "articles.parquet").unlink()
    assert nights_to_mend(lake, [N1, N2]) == [N1]


@spoiled
def test_nobody_reads_a_damaged_table_by_accident(lake: Lake, spoil: Spoil) -> None:
    file = lake.part_folder("articles", N1, PART) / "quarantine.parquet"
    spoil(file)
    with pytest.raises(StageError, match=f"{file} is damaged"):
        lake.table_files("articles", N1, "quarantine")
    with pytest.raises(StageError, match=f"{file} is damaged"):
        quarantined(lake, [N1])


def test_no_correction_is_made_on_top_of_a_damaged_part(lake: Lake) -> None:
    folder = lake.part_folder("sources", N1, PART)
    table = Correctable(rules="r", table="t", content=b"", finder="m:f")
    write_seal(folder, "f", table.notes("o"))
    kept = lake.root / "corrected_tables" / "sources" / "t.csv"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"")
    assert find_correction(lake, "sources", table, folder, origin="o") is not None
    cut_short(folder / "ledger.parquet")
    assert find_correction(lake, "sources", table, folder, origin="o") is None


@spoiled
def test_a_damaged_raw_part_is_named_with_what_it_held(lake: Lake, spoil: Spoil) -> None:
    (part,) = lake.raw_parts(N1)
    spoil(part.path)
    (damage,) = find_damage(lake)
    held = f"it held 2 documents of {N1}, from the 2 files of its batch: d1.txt, d2.txt"
    assert (damage.path, damage.night, damage.lost) == (part.path, N1, held)
    (stale,) = stale_nights(lake, STAGES, [N1, N2])
    assert (stale.night, stale.stage, stale.can_be_derived) == (N1, RAW, False)
    with pytest.raises(StageError, match=held):
        check_raw(lake, [N1])
    assert check_raw(lake, [N2]) == [damage]


def test_what_a_raw_part_held_is_told_as_far_as_it_is_known(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    empty(part.path)
    empty(lake.part_folder("parsed_articles", N1, PART) / "ledger.parquet")
    empty(part.path.with_name("files.parquet"))
    manifest, raw, derived = find_damage(lake)
    assert manifest.lost == f"it listed the files that batch-0001 of {N1} has claimed"
    assert raw.lost == f"it held documents of {N1}"
    assert derived.lost == f"it held parsed_articles of {N1}, whose bytes are gone"
    assert nights_to_mend(lake, [N1, N2]) == []


@spoiled
def test_a_manifest_is_no_loss_where_its_parts_are_whole(lake: Lake, spoil: Spoil) -> None:
    (part,) = lake.raw_parts(N1)
    manifest = part.path.with_name("files.parquet")
    spoil(manifest)
    assert [(d.path, d.night, d.lost) for d in find_damage(lake)] == [(manifest, N1, "")]
    assert check_raw(lake, [N1, N2]) == []
    restore_manifests(lake)
    assert find_damage(lake) == []
    assert pl.read_parquet(manifest)["path"].to_list() == ["d1.txt", "d2.txt"]


def test_no_night_claims_without_a_manifest_of_which_nothing_tells(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    empty(part.path.with_name("files.parquet"))
    empty(part.path)
    with pytest.raises(StageError, match="it listed the files"):
        check_raw(lake, [N2])


def test_a_derived_part_whose_bytes_retention_has_removed_is_lost(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text('{"is_done": true}')
    empty(lake.part_folder("parsed_articles", N1, PART) / SEAL)
    (damage,) = find_damage(lake)
    assert damage.lost == f"it held parsed_articles of {N1}, whose bytes are gone"
    assert nights_to_mend(lake, [N1, N2]) == []


@spoiled
def test_a_damaged_log_counts_as_a_run_that_published_nothing(lake: Lake, spoil: Spoil) -> None:
    spoil(lake.root / "runs" / "run.parquet")
    (damage,) = find_damage(lake)
    assert (damage.path.name, damage.night) == ("run.parquet", None)
    assert run_log.published_nights(lake) == []
    assert run_log.waiting_nights(lake) == [N1, N2]


@spoiled
def test_a_night_whose_note_is_damaged_is_stale(lake: Lake, spoil: Spoil) -> None:
    spoil(lake.published_record(N1))
    assert [d.path for d in find_damage(lake)] == [lake.published_record(N1)]
    assert [stale.night for stale in stale_nights(lake, STAGES, [N1, N2])] == [N1]


@spoiled
def test_a_file_whose_earlier_part_is_damaged_is_not_delivered_twice(
    tmp_path: Path, spoil: Spoil
) -> None:
    """The damaged part told which documents of a file were delivered; so does its ledger."""
    landing, lake = tmp_path / "landing", Lake(tmp_path / "lake")
    landing.mkdir()
    (landing / "a.jsonl").write_text('{"text": "one"}\n')
    take(landing, lake, N1)
    (part,) = lake.raw_parts(N1)
    ids = pl.read_parquet(part.path, columns=["delivery_id"])["delivery_id"].to_list()
    folder = lake.part_folder(STAGE_NAMES[0], N1, part.name)
    folder.mkdir(parents=True)
    pl.DataFrame({"delivery_id": ids}).write_parquet(folder / "ledger.parquet")
    spoil(part.path)
    (landing / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    assert take(landing, lake, N2).document_count == 1
    spoil(folder / "ledger.parquet")
    (landing / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n{"text": "three"}\n')
    with pytest.raises(StageError, match="is damaged: it held"):
        take(landing, lake, N2)
