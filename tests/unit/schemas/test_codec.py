"""What travels is read back as it was, whatever a key is made of."""

import json

import pytest

from schemas.codec import as_json, decode_object, encode
from schemas.jobs import Job


@pytest.mark.parametrize("key", ["a.txt", "通知.docx", "\ud800.txt", "a\x00b", "\U0001f600"])
def test_a_job_survives_json_whatever_its_key_holds(key: str) -> None:
    job = Job(key=key, trace="t", sent_at=1.0)
    assert decode_object(Job, json.loads(json.dumps(as_json(job)))) == job


def test_half_a_surrogate_pair_is_no_utf_8() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode(Job(key="\ud800", trace="t", sent_at=1.0))
