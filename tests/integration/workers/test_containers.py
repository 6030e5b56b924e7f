"""Children of containers when it matters: overwritten in flight, lost, nested without end, delivered twice."""

import io
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.errors import ObjectChangedError
from schemas.jobs import Job
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, SectionRow, document_id
from workers.pipeline.context import Context, open_context
from workers.pipeline.runner import run_stage, store_outputs
from workers.pipeline.stage_names import ORDER
from workers.pipeline.step import Step, WorkItem
from workers.pipeline.versions import VERSIONS
from workers.reconcile.sweep import differences
from workers.settings import load

NOTICE = "关于加强{}档案工作的通知\n\n一、提高认识\n各单位要重视{}档案的保管。\n"

MOST_STEPS = 200


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def text(tree: str) -> bytes:
    return NOTICE.format(tree, tree).encode()


class Line:
    """The stages of one process without queues: what a stage asks for is done when the test says so."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def start(self, key: str, *, until: str = "") -> Step:
        """Run the stages of a key, up to and without ``until``."""
        step = Step(WorkItem(Job(key, "t", 0.0)), ORDER[0])
        while step.follows is not None and step.follows != until:
            step = store_outputs(run_stage(step, self.context), self.context)
        return step

    def go_on(self, step: Step) -> Step:
        assert step.follows is not None
        return store_outputs(run_stage(step, self.context), self.context)

    def finish(self, *keys: str) -> None:
        """Do all there is to do for these keys and what follows from them."""
        waiting = deque(keys)
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            key = waiting.popleft()
            try:
                waiting.extend(self.start(key).also)
            except ObjectChangedError as error:
                waiting.append(error.start or key)
        pytest.fail(f"still at work after {MOST_STEPS} steps: {sorted(waiting)}")

    def upload(self, key: str, data: bytes) -> None:
        self.context.inbox.write(key, data)

    def live(self) -> dict[str, State]:
        return {r.key: r.state for r in self.context.index.records() if r.state is not State.REMOVED}

    def record(self, key: str) -> DocumentRecord:
        found = self.context.index.record(document_id(key))
        assert found is not None
        return found

    def differences(self) -> list[tuple[str, str]]:
        return list(differences(self.context.inbox.list(), self.context.index.record_keys(), VERSIONS))


def opened(folder: Path, **settings: str) -> Iterator[Line]:
    context = open_context(load({"GONGKAI_DATA_DIR": str(folder), **settings}), preload=False)
    for part in (context.inbox, context.derived, context.index):
        part.bootstrap()
    yield Line(context)
    context.close()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    yield from opened(tmp_path)


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Line]:
    yield from opened(tmp_path, GONGKAI_LIMIT_NESTING_DEPTH="2", GONGKAI_LIMIT_CHILD_COUNT="4")


def test_a_container_delivered_again_asks_for_nothing_once_its_children_are_recorded(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏"), "乙.txt": b"", "b.zip": zipped({"丙.txt": text("槐树")})}))
    step = line.start("a.zip")
    assert set(step.also) == {"a.zip!/甲.txt", "a.zip!/乙.txt", "a.zip!/b.zip"}
    assert line.start("a.zip").also == step.also
    line.finish("a.zip")
    assert len(line.live()) == 5
    assert line.record("a.zip!/乙.txt").category is Category.EMPTY
    assert line.start("a.zip").also == line.start("a.zip!/b.zip").also == ()
    assert line.differences() == []


def test_a_child_whose_container_changes_while_it_is_worked_on_is_not_recorded(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏")}))
    line.start("a.zip")
    step = line.start("a.zip!/甲.txt", until="index")
    line.upload("a.zip", zipped({"甲.txt": text("梧桐")}))
    assert line.start("a.zip").also == ("a.zip!/甲.txt",)
    with pytest.raises(ObjectChangedError):
        line.go_on(step)
    line.finish("a.zip!/甲.txt")
    assert "梧桐" in line.context.index.sections(document_id("a.zip!/甲.txt"))[-1].text
    assert line.differences() == []


def test_a_child_recorded_just_after_its_container_lost_it_is_looked_at_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏")}))
    line.start("a.zip")
    step, replaced = line.start("a.zip!/甲.txt", until="index"), line.context.index.replace

    def overtaken(record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        monkeypatch.undo()
        line.upload("a.zip", zipped({"乙.txt": text("梧桐")}))
        assert line.start("a.zip").also == ("a.zip!/乙.txt",)
        replaced(record, sections)

    monkeypatch.setattr(line.context.index, "replace", overtaken)
    with pytest.raises(ObjectChangedError):
        line.go_on(step)
    line.finish("a.zip!/甲.txt", "a.zip!/乙.txt")
    assert set(line.live()) == {"a.zip", "a.zip!/乙.txt"}


def test_the_bytes_of_a_child_that_were_lost_are_taken_out_of_its_container_again(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏")}))
    line.start("a.zip")
    for lost in list(line.context.derived.list("children/")):
        line.context.derived.write(lost.key, b"damaged")
    with pytest.raises(ObjectChangedError) as caught:
        line.start("a.zip!/甲.txt")
    assert caught.value.start == "a.zip"
    line.finish("a.zip!/甲.txt")
    assert line.live()["a.zip!/甲.txt"] is State.INDEXED


def test_a_container_whose_artefact_was_lost_is_read_again(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏")}))
    line.start("a.zip", until="index")
    line.finish("a.zip")
    for lost in list(line.context.derived.list()):
        line.context.derived.remove(lost.key)
    assert line.start("a.zip", until="normalize").follows == "normalize"


def test_what_lies_too_deep_is_a_bomb_and_what_lies_above_is_kept(narrow: Line) -> None:
    data = zipped({"底.txt": text("银杏")})
    for name in ("c.zip", "b.zip"):
        data = zipped({name: data})
    narrow.upload("a.zip", data)
    narrow.finish("a.zip")
    deepest = narrow.record("a.zip!/b.zip!/c.zip!/底.txt")
    assert (deepest.state, deepest.category) == (State.FAILED, Category.BOMB)
    assert "GONGKAI_LIMIT_NESTING_DEPTH" in deepest.problems[0].message
    assert narrow.record("a.zip!/b.zip!/c.zip").state is State.INDEXED
    assert narrow.differences() == []


def test_a_family_is_limited_in_all_not_only_in_each_container(narrow: Line) -> None:
    inner = {f"{name}.zip": zipped({f"{n}.txt": text(name + str(n)) for n in range(4)}) for name in "xyz"}
    narrow.upload("a.zip", zipped(inner))
    narrow.finish("a.zip")
    categories = {record.category for record in narrow.context.index.records("a.zip!/")}
    assert Category.BOMB in categories
    assert narrow.differences() == []


def test_a_container_replaced_by_a_text_loses_its_children(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏"), "b.zip": zipped({"乙.txt": text("槐树")})}))
    line.finish("a.zip")
    line.upload("a.zip", text("梧桐"))
    line.finish("a.zip")
    assert line.live() == {"a.zip": State.INDEXED}
    assert line.record("a.zip!/甲.txt").parent == "a.zip"
    assert line.differences() == []


def test_a_folder_that_is_named_like_a_container_holds_objects_of_the_inbox(line: Line) -> None:
    line.upload("重要!/甲.txt", text("银杏"))
    line.finish("重要!/甲.txt")
    assert line.record("重要!/甲.txt").parent is None
    line.context.inbox.remove("重要!/甲.txt")
    assert line.differences() == [("重要!/甲.txt", "gone")]
    line.finish("重要!/甲.txt")
    assert line.live() == {}


def test_an_outdated_child_is_found_by_the_sweep_and_done_again(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏")}))
    line.finish("a.zip")
    child = line.record("a.zip!/甲.txt")
    line.context.index.replace(replace(child, stages={**child.stages, "extract": 0}, sections=0, articles=()), [])
    assert line.differences() == [("a.zip!/甲.txt", "outdated")]
    line.finish("a.zip!/甲.txt")
    assert line.differences() == []


def test_children_that_no_message_speaks_of_are_found_by_the_sweep(line: Line) -> None:
    line.upload("a.zip", zipped({"甲.txt": text("银杏"), "乙.txt": text("槐树")}))
    line.start("a.zip")
    assert line.differences() == [("a.zip", "children")]
    line.finish("a.zip")
    line.upload("a.zip", zipped({"丙.txt": text("梧桐"), "丁.txt": text("白杨")}))
    line.start("a.zip")
    assert line.differences() == [("a.zip", "children")]
    line.finish("a.zip")
    assert set(line.live()) == {"a.zip", "a.zip!/丙.txt", "a.zip!/丁.txt"}
