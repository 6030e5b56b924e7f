"""What every object store promises of what is written to it, against each of them."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest

from schemas.errors import DependencyError, ObjectChangedError
from tests.support.object_stores import OnFolder, OnS3
from workers.settings import Settings
from workers.storage.etags import is_content
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore
from workers.storage.s3 import S3Store


class ObjectStoreContract:
    """The assertions."""

    def test_bootstrap_names_what_it_made_and_can_be_run_again(self, url: str, settings: Settings) -> None:
        store = open_store(url, settings)
        assert len(store.bootstrap()) == 1
        store.write("a", b"1")
        assert store.bootstrap() == []
        assert store.read("a") == b"1"
        assert store.describe()

    def test_a_store_that_was_never_made_is_unreachable_not_empty(self, url: str, settings: Settings) -> None:
        store = open_store(url, settings)
        for call in (
            store.describe,
            lambda: store.stat("a"),
            lambda: store.read("a"),
            lambda: list(store.list()),
            lambda: store.write("a", b""),
        ):
            with pytest.raises(DependencyError, match="object store"):
                call()

    def test_what_is_written_is_read_as_it_was(self, store: ObjectStore, tmp_path: Path) -> None:
        data = bytes(range(256)) * 5
        for key in ("报告.doc", "2024/年/工作 总结 (1)+%2F&#?.txt", "a/b/c/d", ".hidden", "~x", "é", "e\u0301", "𠮷"):
            store.write(key, data + key.encode())
            assert store.read(key) == data + key.encode()
            assert store.fetch(key, tmp_path / "copy") == store.stat(key)
            assert (tmp_path / "copy").read_bytes() == data + key.encode()

    def test_an_empty_object_is_an_object(self, store: ObjectStore) -> None:
        store.write("empty", b"")
        info = store.stat("empty")
        assert info is not None
        assert info.size == 0
        assert store.read("empty") == b""

    def test_a_large_file_survives_the_way_up_and_down(self, store: ObjectStore, tmp_path: Path) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"0123456789abcdef" * (20 << 16))
        store.upload("big.bin", source)
        info = store.fetch("big.bin", tmp_path / "copy")
        assert info is not None
        assert info.size == 20 << 20
        assert info == store.stat("big.bin")
        assert (tmp_path / "copy").read_bytes() == source.read_bytes()

    def test_an_object_that_is_too_large_is_measured_and_not_copied(self, store: ObjectStore, tmp_path: Path) -> None:
        store.write("ten", b"0123456789")
        assert store.fetch("ten", tmp_path / "copy", most=9) == store.stat("ten")
        assert not (tmp_path / "copy").exists()
        assert store.fetch("ten", tmp_path / "copy", most=10) == store.stat("ten")
        assert (tmp_path / "copy").read_bytes() == b"0123456789"

    def test_what_is_not_there_is_none(self, store: ObjectStore, tmp_path: Path) -> None:
        assert store.stat("none") is None
        assert store.read("none") is None
        assert store.fetch("none", tmp_path / "copy") is None
        assert not (tmp_path / "copy").exists()
        store.write("folder/file", b"")
        assert store.stat("folder") is None
        assert store.read("folder") is None
        store.remove("none")

    def test_stat_says_what_list_says(self, store: ObjectStore) -> None:
        store.write("a/b.txt", b"12345")
        (listed,) = store.list()
        assert listed == store.stat("a/b.txt")
        assert listed.size == 5
        assert listed.modified_at > 1_600_000_000
        assert '"' not in listed.etag

    def test_the_etag_changes_with_the_content(self, store: ObjectStore) -> None:
        etags = set()
        for number in range(20):
            store.write("a", b"%02d" % number)
            info = store.stat("a")
            assert info is not None
            etags.add(info.etag)
        assert len(etags) == 20

    def test_the_etag_stays_while_the_content_does(self, store: ObjectStore) -> None:
        store.write("a", b"1")
        assert store.stat("a") == store.stat("a")

    def test_what_is_removed_is_gone(self, store: ObjectStore) -> None:
        store.write("x/a", b"1")
        store.write("x/b", b"1")
        store.remove("x/a")
        assert store.stat("x/a") is None
        assert [info.key for info in store.list()] == ["x/b"]

    def test_what_was_uploaded_is_recognised_by_size_and_checksum(self, store: ObjectStore, tmp_path: Path) -> None:
        source = tmp_path / "source"
        for size in (0, 5_000, (16 << 20) + 1):
            source.write_bytes(b"x" * size)
            store.upload("a/b", source)
            found = store.stat("a/b")
            assert found is not None
            # A folder knows no checksum: what it has is written again.
            assert is_content(found, source) == isinstance(store, S3Store)
            with source.open("ab") as file:
                file.write(b"y")
            assert not is_content(found, source)

    def test_writers_of_one_key_never_mix(self, store: ObjectStore) -> None:
        contents = [bytes([letter]) * 100_000 for letter in b"abcd"]
        seen: list[bytes | None] = []

        def work(content: bytes) -> None:
            for _ in range(5):
                store.write("k", content)
                seen.append(store.read("k"))

        threads = [threading.Thread(target=work, args=(content,)) for content in contents]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 20
        assert set(seen) <= set(contents)
        assert len(list(store.list())) == 1

    def test_an_object_is_streamed_whole_and_may_be_left_half_way(self, store: ObjectStore) -> None:
        data = bytes(range(256)) * 4096
        store.write("a/大.bin", data)
        whole, half = store.stream("a/大.bin"), store.stream("a/大.bin")
        assert whole is not None
        assert half is not None
        assert (whole.info.size, whole.info.etag) == (len(data), getattr(store.stat("a/大.bin"), "etag", None))
        assert b"".join(whole.chunks) == data
        assert data.startswith(next(half.chunks))
        half.chunks.close()
        assert store.stream("a/nothing") is None

    def test_a_stream_hands_out_no_byte_of_what_came_in_its_place(self, store: ObjectStore) -> None:
        store.write("a.bin", b"a" * (3 << 20))
        streamed = store.stream("a.bin")
        assert streamed is not None
        got = [next(streamed.chunks)]
        store.write("a.bin", b"b" * (3 << 20))
        with suppress(ObjectChangedError, DependencyError):
            got.extend(streamed.chunks)
        assert set(b"".join(got)) == set(b"a")


class TestFolder(OnFolder, ObjectStoreContract):
    pass


@pytest.mark.s3
class TestS3(OnS3, ObjectStoreContract):
    pass
