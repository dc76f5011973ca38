"""The terminal's view of a run: one line per step and part.

What belongs here: the logger that the command line asks Dagster for. In the UI the same
messages stand in the run's event log.
"""

import logging
import sys

import dagster as dg

from assets.guard.invisible import shown


class _OwnMessages(logging.Filter):
    """Pass what the assets say, in their words; hold back what Dagster says of itself.

    Failures are not lost: the summary tells them (assets/cli/summary.py).
    """

    def filter(self, record: logging.LogRecord) -> bool:
        meta = getattr(record, "dagster_meta", {})
        record.own_message = shown(meta.get("orig_message", record.getMessage()))
        is_own = meta.get("dagster_event") is None and meta.get("step_key") is not None
        return is_own and record.levelno < logging.ERROR


def _make_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger whose lines are the assets' messages alone."""
    del init_context
    logger = logging.Logger("dateline", level=logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(own_message)s", datefmt="%H:%M:%S"))
    handler.addFilter(_OwnMessages())
    logger.addHandler(handler)
    return logger


progress_logger = dg.LoggerDefinition(
    _make_logger, description="One line per step and part, on standard error."
)
