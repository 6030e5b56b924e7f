"""Bucket events in every form they come in."""

import json

import pytest

from schemas.events import EventError, ObjectEvent, parse_events

RECORD = {
    "eventName": "s3:ObjectCreated:Put",
    "eventTime": "2026-11-21T08:00:00.000Z",
    "eventSource": "minio:s3",
    "s3": {
        "bucket": {"name": "inbox"},
        "object": {
            "key": "%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80%2F%E5%B7%A5%E4%BD%9C+%E6%8A%A5%E5%91%8A%2B1.docx",
            "size": 5,
            "eTag": "abc",
        },
    },
}
EXPECTED = ObjectEvent("政务公开/工作 报告+1.docx", "inbox", "s3:ObjectCreated:Put", "2026-11-21T08:00:00.000Z")


@pytest.mark.parametrize(
    "message",
    [
        [{"Event": [RECORD], "EventTime": "2026-11-21T08:00:00.000Z"}],  # MinIO, Redis, access format
        {"Records": [RECORD]},  # S3
        {"EventName": "s3:ObjectCreated:Put", "Key": "inbox/政务公开/工作 报告+1.docx", "Records": [RECORD]},  # webhook
    ],
)
def test_every_form_of_an_event_gives_the_decoded_key(message: object) -> None:
    assert parse_events(json.dumps(message)) == [EXPECTED]


@pytest.mark.parametrize(
    ("source", "written", "keys"),
    [
        ("aws:s3", "a/b+c%2B1.txt", ["a/b c+1.txt"]),
        ("ceph:s3", "政务/100%+.txt", ["政务/100%+.txt"]),
        ("versity:s3", "b+c.txt", ["b c.txt", "b+c.txt"]),
        ("", "plain.txt", ["plain.txt"]),
    ],
)
def test_a_key_is_decoded_as_its_source_encodes_and_both_ways_where_that_is_unknown(
    source: str, written: str, keys: list[str]
) -> None:
    record = {"eventSource": source, "s3": {"bucket": {"name": "b"}, "object": {"key": written}}}
    assert [event.key for event in parse_events(json.dumps({"Records": [record]}))] == keys


def test_one_message_may_hold_several_events() -> None:
    assert len(parse_events(json.dumps({"Records": [RECORD, RECORD]}))) == 2


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ("not json", "must be JSON"),
        ("[" * 100_000, "must be JSON"),
        ("{}", "must hold"),
        ('{"Records": [5]}', "must hold objects"),
        ('{"Records": [{"s3": {}}]}', "lacks a readable"),
        ('{"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "%FF"}}}]}', "lacks a readable"),
        ('{"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": 5}}}]}', "lacks a readable"),
    ],
)
def test_what_is_no_event_says_what_it_lacks(message: str, complaint: str) -> None:
    with pytest.raises(EventError, match=complaint):
        parse_events(message)
