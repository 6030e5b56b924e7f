"""What was lost comes back: the index from the artefacts, the artefacts from the inbox, all of it from a backup."""

import shutil
from pathlib import Path

import pytest

from ops.maintenance.backup import NoBackupError, backup, restore
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.release import release
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.outcomes import State
from tests.support import story
from tests.support.container_story import packed, text
from workers.settings import Settings, load
from workers.storage.folder import FolderStore

HELD = "关于救助对象的公示\n\n一、救助名单\n银杏村张某，身份证号110101199003070011。\n"
ALL = {State.INDEXED: 4}


def settings_in(folder: Path) -> Settings:
    return load({"GONGKAI_DATA_DIR": str(folder)})


def fill(system: System) -> None:
    """Have a document, a container of two, and a released document indexed."""
    inbox = system.context.inbox
    inbox.write("市/甲.txt", text("梧桐"))
    inbox.write("市/乙.zip", packed(丙_txt=text("槐树")))
    inbox.write("名单.txt", HELD.encode())
    story.until(story.in_state(system, "名单.txt", State.HELD), "the document to be held")
    release(system, "名单.txt")
    all_back(system)


def all_back(system: System) -> None:
    story.until(lambda: system.context.index.counts() == ALL, "all four to be indexed")
    story.until(system.idle, "nothing to be in flight")
    story.until(lambda: len(story.found(system, "“银杏村”")) == 1, "the released document to be found")
    story.until(lambda: len(story.found(system, "“槐树档案”")) == 1, "the file in the container to be found")
    assert system.sweep().differences == {}


def made(folder: Path) -> dict[str, int]:
    """Return when each artefact was made."""
    artefacts = folder / "derived" / "artefacts"
    return {str(path): path.stat().st_mtime_ns for path in artefacts.rglob("*") if path.is_file()}


def test_after_losing_the_index_everything_comes_back_without_converting_again(tmp_path: Path) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        fill(system)
    before = made(tmp_path)
    shutil.rmtree(tmp_path / "index")
    with run_embedded(settings_in(tmp_path)) as system:
        all_back(system)
    assert made(tmp_path) == before


def test_after_losing_index_and_artefacts_everything_comes_back_from_the_inbox(tmp_path: Path) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        fill(system)
    shutil.rmtree(tmp_path / "index")
    for name in ("artefacts", "children"):
        shutil.rmtree(tmp_path / "derived" / name)
    with run_embedded(settings_in(tmp_path)) as system:
        all_back(system)


def test_a_backup_brings_everything_back_releases_too(tmp_path: Path) -> None:
    kept = FolderStore(tmp_path / "kept")
    with run_embedded(settings_in(tmp_path / "one")) as system:
        fill(system)
        first = backup(system, kept)
        assert (first.objects, first.copied) == (4, 4)  # three objects and a release
        assert backup(system, kept).copied == 0
        system.context.inbox.write("市/甲.txt", text("梧桐树"))
        system.context.inbox.remove("市/乙.zip")
        second = backup(system, kept)
        assert (second.objects, second.copied) == (3, 1)
        system.context.inbox.write("市/乙.zip", packed(丙_txt=text("槐树")))
        assert backup(system, kept).copied == 1
    with open_system(settings_in(tmp_path / "two")) as system:
        assert restore(system, kept).copied == 4
        assert restore(system, kept).copied == 0
        bootstrap(system)
    with run_embedded(settings_in(tmp_path / "two")) as system:
        all_back(system)
        story.until(lambda: len(story.found(system, "“梧桐树档案”")) == 1, "the newest version to be found")


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    empty = FolderStore(tmp_path / "empty")
    empty.bootstrap()
    with open_system(settings_in(tmp_path)) as system, pytest.raises(NoBackupError, match="holds no backup"):
        restore(system, empty)
