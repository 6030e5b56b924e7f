"""Scans by the dozen keep no document of text waiting, and each comes to its end; embedded and on the real servers."""

from collections import Counter
from pathlib import Path

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from tests.support.app_processes import Services
from workers.pipeline.stage_names import SCAN
from workers.reconcile.audit import Audit, AuditState
from workers.settings import load

PICTURE = (Path(__file__).parent.parent / "samples" / "scan" / "notice.png").read_bytes()
# Waits for the gate.
STUB = """#!/bin/sh
[ "$1" = --list-langs ] && {{ echo chi_sim; exit; }}
while [ ! -e {gate} ]; do sleep 0.2; done
printf 'head\\n1\\t1\\t0\\t0\\t0\\t0\\t0\\t1240\\t460\\t-1\\t\\n'
printf '5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t400\\t30\\t96\\t银杏扫描件正文\\n'
"""
# Where another engine is installed, it would be taken instead of the program.
BY_TESSERACT = {"GONGKAI_OCR_ENGINE": "tesseract"}
SCANS = [f"扫描/{n}.png" for n in range(12)]
TEXTS = [f"文件/{n}.txt" for n in range(6)]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of tesseract that ends once this file is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(STUB.format(gate=folder / "gate"))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder / "gate"


def tell(system: System, gate: Path, *, at_once: int) -> None:
    """Upload scans, then texts; the texts are indexed while all scans wait, then the scans are."""
    inflight, inbox = system.context.inflight, system.context.inbox
    for n, key in enumerate(SCANS):
        inbox.write(key, PICTURE + bytes([n]))
    system.dispatch.send(SCANS)
    story.until(lambda: waiting_and_running(system) == (len(SCANS) - at_once, at_once), "the scans to be put aside")
    assert {one.key for one in inflight.list_running()} < set(SCANS)
    assert inflight.find_busy(SCANS) == set(SCANS)
    assert system.sweep().sent == 0
    for key in TEXTS:
        inbox.write(key, f"{story.FIRST}{key}\n".encode())
    system.dispatch.send(TEXTS)
    for key in TEXTS:
        story.until(story.in_state(system, key, State.INDEXED), f"{key} to be indexed while the scans wait")
    story.until(lambda: waiting_and_running(system) == (len(SCANS) - at_once, at_once), "the texts to be done with")
    assert standings(system) == {AuditState.INDEXED: len(TEXTS), AuditState.IN_FLIGHT: len(SCANS)}
    gate.touch()
    for key in SCANS:
        story.until(story.in_state(system, key, State.INDEXED), f"{key} to be indexed")
    story.until(system.idle, "nothing to be in flight")
    assert standings(system) == {AuditState.INDEXED: len(SCANS) + len(TEXTS)}
    assert {key: stages_of(system, key).count(SCAN) for key in SCANS} == dict.fromkeys(SCANS, 1)


def stages_of(system: System, key: str) -> list[str]:
    record = system.context.index.record(document_id(key))
    assert record
    assert record.journey
    return [step.stage for step in record.journey.steps]


def waiting_and_running(system: System) -> tuple[int, int]:
    counts = system.context.inflight.counts()
    return counts.scans, counts.running


def standings(system: System) -> dict[AuditState, int]:
    return dict(Counter(entry.standing for entry in Audit(system.context).entries()))


@pytest.mark.parametrize("at_once", [1, 3])
def test_texts_do_not_wait_for_scans_in_one_process(tmp_path: Path, gate: Path, at_once: int) -> None:
    variables = {"GONGKAI_DATA_DIR": str(tmp_path / "data"), "GONGKAI_SCAN_CONCURRENCY": str(at_once)}
    with run_embedded(load(variables | BY_TESSERACT)) as system:
        bootstrap(system)
        tell(system, gate, at_once=at_once)


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_texts_do_not_wait_for_scans_on_the_real_servers(services: Services, gate: Path) -> None:
    with services.through(**BY_TESSERACT).worker():
        tell(services.system, gate, at_once=1)


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_a_scan_whose_worker_is_killed_is_recognised_by_another(services: Services, gate: Path) -> None:
    services, system = services.through(**BY_TESSERACT), services.system
    system.context.inbox.write(SCANS[0], PICTURE)
    system.dispatch.send(SCANS[:1])
    with services.process("worker", "--stages", "convert,normalize,extract,index", "--concurrency", "1"):
        story.until(lambda: waiting_and_running(system) == (1, 0), "the scan to be put aside")
        with services.process("worker", "--stages", SCAN, "--concurrency", "1") as doomed:
            story.until(lambda: waiting_and_running(system) == (0, 1), "the scan to be taken")
            doomed.kill()
        gate.touch()
        with services.process("worker", "--stages", SCAN, "--concurrency", "1"), services.process("sweep", "--forever"):
            story.until(story.in_state(system, SCANS[0], State.INDEXED), "the scan to be indexed after all")
    assert system.context.inflight.counts().waiting == 0
