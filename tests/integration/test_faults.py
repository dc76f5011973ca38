"""The commands of bench/faults at their smallest: what they try, and that nothing is lost."""

from pathlib import Path

import pytest

from bench.faults import at_once, clocks, damage, full_disk, kills, readers, soak
from bench.faults.nights import FIRST_NIGHT, write_documents

DOCUMENTS = 20
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def first_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_FIRST_NIGHT", str(FIRST_NIGHT))


def test_a_batch_is_the_same_each_time_and_no_other(tmp_path: Path) -> None:
    for name, batch in (("a", 0), ("b", 0), ("c", 1)):
        write_documents(tmp_path / name, DOCUMENTS, batch=batch)
    texts = [
        sorted(file.read_text() for file in (tmp_path / name).iterdir()) for name in ("a", "b", "c")
    ]
    assert texts[0] == texts[1]
    assert not set(texts[0]) & set(texts[2])
    assert len(set(texts[0])) == DOCUMENTS - 1


def test_kills_at_random_moments(tmp_path: Path) -> None:
    assert kills.try_out(tmp_path, kills=2, documents=DOCUMENTS, in_a_row=2, seed=1) == []


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    if not full_disk.is_possible():
        pytest.skip("only root can mount the small disk")
    found = full_disk.try_out(tmp_path, ["staging"], documents=DOCUMENTS, mebibytes=96)
    assert "not published, then published" in found["staging"]


def test_two_commands_at_once(tmp_path: Path) -> None:
    assert at_once.try_out(tmp_path, ["run+backup"], documents=DOCUMENTS) == {"run+backup": "both"}


def test_a_reader_beside_publications(tmp_path: Path) -> None:
    found = readers.try_out(tmp_path, publications=2, documents=DOCUMENTS)
    assert found["wrong"] == []
    assert (found["nights"], int(str(found["opens"])) > 10) == (3, True)


def test_a_clock_that_steps(tmp_path: Path) -> None:
    assert clocks.try_out(tmp_path, documents=DOCUMENTS) == []


def test_damaged_files(tmp_path: Path) -> None:
    names = ["raw part", "articles", "published file"]
    found = damage.try_out(tmp_path, names, documents=DOCUMENTS, ways=["cut short"])
    assert found == {
        "raw part, cut short": "refused by name, put back",
        "articles, cut short": "by itself",
        "published file, cut short": "by itself",
    }


def test_a_soak(tmp_path: Path) -> None:
    first, *_, last = soak.soak(tmp_path, nights=3, documents=DOCUMENTS)
    assert last.open_files <= first.open_files
    assert last.file <= 1.3 * first.file  # one block more is a fifteenth of so small a file
