"""Dagster's captured logs, and beside them the pages of nights, by a link of the UI's own address.

What belongs here: finding a page where Dagster's web server looks for a log. What does not: the
pages (assets/pages/) and their links (assets/pages/archive.py).

The server sends a log as a file to be kept. So whatever news text a page holds, it never runs
as a part of the UI, from which anything can be done.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from dagster import StringSource
from dagster._config.config_schema import UserConfigSchema
from dagster._core.storage.local_compute_log_manager import LocalComputeLogManager
from dagster._serdes import ConfigurableClassData

from assets.pages.archive import SERVED_AS


class LogsAndPages(LocalComputeLogManager):
    """Dagster's own keeper of logs, which knows the folder of the pages as well."""

    def __init__(
        self,
        base_dir: str,
        pages: str,
        polling_timeout: float | None = None,
        inst_data: ConfigurableClassData | None = None,
    ) -> None:
        self._pages = Path(pages)
        super().__init__(base_dir, polling_timeout, inst_data)

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        return {**cast("Mapping[str, Any]", super().config_type()), "pages": StringSource}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "LogsAndPages":
        return cls(inst_data=inst_data, **config_value)

    def get_captured_local_path(
        self, log_key: Sequence[str], extension: str, partial: bool = False
    ) -> str:
        """The path of a log, or of a page under the folder ``SERVED_AS``."""
        match [*log_key, extension]:
            case [str(folder), str(name), "html"] if folder == SERVED_AS and "/" not in name:
                return str(self._pages / f"{name}.html")
        return str(super().get_captured_local_path(log_key, extension, partial))
