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


def test_a_folder_with_something_in_it_is_listed_once_for_all_that_comes_into_it() -> None:
    keys = [f"旧/{n}" for n in range(5)]
    store = Store("旧/3/下.txt", "旧/1")
    claims = claims_of(store, keys)
    for key in keys[:3]:
        claims.claim(key)
    with pytest.raises(ObstructedError, match="下"):
        claims.claim(keys[3])
    below = claims_of(Store("旧/1"), [f"旧/1/{n}" for n in range(3)] + ["旧/2", "旧/4", "旧/5"])
    with pytest.raises(ObstructedError, match="旧/1"):
        below.claim("旧/1/0")
    assert store.asked == ["旧/", keys[0]]


def test_what_a_listed_folder_holds_is_known() -> None:
    claims = claims_of(Store("旧/1", "旧/2"), ["旧/1", "旧/3", "旧/4"])
    assert [claims.find(key) is not None for key in ("旧/1", "旧/3", "新/1")] == [True, False, False]


def test_keys_that_come_later_cost_no_further_look_into_their_folder() -> None:
    store = Store()
    claims = claims_of(store, [f"新/{n}" for n in range(5)])
    claims.claim("新/0")
    store.keys.add("新/0")
    claims.expect([f"新/{n}" for n in range(5, 10)])
    for n in range(5, 10):
        claims.claim(f"新/{n}")
    assert store.asked == ["新/", "新/0"]


def test_a_folder_that_holds_far_more_than_comes_into_it_is_not_listed_to_its_end() -> None:
    store = Store("旧/3/下.txt", *(f"旧/{n:06}" for n in range(1_500)))
    claims = claims_of(store, [f"旧/{n}" for n in range(5)])
    with pytest.raises(ObstructedError, match="下"):
        claims.claim("旧/3")
    assert store.asked == ["旧/", "旧/3"]
    assert claims.find("旧/000001") is None


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
