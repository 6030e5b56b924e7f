"""A Redis that lost all it held is noticed at once: what waited is found by a sweep nobody had to ask for."""

import pytest
import redis

from schemas.outcomes import State
from tests.support import story
from tests.support.app_processes import Services

pytestmark = [pytest.mark.redis, pytest.mark.s3, pytest.mark.elasticsearch]


def test_what_waited_in_it_is_worked_on_soon(services: Services) -> None:
    system, client = services.system, redis.Redis.from_url(services.variables["GONGKAI_BROKER_URL"])
    with services.worker(), services.process("sweep", "--forever"):
        system.context.inbox.write("先.txt", story.FIRST.encode())
        story.until(story.in_state(system, "先.txt", State.INDEXED), "the first sweep to find the document")
        story.until(lambda: bool(client.exists("gongkai:known")), "the sweep to know this Redis")
        system.context.inflight.pause(["intake"])
        for n in range(5):
            system.context.inbox.write(f"{n}.txt", f"{story.FIRST}{n}\n".encode())
        system.dispatch.send([f"{n}.txt" for n in range(5)])
        client.flushdb()
        assert system.context.inflight.counts().waiting == 0
        story.until(lambda: system.context.index.counts() == {State.INDEXED: 6}, "all to be indexed")
        story.until(system.idle, "nothing to be in flight")
