"""The code location in plain lines, for a golden file whose diff shows what a change does.

    make snapshots      # writes it anew

What belongs here: what the data engineer meets by name. What does not: descriptions and columns,
which have tests of their own.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import dagster as dg
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

SNAPSHOT = Path(__file__).parent / "snapshots" / "definitions.txt"


def snapshot() -> str:
    """Assets, checks, jobs, schedules and sensors, a line or a few for each, sorted by name."""
    from assets.definitions import defs

    graph = defs.resolve_asset_graph()
    repository = defs.get_repository_def()
    sections = {
        "assets": _assets(graph),
        "checks": _checks(graph),
        "jobs": _jobs(repository),
        "schedules": _schedules(repository),
        "sensors": _sensors(repository),
    }
    return "\n".join("\n".join([f"# {title}", *lines, ""]) for title, lines in sections.items())


def _assets(graph: AssetGraph) -> Iterator[str]:
    for key in sorted(graph.get_all_asset_keys()):
        asset = graph.get(key)
        yield key.to_user_string()
        yield f"    group {asset.group_name}; owners {_list(asset.owners)}"
        yield f"    kinds {_list(asset.kinds)}; tags {_tags(asset.tags)}"
        yield f"    from {_list(parent.to_user_string() for parent in asset.parent_keys)}"


def _checks(graph: AssetGraph) -> Iterator[str]:
    lines = {
        f"{key.asset_key.to_user_string()}: {key.name}": graph.get_check_spec(key).blocking
        for key in graph.asset_check_keys
    }
    for line, is_blocking in sorted(lines.items()):
        yield f"{line} ({'blocking' if is_blocking else 'warning'})"


def _jobs(repository: dg.RepositoryDefinition) -> Iterator[str]:
    for job in sorted(repository.get_all_jobs(), key=lambda job: job.name):
        if not job.name.startswith("__"):
            steps = _list(node.name for node in job.nodes)
            yield f"{job.name}: {steps}; tags {_tags(job.tags)}"


def _schedules(repository: dg.RepositoryDefinition) -> Iterator[str]:
    for schedule in sorted(repository.schedule_defs, key=lambda schedule: schedule.name):
        when = f"{schedule.cron_schedule} {schedule.execution_timezone}"
        yield f"{schedule.name}: {schedule.job_name} at {when}; {schedule.default_status.value}"


def _sensors(repository: dg.RepositoryDefinition) -> Iterator[str]:
    for sensor in sorted(repository.sensor_defs, key=lambda sensor: sensor.name):
        jobs = _list(target.job_name for target in sensor.targets)
        every = f"{sensor.minimum_interval_seconds} s"
        yield f"{sensor.name}: {jobs} every {every} at most; {sensor.default_status.value}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _tags(tags: Mapping[str, str]) -> str:
    """Without the tags that only repeat the kinds."""
    return _list(f"{k}={v}" for k, v in tags.items() if not k.startswith("dagster/kind/"))


if __name__ == "__main__":
    for name in [name for name in os.environ if name.startswith(("DATELINE_", "DAGSTER_"))]:
        del os.environ[name]  # the snapshot is that of the defaults
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    SNAPSHOT.parent.mkdir(exist_ok=True)
    SNAPSHOT.write_text(snapshot())
