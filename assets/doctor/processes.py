"""Which processes have a file open: a scan of /proc, on Linux only.

What belongs here: reading the process table. What does not: what an open file means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process by its id and its command line, shortened."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command})"


def holders(path: Path) -> list[Process] | None:
    """Processes that have the file open; None where the system doesn't tell.

    Without privileges only the processes of the same user are seen.
    """
    if not (PROC / "self" / "fd").is_dir():
        return None
    target = str(path.resolve())
    return sorted(
        (Process(pid=pid, command=_command(pid)) for pid in _pids() if _has_open(pid, target)),
        key=lambda process: process.pid,
    )


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def _has_open(pid: int, target: str) -> bool:
    """A process that ends meanwhile, or is another user's, counts as not having it open."""
    try:
        return any(str(fd.readlink()) == target for fd in (PROC / str(pid) / "fd").iterdir())
    except OSError:
        return False


def _command(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return "ended meanwhile"
    return b" ".join(words).decode(errors="replace").strip()[:80]
