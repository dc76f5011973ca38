"""A whole night on real articles with labels; skipped where the corpus is not there."""

import os
from pathlib import Path

import duckdb
import polars as pl
import pytest
from night_setup import NIGHT, materialise, published

from etl.dates import decide, read_header
from etl.errors import Rejection
from etl.parse.header import split_header

CORPUS = Path(os.environ.get("DATELINE_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
DOCUMENT_COUNT = 2003

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CORPUS / "dev" / "in").is_dir(),
        reason=f"no labelled corpus at {CORPUS}: set DATELINE_CORPUS",
    ),
]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    home = tmp_path_factory.mktemp("corpus")
    outcome = materialise(home, raw=CORPUS / "dev" / "in", workers=2)
    assert outcome.is_published, (outcome.failures, outcome.failed_checks)
    return duckdb.connect(str(published(home)), read_only=True)


def test_every_document_is_accounted_for(con: duckdb.DuckDBPyConnection) -> None:
    ((delivered, *ends),) = con.execute("SELECT * EXCLUDE ingested_on FROM v_nights").fetchall()
    assert delivered == sum(ends) == DOCUMENT_COUNT


def test_every_header_date_is_right_quarantined_documents_included(
    con: duckdb.DuckDBPyConnection,
) -> None:
    dates = dict(con.execute("SELECT file_name, published_on::VARCHAR FROM articles").fetchall())
    for name, raw_text in con.execute("SELECT file_name, raw_text FROM quarantine").fetchall():
        dates[name] = _header_date(raw_text)
    wrong = {name: (dates[name], day) for name, day in _gold() if dates[name] != day}
    assert len(dates) == DOCUMENT_COUNT
    assert wrong == {}


def _header_date(text: str) -> str:
    header, _ = split_header(text)
    assert header is not None
    decision = decide([read_header(header)], night=NIGHT)
    return "" if isinstance(decision, Rejection) else str(decision.published_on)


def _gold() -> list[tuple[str, str]]:
    labels = []
    for name in ("reuters", "geo", "feeds"):
        gold = pl.read_parquet(CORPUS / "dev" / "gold" / f"gold_{name}_dev.parquet")
        if "date_real" in gold.columns:
            gold = gold.filter("date_real")
        labels += gold.select(pl.col("doc") + ".txt", pl.col("date").str.slice(0, 10)).rows()
    return labels
