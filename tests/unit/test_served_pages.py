"""Pages of nights over the address of Dagster's UI: by their link, and nothing else of the disk."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster_webserver.webserver import DagsterWebserver
from starlette.testclient import TestClient

from assets.cli.instance import make_instance
from assets.pages.archive import link_of

PAGE = "2026-03-01T020713Z_0f3c.html"
HTML = "<!doctype html><p>An audit."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The web server of a home with one page, a file beside it and a captured log."""
    home = tmp_path / "home with 'quotes'"
    make_instance(home / "dagster", with_postgres=False)
    (home / "reports").mkdir()
    (home / "reports" / PAGE).write_text(HTML)
    (home / "secret.html").write_text("secret")
    (home / "dagster" / "storage" / "run").mkdir(parents=True)
    (home / "dagster" / "storage" / "run" / "step.out").write_text("captured")
    with (
        dg.DagsterInstance.from_config(str(home / "dagster")) as instance,
        WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as context,
    ):
        app = DagsterWebserver(context).create_asgi_app()
        yield TestClient(app, raise_server_exceptions=False)


def test_a_page_is_served_to_be_kept_and_never_as_a_part_of_the_ui(client: TestClient) -> None:
    answer = client.get(link_of(Path(PAGE)))
    assert (answer.status_code, answer.text) == (200, HTML)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_captured_logs_are_served_as_ever(client: TestClient) -> None:
    assert client.get("/logs/run/step/out").text == "captured"


@pytest.mark.parametrize(
    "path",
    [
        "/logs/pages/none/html",
        "/logs/pages/../secret/html",
        "/logs/pages/..%2Fsecret/html",
        "/logs/pages/%2E%2E/secret/html",
        "/logs/pages/%252E%252E%252Fsecret/html",
        f"/logs/pages/{PAGE.removesuffix('.html')}/out",
    ],
)
def test_nothing_else_is(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "secret" not in answer.text.replace(path, "")
    assert answer.status_code in (404, 500) or "<title>" in answer.text
