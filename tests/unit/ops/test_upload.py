"""What an upload sends, queues and says: each file once, whatever interrupted the one before."""

import threading
from collections.abc import Iterator, Sequence
from hashlib import md5
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ops.maintenance.upload import BATCH, UploadedObject, UploadTarget, upload
from schemas.errors import DependencyError
from workers.storage.etags import etag_of, is_content, part_bytes
from workers.storage.protocol import ObjectInfo


class Inbox:
    """Objects with the ETags of an S3 server, and what was asked of it; ``room`` is how many it takes."""

    def __init__(self, room: int = 1_000_000) -> None:
        self.objects: dict[str, ObjectInfo] = {}
        self.uploaded: list[str] = []
        self.requests = 0
        self.room = room
        self._lock = threading.Lock()

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        self.requests += 1
        return iter([info for key, info in sorted(self.objects.items()) if key.startswith(prefix)])

    def obstacle(self, key: str, folders: Sequence[str]) -> str | None:
        self.requests += 1
        return None

    def upload(self, key: str, source: Path) -> str:
        with self._lock:
            if len(self.uploaded) >= self.room:
                raise DependencyError("object store", "gone")
            self.uploaded.append(key)
        data = source.read_bytes()
        self.objects[key] = ObjectInfo(key=key, etag=md5(data).hexdigest(), size=len(data), modified_at=0.0)
        return self.objects[key].etag


class Queue:
    def __init__(self) -> None:
        self.queued: list[str] = []

    def send(self, keys: Sequence[str], *, journey: Any) -> None:
        self.queued += keys


def target_of(inbox: Inbox, sink: Queue) -> UploadTarget:
    return cast(UploadTarget, SimpleNamespace(inbox=inbox, dispatch=sink))


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[str, Path]]:
    found = []
    for number in range(450):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"第{number}号", "utf-8")
        found.append((f"办公室/{number}.txt", path))
    return found


def test_a_folder_of_files_costs_one_request_a_file_and_two_for_all(files: list[tuple[str, Path]]) -> None:
    inbox, sink = Inbox(), Queue()
    sent = list(upload(target_of(inbox, sink), files, prefix="市/局"))
    assert [one.key for one in sent] == [f"市/局/{key}" for key, _ in files] == sink.queued
    assert sorted(inbox.uploaded) == sorted(sink.queued)
    # The listing of the new folder, and a look for an object where one of the folders above would be, at most once
    # for each of the files that are stored before the first answer.
    assert inbox.requests <= 1 + 16


def test_an_interrupted_upload_goes_on_where_it_was(files: list[tuple[str, Path]]) -> None:
    inbox, sink = Inbox(room=300), Queue()
    with pytest.raises(DependencyError):
        list(upload(target_of(inbox, sink), files))
    assert len(sink.queued) < len(files)
    inbox.room, inbox.uploaded = 1_000_000, []
    again = list(upload(target_of(inbox, sink), files))
    assert sorted(inbox.uploaded) == sorted(one.key for one in again if one.sent)
    assert len(inbox.uploaded) == 150
    assert set(sink.queued) == {key for key, _ in files}


def test_a_file_that_changed_is_sent_again_even_at_the_same_size(files: list[tuple[str, Path]]) -> None:
    inbox, sink = Inbox(), Queue()
    list(upload(target_of(inbox, sink), files))
    inbox.uploaded = []
    files[7][1].write_text("第9号", "utf-8")
    list(upload(target_of(inbox, sink), files))
    assert inbox.uploaded == ["办公室/7.txt"]


def test_what_is_told_adds_up_to_all_files_and_bytes(files: list[tuple[str, Path]]) -> None:
    told: list[Sequence[UploadedObject]] = []
    list(upload(target_of(Inbox(), Queue()), files, received=told.append))
    assert [len(batch) for batch in told] == [BATCH, BATCH, 50]
    assert sum(one.size for batch in told for one in batch) == sum(path.stat().st_size for _, path in files)


def test_checksum_of_a_file_in_parts_is_that_of_the_parts_checksums(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for data in (b"", b"abc", b"abcabc", b"abcabcx"):
        path.write_bytes(data)
        parts = [md5(data[at : at + 3]).digest() for at in range(0, len(data), 3)] or [md5(b"").digest()]
        whole = f"{md5(b''.join(parts)).hexdigest()}-{len(parts)}" if len(parts) > 1 else parts[0].hex()
        assert etag_of(path, 3) == whole
    assert not is_content(ObjectInfo(key="a", etag="0-1-2", size=7, modified_at=0.0), path)
    assert part_bytes(1 << 20) < part_bytes(1 << 40)
