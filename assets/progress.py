"""The terminal's view of a run: one line per step and part.

What belongs here: the logger that the command line asks Dagster for. In the UI the same
messages stand in the run's event log.
"""

import logging
import sys

import dagster as dg


class _OwnMessages(logging.Filter):
    """Pass messages of the assets and failures; hold back Dagster's own events."""

    def filter(self, record: logging.LogRecord) -> bool:
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        return event is None or record.levelno >= logging.ERROR


def _make_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger whose lines are the assets' messages alone."""
    del init_context
    logger = logging.Logger("dateline", level=logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", datefmt="%H:%M:%S"))
    handler.addFilter(_OwnMessages())
    logger.addHandler(handler)
    return logger


progress_logger = dg.LoggerDefinition(
    _make_logger, description="One line per step and part, on standard error."
)
