"""What every object store promises of keys: their order, what is refused, what is in whose way."""

from pathlib import Path

import pytest

from tests.support.object_stores import OnFolder, OnS3
from workers.storage.claims import Claims
from workers.storage.object_keys import KeyRefusedError, ObstructedError
from workers.storage.protocol import ObjectStore

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


class ObjectKeysContract:
    """The assertions."""

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


class TestFolder(OnFolder, ObjectKeysContract):
    pass


@pytest.mark.s3
class TestS3(OnS3, ObjectKeysContract):
    pass
