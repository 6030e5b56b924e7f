"""What only a folder can do to its store: links, pipes, foreign names, changes in place, a disk that is not mounted."""

import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from schemas.errors import DependencyError, ObjectChangedError
from workers.storage.folder import STAGING, FolderStore
from workers.storage.object_keys import KeyRefusedError


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "bucket")
    store.bootstrap()
    return store


def keys(store: FolderStore) -> list[str]:
    return [info.key for info in store.list()]


def test_links_are_neither_followed_nor_listed(store: FolderStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    (store.root / "folder").symlink_to(outside)
    (store.root / "file").symlink_to(outside / "secret")
    assert keys(store) == []
    for key in ("folder/secret", "file"):
        assert store.stat(key) is None
        assert store.read(key) is None
    with pytest.raises(KeyRefusedError, match="symbolic link"):
        store.write("folder/new", b"")
    store.remove("folder/secret")
    assert [path.name for path in outside.iterdir()] == ["secret"]


def test_a_root_behind_a_link_is_a_root(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    store = FolderStore(tmp_path / "link")
    store.bootstrap()
    store.write("a", b"1")
    assert store.read("a") == b"1"
    assert keys(store) == ["a"]


def test_a_disk_that_is_not_mounted_is_unreachable_not_empty(store: FolderStore) -> None:
    store.write("a", b"1")
    shutil.rmtree(store.root)
    store.root.mkdir()
    with pytest.raises(DependencyError, match="mounted"):
        list(store.list())
    with pytest.raises(DependencyError, match="mounted"):
        store.stat("a")


def test_a_disk_that_goes_away_during_a_listing_is_unreachable(store: FolderStore) -> None:
    for key in ("a", "b/c"):
        store.write(key, b"1")
    listing = store.list()
    assert next(listing).key == "a"
    shutil.rmtree(store.root)
    with pytest.raises(DependencyError):
        next(listing)


def test_the_staging_folder_is_no_part_of_the_bucket(store: FolderStore) -> None:
    (store.root / STAGING / "half").write_bytes(b"")
    assert keys(store) == []
    assert store.stat(f"{STAGING}/half") is None
    with pytest.raises(KeyRefusedError, match="reserved"):
        store.write(f"{STAGING}/x", b"")


def test_bootstrap_clears_what_an_interrupted_write_left_long_ago(store: FolderStore) -> None:
    old, new = store.root / STAGING / "old", store.root / STAGING / "new"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, time.time() - 100_000))
    store.bootstrap()
    assert not old.exists()
    assert new.exists()


def test_a_write_that_fails_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    store.write("a/b", b"1")
    for key in ("a", "a/b/c"):
        with pytest.raises(KeyRefusedError, match="in its way"):
            store.write(key, b"2")
    assert list((store.root / STAGING).iterdir()) == []
    assert store.read("a/b") == b"1"


def test_a_name_that_is_not_utf8_is_passed_over_with_a_warning(
    store: FolderStore, caplog: pytest.LogCaptureFixture
) -> None:
    (store.root / os.fsdecode("公告.txt".encode("gb18030"))).write_bytes(b"")
    (store.root / "line\nbreak").write_bytes(b"")
    store.write("good", b"")
    with caplog.at_level(logging.WARNING):
        assert keys(store) == ["good"]
    assert [record.getMessage().count("rename it") for record in caplog.records] == [1, 1]


def test_a_pipe_is_no_object_and_holds_nobody(store: FolderStore) -> None:
    os.mkfifo(store.root / "pipe")
    assert store.read("pipe") is None
    assert keys(store) == []


def test_a_change_in_place_to_the_same_size_is_seen_however_soon(store: FolderStore) -> None:
    path = store.root / "a"
    etags = set()
    for number in range(30):
        path.write_bytes(b"%02d" % number)
        info = store.stat("a")
        assert info is not None
        etags.add(info.etag)
    assert len(etags) == 30


def test_a_file_that_is_written_to_while_it_is_read_is_not_taken(store: FolderStore, tmp_path: Path) -> None:
    store.write("a", bytes(8 << 20))
    target = tmp_path / "target"

    class Writer(type(target)):  # type: ignore[misc]
        """A target whose opening comes with a change of the source."""

        def open(self, *arguments: object, **options: object) -> object:
            (store.root / "a").write_bytes(b"other")
            return super().open(*arguments, **options)

    with pytest.raises(ObjectChangedError, match="a was written to"):
        store.fetch("a", Writer(target))


def test_folders_deeper_than_any_recursion_are_listed(store: FolderStore) -> None:
    key = "d/" * 1500 + "file"
    store.write(key, b"1")
    assert keys(store) == [key]
    assert store.read(key) == b"1"
    store.remove(key)
    os.removedirs((store.root / key).parent)  # what clears temporary folders recurses
    with pytest.raises(KeyRefusedError, match="longer than"):
        store.write("d/" * 2047 + "x", b"")


def test_a_listing_starts_before_it_has_seen_everything(store: FolderStore) -> None:
    store.write("a/1", b"")
    store.write("b/1", b"")
    listing = store.list()
    assert next(listing).key == "a/1"
    store.write("b/2", b"")
    assert [info.key for info in listing] == ["b/1", "b/2"]
