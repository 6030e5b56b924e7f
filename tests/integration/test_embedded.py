"""The whole line in one process, without any server."""

from pathlib import Path

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.processes.embedded import run_embedded
from ops.system import open_system
from tests.support import container_story, story
from workers.settings import Settings, load


def settings_in(folder: Path, **more: str) -> Settings:
    return load({"GONGKAI_DATA_DIR": str(folder), **more})


def test_upload_overwrite_and_delete_show_in_search(tmp_path: Path) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        story.tell(system)


def test_the_files_in_a_container_become_documents_and_go_with_it(tmp_path: Path) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        container_story.tell(system)


def test_what_happened_while_it_was_down_is_swept_up_at_the_start(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with open_system(settings) as system:
        bootstrap(system)
        system.context.inbox.write("早.txt", story.FIRST.encode())
    with run_embedded(settings) as system:
        story.until(lambda: story.found(system, "“银杏档案”") == [("早.txt", "一、")], "the file that was there before")
    (tmp_path / "inbox" / "早.txt").unlink()
    with run_embedded(settings) as system:
        story.until(lambda: story.found(system, "“银杏档案”") == [], "the file deleted while it was down to be gone")


def test_a_second_run_over_the_same_files_does_nothing(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with run_embedded(settings) as system:
        system.context.inbox.write("甲.txt", story.FIRST.encode())
        story.until(lambda: bool(story.found(system, "“银杏档案”")), "the document to be found")
        story.until(system.idle, "nothing to be in flight")
        before = story.recorded(system, "甲.txt")
        report = system.sweep()
    assert report.differences == {}
    assert (report.objects, report.records, report.sent) == (1, 1, 0)
    with run_embedded(settings) as system:
        assert story.recorded(system, "甲.txt") == before


def test_identical_files_are_converted_once(tmp_path: Path) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        for name in ("甲.txt", "乙.txt", "丙.txt"):
            system.context.inbox.write(name, story.FIRST.encode())
        story.until(lambda: len(story.found(system, "“银杏档案”")) == 3, "all three to be found")
        contents = {record.content for record in system.context.index.records()}
    assert len(contents) == 1
    assert len([path for path in (tmp_path / "derived" / "artefacts").rglob("*") if path.is_file()]) == 1


def test_litter_in_the_inbox_is_neither_indexed_nor_a_failure_and_goes_from_an_older_index(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "inbox" / "市局"
    folder.mkdir(parents=True)
    for name in (".~lock.报告.docx#", "desktop.ini", "链接.url", "~$报告.docx", ".DS_Store", "Thumbs.db"):
        (folder / name).write_bytes(b"[.ShellClassInfo]\r\n")
    with run_embedded(settings_in(tmp_path)) as system:
        (folder / "甲.txt").write_text(story.FIRST)
        (folder / "快捷方式.lnk").write_bytes(b"L")
        story.until(lambda: bool(story.found(system, "“银杏档案”")), "the document to be found")
        story.until(system.idle, "nothing to be in flight")
        assert [record.key for record in system.context.index.records()] == ["市局/甲.txt"]
        assert system.sweep().objects == 1
    passed_over = [message for message in caplog.messages if "is passed over" in message]
    assert any("Thumbs.db" in message and "no document" in message for message in passed_over)
