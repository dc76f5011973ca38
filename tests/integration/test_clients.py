"""The published file opens in the clients of older releases of DuckDB, with its views.

They are installed by ``make clients``, each in a folder of its own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from night_setup import Undisturbed, published

from etl.schema.views import VIEWS
from etl.schema.views.guide import guide

CLIENTS = Path(sys.prefix) / "clients"
VERSIONS = ("1.2.2", "1.3.2", "1.4.0")
ASK = """
import json, sys
import duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
counts = [len(con.execute(sql).fetchall()) for sql in json.loads(sys.argv[2])]
print(json.dumps([duckdb.__version__, counts]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_client_reads_every_view_and_answers_every_question(
    version: str, undisturbed: Undisturbed
) -> None:
    folder = CLIENTS / version
    if not folder.is_dir():
        if os.environ.get("CI") and sys.version_info < (3, 14):
            pytest.fail(f"{folder}: make clients installs it")
        pytest.skip(f"{folder} is not there: make clients")
    queries = [f"FROM {view.name}" for view in VIEWS] + [question.sql for question in guide()]
    told = subprocess.run(
        [sys.executable, "-c", ASK, str(published(undisturbed.home)), json.dumps(queries)],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    client, counts = json.loads(told.stdout)
    assert client == version
    with duckdb.connect(str(published(undisturbed.home)), read_only=True) as con:
        assert counts == [len(con.execute(query).fetchall()) for query in queries]
