"""The terminal's view of a run: one line per step, above the bar where there is one.

What belongs here: the logger that the command line asks Dagster for. In the UI the same
messages stand in the run's event log. What does not: the bar (assets/progress/).
"""

import logging
import sys

import dagster as dg

from assets.guard.invisible import shown
from assets.progress.bar import current_bar


class _OwnMessages(logging.Filter):
    """Pass what the assets say, in their words; hold back what Dagster says of itself.

    Failures are not lost: the summary tells them (assets/cli/summary.py). What the bar shows is
    for the event log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        meta = getattr(record, "dagster_meta", {})
        message = meta.get("orig_message", record.getMessage())
        record.own_message = shown(message)
        is_own = meta.get("dagster_event") is None and meta.get("step_key") is not None
        bar = current_bar()
        is_drawn = bar is not None and message == bar.last_line
        return is_own and not is_drawn and record.levelno < logging.ERROR


class _AboveTheBar(logging.StreamHandler):  # type: ignore[type-arg]  # no generic at run time
    """Standard error; where a bar is drawn, the terminal that it is drawn on."""

    def emit(self, record: logging.LogRecord) -> None:
        if bar := current_bar():
            bar.say(self.format(record))
        else:
            super().emit(record)


def _make_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger whose lines are the assets' messages alone."""
    del init_context
    logger = logging.Logger("dateline", level=logging.INFO)
    handler = _AboveTheBar(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(own_message)s", datefmt="%H:%M:%S"))
    handler.addFilter(_OwnMessages())
    logger.addHandler(handler)
    return logger


progress_logger = dg.LoggerDefinition(_make_logger, description="One line per step, on stderr.")
