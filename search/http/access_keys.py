"""Make and verify access keys; their store is a port (``search.http.ports.Keys``)."""

import re
import secrets
import time
from collections.abc import Collection
from hashlib import sha256
from hmac import compare_digest

from schemas.access import AccessKey, Scope
from search.http.ports import Keys

# A prefix by which secret scanners recognise leaked keys.
KEY_START = "gongkai_"
_KEY = re.compile(KEY_START + r"([0-9a-f]{12})_([A-Za-z0-9_-]{43})", re.ASCII)


def make_key(name: str, scopes: Collection[Scope]) -> tuple[str, AccessKey]:
    """Return a new key, to be shown once, and the record to store for it."""
    identifier, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    ordered = tuple(scope for scope in Scope if scope in scopes)
    return f"{KEY_START}{identifier}_{secret}", AccessKey(identifier, name, _digest(secret), ordered, time.time())


def verify_key(keys: Keys, given: str) -> AccessKey | None:
    """Return the stored record of the key ``given``, or None if it is malformed, wrong, unknown or revoked.

    Raises:
        DependencyError: The key store does not answer.
    """
    found = _KEY.fullmatch(given)
    kept = keys.find(found[1]) if found else None
    if found is None or kept is None:
        return None
    return kept if compare_digest(_digest(found[2]), kept.digest) else None


def _digest(secret: str) -> str:
    return sha256(secret.encode("ascii")).hexdigest()
