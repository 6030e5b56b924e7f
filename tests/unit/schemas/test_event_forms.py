"""Messages of servers that have a form of their own, as they were recorded, and what is read from them.

SeaweedFS 4.53 sent those of ``seaweedfs.json`` to its webhook target, one list for each step of an S3 client. RustFS's
form is that of crates/targets/src/lib.rs and crates/notify/src/event.rs (1.0), and before 1.0 that of its issue 1154.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import EventError, ObjectEvent, parse_events

RECORDED = json.loads((Path(__file__).parents[2] / "samples" / "events" / "seaweedfs.json").read_text("utf-8"))
KEY = "政务 公开/a+b%2F.txt"


def keys_of(step: str) -> list[str]:
    events = [event for message in RECORDED[step] for event in parse_events(json.dumps(message))]
    assert {event.bucket for event in events} <= {"events-1", ".system"}
    return [event.key for event in events if event.bucket == "events-1"]


@pytest.mark.parametrize(
    ("step", "keys"),
    [
        ("bucket", []),
        ("put", [KEY]),
        ("overwrite", [KEY]),
        ("multipart", ["big.bin"]),
        ("copy", ["copy.txt"]),
        ("delete", [KEY]),
        ("empty", ["empty.txt"]),
        ("marker", []),
        ("beside", ["p", "p/c"]),
        ("delp", ["p"]),
    ],
)
def test_seaweedfs_tells_of_files_where_others_tell_of_objects(step: str, keys: list[str]) -> None:
    assert keys_of(step) == keys


def test_a_key_of_seaweedfs_is_written_as_it_is_and_its_time_is_told() -> None:
    (event,) = parse_events(json.dumps(RECORDED["overwrite"][0]))
    assert (event.key, event.bucket, event.name) == (KEY, "events-1", "update")
    assert datetime.fromisoformat(event.at).year == 2026


def test_a_file_that_was_renamed_is_looked_for_at_both_places() -> None:
    entry = {"name": "b.txt"}
    message = {"old_entry": {"name": "a.txt"}, "new_entry": entry, "new_parent_path": "/buckets/inbox/年"}
    told = {"key": "/buckets/inbox/a.txt", "event_type": "rename", "message": message}
    assert [event.key for event in parse_events(json.dumps(told))] == ["a.txt", "年/b.txt"]


@pytest.mark.parametrize("broken", [{"key": 1}, {"key": None}, {"message": []}])
def test_a_broken_message_of_seaweedfs_says_what_it_lacks(broken: dict[str, Any]) -> None:
    message = {"key": "/buckets/inbox/a", "event_type": "create", "message": {}, **broken}
    with pytest.raises(EventError, match="event_type"):
        parse_events(json.dumps(message))


def rustfs(key: str) -> dict[str, Any]:
    return {
        "eventVersion": "2.1",
        "eventSource": "rustfs:s3",
        "awsRegion": "",
        "eventTime": "2026-07-25T18:01:07.956Z",
        "eventName": "s3:ObjectCreated:Put",
        "userIdentity": {"principalId": "rustfs"},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "Config",
            "bucket": {"name": "inbox", "ownerIdentity": {"principalId": "rustfs"}, "arn": "arn:aws:s3:::inbox"},
            "object": {"key": key, "size": 3, "eTag": "abc", "sequencer": "18A01"},
        },
    }


@pytest.mark.parametrize(
    "wrap",
    [
        lambda record: {"EventName": "s3:ObjectCreated:Put", "Key": "inbox/x", "Records": [record]},
        lambda record: {"event_name": "ObjectCreatedPut", "key": "inbox/", "records": [record]},
    ],
    ids=["1.0", "before 1.0"],
)
def test_a_key_of_rustfs_is_form_encoded(wrap: Any) -> None:
    written = "%E6%94%BF%E5%8A%A1+%E5%85%AC%E5%BC%80%2Fa%2Bb%252F.txt"
    assert parse_events(json.dumps(wrap(rustfs(written)))) == [
        ObjectEvent(KEY, "inbox", "s3:ObjectCreated:Put", "2026-07-25T18:01:07.956Z")
    ]
