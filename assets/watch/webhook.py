"""A short JSON message to a webhook: retried, with timeouts, and told when it cannot be had.

What belongs here: the posting. What does not: what is told and when (assets/watch/sensors.py).
"""

import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pydantic import SecretStr

from assets.guard.addresses import shown_host
from etl.errors import DatelineError

PASSING = frozenset({408, 425, 429})
"""Refusals by the client's fault that pass: time-out, too early, too many requests."""


class WebhookError(DatelineError):
    """No attempt was accepted; the message names the host only: the path may be a secret."""


class _NoRedirects(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its message, and look like success."""

    def redirect_request(self, *_: object) -> None:
        return None


def post(
    url: SecretStr,
    message: Mapping[str, object],
    *,
    attempts: int = 3,
    timeout_seconds: float = 5,
    wait_seconds: float = 1,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Post ``message`` as JSON; between attempts the wait doubles.

    With the defaults this takes 18 s at the most: a sensor may take 60 s. Raises WebhookError
    after the last attempt, or at once where the receiver refuses for good.
    """
    request = Request(
        url.get_secret_value(),
        data=json.dumps(message).encode(),
        headers={"Content-Type": "application/json"},
    )
    for attempt in range(1, attempts + 1):
        fault, may_pass = _attempt(request, timeout_seconds)
        if fault is None:
            return
        if not may_pass or attempt == attempts:
            raise WebhookError(f"webhook at {shown_host(url)}: {fault}, attempt {attempt}")
        sleep(wait_seconds * 2 ** (attempt - 1))


def _attempt(request: Request, timeout_seconds: float) -> tuple[str | None, bool]:
    """What went wrong, None for nothing, and whether it may go well later."""
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout_seconds):
            return None, True
    except HTTPError as error:
        return f"HTTP status {error.code}", error.code >= 500 or error.code in PASSING
    except URLError as error:
        return _shown(error.reason if isinstance(error.reason, OSError) else error), True
    # A connection that breaks off, a time-out while reading; an answer that is no HTTP.
    except (OSError, HTTPException) as error:
        return _shown(error), True


def _shown(fault: BaseException) -> str:
    """The fault in the system's words; where a library words it, its kind alone.

    What is no HTTP may be an echo of the request, with the path in its first line.
    """
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    if isinstance(fault, TimeoutError):
        return "timed out"
    return type(fault).__name__
