"""Each process has an account of its own at MinIO, Redis and Elasticsearch, that can do what it must and not more."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from minio import Minio
from minio.error import S3Error

from ops.deploy.accounts import POLICIES, make_store_accounts, read_secrets, role
from ops.system import open_system
from ops.testservers import Server, free_port
from ops.testservers.redis import launch
from schemas.errors import SettingsError
from tests.support import story
from tests.support.app_processes import Services
from tests.support.sandbox_faults import wait_until
from workers.runtime.redis_client import broker_url
from workers.settings import load

SECRET = "a-secret-of-the-tests"
FORBIDDEN = (
    *("FLUSHALL", "CONFIG GET dir", "KEYS *", "ACL LIST", "SHUTDOWN NOSAVE", "BGREWRITEAOF", "SAVE", "MODULE LIST"),
    *("REPLICAOF 127.0.0.1 1", "SCRIPT FLUSH", "GET somebody:else", "SET somebody:else 1"),
)
PROCESSES = ("intake", "worker", "sweep", "notify", "api", "bootstrap")
ACL = (POLICIES / "redis.acl").read_text("utf-8")
USERS = {line.split()[1]: line.split()[2:] for line in ACL.splitlines() if line.startswith("user ")}


def client(server: Server, name: str) -> Minio:
    return Minio(
        endpoint=urlsplit(server.url).netloc, access_key=name, secret_key=SECRET, secure=False, region="us-east-1"
    )


def refused(act: Any) -> bool:
    try:
        act()
    except S3Error as error:
        return bool(error.code == "AccessDenied")
    return False


@pytest.fixture
def store(s3_server: Server, s3_bucket: str, tmp_path: Path) -> Iterator[tuple[Server, str, str]]:
    """A MinIO with the accounts, an inbox with one object, and a derived bucket with one."""
    if s3_server.kind != "minio":
        pytest.skip("accounts are made at MinIO; other stores have their own ways (docs/operation.md)")
    address, root = urlsplit(s3_server.url).netloc, (s3_server.access_key, s3_server.secret_key)
    settings = load(
        {
            "GONGKAI_DATA_DIR": str(tmp_path),
            "GONGKAI_OBJECTS_URL": f"s3://{address}/{s3_bucket}",
            "GONGKAI_DERIVED_URL": f"s3://{address}/{s3_bucket}-derived",
            "GONGKAI_S3_ACCESS_KEY": root[0],
            "GONGKAI_S3_SECRET_KEY": root[1],
        }
    )
    admin = Minio(endpoint=address, access_key=root[0], secret_key=root[1], secure=False)
    for bucket in (s3_bucket, f"{s3_bucket}-derived"):
        if not admin.bucket_exists(bucket_name=bucket):
            admin.make_bucket(bucket_name=bucket)
        put(admin, bucket, "a.txt")
    names = dict.fromkeys((*PROCESSES, "uploader"), SECRET)
    assert len(list(make_store_accounts(settings, names))) == 7
    assert len(list(make_store_accounts(settings, names))) == 7  # again changes nothing
    yield s3_server, s3_bucket, f"{s3_bucket}-derived"
    for bucket in (s3_bucket, f"{s3_bucket}-derived"):
        for one in admin.list_objects(bucket_name=bucket, recursive=True):
            admin.remove_object(bucket_name=bucket, object_name=str(one.object_name))


def put(store: Minio, bucket: str, key: str) -> None:
    import io  # noqa: PLC0415

    store.put_object(bucket_name=bucket, object_name=key, data=io.BytesIO(b"1"), length=1)


@pytest.mark.s3
def test_accounts_at_minio_reach_what_their_process_works_with(store: tuple[Server, str, str]) -> None:
    server, inbox, derived = store
    for name in PROCESSES:
        own = client(server, name)
        assert list(own.list_objects(bucket_name=inbox)), name
        reads = not refused(lambda own=own: own.get_object(bucket_name=inbox, object_name="a.txt"))
        writes = not refused(lambda own=own: put(own, inbox, "b.txt"))
        removes = not refused(lambda own=own: own.remove_object(bucket_name=inbox, object_name="b.txt"))
        keeps = not refused(lambda own=own: put(own, derived, "c"))
        assert (reads, writes, removes, keeps) == {
            "intake": (False, False, False, True),
            "worker": (True, False, False, True),
            "sweep": (False, False, False, False),
            "notify": (False, False, False, True),
            "api": (True, True, False, True),
            "bootstrap": (False, False, False, False),
        }[name], name
        assert refused(lambda own=own: own.make_bucket(bucket_name=f"{inbox}-of-somebody-else")), name


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """A Redis of its own with the users of the file."""
    port = free_port()
    process = launch(tmp_path, port, {"appendonly": "no"})
    admin = redis.Redis(port=port, decode_responses=True)
    for name, rules in USERS.items():
        if name != "default":
            run(admin, "ACL", "SETUSER", name, *rules, f">{SECRET}")
    yield f"redis://127.0.0.1:{port}/0"
    admin.close()
    process.stop()


def log_of(url: str) -> list[tuple[str, str]]:
    """Return which users were refused, and what."""
    with redis.Redis.from_url(url, decode_responses=True) as admin:
        return [(entry["username"], entry["object"]) for entry in admin.acl_log()]


def user(url: str, name: str) -> "redis.Redis":
    settings = load({"GONGKAI_BROKER_URL": url, "GONGKAI_BROKER_USER": name, "GONGKAI_BROKER_PASSWORD": SECRET})
    return redis.Redis.from_url(broker_url(settings), decode_responses=True)


def run(own: "redis.Redis", *command: str) -> None:
    own.execute_command(*command)  # type: ignore[no-untyped-call]


@pytest.mark.redis
@pytest.mark.parametrize("name", [name for name in USERS if name != "default"])
def test_no_user_of_redis_administers_it_or_reaches_other_keys(broker: str, name: str) -> None:
    own = user(broker, name)
    assert own.ping()
    for command in FORBIDDEN:
        with pytest.raises(redis.exceptions.NoPermissionError):
            run(own, *command.split())
    own.close()


@pytest.mark.redis
def test_minio_can_only_push_events_and_the_notifier_only_hold_its_lock(broker: str) -> None:
    minio, notifier = user(broker, "minio"), user(broker, "notify")
    assert minio.rpush("gongkai:events", "{}") == 1
    assert notifier.set("gongkai:alone:notify", "1", nx=True)
    for own, command in ((minio, ("LRANGE", "gongkai:events", "0", "-1")), (notifier, ("LPOP", "gongkai:events"))):
        with pytest.raises(redis.exceptions.NoPermissionError):
            run(own, *command)
        own.close()


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_the_whole_line_works_with_an_account_for_each_process(services: Services, broker: str) -> None:
    if services.s3.kind != "minio":
        pytest.skip("accounts are made at MinIO; other stores have their own ways (docs/operation.md)")
    list(make_store_accounts(load(services.variables), dict.fromkeys(PROCESSES, SECRET)))

    def account(name: str) -> Services:
        return services.through(
            GONGKAI_BROKER_URL=broker,
            GONGKAI_BROKER_USER=name,
            GONGKAI_BROKER_PASSWORD=SECRET,
            GONGKAI_S3_ACCESS_KEY=name,
            GONGKAI_S3_SECRET_KEY=SECRET,
        )

    with ExitStack() as stack:
        for name, arguments in (
            ("worker", ("worker", "--concurrency", "1")),
            ("intake", ("intake",)),
            ("sweep", ("sweep", "--forever")),
            ("notify", ("notify", "--forever")),
        ):
            process = stack.enter_context(account(name).process(*arguments))
            assert process.poll() is None
        watched = {**services.variables, "GONGKAI_BROKER_URL": broker, "GONGKAI_BROKER_USER": "bootstrap"}
        system = stack.enter_context(open_system(load({**watched, "GONGKAI_BROKER_PASSWORD": SECRET})))
        inbox, pushed = system.context.inbox, user(broker, "minio")
        inbox.write("a.txt", story.FIRST.encode())
        place = {"bucket": {"name": services.bucket}, "object": {"key": "a.txt", "size": 1, "eTag": "1"}}
        event = {"eventName": "s3:ObjectCreated:Put", "s3": place}
        pushed.rpush("gongkai:events", json.dumps([{"Event": [event], "EventTime": "2026-01-01T00:00:00Z"}]))
        # Five processes start first, which takes its time on a busy machine.
        wait_until(lambda: bool(system.context.index.counts() or log_of(broker)), seconds=180)
        assert log_of(broker) == []  # nobody was refused anything
        pushed.close()


def test_roles_at_elasticsearch_reach_our_indexes_only_and_administer_nothing() -> None:
    settings = load({"GONGKAI_INDEX_PREFIX": "other"})
    reads = {"read", "view_index_metadata"}
    expected = {
        "intake": reads,
        "notify": reads | {"maintenance"},
        "sweep": reads | {"write", "maintenance"},
        "worker": reads | {"write", "maintenance"},
        "api": reads | {"write", "maintenance"},
        "bootstrap": reads | {"write", "maintenance", "create_index", "manage"},
    }
    for name in PROCESSES:
        found = role(name, settings)
        assert found is not None
        assert found.keys() == {"cluster", "indices"}
        assert set(found["cluster"]) <= {"monitor"} | ({"manage_index_templates"} if name == "bootstrap" else set())
        assert [rule["names"] for rule in found["indices"]] == [["other-*"]]
        assert {each for rule in found["indices"] for each in rule["privileges"]} == expected[name]
    assert role("uploader", settings) is None


def test_secrets_are_read_by_name_and_a_wrong_line_is_named_and_not_told() -> None:
    assert read_secrets(["worker=12345678\n", "\n", "api=abcdefgh"]) == {"worker": "12345678", "api": "abcdefgh"}
    for line in ("worker", "worker=short", "nobody=12345678", "../worker=12345678"):
        with pytest.raises(SettingsError, match=r"line 1 of the accounts takes name=secret") as caught:
            read_secrets([line])
        assert not re.search("short|12345678", str(caught.value))
