"""The lines of docs/clients.md that can be tried here: SQLAlchemy, as Superset uses it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sound_warehouse
import sqlalchemy as sa

from etl.schema import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "clients.md").read_text()


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    """Opened with the page's URI and parameters, but for the path."""
    path = tmp_path_factory.mktemp("clients") / "sound.duckdb"
    sound_warehouse.build(path)
    (uri,) = re.findall(r"```\n(duckdb:.*)\n```", PAGE)
    (parameters,) = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    assert uri.endswith("//data/dateline.duckdb")
    engine = sa.create_engine(
        uri.replace("/data/dateline.duckdb", str(path)), **json.loads(parameters)
    )
    with engine.connect() as con:
        yield con
    engine.dispose()


def test_it_answers_and_lists_the_tables(con: sa.Connection) -> None:
    nights = len(sound_warehouse.EARLIER) + 1
    assert con.scalar(sa.text("SELECT count(*) FROM articles")) == 20 * nights
    assert {*sa.inspect(con).get_table_names()} == {table.name for table in TABLES}


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DELETE FROM articles", "read-only"),
        ("CREATE TABLE t (i INT)", "read-only"),
        ("FROM read_text('/etc/passwd')", "file system operations are disabled"),
        ("SET enable_external_access = true", "Cannot change configuration"),
    ],
)
def test_it_neither_writes_nor_reads_the_server(con: sa.Connection, sql: str, message: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=message):
        con.execute(sa.text(sql))
    con.rollback()
