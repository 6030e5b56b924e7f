"""Access over HTTP: the scopes, and the stored records of access keys and sessions."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do; no scope includes another. ``ADMIN`` makes and revokes keys."""

    READ = "read"
    WRITE = "write"
    OPERATE = "operate"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """The stored record of an access key, without the key itself.

    Attributes:
        id: 12 hexadecimal digits; the part of the key that is no secret.
        name: Its purpose, as written by its creator.
        digest: SHA-256 of the secret part, hexadecimal. The secret is 256 random bits, so it needs no slow hash.
        scopes: Its scopes, in the order of ``Scope``.
        created_at: Seconds since 1970.
    """

    id: str
    name: str
    digest: str
    scopes: tuple[Scope, ...]
    created_at: float


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; its token is not stored.

    Attributes:
        key: Identifier of its access key; revoking the key ends the session.
        expires_at: Seconds since 1970.
    """

    key: str
    expires_at: float
