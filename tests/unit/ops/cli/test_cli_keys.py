"""``gongkai key``: made once, shown once, kept as a hash, taken back."""

from pathlib import Path

import pytest

from ops.adapters.access_keys import KeyStore
from schemas.access import Scope
from search.http.access_keys import make_key, verify_key
from workers.settings import Settings
from workers.storage.folder import FolderStore
from workers.storage.open import open_store


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    store = open_store(f"file://{tmp_path}/derived", Settings())
    store.bootstrap()
    assert isinstance(store, FolderStore)
    return store


def test_nothing_that_is_kept_opens_anything(store: FolderStore) -> None:
    secret, key = make_key("名", [Scope.READ])
    KeyStore(store).add(key)
    files = [path for path in store.root.rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)
    assert key.digest.encode() in kept
    assert secret.split("_", 2)[2].encode() not in kept
    assert verify_key(KeyStore(store), f"gongkai_{key.id}_{key.digest}") is None
    assert verify_key(KeyStore(store), f"gongkai_{key.id}_{key.digest[:43]}") is None


def test_a_revoked_key_is_refused_at_once_here_and_soon_elsewhere(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = KeyStore(store), KeyStore(store)
    secret, key = make_key("名", [Scope.READ])
    here.add(key)
    assert verify_key(here, secret) == verify_key(elsewhere, secret) == key
    here.revoke(key.id)
    assert verify_key(here, secret) is None
    assert verify_key(elsewhere, secret) == key
    monkeypatch.setattr("ops.adapters.access_keys.time.monotonic", lambda: 1e12)
    assert verify_key(elsewhere, secret) is None


def test_no_key_name_leads_out_of_its_place(store: FolderStore) -> None:
    store.write("artefact", b"{}")
    for identifier in ("../artefact", "", "x" * 12, "0123456789ab/../../artefact"):
        assert KeyStore(store).find(identifier) is None
