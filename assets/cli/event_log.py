"""Dagster's event log in SQLite, over connections that are kept.

What belongs here: how Dagster connects to a file of its log and asks which tables it has. What
does not: what is stored there and where; that is Dagster's.

A night of ten documents stores some 560 events in 1,600 transactions. Dagster opens a connection
for each and closes it behind it: statements are compiled anew, and SQLite, which finds no other
connection, writes its log back, syncs and removes it. bench/small_nights.py tells what that costs.
"""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import SqliteStorageConfig
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.event import listen
from sqlalchemy.pool import StaticPool

MOST_OPEN_FILES = 4
"""The index of all runs, and the runs that were written or read last."""

FileIdentity = tuple[int, int, int]
"""Process, device and number of the file."""


class KeptSqliteEventLog(SqliteEventLogStorage):
    """Dagster's own log, whose files stay open.

    One connection a file, used by one thread at a time as Dagster has it. A file that was replaced
    (a backup restored, a run forgotten) is opened anew, and so is each file in a forked process.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._kept: OrderedDict[str, tuple[FileIdentity | None, Engine]] = OrderedDict()
        self._present_tables: set[tuple[FileIdentity | None, str]] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(  # type: ignore[override]
        cls, inst_data: ConfigurableClassData | None, config_value: SqliteStorageConfig
    ) -> "KeptSqliteEventLog":
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

    def has_table(self, table_name: str) -> bool:
        """Dagster's answer, which it asks for at each event; a table that is there stays."""
        table = self._identify(INDEX_SHARD_NAME), table_name
        if table not in self._present_tables and super().has_table(table_name):
            self._present_tables.add(table)
        return table in self._present_tables

    def _engine(self, shard: str) -> Engine:
        identity, engine = self._kept.get(shard, (None, None))
        if engine is None or identity is None or identity != self._identify(shard):
            return self._open(shard)
        self._kept.move_to_end(shard)
        return engine

    def _identify(self, shard: str) -> FileIdentity | None:
        try:
            status = Path(self.path_for_shard(shard)).stat()
        except FileNotFoundError:
            return None
        return os.getpid(), status.st_dev, status.st_ino

    def _open(self, shard: str) -> Engine:
        self._close(shard)
        while len(self._kept) >= MOST_OPEN_FILES:
            self._close(next(iter(self._kept)))
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=StaticPool,
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        listen(engine, "connect", _sync_at_checkpoints)
        identity = self._identify(shard)
        if identity is None or identity not in self._initialized_dbs:
            self._initdb(engine)
            identity = self._identify(shard)
            self._initialized_dbs.add(identity)
        self._kept[shard] = identity, engine
        return engine

    def _close(self, shard: str) -> None:
        _, engine = self._kept.pop(shard, (None, None))
        if engine is not None:
            engine.dispose()

    def dispose(self) -> None:
        """Close all files; the log may be used again."""
        with self._db_lock:
            for shard in list(self._kept):
                self._close(shard)
        super().dispose()


def _sync_at_checkpoints(connection: sqlite3.Connection, _: object) -> None:
    """Beside a write-ahead log that keeps the file whole: a power cut may cost the last events.

    Synced at each event, a night waits for the disk some 1,600 times.
    """
    connection.execute("PRAGMA synchronous = NORMAL")
