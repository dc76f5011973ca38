"""A desk's own Dateline: a landing folder, a home, and ``dateline ui`` at work on a free port."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service_process import end_service

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
START_SECONDS = 180
RUN_SECONDS = 600
PLACES = (("Nakuru", "Kenya"), ("Ndola", "Zambia"), ("Cuenca", "Ecuador"), ("Vlora", "Albania"))


@dataclass(frozen=True)
class Desk:
    """``address`` is where the UI listens."""

    home: Path
    landing: Path
    address: str

    @property
    def published(self) -> Path:
        return self.home / "warehouse" / "dateline.duckdb"

    def run_night(self) -> subprocess.CompletedProcess[str]:
        """Tonight from the command line, beside the UI."""
        return subprocess.run(
            [sys.executable, "-m", "assets.cli.main", "run"],
            cwd=ROOT,
            env=_environment(self.home, self.landing),
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )

    def deliver_feed(self, pieces: int) -> None:
        """A feed's pieces without the sidecars that date them: none of them can be published."""
        folder = self.landing / "feed"
        folder.mkdir()
        for number in range(pieces):
            town, country = PLACES[number % len(PLACES)]
            (folder / f"piece-{number:03}.txt").write_text(
                f"Ferry {number} returns to service near {town}\n\n"
                f"The council of {town} in {country} said that ferry number {number} would sail "
                f"again after repairs that took {number + 2} weeks. The harbour master praised the "
                "crew of the boat and its passengers for their patience.\n\n"
                f"Passengers in {town} had used buses instead. The government of {country} paid "
                "for the repairs, which cost less than had been expected.\n"
            )

    def deliver_dates_of_feed(self) -> None:
        """The sidecars that were missing."""
        for piece in (self.landing / "feed").glob("*.txt"):
            sidecar = {"published_at": "2026-03-01", "publisher": "Example Times"}
            piece.with_suffix(".json").write_text(json.dumps(sidecar))


def deliver_sample(landing: Path) -> None:
    """Some of the sample."""
    for part in ("wires", "web"):
        shutil.copytree(SAMPLE / part, landing / part)


@contextmanager
def desk_at_work(
    folder: Path, *, deliver: Callable[[Path], None] = deliver_sample
) -> Iterator[Desk]:
    """Start ``dateline ui`` over a landing folder that was filled; end it with the block."""
    landing, home = folder / "landing", folder / "home"
    landing.mkdir()
    deliver(landing)
    port = _free_port()
    with (folder / "ui.log").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "assets.cli.main", "ui", "--port", str(port)],
            cwd=ROOT,
            env=_environment(home, landing),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_served(address, service, folder / "ui.log")
            yield Desk(home=home, landing=landing, address=address)
        finally:
            end_service(service)


def _environment(home: Path, landing: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "DATELINE_FIRST_NIGHT"},
        "DATELINE_HOME": str(home),
        "DATELINE_RAW": str(landing),
        "DATELINE_SETTLE_SECONDS": "0",
        "DATELINE_WORKERS": "1",
        "DATELINE_TIMEZONE": _zone_of_a_quiet_hour(),
    }


def _zone_of_a_quiet_hour() -> str:
    """Where neither the night changes nor a schedule fires (midnight, two, noon) meanwhile."""
    is_quiet = datetime.now(tz=UTC).hour in (*range(3, 11), *range(13, 23))
    return "UTC" if is_quiet else "Etc/GMT-6"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_served(address: str, service: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and service.poll() is None:
        try:
            opener.open(f"{address}/server_info", timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"dateline ui does not serve:\n{log.read_text()[-3000:]}")
