"""Access keys as strings: making one, and telling whether one that was sent is right. Where they are kept is a port."""

import re
import secrets
import time
from collections.abc import Collection
from hashlib import sha256
from hmac import compare_digest

from schemas.access import AccessKey, Scope
from search.http.ports import Keys

# Lets scanners of leaked secrets find one.
KEY_START = "gongkai_"
_KEY = re.compile(KEY_START + r"([0-9a-f]{12})_([A-Za-z0-9_-]{43})", re.ASCII)


def make_key(name: str, scopes: Collection[Scope]) -> tuple[str, AccessKey]:
    """Return a new key, to be shown once, and what is kept of it."""
    identifier, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    ordered = tuple(scope for scope in Scope if scope in scopes)
    return f"{KEY_START}{identifier}_{secret}", AccessKey(identifier, name, _digest(secret), ordered, time.time())


def verify_key(keys: Keys, given: str) -> AccessKey | None:
    """Return what is kept of the key that was sent, or None where it is malformed, wrong, unknown or revoked.

    Raises:
        DependencyError: The place where keys are kept does not answer.
    """
    found = _KEY.fullmatch(given)
    kept = keys.find(found[1]) if found else None
    if found is None or kept is None:
        return None
    return kept if compare_digest(_digest(found[2]), kept.digest) else None


def _digest(secret: str) -> str:
    return sha256(secret.encode("ascii")).hexdigest()
