"""What Dagster does of its own accord: warnings, telemetry, files in a person's HOME; and its dg.

Each command is a process of its own, with a HOME that is empty before it.
"""

import json

import pytest
from person import Person, free_port

from assets.definitions import defs
from assets.resources import Clock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """With a night published."""
    person = Person(tmp_path_factory.mktemp("desk"))
    assert "Published" in person.calls("run")
    return person


@pytest.mark.parametrize(
    "command",
    [
        ("--version",),
        ("status",),
        ("query", "FROM v_articles"),
        ("stale",),
        ("doctor",),
        ("dg", "--help"),
        ("dg", "check", "toml"),
        ("dg", "check", "defs"),
    ],
    ids=" ".join,
)
def test_a_command_writes_nothing_into_home_and_warns_of_nothing(
    command: tuple[str, ...], person: Person
) -> None:
    assert person.calls(*command)


def test_the_upgrade_of_dagsters_storage_does_not_either(person: Person) -> None:
    person.calls_dagster("instance", "migrate")


@pytest.mark.parametrize(
    ("command", "until"),
    [
        (("ui",), "Serving dagster-webserver"),
        (("webserver",), "Serving dagster-webserver"),
        (("dg", "dev"), "Serving dagster-webserver"),
        (("code",), "Started Dagster code server"),
        (("daemon",), "Instance is configured with the following daemons"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_nor_does_a_service(command: tuple[str, ...], until: str, person: Person) -> None:
    port = () if command == ("daemon",) else ("--port", str(free_port()))
    with person.serves(*command, *port, until=until):
        pass


def test_dg_lists_what_the_code_location_has(person: Person) -> None:
    listed = json.loads(person.calls("dg", "list", "defs", "--json"))
    assert {asset["asset_key"] for asset in listed["assets"]} == {
        key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()
    }
    assert "every_night" in {schedule["name"] for schedule in listed["schedules"]}


def test_dg_launches_a_night_in_this_home(person: Person) -> None:
    tonight = Clock(timezone="UTC").today().isoformat()
    person.lands("2026-03-02")
    person.calls("dg", "launch", "--job", "nightly", "--partition", tonight)
    assert "2 runs" in person.calls("query", "SELECT count(*) || ' runs' FROM runs")
