"""Addresses: checked here once, so that nobody stumbles over one, or its secret, later.

What belongs here: what an address of a webhook, of PostgreSQL or of a Dask scheduler must look
like, and what may be shown of it. What does not: the settings' names (assets/settings.py) and the
use of an address.

A library that stumbles over an address prints it: urllib the path that a space is in, Python the
port that is no number, PostgreSQL's client the end of a password as its host. So whatever could
make one stumble is refused at the start, in words that hold nothing of it.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import urlsplit

from pydantic import SecretStr

# What RFC 3986 lets stand in an address; all else is written as %20.
ADDRESS = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
LABEL = "[A-Za-z0-9_-]{1,63}"
PLACE = re.compile(rf"(?:{LABEL}(?:\.{LABEL})*|\[(?P<ipv6>[^\]]+)\])(?::(?P<port>[0-9]{{1,5}}))?")
USER = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
# A slash or an @ in it is most likely the rest of a password that was not escaped.
DATABASE = re.compile(r"(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+(?:\?[A-Za-z_]+=[^\s#]*)?")
DASK_SCHEMES = ("tcp", "tls")
WANTED_DASK = "expected tcp://host:port or tls://host:port, without user or password"
POSTGRES_SCHEMES = ("postgresql", "postgresql+psycopg2")
WANTED_POSTGRES = "expected postgresql://user:password@host:port/database"
ESCAPED = "with % and two digits for whatever is no letter, digit or -._~ in user and password"


def web_address(secret: SecretStr) -> SecretStr:
    """An address that a message can be posted to. Raises ValueError, without the address."""
    url = secret.get_secret_value()
    if not url.startswith(("http://", "https://")):
        raise ValueError("expected an address that begins with http:// or https://")
    if not ADDRESS.fullmatch(url):
        raise ValueError("expected an address without spaces or other characters than RFC 3986's")
    place = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    if "@" in place:
        raise ValueError("expected an address without user and password before its host")
    if not _is_place(place):
        raise ValueError("expected a host, and a port from 1 to 65535 or none, behind http(s)://")
    return secret


def postgres_address(secret: SecretStr) -> SecretStr:
    """With the driver that dagster-postgres brings: SQLAlchemy 2.1 would take another.

    Raises ValueError, without the address.
    """
    scheme, _, rest = secret.get_secret_value().partition("://")
    if scheme not in POSTGRES_SCHEMES:
        raise ValueError(WANTED_POSTGRES)
    authority, _, database = rest.partition("/")
    login, _, place = authority.rpartition("@")
    user, _, password = login.partition(":")
    if any(part and not USER.fullmatch(part) for part in (user, password)):
        raise ValueError(f"{WANTED_POSTGRES}, {ESCAPED}")
    # Without a host it is a socket, which the database's ?host= names.
    if (place and not _is_place(place)) or not DATABASE.fullmatch(database):
        raise ValueError(f"{WANTED_POSTGRES}, {ESCAPED}")
    return SecretStr(f"postgresql+psycopg2://{rest}")


def dask_address(address: str) -> str:
    """Of a scheduler, which holds no secret: whoever is let in is told by certificates, if at all.

    Raises ValueError.
    """
    scheme, _, place = address.partition("://")
    found = PLACE.fullmatch(place)
    if scheme not in DASK_SCHEMES or not _is_place(place) or not (found and found["port"]):
        raise ValueError(WANTED_DASK)
    return address


def shown_host(secret: SecretStr) -> str:
    """All that is ever shown of an address: which machine it is on."""
    return urlsplit(secret.get_secret_value()).hostname or "an unnamed host"


def _is_place(text: str) -> bool:
    """Whether it is a host, with or without a port."""
    found = PLACE.fullmatch(text)
    if found is None or not 0 < int(found["port"] or 1) < 2**16:
        return False
    try:
        IPv6Address(found["ipv6"] or "::1")
    except AddressValueError:
        return False
    return True
