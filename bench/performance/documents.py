"""Documents for the cases: real ones of the corpus beside made ones, and drops of many.

What belongs here: what lies in a landing folder. What does not: the made text itself
(bench/faults/nights.py) and reading the corpus with labels (bench/corpus.py). The corpus is copied
into folders that go with the measurement; nothing of it is kept.
"""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

from bench.corpus_path import corpus_folder
from bench.faults.nights import document_text, write_documents

LAST_DAY = date(2026, 2, 26)
A_DAY = 500


def corpus_texts() -> list[Path]:
    """The raw files of the corpus, none where there is no corpus (``DATELINE_CORPUS``)."""
    return sorted((corpus_folder() / "in").glob("*.txt"))


def write_mixed(landing: Path, count: int, *, batch: int = 0) -> dict[str, int]:
    """So many documents, half of them real as far as there are any; how many of each kind."""
    every = corpus_texts()
    real = every[:: max(1, len(every) // max(1, count // 2))][: count // 2]
    landing.mkdir(parents=True, exist_ok=True)
    for path in real:
        shutil.copyfile(path, landing / path.name)
    write_documents(landing, count - len(real), batch=batch)
    return {"documents": count, "real": len(real), "made": count - len(real)}


def write_drop(landing: Path, count: int) -> None:
    """One file of JSON lines with so many made documents, of A_DAY a day: a drop of an archive."""
    landing.mkdir(parents=True, exist_ok=True)
    with (landing / "drop.jsonl").open("w", encoding="utf-8") as file:
        for number in range(count):
            text = document_text(f"000-{number:04d}", number, 0)
            day = LAST_DAY - timedelta(days=number // A_DAY)
            record = {"text": text.replace(str(LAST_DAY), str(day), 1)}
            file.write(json.dumps(record) + "\n")


def write_files(landing: Path, count: int, *, a_folder: int = 1000) -> None:
    """So many small files, a thousand in each folder."""
    for number in range(count):
        folder = landing / f"{number // a_folder:05d}"
        if number % a_folder == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:08d}.txt").write_bytes(b" date 2026-02-26 \n")
