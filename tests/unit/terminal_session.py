"""A command at a terminal: what a person sees, escape characters and all."""

import os
import pty
from collections.abc import Mapping, Sequence
from pathlib import Path


def told_at_a_terminal(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> str:
    """All that the terminal is told by a command, which must end well."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.execve(command[0], list(command), {"TERM": "xterm", **env})
    told = b""
    while block := _read(terminal):
        told += block
    os.close(terminal)
    assert os.waitpid(process, 0)[1] == 0, told.decode()
    return told.decode()


def _read(terminal: int) -> bytes:
    """Nothing at the end, which Linux tells as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
