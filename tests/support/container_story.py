"""What every stack has to tell of a container: its files become documents, follow it, and go with it."""

import io
import zipfile

from ops.system import System
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord
from tests.support.story import FIRST, found, read_sample, recorded, until

KEY = "市档案局/材料.zip"


def packed(**files: bytes) -> bytes:
    """Return a zip archive; names are those of the arguments, with a suffix ``_txt`` for ``.txt``."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return target.getvalue()


def text(tree: str) -> bytes:
    return FIRST.replace("银杏", tree).encode("gb18030")


def settled(system: System, **states: State) -> bool:
    """Return whether exactly these children of the container are live, in these states."""
    return live(system) == {name.replace("__", "!/").replace("_", "."): state for name, state in states.items()}


def live(system: System) -> dict[str, State]:
    system.context.index.refresh()
    records = system.context.index.records(f"{KEY}!/")
    return {r.key.removeprefix(f"{KEY}!/"): r.state for r in records if r.state is not State.REMOVED}


def tell(system: System) -> None:
    """Upload a container with a container in it and a broken file, overwrite it with less, remove it."""
    inbox = system.context.inbox
    inner = packed(丙_txt=text("槐树"), 丁_txt=text("柳树"))
    broken = read_sample("传输中断的报告.docx")
    inbox.write(KEY, packed(甲_txt=text("银杏"), 乙_txt=text("梧桐"), 内_zip=inner, 坏_docx=broken, 空_txt=b""))
    fine = {"甲_txt": State.INDEXED, "内_zip": State.INDEXED, "内_zip__丙_txt": State.INDEXED}
    failed = {"坏_docx": State.FAILED, "空_txt": State.FAILED}
    more = {"乙_txt": State.INDEXED, "内_zip__丁_txt": State.INDEXED}
    until(lambda: settled(system, **fine, **failed, **more), "each file inside to have its outcome")
    until(lambda: found(system, "“槐树档案”") == [(f"{KEY}!/内.zip!/丙.txt", "一、")], "the innermost to be found")
    check_records(system)

    inbox.write(KEY, packed(甲_txt=text("银杏"), 内_zip=packed(丙_txt=text("白杨"))))
    until(lambda: settled(system, **fine), "the files no longer inside to be gone")
    until(lambda: found(system, "“槐树档案”") == [], "the old innermost to be gone")
    until(lambda: found(system, "“梧桐档案”") == [], "what lay beside it to be gone")
    until(lambda: len(found(system, "“白杨档案”")) == 1, "the new innermost to be found")
    until(system.idle, "nothing to be in flight")
    assert system.sweep().differences == {}

    inbox.remove(KEY)
    until(lambda: settled(system), "all to be gone with their container")
    until(lambda: found(system, "“白杨档案”") == [], "the innermost to be gone")
    until(system.idle, "nothing to be in flight")
    assert system.sweep().differences == {}


def check_records(system: System) -> None:
    container, inside = of(system, KEY), of(system, f"{KEY}!/内.zip")
    assert (container.state, container.container, container.parent) == (State.INDEXED, True, None)
    assert (container.children_expected, container.children_emitted, container.sections) == (5, 5, 0)
    assert (inside.parent, inside.container, inside.children_emitted) == (KEY, True, 2)
    assert of(system, f"{KEY}!/坏.docx").category is Category.CORRUPT
    assert of(system, f"{KEY}!/空.txt").category is Category.EMPTY
    assert of(system, f"{KEY}!/内.zip!/丁.txt").parent == f"{KEY}!/内.zip"


def of(system: System, key: str) -> DocumentRecord:
    record = recorded(system, key)
    assert record is not None
    return record
