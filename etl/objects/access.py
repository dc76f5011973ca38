"""What lets us into a bucket: credentials that are never shown.

What belongs here: the values, and taking them out of a message. What does not: reading them from
the environment (assets/guard/object_access.py).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Access:
    """Credentials of S3, and where it answers; ``endpoint`` is None for that of AWS itself.

    All are None for a protocol that is not S3's: its library looks for them by itself.
    """

    key_id: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)
    endpoint: str | None = None
    region: str | None = None

    def without_secrets(self, text: str) -> str:
        """The text, in which a server or a library may have quoted one of them."""
        for secret in (self.session_token, self.secret_key, self.key_id):
            if secret:
                text = text.replace(secret, "***")
        return text
