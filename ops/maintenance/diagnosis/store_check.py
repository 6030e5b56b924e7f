"""A harmless test of the inbox's S3 server: its behaviour where servers differ, and whether its events arrive.

All objects are stored below a reserved prefix, whose keys are no documents, and removed at the end.
"""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import urllib3
from minio import Minio
from minio.commonconfig import CopySource
from minio.error import InvalidResponseError, S3Error, ServerError

from ops.maintenance.bucket_notifications import TIMEOUT, inbox_client
from ops.maintenance.diagnosis.doctor import Check
from ops.system import System
from schemas.errors import DependencyError
from workers.intake import CHECKED_OBJECT, CHECKS
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings
from workers.storage.object_keys import RESERVED
from workers.storage.s3_refusals import explain

POLL_SECONDS = 0.1
PART_BYTES = 5 << 20
COPIED = {"for one part": b"1", "for several": bytes(PART_BYTES + 1)}
# A server that does not compare bytes, or that walks folders, lists these in another order.
NAMES = ("a b", "a%2Fb", "a+b", "a-b", "a.b", "a/b", "a0", "B", "e\u0301", "é", "中/文", "中-", "Ａ", "𠮷")


@dataclass(frozen=True, slots=True)
class Round:
    """The bucket and prefix of one check."""

    client: Minio
    bucket: str
    prefix: str

    def put(self, name: str, data: bytes = b"1") -> None:
        """Store an object below the prefix of the check."""
        key, size = self.prefix + name, len(data)
        self.client.put_object(self.bucket, key, io.BytesIO(data), size, part_size=PART_BYTES)

    def etags(self, name: str) -> tuple[str, str]:
        """Return an object's ETag from HEAD and from the listing."""
        head = self.client.stat_object(self.bucket, self.prefix + name).etag
        listed = next(iter(self.client.list_objects(self.bucket, prefix=self.prefix + name))).etag
        return str(head or "").strip('"'), str(listed or "").strip('"')

    def listed(self, below: str = "") -> list[str]:
        """Return the names listed below ``below``, as the server orders them."""
        found = self.client.list_objects(self.bucket, prefix=self.prefix + below, recursive=True)
        return [str(one.object_name).removeprefix(self.prefix) for one in found]

    def clean(self) -> None:
        """Remove all objects, repeatedly: some are listed only when others are gone."""
        while names := self.listed():
            for name in names:
                self.client.remove_object(self.bucket, self.prefix + name)


def check_store(system: System, *, seconds: float) -> Iterator[Check]:
    """Yield the server's behaviours one by one, and at last whether an event came within ``seconds``.

    Raises:
        DependencyError: The server does not answer, or refuses what no server may refuse.
    """
    if urlsplit(system.settings.objects_url).scheme == "file":
        yield Check("store", "fine", "the inbox is a folder, which is watched; this check is for S3 servers")
        return
    client, bucket = inbox_client(system.settings)
    token = uuid4().hex
    tried = Round(client, bucket, f"{RESERVED}/{token}/")
    system.context.inbox.describe()
    try:
        for name, look in LOOKS.items():
            state, line = look(tried)
            yield Check(name, "fine" if state else "down", line)
        yield _events(system, tried, token, seconds=seconds)
    except S3Error as error:
        raise DependencyError("object store", explain(error)) from error
    except (urllib3.exceptions.HTTPError, ServerError, InvalidResponseError) as error:
        raise DependencyError("object store", str(error)) from error
    finally:
        system.context.derived.remove(f"{CHECKS}{token}")
        with suppress(S3Error, urllib3.exceptions.HTTPError, ServerError, InvalidResponseError):
            tried.clean()


def _order(tried: Round) -> tuple[bool, str]:
    for name in NAMES:
        tried.put(f"order/{name}")
    names = [name.removeprefix("order/") for name in tried.listed("order/")]
    if names == sorted(NAMES, key=str.encode):
        return True, "by the bytes of the keys, as sweep and audit need it"
    return False, f"not by the bytes of the keys ({', '.join(names)}): sweep and audit cannot work with this server"


def _beside(tried: Round) -> tuple[bool, str]:
    tried.put("beside/p")
    if (refusal := _refusal(lambda: tried.put("beside/p/c"))) is not None:
        return True, f"an object below another is refused ({refusal})"
    if tried.listed("beside/") == ["beside/p", "beside/p/c"]:
        return True, "an object below another is stored and listed"
    return True, "an object below another is stored and NOT listed: uploads here refuse it, the audit names others"


def _backslash(tried: Round) -> tuple[bool, str]:
    if (refusal := _refusal(lambda: tried.put("slash/q\\w"))) is not None:
        return True, f"a key with a backslash is refused ({refusal})"
    if tried.listed("slash/") == ["slash/q\\w"]:
        return True, "a key with a backslash is kept"
    return True, "a key with a backslash is stored under one with a slash: uploads here refuse it"


def _etag(tried: Round) -> tuple[bool, str]:
    seen = []
    for data in (b"1", b"2"):
        tried.put("etag/a", data)
        seen.append(tried.etags("etag/a"))
    if "" in seen[0] + seen[1] or len(set(seen[0] + seen[1])) != 2:
        return False, "is empty, does not follow the content, or is listed otherwise: no change can be seen"
    told = {name: "the same" if _survives_copy(tried, data) else "another" for name, data in COPIED.items()}
    return True, f"changes with the content; after a copy {', '.join(f'{told[name]} {name}' for name in told)}"


def _survives_copy(tried: Round, data: bytes) -> bool:
    tried.put("etag/b", data)
    source = CopySource(tried.bucket, f"{tried.prefix}etag/b")
    tried.client.copy_object(tried.bucket, f"{tried.prefix}etag/c", source)
    return tried.etags("etag/b") == tried.etags("etag/c")


def _conditional(tried: Round) -> tuple[bool, str]:
    tried.put("conditional")
    url = tried.client.get_presigned_url("PUT", tried.bucket, f"{tried.prefix}conditional")
    answers = {
        header: urllib3.request("PUT", url, body=b"2", headers={header: value}, timeout=TIMEOUT).status
        for header, value in (("If-None-Match", "*"), ("If-Match", '"0"'))
    }
    kept = [header for header, status in answers.items() if status == 412]
    passed = [header for header, status in answers.items() if status == 200]
    told = [f"{' and '.join(kept)} honoured"] if kept else []
    told += [f"{' and '.join(passed)} passed over"] if passed else []
    other = [f"{header} answered with {status}" for header, status in answers.items() if status not in {200, 412}]
    return True, f"{'; '.join(told + other)}; nothing here depends on it"


LOOKS: dict[str, Callable[[Round], tuple[bool, str]]] = {
    "order": _order,
    "beside": _beside,
    "backslash": _backslash,
    "etag": _etag,
    "condition": _conditional,
}


def _refusal(action: Callable[[], object]) -> str | None:
    try:
        action()
    except S3Error as error:
        if error.response is None or error.response.status >= 500:
            raise
        return str(error.code)
    return None


def _events(system: System, tried: Round, token: str, *, seconds: float) -> Check:
    """Store one object and wait for the mark that the intake or the API sets on its event."""
    settings, started = system.settings, time.monotonic()
    system.context.derived.write(f"{CHECKS}{token}", b"")
    tried.put(CHECKED_OBJECT)
    waiting = False
    while (spent := time.monotonic() - started) < seconds:
        noted = system.context.derived.stat(f"{CHECKS}{token}")
        if noted is not None and noted.size:
            return Check("events", "fine", f"that of a new object came in after {spent:.1f} s")
        waiting = _lies_in_list(settings, token)
        time.sleep(POLL_SECONDS)
    poll = f"new files are found by the sweep, every {settings.sweep_seconds:g} s (GONGKAI_SWEEP_SECONDS)"
    if waiting:
        line = f"one lies in the Redis list {settings.events_list} and nobody takes it: start `gongkai intake`"
        return Check("events", "down", line)
    rules = _rules(tried)
    if rules or settings.events_target or settings.event_token:
        told = f"the bucket has a rule for {', '.join(rules)}" if rules else "the bucket has no rule"
        line = f"configured, and none came within {seconds:g} s: {told}; look into the server's log; until then {poll}"
        return Check("events", "down", line)
    return Check("events", "missing", f"none are configured (GONGKAI_EVENTS_TARGET, GONGKAI_EVENT_TOKEN); {poll}")


def _rules(tried: Round) -> list[str]:
    try:
        found = tried.client.get_bucket_notification(tried.bucket)
    except S3Error:  # a server without them
        return []
    queues = [rule.queue for rule in found.queue_config_list or ()]
    return [str(arn) for arn in (*queues, *(rule.topic for rule in found.topic_config_list or ()))]


def _lies_in_list(settings: Settings, token: str) -> bool:
    if settings.embedded:
        return False
    with translate_redis_errors():
        client = connect(settings)
        try:
            return any(token in str(message) for message in client.lrange(settings.events_list, 0, 999))
        finally:
            client.close()
