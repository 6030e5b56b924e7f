"""Sessions in the store: tokens are kept as hashes, end in time, and are in no backup."""

import time
from pathlib import Path

import pytest

from ops.adapters import sessions
from ops.adapters.sessions import PLACE, SessionStore
from ops.maintenance.backup import REMADE
from workers.storage.folder import FolderStore


def test_a_session_is_found_by_its_token_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path / "derived")
    store.bootstrap()
    kept = SessionStore(store)
    token = kept.begin("0123456789ab")
    assert kept.find(token) == SessionStore(store).find(token) == "0123456789ab"
    assert kept.find("another") is None
    stored = [(info.key, store.read(info.key)) for info in store.list()]
    assert token not in str(stored)
    assert stored[0][0].startswith(PLACE)
    assert PLACE in REMADE
    later = time.time() + sessions.KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert kept.find(token) is None
    kept.begin("0123456789ab")
    assert len(list(store.list())) == 1


def test_a_session_that_was_ended_is_none(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "derived")
    store.bootstrap()
    kept = SessionStore(store)
    token = kept.begin("0123456789ab")
    kept.end(token)
    assert kept.find(token) is None
