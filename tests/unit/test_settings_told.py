"""A setting that names what is not there, or is none: every command says so in the same words."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

import assets.settings
from assets.cli import home
from assets.cli.main import main

READS_NO_SETTINGS = {"explain"}
COMMANDS = sorted(set(main.commands) - READS_NO_SETTINGS)
ARGUMENTS = {
    "backfill": ["--from", "2026-03-01", "--to", "2026-03-02"],
    "backup": ["."],
    "export": ["exported"],
    "query": ["FROM runs"],
    "restore": ["."],
    "withdraw": ["0f3c", "--reason", "its publisher asks for it"],
}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    def leave(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(home, "leave", leave)
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    return CliRunner()


def say(runner: CliRunner, command: str, **variables: str) -> str:
    """What a command prints that must not succeed."""
    ended = runner.invoke(main, [command, *ARGUMENTS.get(command, [])], env=variables)
    assert ended.exit_code == 1, ended.output
    return " ".join(ended.output.split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("DATELINE_THRESHOLDS", "/none/thresholds.toml", "no such file"),
        ("DATELINE_THRESHOLDS", "/", "no such file"),
        ("DATELINE_DASK_ADDRESS", "tcp://host:8786", "does nothing without DATELINE_ENGINE=dask"),
        (
            "DATELINE_SPACY_MODEL",
            "no_such_model",
            "neither a folder nor a package that is installed",
        ),
    ],
)
def test_what_is_not_there(
    runner: CliRunner, tmp_path: Path, command: str, variable: str, value: str, told: str
) -> None:
    assert f"{variable}={value}: {told}" in say(runner, command, **{variable: value})
    assert not (tmp_path / "home").exists()


def test_an_engine_whose_library_is_not_there(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_found(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr(assets.settings, "version", not_found)
    told = say(runner, "status", DATELINE_ENGINE="dask")
    assert "DATELINE_ENGINE=dask: distributed is not installed: make cluster" in told


@pytest.mark.parametrize(
    "address", ["host:8786", "http://host:8786", "tcp://host", "tcp://", "tcp://host:0", "tls://:1"]
)
def test_an_address_of_no_scheduler(runner: CliRunner, address: str) -> None:
    told = say(runner, "status", DATELINE_DASK_ADDRESS=address)
    assert f"DATELINE_DASK_ADDRESS={address!r}: expected tcp://host:port or tls://" in told


@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"doctor"}))  # which has it as a finding
def test_a_name_that_is_no_setting(runner: CliRunner, command: str) -> None:
    stop = {"DATELINE_THRESHOLDS": "/none"}
    told = say(runner, command, DATELINE_KEEP_RELEASE="3", **stop)
    wanted = "Warning: DATELINE_KEEP_RELEASE is no setting, and does nothing; "
    assert told.startswith(f"{wanted}DATELINE_KEEP_RELEASES is one")
    assert "Warning" not in say(runner, command, DATELINE_CORPUS="/corpus", **stop)


def test_a_name_that_is_like_none_has_no_hint(runner: CliRunner) -> None:
    told = say(runner, "status", DATELINE_ZZZ="3", DATELINE_THRESHOLDS="/none")
    assert "DATELINE_ZZZ is no setting, and does nothing Error" in told


def test_the_list_of_commands_is_not_cut_off(runner: CliRunner) -> None:
    told = runner.invoke(main, ["--help"]).output
    assert "..." not in told.partition("Commands:")[2]
    for command in main.commands.values():
        first = str(command.help).partition(".")[0]
        assert " ".join(first.split()) in " ".join(told.split())
