"""No secret is ever shown: not by a setting that makes no sense, nor by one that does."""

import os
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from dagster._core.instance.ref import InstanceRef
from dagster_shared.serdes import serialize_value
from pydantic import SecretStr, ValidationError

from assets.cli.instance import write_instance_config
from assets.settings import Settings, is_secret, load_settings
from assets.watch.webhook import WebhookError, post
from etl.errors import SettingsError

ROOT = Path(__file__).parents[2]
SECRET = "s3cr3t"

WEBHOOKS = (
    SECRET,
    f"htps://chat.example/{SECRET}",
    f"https:/chat.example/{SECRET}",
    f"https:///{SECRET}",
    f"https://chat.example/hook {SECRET}",
    f"https://chat.example/hook\n{SECRET}",
    f"https://chat.example/\N{LATIN SMALL LETTER E WITH ACUTE}/{SECRET}",
    f"https://chat.example/%zz/{SECRET}",
    f"https://bot:{SECRET}@chat.example/hook",
    f"https://bot:a/{SECRET}@chat.example/hook",
    f"https://{SECRET}@/hook",
    f"https://chat.example:{SECRET}/hook",
    f"https://chat.example:99999/{SECRET}",
    f"https://chat..example/{SECRET}",
    f"https://{'a' * 64}.example/{SECRET}",
    f"https://[::1/{SECRET}",
    f"https://[:::]/{SECRET}",
)
DATABASES = (
    SECRET,
    f"mysql://dagster:{SECRET}@db/dagster",
    f"postgresql:/dagster:{SECRET}@db/dagster",
    f"postgresql://dagster:a@{SECRET}@db/dagster",
    f"postgresql://dagster:a/{SECRET}@db/dagster",
    f"postgresql://dagster:1/{SECRET}@db/dagster",
    f"postgresql://dagster:a#{SECRET}@db/dagster",
    f"postgresql://dagster:a?{SECRET}@db/dagster",
    f"postgresql://dagster:{SECRET} @db/dagster",
    f"postgresql://dagster:%zz{SECRET}@db/dagster",
    f"postgresql://dagster:{SECRET}@db:port/dagster",
    f"postgresql://dagster:{SECRET}@db:0/dagster",
    f"postgresql://dagster:{SECRET}@[::1/dagster",
    f"postgresql://dagster:{SECRET}@db",
)
HOSTILE = [
    *(("DATELINE_WEBHOOK_URL", url) for url in WEBHOOKS),
    *(("DATELINE_POSTGRES_URL", url) for url in DATABASES),
    ("DATELINE_DASK_ADDRESS", f"tcp://dateline:{SECRET}@scheduler:8786"),
]
SOUND = (
    ("DATELINE_WEBHOOK_URL", f"https://chat.example/hooks/{SECRET}?token={SECRET}#a"),
    ("DATELINE_WEBHOOK_URL", f"http://127.0.0.1:8080/{SECRET}"),
    ("DATELINE_WEBHOOK_URL", f"http://[::1]:8080/{SECRET}"),
    ("DATELINE_POSTGRES_URL", f"postgresql://dagster:{SECRET}@db/dagster"),
    ("DATELINE_POSTGRES_URL", f"postgresql+psycopg2://dagster:%40%2F{SECRET}@db:5432/dagster"),
    ("DATELINE_POSTGRES_URL", f"postgresql:///dagster?host=/run/postgresql&password={SECRET}"),
)


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_an_address_that_makes_no_sense_is_refused_unseen(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    told = str(caught.value)
    assert told.startswith(f"{name}: expected ")
    assert "\n" not in told
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_the_error_of_the_settings_themselves_hides_it_too(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(("name", "value"), SOUND)
def test_an_address_in_use_cannot_be_printed(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    settings = load_settings()
    printed = (
        repr(settings),
        str(settings),
        f"{settings.model_dump()}",
        settings.model_dump_json(),
    )
    assert SECRET not in "".join(printed)
    held = getattr(settings, name.removeprefix("DATELINE_").lower())
    assert held.get_secret_value().partition("://")[2] == value.partition("://")[2]


def test_the_secret_settings_are_known() -> None:
    secret = {name for name, field in Settings.model_fields.items() if is_secret(field)}
    assert secret == {"webhook_url", "postgres_url"}


def test_dagster_hands_the_name_of_the_variable_to_its_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On their command line, where every user of the machine can read it."""
    monkeypatch.setenv("DATELINE_POSTGRES_URL", f"postgresql://dagster:{SECRET}@db/dagster")
    write_instance_config(tmp_path, with_postgres=True)
    handed = serialize_value(InstanceRef.from_dir(str(tmp_path)))
    assert "DATELINE_POSTGRES_URL" in handed
    assert SECRET not in handed + (tmp_path / "dagster.yaml").read_text()


@pytest.mark.parametrize(("name", "value"), [HOSTILE[0], HOSTILE[-1]])
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["-m", "assets.cli.main", "doctor"], id="doctor"),
        pytest.param(["-m", "assets.cli.main", "run"], id="run"),
        pytest.param(["-c", "import assets.definitions"], id="code location"),
    ],
)
def test_no_process_prints_it(command: list[str], name: str, value: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DATELINE_HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert f"{name}: expected " in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr


def _echo(connection: socket.socket) -> None:
    connection.sendall(connection.recv(2**16))


def _refer_to_itself(connection: socket.socket) -> None:
    connection.recv(2**16)
    connection.sendall(f"HTTP/1.1 302 {SECRET}\r\nLocation: /{SECRET}\r\n\r\n".encode())


def _break_off(connection: socket.socket) -> None:
    connection.recv(2**16)


def _answer_in_part(connection: socket.socket) -> None:
    connection.recv(2**16)
    connection.sendall(f"HTTP/1.1 200 OK\r\n{SECRET}".encode())


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("answer", [_echo, _refer_to_itself, _break_off, _answer_in_part])
def test_no_receiver_makes_the_posting_tell_it(
    answer: Callable[[socket.socket], None], scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve_once, args=(server, answer))
        thread.start()
        url = SecretStr(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/{SECRET}?{SECRET}")
        try:
            post(url, {}, attempts=1, timeout_seconds=5)
        except WebhookError as error:
            told = "".join(traceback.format_exception(error))
            assert "webhook at 127.0.0.1: " in told
            assert SECRET not in told
        else:
            assert answer is _answer_in_part, "an answer that is none was taken for one"
        finally:
            thread.join()


def _serve_once(server: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    connection, _ = server.accept()
    with connection:
        answer(connection)
