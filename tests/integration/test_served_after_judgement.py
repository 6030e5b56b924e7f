"""Nobody gets a byte of what is held, at no moment between upload and outcome; a scan inside keeps all waiting.

A prober asks for containers and for what lies in them, all the while. All numbers are made up.
"""

import io
import os
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.maintenance.bootstrap import bootstrap
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.outcomes import State
from schemas.records import document_id
from tests.integration.test_scans_wait import BY_TESSERACT, PICTURE, gate
from tests.support import story
from tests.support.app_processes import Services
from workers.pipeline.stage_names import SCAN
from workers.settings import load

__all__ = ["gate"]

NUMBER = "110101199003070011"
SECRET = f"银杏村张某，身份证号{NUMBER}".encode()
# 2,000 is what the threat model speaks of; fewer are enough to see that it works.
LEAST_TRIES = int(os.environ.get("GONGKAI_TEST_PROBES", "200"))


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def mailed(files: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "材料"
    message.set_content("请查收。\n")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


FINE, SCANNED = story.FIRST.encode(), PICTURE
HELD = {
    "甲/压缩.zip": packed({"名单.txt": SECRET, "文.txt": FINE, "扫描.png": SCANNED}),
    "甲/嵌套.zip": packed({"内.zip": packed({"名单.txt": SECRET, "扫描.png": SCANNED + b"1"}), "文.txt": FINE}),
    "甲/邮件.eml": mailed({"名单.txt": SECRET, "扫描.png": SCANNED + b"2"}),
    "甲/坏.zip": packed({"坏.docx": story.read_sample("传输中断的报告.docx"), "扫描.png": SCANNED + b"3"}),
    f"甲/{NUMBER}.txt": FINE,
}
SERVED = {"甲/无事.zip": packed({"文.txt": FINE, "扫描.png": SCANNED + b"4"})}
INSIDE = ("甲/压缩.zip!/名单.txt", "甲/嵌套.zip!/内.zip", "甲/嵌套.zip!/内.zip!/名单.txt", "甲/邮件.eml!/名单.txt")
PATHS = ("/v1/documents/{}/original", "/v1/documents/{}", "/d/{}", "/d/{}?view=source")


class Prober:
    """Asks for everything again and again, and keeps what it should not have got."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.tries = 0
        self.statuses: Counter[int] = Counter()
        self.got: list[str] = []

    def ask_all(self) -> None:
        for key in (*HELD, *INSIDE):
            for path in PATHS:
                answer = self.client.get(path.format(document_id(key)))
                self.tries += 1
                self.statuses[answer.status_code] += 1
                whole = path.endswith("original") and answer.status_code == 200
                if whole or SECRET in answer.content or NUMBER.encode() in answer.content:
                    self.got.append(f"{key}: {path}")


@contextmanager
def probing(system: System) -> Iterator[Prober]:
    unlimited = replace(system, settings=system.settings.model_copy(update={"request_rate": 0.0}))
    prober, stop = Prober(TestClient(app_of(unlimited), raise_server_exceptions=False)), threading.Event()

    def ask() -> None:
        while not stop.is_set():
            prober.ask_all()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield prober
    finally:
        stop.set()
        thread.join(60)


def tell(system: System, upload: Iterator[None]) -> None:
    """Probe from before the upload until all have their outcome; ``upload`` first uploads, then lets scans be read."""
    with probing(system) as prober:
        next(upload)
        story.until(story.in_state(system, INSIDE[2], State.HELD), "the innermost to be held while the scans wait")
        waited = prober.tries
        story.until(lambda: prober.tries > waited + LEAST_TRIES, "everything to be asked for while the scans wait")
        (served,) = SERVED
        path = f"/v1/documents/{document_id(served)}/original"
        assert prober.client.get(path).status_code == 403
        next(upload)
        story.until(system.idle, "nothing to be in flight")
        story.until(
            lambda: prober.client.get(path).content == SERVED[served], "the one with nothing in it to be served"
        )
        ended = prober.tries
        story.until(lambda: prober.tries > ended + len(PATHS) * len(HELD), "everything to be asked for once more")
    assert prober.got == []
    assert {404, 403, 200} <= set(prober.statuses), prober.statuses
    for key in HELD:
        assert prober.client.get(f"/v1/documents/{document_id(key)}/original").status_code == 403, key


def uploading(system: System, opened: Path, *, send: bool) -> Iterator[None]:
    for key, data in {**HELD, **SERVED}.items():
        system.context.inbox.write(key, data)
    if send:
        system.dispatch.send([*HELD, *SERVED])
    yield
    opened.touch()
    yield


def test_no_byte_of_what_is_held_is_served_by_one_process(tmp_path: Path, gate: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path / "data"), **BY_TESSERACT})) as system:
        bootstrap(system)
        tell(system, uploading(system, gate, send=False))


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_no_byte_of_what_is_held_is_served_on_the_real_servers_without_a_worker_for_scans(
    services: Services, gate: Path
) -> None:
    def upload() -> Iterator[None]:
        yield from [next(uploading(services.system, gate, send=True))]
        gate.touch()
        with services.through(**BY_TESSERACT).process("worker", "--stages", SCAN, "--concurrency", "1"):
            yield
            yield

    uploads = upload()
    with services.process("worker", "--stages", "convert,normalize,extract,index", "--concurrency", "1"):
        tell(services.system, uploads)
        next(uploads)
