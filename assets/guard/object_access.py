"""Object storage, as the environment lets us in: the one place that reads AWS's variables.

What belongs here: credentials and endpoint from the environment, and what is said where they or
the library are missing. What does not: the settings that name places (assets/settings.py) and
requests (etl/objects/).

Credentials come from the environment alone: no file in a home folder, and no question to the
machine's own service, would say on which account a night has read and published.
"""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from etl.errors import SettingsError
from etl.objects.access import Access
from etl.objects.addresses import ObjectAddress
from etl.objects.store import S3, ObjectStore

KEY_ID, SECRET_KEY, TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


def open_store(address: ObjectAddress, *, setting: str) -> ObjectStore:
    """The place that ``setting`` names, with what the environment holds. Connects nowhere.

    Raises SettingsError where the library or a credential is missing, in one line without any.
    """
    access = _access(os.environ, setting) if address.protocol in S3 else Access()
    try:
        return ObjectStore(address, access, setting=setting)
    except (ImportError, ValueError) as error:
        wanted = "make objects, or pip install 'dateline[s3]'"
        if address.protocol not in S3:
            wanted = f"the library of fsspec for {address.protocol}://"
        why = access.without_secrets(" ".join(str(error).split()))
        raise SettingsError(f"{setting}={address}: {why}; install it: {wanted}") from None


def _access(environment: Mapping[str, str], setting: str) -> Access:
    missing = [name for name in (KEY_ID, SECRET_KEY) if not environment.get(name)]
    if missing:
        raise SettingsError(f"{setting} is in object storage, and {' and '.join(missing)} not set")
    return Access(
        key_id=environment[KEY_ID],
        secret_key=environment[SECRET_KEY],
        session_token=environment.get(TOKEN) or None,
        endpoint=_endpoint(environment),
        region=next((environment[name] for name in REGIONS if environment.get(name)), None),
    )


def _endpoint(environment: Mapping[str, str]) -> str | None:
    name = next((name for name in ENDPOINTS if environment.get(name)), None)
    if name is None:
        return None
    parts = urlsplit(environment[name])
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise SettingsError(f"{name}: expected http(s)://host:port, without user and password")
    return environment[name]
