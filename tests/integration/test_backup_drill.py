"""A home is lost: the newest backup and the landing folder give the same file again."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from ferries import write_ferries
from night_setup import NEXT_NIGHT, materialise, published

from assets.cli import home as commands
from etl.lake.store import Lake
from etl.warehouse.digest import digest


@pytest.mark.slow
def test_a_lost_home_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, raw, folder = (tmp_path / name for name in ("home", "raw", "backups"))
    monkeypatch.setenv("DATELINE_HOME", str(home))
    monkeypatch.setattr(commands, "leave", lambda code: None if code == 0 else pytest.fail("1"))
    write_ferries(raw, 3)
    assert materialise(home, raw=raw).is_published
    call("backup", folder)
    write_ferries(raw, 5)
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    before = digest(published(home))
    shutil.rmtree(home)
    (newest,) = folder.iterdir()
    call("restore", newest)
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == before
    assert len(Lake(home / "lake").nights("raw_documents")) == 2


def call(name: str, *arguments: object) -> None:
    command = {command.name: command for command in commands.COMMANDS}[name]
    result = CliRunner().invoke(command, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.output
