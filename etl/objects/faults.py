"""What goes wrong with object storage, as OSErrors that say what to make of it.

What belongs here: the errors of fsspec and the libraries below it, told apart. What does not: what
is done about them (etl/landing/claims.py, assets/night/retries.py).
"""

import errno

UNREACHABLE = (
    *(errno.ECONNREFUSED, errno.ECONNRESET, errno.EPIPE, errno.EHOSTUNREACH),
    *(errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN),
)
CHANGED = "it has changed since it was listed"


class UnansweredError(OSError):
    """Nobody answers at the endpoint: no object is to blame. Its errno is one that passes."""


class UnreadableObjectError(OSError):
    """An object can't be read as it was listed: it changed, is gone, or is forbidden.

    Its errno is one that passes, so that nothing is said of the content.
    """


def errors_of(*, is_s3: bool) -> tuple[type[Exception], ...]:
    """What the libraries raise. Those of other protocols than S3 raise OSErrors, as fsspec asks."""
    if not is_s3:
        return (OSError,)
    from aiohttp import ClientError
    from botocore.exceptions import BotoCoreError
    from botocore.exceptions import ClientError as Refused

    return (OSError, BotoCoreError, Refused, ClientError)


def translated(error: Exception) -> OSError:
    """An error of a library as an OSError: unanswered, changed, passing, or none of these."""
    words = words_of(error)
    if not isinstance(error, OSError) and _is_answer(error):
        return OSError(errno.EINVAL, words)
    if not isinstance(error, OSError) or _is_silence(error):
        return UnansweredError(errno.ETIMEDOUT, words)
    if type(error).__name__ == "FileExpired":  # of s3fs: another ETag
        return UnreadableObjectError(errno.ESTALE, CHANGED)
    if isinstance(error, FileNotFoundError):
        return FileNotFoundError(errno.ENOENT, words)
    if isinstance(error, PermissionError):
        return PermissionError(errno.EACCES, words)
    if error.errno in (errno.EREMOTEIO, errno.EBUSY):
        return OSError(errno.EBUSY, words)
    return OSError(error.errno or errno.EIO, words)


def _is_answer(error: Exception) -> bool:
    """Whether it is a refusal, of the server or of the library, and not silence."""
    from botocore import exceptions

    silence = (exceptions.HTTPClientError, exceptions.ConnectionError)
    is_of_library = isinstance(error, exceptions.BotoCoreError | exceptions.ClientError)
    return is_of_library and not isinstance(error, silence)


def _is_silence(error: OSError) -> bool:
    """Also one of aiohttp, which is of no class of Python's own."""
    return isinstance(error, TimeoutError | ConnectionError) or error.errno in UNREACHABLE


def words_of(error: Exception) -> str:
    """What an error says for people, without its number."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return str(told) or type(error).__name__
