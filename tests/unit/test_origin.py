"""Runs of the command line belong to the code location that the UI has loaded."""

import tomllib
from pathlib import Path

import dagster as dg
import yaml
from dagster._core.storage.tags import REPOSITORY_LABEL_TAG

from assets.cli.origin import LOCATION, REPOSITORY, of_code_location
from assets.definitions import defs

ROOT = Path(__file__).parents[2]


@dg.op
def nothing() -> None:
    """Passes."""


@dg.job
def passing() -> None:
    nothing()


def test_a_run_is_found_where_the_ui_looks_for_its_jobs_runs() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        with of_code_location(instance, passing.name):
            run_id = passing.execute_in_process(instance=instance).run_id
        passing.execute_in_process(instance=instance)  # no longer
        label = {REPOSITORY_LABEL_TAG: f"{REPOSITORY}@{LOCATION}"}
        runs = instance.get_runs(dg.RunsFilter(job_name=passing.name, tags=label))
    assert [run.run_id for run in runs] == [run_id]
    origin = runs[0].remote_job_origin
    assert origin is not None
    assert origin.repository_origin.code_location_origin.location_name == LOCATION


def test_the_names_are_those_that_dagster_loads() -> None:
    (loaded,) = yaml.safe_load((ROOT / "workspace.yaml").read_text())["load_from"]
    assert loaded["python_module"]["location_name"] == LOCATION
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["dg"]["project"]
    assert project["code_location_name"] == LOCATION
    assert defs.get_repository_def().name == REPOSITORY
