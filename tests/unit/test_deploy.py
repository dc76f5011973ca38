"""What deploy/ names exists: commands, settings, files; and its formats are sound."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.cli import main
from assets.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SETTINGS = {f"DATELINE_{name.upper()}" for name in Settings.model_fields}
DOCUMENTS = (*DEPLOY.rglob("*.*"), DEPLOY / "Dockerfile", ROOT / "docs" / "runbook.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(document: Path) -> None:
    named = re.findall(r"DATELINE_[A-Z_]*[A-Z]", document.read_text())
    assert set(named) <= SETTINGS


def test_every_command_that_is_named_is_one() -> None:
    services = [service for service in COMPOSE["services"].values() if "command" in service]
    units = "\n".join(unit.read_text() for unit in UNITS)
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    named = {
        *(service["command"][0] for service in services),
        *re.findall(r"^ExecStart=\S+/dateline (\w+)", units, flags=re.MULTILINE),
        *re.findall(r"`dateline (\w+)", runbook),
    }
    assert {"code", "daemon", "webserver", "run"} <= named <= set(main.commands)


def test_the_services_agree_on_where_the_code_is() -> None:
    workspace = yaml.safe_load((DEPLOY / "workspace.yaml").read_text())
    server = workspace["load_from"][0]["grpc_server"]
    assert server["host"] in COMPOSE["services"]
    assert str(server["port"]) in COMPOSE["services"][server["host"]]["command"]
    for name in ("daemon", "webserver"):
        assert "deploy/workspace.yaml" in COMPOSE["services"][name]["command"]


def test_every_service_is_watched_and_comes_back() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name


def test_the_image_is_made_of_files_that_it_may_see() -> None:
    seen = (ROOT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}" in seen, source


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    # The program and its page stand where the unit says only on the machine that it is for.
    text = re.sub(r"/opt/dateline/.venv/bin/dateline", "/bin/true", unit.read_text())
    copy = tmp_path / unit.name
    copy.write_text(text.replace("Documentation=file:/opt/dateline/docs/runbook.md\n", ""))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, complaints) == (0, [])
