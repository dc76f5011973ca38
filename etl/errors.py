"""The error tree and the quarantine rules.

What belongs here: every exception that Dateline raises on purpose, and the closed list of
reasons for which a document is rejected. What does not: the code that finds these reasons,
which lives in the stage named beside each rule.

A bad document is a row of ``quarantine`` (a ``Rejection``); a bad run raises a
``DatelineError``.
"""

import errno
from dataclasses import dataclass
from types import TracebackType

PASSING_ERRORS = frozenset(
    {
        errno.EAGAIN,
        errno.EBUSY,
        errno.EINTR,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOLCK,
        errno.ESTALE,  # a network file system that was mounted anew
        errno.ETIMEDOUT,
    }
)
"""System errors that come and go. A full disk, a missing file or a forbidden one do not."""

MACHINE_ERRORS = frozenset({errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC})
"""System errors that no file is to blame for, whichever was being read."""


class DatelineError(Exception):
    """Base of all errors that stop a run or a command; its message is for people."""


class SettingsError(DatelineError):
    """A setting is missing or makes no sense."""


class LandingError(DatelineError):
    """The landing folder cannot be read."""


class ReferenceDataError(DatelineError):
    """A reference table or model is missing or malformed."""


class StageError(DatelineError):
    """A stage failed as a whole: its code or its model, not one of its documents."""


class WarehouseError(DatelineError):
    """The staging or published file cannot be built, or another run holds it."""


class PublishError(DatelineError):
    """The gate is closed: no passing audit matches the staging file."""


class UploadError(DatelineError):
    """The published file is in its place here, and could not be brought to object storage."""


class RefusedNight(PublishError):
    """Expectations that block did not hold.

    Whoever prints the error finds no traceback: it tells of documents, and Dagster's page of the
    run would show lines of code where people look for a figure and its bound.
    """

    @property
    def __traceback__(self) -> TracebackType | None:
        return None

    @__traceback__.setter
    def __traceback__(self, _: TracebackType | None) -> None:
        """What passes an error on, as contextlib does, sets it."""


@dataclass(frozen=True)
class Rule:
    """One reason for rejection: the stage that applies it and what it means."""

    name: str
    stage: str
    description: str


@dataclass(frozen=True)
class Rejection:
    """Why one document is quarantined: a rule's name and the value that broke it."""

    rule: str
    detail: str


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("unreadable_file", "landing", "The compressed file, archive or table is corrupt."),
        Rule("invalid_record", "landing", "The line or row is not an object with a text."),
        Rule("invalid_sidecar", "landing", "The .json beside the text is not a JSON object."),
        Rule(
            "too_long",
            "landing",
            "Its text, with what came with it, is longer than a configured limit.",
        ),
        Rule("too_large", "landing", "What it came in is larger than a configured limit."),
        Rule("empty", "decode", "Nothing is left but white space."),
        Rule("undecodable", "decode", "The bytes are not text in any encoding we accept."),
        Rule("not_text", "decode", "It is HTML, RTF, PDF or another format, not plain text."),
        Rule("not_an_article", "parse", "A caption, headline list, tag page or stub."),
        Rule("no_date", "dates", "No header, stamp, dateline or sidecar gives a date."),
        Rule("invalid_date", "dates", "The header's or sidecar's date is not a calendar date."),
        Rule("future_date", "dates", "The date lies after the night that received it."),
        Rule("date_too_early", "dates", "The date lies before 1900."),
        Rule("withdrawn", "identity", "Its article was taken down at its publisher's wish."),
        Rule("no_country", "extract", "No country is named, in text or dateline."),
        Rule("processing_failed", "extract", "The document made its stage fail; in any stage."),
    )
}
