"""What deploy/ names exists: commands, settings, files; and its formats are sound."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.cli.main import WORKSPACE, main
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


def test_the_workspace_that_the_services_load_is_there() -> None:
    assert WORKSPACE == ROOT / "workspace.yaml"
    assert WORKSPACE.is_file()


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


@pytest.mark.parametrize(
    ("written", "misspelt", "complaint"),
    [
        ("interval:", "interval:", ""),
        ("interval:", "intervall:", "'intervall' does not match"),
        ("restart:", "restarts:", "'restarts' was unexpected"),
    ],
)
def test_the_compose_file_keeps_to_the_specification(
    written: str, misspelt: str, complaint: str, tmp_path: Path
) -> None:
    """And a file that doesn't is refused."""
    copy = tmp_path / "compose.yaml"
    copy.write_text((DEPLOY / "compose.yaml").read_text().replace(written, misspelt))
    command = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(copy)]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert complaint in done.stdout + done.stderr
    assert done.returncode == (1 if complaint else 0), done.stdout


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and their arguments, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [
        (word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line)
    ]


def test_the_image_runs_the_command_as_nobody_in_particular() -> None:
    words = [word for word, _ in instructions()]
    last = dict(instructions())
    known = "FROM ENV RUN WORKDIR COPY USER VOLUME ENTRYPOINT CMD"
    assert words[0] == "FROM"
    assert set(words) == set(known.split())
    assert last["USER"] not in ("root", "0")
    assert words.index("USER") > max(n for n, word in enumerate(words) if word == "RUN")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert last["ENTRYPOINT"] == str(list(project["scripts"])).replace("'", '"')


def test_the_image_installs_what_the_runbook_and_the_lock_say() -> None:
    runs = " ".join(rest for word, rest in instructions() if word == "RUN")
    assert "pip install --require-hashes -r requirements.lock" in runs
    (pinned,) = re.findall(r"dagster-postgres==[\d.]+", runs)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["optional-dependencies"]["postgres"] == [pinned]
    (dagster,) = (d for d in project["dependencies"] if d.startswith("dagster=="))
    assert pinned.split(".")[-1] == dagster.split(".")[-1]  # 0.29.27 belongs to 1.13.27
    minor = dict(instructions())["FROM"].removeprefix("python:3.").removesuffix("-slim")
    assert int(minor) >= 11  # requires-python


def test_the_image_is_made_of_files_that_it_may_see() -> None:
    seen = (ROOT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}" in seen, source


@pytest.mark.slow
def test_the_images_files_alone_are_installed_and_load_the_code_location(tmp_path: Path) -> None:
    """As far as that goes without an engine: in place of its Python, the one at hand."""
    image = tmp_path / "opt"
    image.mkdir()
    for word, rest in instructions():
        if word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                copy(
                    ROOT / source,
                    image / target / Path(source).name if target == "./" else image / target,
                )
    (installed,) = (
        step
        for w, rest in instructions()
        if w == "RUN"
        for step in rest.split("&&")
        if "--editable" in step
    )
    prefix = ("--prefix", str(tmp_path / "prefix"), "--ignore-installed", "--no-index")
    command = [sys.executable, "-m", *installed.split(), *prefix]
    subprocess.run(command, cwd=image, check=True, capture_output=True)
    assert list((tmp_path / "prefix" / "bin").iterdir()) == [
        tmp_path / "prefix" / "bin" / "dateline"
    ]
    script = (
        "import assets.definitions as d\n"
        "print(d.__file__, len(d.defs.resolve_asset_graph().get_all_asset_keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(image),
            "DATELINE_HOME": str(tmp_path / "home"),
        },
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    file, count = told.split()
    assert Path(file).is_relative_to(image)
    assert int(count) > 10


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        lacking = "no systemd-analyze here: apt-get install systemd"
        if os.environ.get("SYSTEMD_TESTS") == "required":
            pytest.fail(f"{lacking} (SYSTEMD_TESTS=required)")
        pytest.skip(lacking)
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
