"""Page furniture: learnt from the documents there are, taken away once confirmed, given back once rejected."""

from pathlib import Path

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.furniture import NoSuchLineError, decide, learn
from ops.processes.embedded import run_embedded
from ops.system import System, artefact_loader, open_system
from schemas.cleaned import Normalized
from tests.support import story
from workers.furniture import FurnitureList
from workers.settings import load

MENU = "银杏县门户 智慧导航 便民一键通"
COUNTER = "本页已被浏览{}次"
WITHOUT = "银杏县/另行文.txt"


def page(number: int) -> str:
    body = f"一、第{number}项工作。各单位要认真落实第{number}项任务，做到有计划、有布置、有检查。"
    return f"关于第{number}项工作的通知\n{MENU}\n\n{body}\n\n{COUNTER.format(number * 37)}\n"


def filled(system: System) -> None:
    for number in range(1, 7):
        system.context.inbox.write(f"银杏县/通知{number}.txt", page(number).encode())
    system.context.inbox.write(WITHOUT, "关于梧桐的通知\n\n一、梧桐。要保护好梧桐树，不得砍伐。\n".encode())
    story.until(lambda: len(list(system.context.index.record_keys())) == 7, "all documents to be recorded")
    story.until(system.idle, "nothing to be in flight")


def text_of(system: System, key: str) -> str:
    record = story.recorded(system, key)
    cleaned = artefact_loader(system.context, "normalize", Normalized)(record) if record else None
    return "\n".join(paragraph.text for paragraph in cleaned.paragraphs) if cleaned else ""


def test_confirmed_lines_go_from_the_documents_that_hold_them_and_come_back_when_rejected(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        filled(system)
        learnt = learn(system)
        proposed = {line.line: line for line in learnt.lines}
        assert (learnt.documents, learnt.lacking) == (7, 0)
        assert [(line.prefix, line.documents, line.seen) for line in learnt.lines] == [("银杏县/", 6, 7)] * 2
        assert MENU in proposed
        assert MENU in text_of(system, "银杏县/通知1.txt")
        before = story.recorded(system, WITHOUT)

        chosen, concerned = decide(system, [line.id for line in learnt.lines], confirmed=True)
        assert ({line.state for line in chosen}, concerned) == ({"confirmed"}, 6)
        story.until(lambda: MENU not in text_of(system, "银杏县/通知6.txt"), "the menu to be gone")
        story.until(lambda: story.found(system, "“智慧导航”") == [], "the menu to be found no more")
        story.until(system.idle, "nothing to be in flight")
        assert "浏览" not in text_of(system, "银杏县/通知1.txt")
        assert story.recorded(system, WITHOUT) == before
        assert system.sweep().differences == {}

        system.context.inbox.write("银杏县/新到.txt", page(9).encode())
        story.until(lambda: bool(story.found(system, "“第9项任务”")), "the new document to be found")
        assert MENU not in text_of(system, "银杏县/新到.txt")

        _, concerned = decide(system, [proposed[MENU].id], confirmed=False)
        assert concerned == 7
        story.until(lambda: len(story.found(system, "“智慧导航”")) == 7, "the menu to be found again")
        assert learn(system).lines == ()


def test_the_list_is_kept_and_work_left_over_is_found_by_the_next_sweep(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        filled(system)
        menu = next(line for line in learn(system, prefix="银杏县/通知").lines if line.line == MENU)
    with open_system(settings) as system:
        assert decide(system, [menu.id], confirmed=True)[1] == 6
        assert MENU in text_of(system, "银杏县/通知1.txt")
    with run_embedded(settings) as system:
        story.until(lambda: story.found(system, "“智慧导航”") == [], "the menu to be found no more")
        states = {line.line: line.state for line in FurnitureList(system.context.derived).all()}
        assert states[MENU] == "confirmed"


def test_an_unknown_line_cannot_be_confirmed(tmp_path: Path) -> None:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        with pytest.raises(NoSuchLineError, match="furniture list"):
            decide(system, ["12345678"], confirmed=True)
