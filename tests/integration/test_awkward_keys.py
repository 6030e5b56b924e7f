"""Awkward keys from any S3 client come to the same states on every server; what a server does otherwise is named.

Objects are put past our own upload, as rclone or a browser's form would, and the server's own events tell of them.
"""

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.commonconfig import CopySource
from minio.error import S3Error

from ops.processes.embedded import run_embedded
from ops.system import System
from ops.testservers import Server
from ops.testservers.events import pushed_events
from schemas.outcomes import State
from tests.integration.ops.test_store_check import receiving
from tests.integration.ops.test_wrong_settings import variables
from tests.support import story
from workers.reconcile.audit import Audit
from workers.settings import load

pytestmark = pytest.mark.s3

INDEXED = (
    "a b.txt", " 首.txt", "尾 .txt", "两  空格.txt", "a+b.txt", "a%2Fb.txt", "a%20b.txt", "100%.txt", "%E5%85%AC.txt",
    "全角　空格.txt", "ＡＢＣ１２３．txt", "（公开）【1】.txt", "𠮷野家.txt", "a&b=c?d#e.txt", "a;b,c:d@e!$.txt",
    "'单' \"双\".txt", "<尖>.txt", ".隐藏.txt", "..两点.txt", "a/..b/c.txt", "点./c.txt", "x|y*z.txt",
    "{}[]^`.txt", "caf\u00e9.txt", "cafe\u0301.txt", "文/件/夹/深/处.txt", "并列.txt", "并列.txt-b.txt", "UPPER.TXT",
    "upper.txt", "长" * 80 + ".txt", "2019年/第1号 + 附件(2).txt", "emoji📄.txt", "覆盖.txt", "复制到.txt",
    "改名后.txt",
)  # fmt: skip
BESIDE = "并列.txt/b.txt"  # below an object
SLASHED = "反\\斜.txt"
# A folder's marker, what no key of a document may be, and what Word leaves beside an open document.
KEPT_OUT = ("夹/", "双//斜.txt", "~$临时.txt")


def body(key: str) -> bytes:
    return f"关于{key.encode().hex()}的通知\n\n一、内容\n各单位：请遵照执行。\n".encode()


@contextmanager
def running(server: Server, bucket: str, folder: Path) -> Iterator[System]:
    given = {"GONGKAI_DATA_DIR": str(folder), **variables(server, bucket), "GONGKAI_SWEEP_SECONDS": "3600"}
    with ExitStack() as stack:
        system = stack.enter_context(run_embedded(load(given)))
        address = stack.enter_context(receiving(system))
        stack.enter_context(pushed_events(server, bucket, to=address, token="t"))
        yield system


class Client:
    """Any S3 client; what the server refuses is noted."""

    def __init__(self, server: Server, bucket: str) -> None:
        self.minio = Minio(urlsplit(server.url).netloc, server.access_key, server.secret_key, secure=False)
        self.bucket = bucket
        self.refused: dict[str, str] = {}

    def put(self, key: str, data: bytes) -> None:
        try:
            self.minio.put_object(self.bucket, key, io.BytesIO(data), len(data), part_size=5 << 20)
        except S3Error as error:
            self.refused[key] = str(error.code)

    def copy(self, source: str, target: str) -> None:
        self.minio.copy_object(self.bucket, target, CopySource(self.bucket, source))

    def remove(self, key: str) -> None:
        self.minio.remove_object(self.bucket, key)


def do_everything(client: Client) -> None:
    client.put("覆盖.txt", b"")
    client.put("改名前.txt", body("改名后.txt"))
    client.put("删除.txt", body("删除.txt"))
    for key in INDEXED:
        if key not in {"复制到.txt", "改名后.txt"}:
            client.put(key, body(key))
    client.put("复制到.txt", b"")
    client.put("空.txt", b"")
    client.put("大.bin", bytes(20 << 20))
    for key in (BESIDE, SLASHED, *KEPT_OUT):
        client.put(key, body(key))
    client.copy("a b.txt", "复制到.txt")
    client.copy("改名前.txt", "改名后.txt")
    client.remove("改名前.txt")
    client.remove("删除.txt")


def states(system: System) -> dict[str, State]:
    system.context.index.refresh()
    return {record.key: record.state for record in system.context.index.record_keys("")}


def expected(server: Server, client: Client) -> dict[str, State]:
    """Return the states all servers have in common, with what this one does otherwise by name."""
    live = {*INDEXED, BESIDE, SLASHED}
    live.add("双/斜.txt")
    if server.kind == "seaweedfs":
        live = live - {SLASHED} | {SLASHED.replace("\\", "/")}  # takes a backslash, and two slashes, for one slash
    else:
        live.discard("双/斜.txt")  # MinIO refuses 双//斜.txt; Ceph keeps it, and it is passed over
    assert set(client.refused) == ({"双//斜.txt"} if server.kind == "minio" else set())
    return {**dict.fromkeys(live, State.INDEXED), "空.txt": State.FAILED, "大.bin": State.FAILED}


def test_awkward_keys_come_to_the_same_states_and_the_books_balance(
    s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    client = Client(s3_server, s3_bucket)
    with running(s3_server, s3_bucket, tmp_path) as system:
        do_everything(client)
        wanted = expected(s3_server, client)

        def live() -> dict[str, State]:
            return {key: state for key, state in states(system).items() if state is not State.REMOVED}

        story.until(lambda: system.idle() and live() == wanted, "every object to have its outcome")
        removed = {key for key, state in states(system).items() if state is State.REMOVED}
        assert removed <= {"改名前.txt", "删除.txt"}
        system.sweep()
        story.until(system.idle, "the first sweep's work to end")
        second = system.sweep()
        hidden = {BESIDE} if s3_server.kind == "minio" else set()
        assert (second.sent, second.differences.get("unlisted", 0)) == (0, len(hidden))
        books = Audit(system.context)
        assert {entry.key for entry in books.entries() if entry.reason == "unlisted"} == hidden
        assert books.total.balanced
        assert books.total.received == len(wanted) + len(removed)
        assert live() == wanted
