"""The answer to one of the doctor's questions."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``fail``: the next night can't run, or won't; ``warn``: worth a look."""

    status: Status
    subject: str
    message: str
    remedy: str = ""


def ok(subject: str, message: str) -> Finding:
    return Finding(status="ok", subject=subject, message=message)


def warn(subject: str, message: str, remedy: str) -> Finding:
    return Finding(status="warn", subject=subject, message=message, remedy=remedy)


def fail(subject: str, message: str, remedy: str) -> Finding:
    return Finding(status="fail", subject=subject, message=message, remedy=remedy)
