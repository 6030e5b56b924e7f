"""The whole line on the real servers: processes of their own, events pushed by the object store, Redis between."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import pytest
import redis

from ops.system import open_system
from ops.testservers import CannotRunError
from ops.testservers.events import listed_events, pushed_events
from schemas.outcomes import State
from tests.support import container_story, story
from tests.support.app_processes import TOKEN, Services
from tests.support.tcp_proxy import linked
from workers.settings import load

pytestmark = [pytest.mark.redis, pytest.mark.s3, pytest.mark.elasticsearch]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_events_pushed_by_the_store_drive_upload_overwrite_and_delete(services: Services) -> None:
    url = f"http://127.0.0.1:{services.variables['GONGKAI_API_PORT']}"
    with ExitStack() as stack:
        stack.enter_context(services.process("api"))
        stack.enter_context(services.worker())
        story.until(lambda: answers(f"{url}/healthz"), "the API to answer")
        stack.enter_context(pushed_events(services.s3, services.bucket, to=f"{url}/events", token=TOKEN))
        story.tell(services.system)


def test_events_that_minio_appends_to_the_list_drive_the_same(services: Services) -> None:
    """As the composition has it: the store and the workers share one Redis."""
    if services.s3.kind != "minio":
        with pytest.raises(CannotRunError, match="MinIO alone"), listed_events(services.s3, services.bucket):
            pass
        return
    with ExitStack() as stack:
        url = stack.enter_context(listed_events(services.s3, services.bucket))
        shared = services.through(GONGKAI_BROKER_URL=url)
        system = stack.enter_context(open_system(load(shared.variables)))
        stack.enter_context(shared.process("intake"))
        stack.enter_context(shared.worker())
        story.tell(system)


def test_events_on_the_redis_list_drive_the_same(services: Services) -> None:
    """The list in the form MinIO pushes to it (``access``); a message that makes no sense is passed over."""
    client, events = redis.Redis.from_url(services.variables["GONGKAI_BROKER_URL"]), "gongkai:events"
    inbox, key = services.system.context.inbox, "市档案局/通知 第1号+.txt"
    record = {
        "eventName": "s3:ObjectCreated:Put",
        "s3": {"bucket": {"name": services.bucket}, "object": {"key": quote_plus(key)}},
    }
    message = json.dumps([{"Event": [record], "EventTime": "2026-11-21T08:00:00Z"}])
    with services.worker(), services.process("intake"):
        inbox.write(key, story.FIRST.encode())
        client.rpush(events, "not an event", message, message)
        story.until(lambda: story.found(services.system, "“银杏档案”") == [(key, "一、")], "the document to be found")
        inbox.remove(key)
        client.rpush(events, message)
        story.until(story.in_state(services.system, key, State.REMOVED), "the removal to be recorded")
        story.until(
            lambda: client.llen(events) == 0 and not client.keys("gongkai:events:taken:*[0-9]"), "the list to be empty"
        )


def test_the_files_in_a_container_become_documents_and_go_with_it(services: Services) -> None:
    url = f"http://127.0.0.1:{services.variables['GONGKAI_API_PORT']}"
    with ExitStack() as stack:
        stack.enter_context(services.process("api"))
        stack.enter_context(services.worker())
        story.until(lambda: answers(f"{url}/healthz"), "the API to answer")
        stack.enter_context(pushed_events(services.s3, services.bucket, to=f"{url}/events", token=TOKEN))
        container_story.tell(services.system)


def test_work_of_a_killed_worker_is_done_by_the_next_after_a_sweep(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = services.system
    keys = [f"{n}.txt" for n in range(60)]
    for n, key in enumerate(keys):
        system.context.inbox.write(key, f"{story.FIRST}第{n}号\n".encode())
    with services.worker() as worker:
        system.dispatch.send(keys)
        story.until(lambda: len(system.context.index.counts()) > 0, "the first outcome")
        children = subprocess.run(["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True)
        for pid in (worker.pid, *map(int, children.stdout.split())):
            os.killpg(pid, signal.SIGKILL) if os.getpgid(pid) == pid else os.kill(pid, signal.SIGKILL)
    monkeypatch.setattr("workers.tasks.queue_depth.GRACE_SECONDS", 0.0)
    expire_leases(services)
    with services.worker():
        deadline = time.monotonic() + story.PATIENCE_SECONDS
        while system.context.index.counts().get(State.INDEXED, 0) < len(keys) and time.monotonic() < deadline:
            system.sweep()
            time.sleep(1)
    assert system.context.index.counts() == {State.INDEXED: len(keys)}
    assert len(story.found(system, "“银杏档案”")) == 10


def expire_leases(services: Services) -> None:
    """Let the leases of dead workers run out at once instead of in a minute."""
    client = redis.Redis.from_url(services.variables["GONGKAI_BROKER_URL"])
    client.delete("gongkai:running")


@pytest.mark.parametrize("down", ["index", "object store", "broker"])
def test_work_waits_for_a_server_that_is_down_and_resumes(services: Services, tmp_path: Path, down: str) -> None:
    variable = {
        "index": "GONGKAI_INDEX_URL",
        "object store": "GONGKAI_OBJECTS_URL",
        "broker": "GONGKAI_BROKER_URL",
    }[down]
    parts, log, system = urlsplit(services.variables[variable]), tmp_path / "log", services.system
    with linked(parts.hostname or "", parts.port or 0) as link:
        address = parts._replace(netloc=f"127.0.0.1:{link.port}").geturl()
        with services.through(**{variable: address}).worker(log=log):
            system.context.inbox.write("先.txt", story.FIRST.encode())
            system.dispatch.send(["先.txt"])
            story.until(story.in_state(system, "先.txt", State.INDEXED), "the document before the outage")
            link.cut()
            system.context.inbox.write("后.txt", story.SECOND.encode())
            system.dispatch.send(["后.txt"])
            waiting = {"broker": "Connection"}.get(down, f"waiting for {down}")
            story.until(lambda: waiting in log.read_text("utf-8"), f"the worker to say that the {down} is down")
            assert story.recorded(system, "后.txt") is None
            link.mend()
            story.until(story.in_state(system, "后.txt", State.INDEXED), "the document after the outage")
            story.until(lambda: story.found(system, "“梧桐档案”") == [("后.txt", "一、")], "it to be found")


def test_a_broker_lost_while_work_waits_for_the_index_ends_no_worker(services: Services, tmp_path: Path) -> None:
    """Kombu puts the messages of such work back over a connection that is gone, and Celery ends at what it raises."""
    log, system, urls = tmp_path / "log", services.system, ("GONGKAI_BROKER_URL", "GONGKAI_INDEX_URL")
    with ExitStack() as stack:
        addresses = {name: urlsplit(services.variables[name]) for name in urls}
        broker, index = (stack.enter_context(linked(a.hostname or "", a.port or 0)) for a in addresses.values())
        ways = {
            name: address._replace(netloc=f"127.0.0.1:{link.port}").geturl()
            for (name, address), link in zip(addresses.items(), (broker, index), strict=True)
        }
        worker = stack.enter_context(services.through(**ways).worker(log=log))
        system.context.inbox.write("先.txt", story.FIRST.encode())
        system.dispatch.send(["先.txt"])
        story.until(story.in_state(system, "先.txt", State.INDEXED), "the document before the outage")
        index.cut()
        system.context.inbox.write("后.txt", story.SECOND.encode())
        system.dispatch.send(["后.txt"])
        story.until(lambda: "waiting for index" in log.read_text("utf-8"), "the worker to say that the index is down")
        broker.cut()
        story.until(lambda: "Connection to broker lost" in log.read_text("utf-8"), "the worker to miss the broker")
        broker.mend()
        index.mend()
        story.until(story.in_state(system, "后.txt", State.INDEXED), "the document after the outage")
        assert worker.poll() is None
        assert "Unrecoverable" not in log.read_text("utf-8")
