"""The files of a container reach the store all, in order, and several at a time."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from schemas.blocks import Child, Converted
from workers.pipeline.containers import keep
from workers.pipeline.context import Context
from workers.sandbox.outcome import Conversion


class Store:
    """Takes no object before another waits beside it, as a store far away would."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self._together = threading.Barrier(2, timeout=60)

    def stat(self, key: str) -> bytes | None:
        return self.stored.get(key)

    def upload(self, key: str, source: Path) -> str:
        self._together.wait()
        self.stored[key] = source.read_bytes()
        return ""


def test_files_of_a_container_are_stored_side_by_side_and_listed_in_order(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"member-{number}").write_text(str(number), "utf-8")
    children = tuple(Child(f"{number}.txt", 2, f"member-{number}") for number in range(40))
    conversion = Conversion(
        Converted("zip", (), container=True, children=children, children_expected=40), b"", tmp_path, 0.0, 0.0, 0
    )
    store = Store()
    kept = keep(conversion, cast(Context, cast(Any, SimpleNamespace(derived=store))))
    assert [child.path for child in kept.children] == [child.path for child in children]
    stored = [store.stored[f"children/{child.sha256[:2]}/{child.sha256}"] for child in kept.children]
    assert stored == [str(number).encode() for number in range(40)]
