"""Posting to a webhook: tried again where that may help, and never silent."""

import socket
import threading
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from receiver import Receiver, receiving

from assets.watch.webhook import WebhookError, post


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_a_message_arrives_as_json(receiver: Receiver) -> None:
    post(SecretStr(receiver.url), {"text": "Côte d’Ivoire"})
    assert receiver.bodies == [{"text": "Côte d’Ivoire"}]


@pytest.mark.parametrize("fault", [500, 503, 429, 408, 0])
def test_a_fault_that_may_pass_is_tried_again(receiver: Receiver, fault: int) -> None:
    receiver.statuses = [fault, fault]
    waits: list[float] = []
    post(SecretStr(receiver.url), {"n": 1}, sleep=waits.append)
    assert receiver.bodies == [{"n": 1}]
    assert waits == [1, 2]


@pytest.mark.parametrize("refusal", [400, 404, 410, 302])
def test_a_refusal_is_not_tried_again(receiver: Receiver, refusal: int) -> None:
    receiver.statuses = [refusal]
    with pytest.raises(WebhookError, match=f"HTTP status {refusal}, attempt 1"):
        post(SecretStr(receiver.url), {})
    assert receiver.attempts == 1


def test_the_last_fault_is_told_without_the_secret_path(receiver: Receiver) -> None:
    receiver.statuses = [500, 502, 503]
    with pytest.raises(WebhookError, match="HTTP status 503, attempt 3") as caught:
        post(SecretStr(receiver.url), {}, sleep=lambda _: None)
    assert "secret" not in str(caught.value)


def test_a_receiver_that_never_answers_costs_its_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = SecretStr(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(WebhookError, match="timed out"):
            post(url, {}, attempts=1, timeout_seconds=0.1)


def test_an_answer_that_is_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_nonsense, args=(server,)).start()
        with pytest.raises(WebhookError, match="BadStatusLine, attempt 1"):
            post(SecretStr(f"http://127.0.0.1:{server.getsockname()[1]}/"), {}, attempts=1)


def _answer_nonsense(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(2**16)
        connection.sendall(b"SSH-2.0\r\n")


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(WebhookError, match=r"127\.0\.0\.1: .*refused, attempt 2"):
        post(SecretStr(f"http://127.0.0.1:{port}/"), {}, attempts=2, sleep=lambda _: None)
