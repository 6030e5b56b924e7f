"""What every object store promises, against each of them."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from minio import Minio

from ops.testservers import Server
from schemas.errors import DependencyError, ObjectChangedError
from workers.settings import Settings
from workers.storage.claims import Claims
from workers.storage.etags import is_content
from workers.storage.object_keys import KeyRefusedError, ObstructedError
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore
from workers.storage.s3 import S3Store

UNUSABLE_KEYS = [
    "",
    "/a",
    "a//b",
    "a/",
    "../a",
    "a/../../b",
    "a/./b",
    "..",
    "a\nb",
    "a\x00b",
    " ",
    " \u3000\xa0",
    "\udc80",
    "长" * 86,
    "a/" * 2050,
]


def _claim_and_write(claims: Claims, store: ObjectStore, key: str) -> None:
    claims.claim(key)
    store.write(key, b"1")


def _claim_and_upload(store: ObjectStore, key: str, source: Path) -> None:
    Claims(store).claim(key)
    store.upload(key, source)


class ObjectStoreContract:
    """The assertions; a subclass per backend says where a fresh store is."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    @pytest.fixture
    def store(self, url: str, settings: Settings) -> ObjectStore:
        store = open_store(url, settings)
        store.bootstrap()
        return store

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

    def test_list_is_in_the_order_of_bytes(self, store: ObjectStore) -> None:
        keys = [
            "a-b/c", "a.b", "a/b", "a/b-c", "a/z/1", "a0", "ab", "a b", "a!/1", "B", "中/文", "中-", "中0", "é", "𠮷",
        ]  # fmt: skip
        for key in keys:
            store.write(key, b"")
        assert [info.key for info in store.list()] == sorted(keys, key=str.encode)

    def test_list_takes_any_prefix(self, store: ObjectStore) -> None:
        for key in ("a", "ab/c", "ab/d/e", "abc", "b/ab", "中/文"):
            store.write(key, b"")

        def below(prefix: str) -> list[str]:
            return [info.key for info in store.list(prefix)]

        assert below("a") == ["a", "ab/c", "ab/d/e", "abc"]
        assert below("ab") == ["ab/c", "ab/d/e", "abc"]
        assert below("ab/") == ["ab/c", "ab/d/e"]
        assert below("ab/d") == ["ab/d/e"]
        assert below("中") == ["中/文"]
        assert below("ab/x") == []
        # MinIO answers 400 to these; a folder has no such file.
        for none in ("../", "./", "a/../", "ab//", "/", "//", "a\n", "\ud800", "x" * 256, "x" * 5000):
            assert below(none) == [], ascii(none)

    @pytest.mark.parametrize("prefix", [".", "..", ". ", "ab/.", "ab/.."])
    def test_list_takes_the_beginning_of_a_key_that_is_no_key(self, store: ObjectStore, prefix: str) -> None:
        """A component ``..`` names nothing, and MinIO answers 400 to it; ``..x`` is a name like any other."""
        for key in (f"{prefix}x", f"{prefix}y/z", "a", "ab/c", "ac"):
            store.write(key, b"")
        assert [info.key for info in store.list(prefix)] == [f"{prefix}x", f"{prefix}y/z"]

    def test_list_goes_beyond_a_page(self, store: ObjectStore) -> None:
        keys = [f"{number % 7}/{number:04}" for number in range(1100)]
        for key in keys:
            store.write(key, b"")
        assert [info.key for info in store.list()] == sorted(keys)

    @pytest.mark.parametrize("key", UNUSABLE_KEYS, ids=ascii)
    def test_an_unusable_key_names_nothing_and_cannot_be_written(
        self, store: ObjectStore, tmp_path: Path, key: str
    ) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"")
        for write in (lambda: store.write(key, b""), lambda: store.upload(key, source)):
            with pytest.raises(KeyRefusedError, match="rename"):
                write()
        assert store.stat(key) is None
        assert store.read(key) is None
        assert store.fetch(key, tmp_path / "copy") is None
        store.remove(key)
        assert list(store.list()) == []

    @pytest.mark.parametrize("key", ["q\\w", "a\\b/c\\d", ". ", "a/. /b", "a/ b", "b /c", "x\\..\\y"], ids=ascii)
    def test_a_key_is_kept_as_it_is_or_refused_and_costs_no_other_object(
        self, store: ObjectStore, tmp_path: Path, key: str
    ) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"1")
        store.write("q/w", b"other")
        try:
            store.upload(key, source)
        except KeyRefusedError:
            assert store.stat(key) is None
            assert store.read(key) is None
            assert store.fetch(key, tmp_path / "copy") is None
            store.remove(key)
            kept: list[str] = []
        else:
            assert store.read(key) == b"1"
            kept = [key]
        assert store.read("q/w") == b"other"
        assert sorted(info.key for info in store.list()) == sorted([*kept, "q/w"])

    def test_an_object_in_the_way_is_found_before_anything_is_stored(self, store: ObjectStore, tmp_path: Path) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"1")
        for key in ("a", "b/c", "d/e/f"):
            store.write(key, b"1")
        for key in ("a/b", "a/b/c", "b", "d", "d/e"):
            with pytest.raises(ObstructedError, match="in its way"):
                _claim_and_upload(store, key, source)
        for key in ("a", "b/d", "a-b", "a.b/c"):
            _claim_and_upload(store, key, source)
        kept = ["a", "a-b", "a.b/c", "b/c", "b/d", "d/e/f"]
        assert [info.key for info in store.list()] == kept

    def test_of_two_keys_of_one_upload_that_are_in_each_others_way_one_is_taken(self, store: ObjectStore) -> None:
        for keys in (("a/b", "a"), ("c", "c/d/e")):
            claims = Claims(store)
            claims.claim(keys[0])
            with pytest.raises(ObstructedError):
                claims.claim(keys[1])

    def test_keys_of_one_upload_are_looked_at_whether_their_folder_is_new_or_not(self, store: ObjectStore) -> None:
        store.write("old/1/below", b"1")
        keys = [f"{folder}/{n}" for folder in ("new", "old") for n in range(4)]
        claims = Claims(store, keys)
        with pytest.raises(ObstructedError, match="in its way"):
            _claim_and_write(claims, store, "old/1")
        for key in keys:
            if key != "old/1":
                _claim_and_write(claims, store, key)
        assert [info.key for info in store.list()] == sorted({*keys, "old/1/below"} - {"old/1"})

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


class TestFolder(ObjectStoreContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"file://{tmp_path}/bucket"


@pytest.mark.s3
class TestS3(ObjectStoreContract):
    @pytest.fixture
    def settings(self, s3_server: Server) -> Settings:
        return Settings(s3_access_key=s3_server.access_key, s3_secret_key=s3_server.secret_key)

    @pytest.fixture
    def url(self, s3_server: Server, settings: Settings) -> Iterator[str]:
        endpoint, bucket = urlsplit(s3_server.url).netloc, f"contract-{uuid4().hex}"
        url = f"s3://{endpoint}/{bucket}"
        yield url
        client = Minio(endpoint, s3_server.access_key, s3_server.secret_key, secure=False)
        if client.bucket_exists(bucket):
            for info in open_store(url, settings).list():
                client.remove_object(bucket, info.key)
            client.remove_bucket(bucket)
