"""Who may do what over HTTP: the scopes there are, and what is kept of an access key and of a session."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key opens; none includes another."""

    READ = "read"
    WRITE = "write"
    OPERATE = "operate"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key as it is kept: never the key itself.

    Attributes:
        id: 12 hexadecimal digits; the part of the key that is no secret.
        name: What it was made for, as its maker wrote it.
        digest: SHA-256 of the secret part, hexadecimal. The secret is 256 random bits, so it needs no slow hash.
        scopes: What it opens, in the order of ``Scope``.
        created_at: Seconds since 1970.
    """

    id: str
    name: str
    digest: str
    scopes: tuple[Scope, ...]
    created_at: float


@dataclass(frozen=True, slots=True)
class Session:
    """A browser somebody signed in with; its token is nowhere kept.

    Attributes:
        key: Identifier of the key it stands for; where that is revoked, the session ends.
        expires_at: Seconds since 1970.
    """

    key: str
    expires_at: float
