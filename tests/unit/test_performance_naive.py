"""The naive arm does a night's job, on two documents; its packages are not everybody's."""

import json
from pathlib import Path

import duckdb
import pytest

from bench.performance.measuring import python, run_measured
from bench.performance.naive import PACKAGES, _source, _title_and_body

DOCUMENTS = {
    "a.txt": " date 2024-01-19 Ferry stuck\nMOMBASA, Kenya (Reuters) - The ferry to Mombasa in "
    "Kenya ran aground on Friday, said Amina Okafor of the port, and nobody was hurt.\n",
    "b.txt": "The ferry ran aground in Kenya on Friday, said Amina Okafor, and nobody was hurt.\n",
}


@pytest.mark.slow
@pytest.mark.skipif(
    not PACKAGES.is_dir(), reason=f"no packages of the naive arm in {PACKAGES}: make bench"
)
def test_two_documents(tmp_path: Path) -> None:
    raw, file = tmp_path / "raw", tmp_path / "naive.duckdb"
    raw.mkdir()
    for name, text in DOCUMENTS.items():
        (raw / name).write_text(text)
    report = run_measured(python("-m", "bench.performance.naive", raw, file)).report
    assert (report["articles"], report["rejected"]) == (1, 1)
    assert {"date", "entities", "validation", "load"} <= set(report["steps"])
    with duckdb.connect(str(file), read_only=True) as con:
        article = con.execute(
            "SELECT published_on::DATE::VARCHAR, title, source_id FROM articles"
        ).fetchall()
        assert article == [("2024-01-19", "Ferry stuck", "reuters")]
        codes = con.execute("SELECT country_code FROM article_countries").fetchall()
        assert ("KE",) in codes
        assert ("PERSON",) in con.execute("SELECT label FROM mentions").fetchall()
        assert con.execute("FROM quarantine").fetchall() == [("b.txt", "no_date")]
    assert not file.with_suffix(".staging.duckdb").exists()
    json.dumps(report)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry stuck\nThe ferry ran aground.", "Ferry stuck"),
        ("The ferry ran aground.", ""),
        ("A long line. " * 30 + "\nmore", ""),
    ],
)
def test_a_short_first_line_is_the_title(text: str, title: str) -> None:
    assert _title_and_body(text)[0] == title


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("LIMA (Reuters) - It came.", "reuters"),
        ("It came." * 60 + "\nSource: Reuters.", "reuters"),
        ("Reuters reported it.", None),
        ("LIMA (Nobody) - It came.", None),
    ],
)
def test_an_outlet_is_looked_up_where_credits_stand(body: str, source: str | None) -> None:
    assert _source(body, {"reuters": "reuters"}) == source
