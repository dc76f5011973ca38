"""Documents whose every field wants something of the browser, and a server that sees who goes.

What belongs here: the making of them. What does not: what is asked of the pages (the tests).
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MARK = "owned"
SCRIPT = f"document.documentElement.dataset.{MARK}=1"
HIDDEN = "\u202e\u2066\x1b[2J"


@dataclass
class Beacon:
    """A server on this machine; ``asked`` is what was fetched from it."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def beacon() -> Iterator[Beacon]:
    """A server at a free port of 127.0.0.1 that has nothing, and notes who asks."""
    seen = Beacon()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        seen.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield seen
        finally:
            server.shutdown()
            thread.join()


def markup(address: str, where: str) -> str:
    """What HTML, Markdown and a template would each do something with; ``where`` is fetched."""
    url = f"{address}/{where}"
    return (
        f"\"'></td></bdi><img src={url}.png onerror={SCRIPT}><script>{SCRIPT}</script>"
        f"<a href='javascript:{SCRIPT}'>x</a> ![x]({url}.svg) [y](javascript:{SCRIPT})"
        " | | {{7*7}}"
    )


def file_name(number: int) -> str:
    """A name that a slash would end; it holds no address, but a script."""
    return f"<img src=x onerror={SCRIPT}> {HIDDEN}| `x` [y](javascript:{SCRIPT}) {number}"


def deliver_published(landing: Path, address: str, *, pieces: int) -> None:
    """Pieces that are published: hostile names, titles and outlets."""
    for number in range(pieces):
        given = {
            "published_at": "2026-03-01",
            "title": f"Ferry {number} is back {markup(address, 'title')}{HIDDEN}",
            "publisher": f"{markup(address, 'outlet')} Post",
        }
        _deliver(landing, number, _text(number), given)


def deliver_rejected(landing: Path, address: str, *, first: int, pieces: int) -> None:
    """Pieces whose date is none: it is quoted in the reason, their text begins with a script."""
    for number in range(first, first + pieces):
        given = {"published_at": f"{markup(address, 'date')}{HIDDEN}"}
        _deliver(landing, number, f"{markup(address, 'text')}\n\n{_text(number)}", given)


def deliver_ignored(landing: Path) -> None:
    """A file of no kind that holds documents, with a name to be shown."""
    (landing / f"{file_name(0)}.md").write_text("nothing")


def _deliver(landing: Path, number: int, text: str, given: dict[str, str]) -> None:
    (landing / f"{file_name(number)}.txt").write_text(text)
    (landing / f"{file_name(number)}.json").write_text(json.dumps(given))


def _text(number: int) -> str:
    return (
        f"The council of Nakuru in Kenya said that ferry number {number} would sail again after "
        f"repairs that took {number + 2} weeks. The harbour master praised the crew.\n\n"
        "Passengers had used buses instead. The government of Kenya paid for the repairs.\n"
    )
