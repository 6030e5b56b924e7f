"""Bodies of requests and responses: what the server's client reads and writes itself, this reads and writes."""

import json

import pytest
from elasticsearch import SerializationError

from search.elastic.client import JsonBodySerializer

SERIALIZER = JsonBodySerializer()
BODIES = ({"query": {"match": {"text": "公开"}}, "size": 10}, {"hits": [1.5, None, True, "㎡"]}, [])


@pytest.mark.parametrize("body", BODIES)
def test_a_body_comes_back_as_it_was_sent(body: object) -> None:
    sent = SERIALIZER.dumps(body)
    assert json.loads(sent) == body
    assert SERIALIZER.loads(sent) == body


def test_half_a_surrogate_pair_is_sent_and_read_as_the_client_does() -> None:
    assert SERIALIZER.dumps({"q": "\ud800"}) == '{"q":"\ud800"}'.encode("utf-8", "surrogatepass")
    assert SERIALIZER.loads(b'{"q":"\\ud800"}') == {"q": "\ud800"}


@pytest.mark.parametrize("body", [b'{"hits": [', b"<html>", b'{"q": "\xff"}'])
def test_a_body_that_is_no_json_is_the_clients_own_error(body: bytes) -> None:
    with pytest.raises(SerializationError):
        SERIALIZER.loads(body)
