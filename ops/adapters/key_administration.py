"""Makes and revokes access keys, and writes both down; the same for the command and the page."""

from collections.abc import Collection

from ops.adapters.access_keys import KeyStore, NoSuchKeyError
from ops.audit_log import Action, append_entry
from schemas.access import AccessKey, Scope
from search.http.access_keys import make_key
from workers.settings import Settings


def create_key(
    settings: Settings, store: KeyStore, *, name: str, scopes: Collection[Scope], who: str = ""
) -> tuple[str, AccessKey]:
    """Create a key; return its secret, which is stored nowhere, and its record. ``who`` is as in ``append_entry``.

    Raises:
        AuditLogError: It could not be written down.
        DependencyError: The store does not answer.
    """
    secret, key = make_key(name, scopes)
    append_entry(settings, Action.CREATE_KEY, target=key.id, who=who, scopes=",".join(key.scopes))
    store.add(key)
    return secret, key


def revoke_key(settings: Settings, store: KeyStore, identifier: str, *, who: str = "") -> AccessKey:
    """Revoke a key and return it; ``who`` is as in ``append_entry``.

    Raises:
        NoSuchKeyError: There is none.
        AuditLogError: It could not be written down.
        DependencyError: The store does not answer.
    """
    if store.find(identifier) is None:
        raise NoSuchKeyError(f"{identifier}: no such key; `gongkai key list` shows those there are")
    append_entry(settings, Action.REVOKE_KEY, target=identifier, who=who)
    return store.revoke(identifier)
