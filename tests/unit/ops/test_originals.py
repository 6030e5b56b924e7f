"""Originals are streamed: no copies, and nothing is left of a download that was broken off."""

import tempfile
from pathlib import Path

import pytest

from ops.adapters.originals import InboxOriginals
from schemas.errors import ObjectChangedError
from workers.storage.folder import FolderStore


@pytest.fixture
def inbox(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "inbox")
    store.bootstrap()
    store.write("a.bin", bytes(8 << 20))
    return store


def opened() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_broken_off_downloads_leave_no_copy_and_no_open_file(
    inbox: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    originals, before = InboxOriginals(inbox), opened()
    info = inbox.stat("a.bin")
    assert info is not None
    for _ in range(10):
        found = originals.open("a.bin", etag=info.etag)
        assert found is not None
        assert len(next(found.chunks)) < 1 << 20
        assert list(temporary.iterdir()) == []
        found.chunks.close()  # type: ignore[attr-defined]
    with pytest.raises(ObjectChangedError):
        originals.open("a.bin", etag="another")
    assert opened() == before
