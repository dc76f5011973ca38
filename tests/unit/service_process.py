"""A service that a test has started in a session of its own: its end."""

import os
import signal
import subprocess
from contextlib import suppress

END_SECONDS = 60


def end_service(service: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """As Ctrl-C would; then whatever is left of its session."""
    service.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        service.wait(timeout=END_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(service.pid, signal.SIGKILL)
    service.wait()
