"""What a shared home must hold, tried out with workers that are functions of this process."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from assets.doctor import cluster
from assets.settings import Settings
from etl.lake.engines import sharing
from etl.lake.engines.sharing import Sharing, explore, second_look

SHARED = Sharing(
    sees_ours=True,
    sees_lock=True,
    sees_each_whole=True,
    sees_move=True,
    shows_its_own=True,
    name="its own",
)
Asked = Callable[..., object]


def here(question: Asked, *given: Any) -> Mapping[str, Any]:
    """One worker, which sees what this process sees."""
    return {"tcp://a:1": question(*given)}


def elsewhere(question: Asked, folder: Path) -> Mapping[str, Any]:
    """One worker, where the path is a folder of its own machine."""
    other = folder.parent / "elsewhere"
    other.mkdir(exist_ok=True)
    return {"tcp://a:1": question(other)}


def test_one_folder_for_all_is_shared(tmp_path: Path) -> None:
    (found,) = explore(tmp_path / "doctor", here).values()
    assert replace(found, name=SHARED.name) == SHARED


def test_a_folder_of_ones_own_is_not(tmp_path: Path) -> None:
    (found,) = explore(tmp_path / "doctor", elsewhere).values()
    assert not (found.sees_ours or found.sees_lock or found.sees_each_whole or found.sees_move)
    assert not found.shows_its_own


def test_a_replaced_file_that_is_missing_for_a_moment_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def removing(temporary: Path, target: Path) -> None:
        target.unlink(missing_ok=True)
        monkeypatch.undo()  # once is enough
        temporary.replace(target.with_name("late"))

    def ask(question: Asked, *given: Any) -> Mapping[str, Any]:
        monkeypatch.setattr(sharing, "put_in_place", removing)
        return here(question, *given)

    (found,) = explore(tmp_path / "doctor", ask).values()
    assert not found.sees_each_whole


def test_a_file_that_cannot_be_synced_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(sharing, "sync_tree", refuse)
    (found,) = explore(tmp_path / "doctor", here).values()
    assert found.error == "[Errno 95] Operation not supported" and found.sees_ours


def test_a_folder_that_is_still_where_it_was_is_noticed(tmp_path: Path) -> None:
    def ask(question: Asked, folder: Path) -> Mapping[str, Any]:
        if question is second_look:
            shutil.copytree(folder / "after", folder / "before")
        return here(question, folder)

    (found,) = explore(tmp_path / "doctor", ask).values()
    assert not found.sees_move and found.shows_its_own


def test_a_worker_that_is_lost_meanwhile_is_told(tmp_path: Path) -> None:
    found = explore(tmp_path / "doctor", lambda *_: {"tcp://a:1": OSError("it has gone")})
    assert found["tcp://a:1"].error == "OSError: it has gone"


@pytest.mark.parametrize("name", [f.name for f in fields(Sharing) if f.type in (bool, "bool")])
def test_each_fault_is_told_with_its_remedy(name: str) -> None:
    assert cluster._fault(replace(SHARED, **{name: False})) == cluster.FAULTS[name]
    assert all(cluster.FAULTS[name])


def test_what_cannot_be_written_is_told_with_its_remedy() -> None:
    told, remedy = cluster._fault(replace(SHARED, error="[Errno 13] Permission denied"))
    assert told == "cannot write as a part is written: [Errno 13] Permission denied"
    assert "give the folder" in remedy
    assert cluster._fault(SHARED) == ("", "")


def test_without_a_cluster_nothing_is_asked(tmp_path: Path) -> None:
    assert list(cluster.examine_cluster(Settings(home=tmp_path))) == []
    (own,) = cluster.examine_cluster(Settings(home=tmp_path, engine="dask", workers=3))
    assert (own.status, own.message) == ("ok", "3 workers of this machine")
    assert list(tmp_path.iterdir()) == []
