"""The project's code location, as a daemon of the tests loads it."""

from pathlib import Path

from dagster._core.workspace.load_target import PythonFileTarget

ROOT = Path(__file__).parents[2]
TARGET = PythonFileTarget(
    python_file=str(ROOT / "assets" / "definitions.py"),
    attribute="defs",
    working_directory=str(ROOT),
    location_name="dateline",
)
