"""The bucket policies allow each process what it does on a real S3 server, and nothing else."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from ops.adapters.access_keys import KeyStore
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.bucket_notifications import ensure_rule, inbox_client
from ops.maintenance.upload import upload
from ops.processes.api_server import app_of
from ops.system import System, open_system
from ops.testservers import Server
from schemas.access import Scope
from schemas.errors import SettingsError
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.outcomes import State
from schemas.records import document_id
from search.http.access_keys import make_key
from tests.support import story
from workers.furniture import ask_again
from workers.pipeline.stage_names import ORDER
from workers.pipeline.step import Step, WorkItem
from workers.settings import load
from workers.tasks.perform import perform
from workers.tasks.publisher import Publisher

pytestmark = [pytest.mark.s3]

POLICIES = Path(__file__).parents[3] / "ops/deploy/policies"
ARN = "arn:aws:s3:::"
LARGE = 17 << 20  # more than one part of an upload

Used = set[tuple[str, str]]
# What the query of a request says, else what its method does: to a bucket, to an object.
BY_QUERY = {"notification": "BucketNotification", "list-type": "ListBucket"}
ON_BUCKET = {"GET": "ListBucket", "HEAD": "ListBucket", "PUT": "CreateBucket"}
ON_OBJECT = {"GET": "GetObject", "HEAD": "GetObject", "PUT": "PutObject", "POST": "PutObject", "DELETE": "DeleteObject"}


def action(method: str, url: str) -> tuple[str, str]:
    """Return the action of a request and the resource it is on."""
    parts = urlsplit(url)
    bucket, _, key = parts.path.strip("/").partition("/")
    query = parse_qs(parts.query, keep_blank_values=True)
    if key:
        aborts = method == "DELETE" and "uploadId" in query
        assert set(query) <= {"uploads", "uploadId", "partNumber"}, url
        return f"s3:{'AbortMultipartUpload' if aborts else ON_OBJECT[method]}", f"{ARN}{bucket}/{key}"
    if "notification" in query:
        return f"s3:{method.capitalize()}BucketNotification", ARN + bucket
    return f"s3:{ON_BUCKET[method]}", ARN + bucket


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Used]:
    """Collect what is asked of the S3 server in the block."""
    used: Used = set()
    ask = urllib3.PoolManager.urlopen

    def urlopen(pool: Any, method: str, url: str, *args: Any, **options: Any) -> Any:
        used.add(action(method, url))
        return ask(pool, method, url, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(urllib3.PoolManager, "urlopen", urlopen)
        yield used


@pytest.fixture
def system(s3_server: Server, s3_bucket: str, tmp_path: Path) -> Iterator[System]:
    address = urlsplit(s3_server.url).netloc
    settings = load(
        {
            "GONGKAI_DATA_DIR": str(tmp_path / "data"),
            "GONGKAI_OBJECTS_URL": f"s3://{address}/{s3_bucket}",
            "GONGKAI_DERIVED_URL": f"s3://{address}/{s3_bucket}-derived",
            "GONGKAI_S3_ACCESS_KEY": s3_server.access_key,
            "GONGKAI_S3_SECRET_KEY": s3_server.secret_key,
        }
    )
    with open_system(settings) as found:
        yield found
        for one in found.context.derived.list():
            found.context.derived.remove(one.key)


def allowed(policy: str, used: Used, system: System) -> tuple[Used, set[tuple[str, str]]]:
    """Return what was used and is not allowed, and what is allowed and was not used."""
    names = {"inbox": system.settings.objects_url, "derived": system.settings.derived_url}
    rules = set()
    for statement in json.loads((POLICIES / f"{policy}.json").read_text("utf-8"))["Statement"]:
        for resource in statement["Resource"]:
            bucket = re.sub(r"^\w+", lambda name: names[name[0]].rsplit("/", 1)[1], resource.removeprefix(ARN))
            rules |= {(each, ARN + bucket) for each in statement["Action"]}
    refused = {one for one in used if not any(one[0] == name and fnmatchcase(one[1], place) for name, place in rules)}
    idle = {rule for rule in rules if not any(one[0] == rule[0] and fnmatchcase(one[1], rule[1]) for one in used)}
    return refused, idle - {rule for rule in idle if rule[0] == "s3:AbortMultipartUpload"}


def work(system: System, key: str) -> None:
    """Have one object processed in this process, and its children after it."""
    waiting = [key]

    class Sent:
        def send(self, keys: Any, *, journey: Journey) -> int:
            waiting.extend(keys)
            return 0

    while waiting:
        item = WorkItem(Job(waiting.pop(), "0123456789abcdef", 0.0))
        perform(Step(item, ORDER[0]), system.context, cast(Publisher, Sent()), served=ORDER)


def test_bootstrap_makes_buckets_and_sets_the_rule(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = system.settings.model_copy(update={"derived_url": f"{system.settings.derived_url}-2"})
    with recorded(monkeypatch) as used:
        bootstrap(system)
        client, bucket = inbox_client(settings)
        with pytest.raises(SettingsError, match="GONGKAI_EVENTS_TARGET"):
            ensure_rule(client, bucket, "arn:minio:sqs::NOBODY:redis")
    missing, idle = allowed("bootstrap", used, system)
    assert missing == set()
    # The test's own fixture has made the inbox.
    assert {name for name, _ in idle} <= {"s3:CreateBucket"}


def test_a_worker_reads_the_inbox_and_keeps_what_it_made(
    system: System, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bootstrap(system)
    inbox = system.context.inbox
    inbox.write("held.txt", "通知\n\n一、身份证11010519491231002X\n".encode())
    archive = tmp_path / "two.zip"
    story_archive(archive)
    inbox.upload("two.zip", archive)
    with recorded(monkeypatch) as used:
        for key in ("held.txt", "two.zip", "gone.txt"):
            work(system, key)
    inbox.remove("held.txt")
    ask_again(system.context.derived, "two.zip")
    with recorded(monkeypatch) as more:
        work(system, "held.txt")
        work(system, "two.zip")
    missing, idle = allowed("worker", used | more, system)
    assert (missing, idle) == (set(), set())
    assert system.context.index.record(document_id("two.zip!/a.txt")) is not None


def story_archive(path: Path) -> None:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", story.FIRST)


def test_a_sweep_only_looks(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap(system)
    system.context.inbox.write("held.txt", "通知\n\n一、身份证11010519491231002X\n".encode())
    work(system, "held.txt")
    assert system.context.index.counts() == {State.HELD: 1}
    with recorded(monkeypatch) as used:
        system.sweep()
    assert allowed("sweep", used, system) == (set(), set())


def test_the_api_serves_originals_takes_uploads_and_keeps_searches(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fastapi.testclient import TestClient  # noqa: PLC0415

    bootstrap(system)
    system.context.inbox.write("a.txt", story.FIRST.encode())
    work(system, "a.txt")
    secret, key = make_key("test", list(Scope))
    KeyStore(system.context.derived).add(key)
    headers = {"Authorization": f"Bearer {secret}"}
    with recorded(monkeypatch) as used:
        client = TestClient(app_of(system), base_url="http://localhost", headers=headers)
        assert client.get("/healthz").status_code == 200
        assert client.get(f"/v1/documents/{document_id('a.txt')}/original").status_code == 200
        sent = client.post("/v1/uploads", files={"files": ("b.txt", story.FIRST.encode())})
        assert sent.status_code < 300, sent.text
        made = client.post("/v1/saved-searches", json={"name": "n", "query": {"q": "银杏"}})
        removed = client.delete(f"/v1/saved-searches/{made.json().get('id')}")
        assert removed.status_code < 300, (made.text, removed.text)
    missing, idle = allowed("api", used, system)
    assert (missing, idle) == (set(), set())


def test_an_uploader_can_put_and_nothing_else(system: System, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bootstrap(system)
    (tmp_path / "large.txt").write_bytes(b"x" * LARGE)
    (tmp_path / "small.txt").write_bytes(b"x")
    with recorded(monkeypatch) as used:
        list(upload(system, [(name, tmp_path / name) for name in ("large.txt", "small.txt")]))
    assert allowed("uploader", used, system) == (set(), set())


def test_no_policy_allows_by_wildcard_and_workers_cannot_change_the_inbox() -> None:
    for path in POLICIES.glob("*.json"):
        for statement in json.loads(path.read_text("utf-8"))["Statement"]:
            assert statement["Effect"] == "Allow"
            assert all("*" not in name for name in statement["Action"]), path.name
            assert all(re.fullmatch(rf"{ARN}(inbox|derived)(/\*)?", place) for place in statement["Resource"])
    for name in ("worker", "sweep"):
        text = (POLICIES / f"{name}.json").read_text("utf-8")
        inbox = [s["Action"] for s in json.loads(text)["Statement"] if s["Resource"][0].startswith(f"{ARN}inbox")]
        assert {each for actions in inbox for each in actions} <= {"s3:GetObject", "s3:ListBucket"}
