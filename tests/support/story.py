"""The story every stack has to tell: upload, find, overwrite, delete, and a broken file in between."""

import time
from collections.abc import Callable
from pathlib import Path

import ops
from ops.system import System
from schemas.outcomes import Category, State
from schemas.queries import Query
from schemas.records import DocumentRecord, document_id

PATIENCE_SECONDS = 60.0
SAMPLES = Path(ops.__file__).parent / "samples"
FIRST = "关于加强档案工作的通知\n\n一、提高认识\n各单位要重视银杏档案的保管。\n\n二、落实责任\n由办公室负责落实。\n"
SECOND = "关于加强档案工作的通知\n\n一、提高认识\n各单位要重视梧桐档案的保管。\n"


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds; fail with what was waited for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s for {what}"
        time.sleep(0.02)


def found(system: System, text: str) -> list[tuple[str, str | None]]:
    """Return key and number of the best section for each document that a search finds."""
    hits = system.context.index.search(Query(text, fold=False)).hits
    return [(hit.key, hit.sections[0].number) for hit in hits]


def recorded(system: System, key: str) -> DocumentRecord | None:
    return system.context.index.record(document_id(key))


def in_state(system: System, key: str, state: State) -> Callable[[], bool]:
    def check() -> bool:
        record = recorded(system, key)
        return record is not None and record.state is state

    return check


def tell(system: System) -> None:
    """Upload, find, overwrite, delete; a broken file is recorded and costs no other document."""
    inbox, key = system.context.inbox, "市档案局/通知 第1号+.txt"
    inbox.write(key, FIRST.encode("gb18030"))
    inbox.write("市档案局/坏.docx", read_sample("传输中断的报告.docx"))
    until(lambda: found(system, "“银杏档案”") == [(key, "一、")], "the first version to be found")
    until(in_state(system, "市档案局/坏.docx", State.FAILED), "the broken file to be recorded")
    broken = recorded(system, "市档案局/坏.docx")
    assert broken is not None
    assert broken.category is Category.CORRUPT
    assert broken.problems[0].message
    assert found(system, "落实责任")[0] == (key, "二、")

    inbox.write(key, SECOND.encode())
    until(lambda: found(system, "“梧桐档案”") == [(key, "一、")], "the second version to be found")
    until(lambda: found(system, "“银杏档案”") == [], "the first version to be gone")
    assert found(system, "“由办公室负责落实”") == []

    inbox.remove(key)
    until(lambda: found(system, "“梧桐档案”") == [], "the removed document to be gone")
    until(in_state(system, key, State.REMOVED), "the removal to be recorded")
    until(system.idle, "nothing to be in flight")


def read_sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()
