"""How often a store is asked whether the keys of an upload can be beside those it has."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import pytest

from workers.storage.claims import Claims
from workers.storage.object_keys import ObstructedError
from workers.storage.protocol import ObjectInfo, ObjectStore


class Store:
    """Keys that list as on an S3 server, and what was asked of them."""

    def __init__(self, *keys: str) -> None:
        self.keys = set(keys)
        self.asked: list[str] = []

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        self.asked.append(prefix)
        return iter(
            [ObjectInfo(key=key, etag="", size=0, modified_at=0.0) for key in self.keys if key.startswith(prefix)]
        )

    def obstacle(self, key: str, folders: Sequence[str]) -> str | None:
        self.asked.append(key)
        return next((other for other in self.keys if other in folders or other.startswith(f"{key}/")), None)


def claims_of(store: Store, keys: Sequence[str]) -> Claims:
    return Claims(cast(ObjectStore, cast(Any, store)), keys)


def test_a_new_folder_is_looked_at_once_for_all_that_comes_into_it() -> None:
    keys = [f"新/{n % 4}/{n}.txt" for n in range(40)]
    store = Store("旧/1.txt")
    claims = claims_of(store, keys)
    for key in keys:
        claims.claim(key)
        store.keys.add(key)
    assert store.asked == ["新/", keys[0]]


def test_each_key_is_looked_at_that_comes_into_a_folder_with_something_in_it() -> None:
    keys = [f"旧/{n}" for n in range(5)]
    store = Store("旧/3/下.txt")
    claims = claims_of(store, keys)
    for key in keys[:3]:
        claims.claim(key)
    with pytest.raises(ObstructedError, match="下"):
        claims.claim(keys[3])


def test_an_object_where_the_new_folder_would_be_is_in_the_way_of_all() -> None:
    keys = [f"甲/乙/{n}" for n in range(5)]
    claims = claims_of(Store("甲"), keys)
    for key in keys:
        with pytest.raises(ObstructedError, match="甲"):
            claims.claim(key)


def test_keys_of_one_upload_are_in_each_others_way_in_a_new_folder_too() -> None:
    keys = ["新/1", "新/1/2", "新/3"]
    claims = claims_of(Store(), keys)
    claims.claim(keys[0])
    with pytest.raises(ObstructedError):
        claims.claim(keys[1])


def test_one_file_is_looked_at_by_itself() -> None:
    store = Store()
    claims_of(store, ["新/1"]).claim("新/1")
    assert store.asked == ["新/1"]
