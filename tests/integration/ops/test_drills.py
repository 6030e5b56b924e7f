"""What was lost comes back: the index from the artefacts, the artefacts from the inbox, all of it from a backup."""

import shutil
from pathlib import Path

import pytest

from ops.adapters.access_keys import KeyStore
from ops.maintenance.backup import NoBackupError, backup, restore
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.decisions.release import release
from ops.maintenance.decisions.saved_searches import SearchStore
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.access import Scope
from schemas.outcomes import State
from schemas.queries import Query
from schemas.searches import SavedSearch
from search.http.access_keys import make_key
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


@pytest.mark.parametrize("removed_too", [False, True])
def test_what_was_removed_on_purpose_comes_back_only_when_told(tmp_path: Path, removed_too: bool) -> None:
    kept = FolderStore(tmp_path / "kept")
    settings = settings_in(tmp_path / "one")
    search = SavedSearch("0" * 32, "新文件", "owner", Query("公开"), None, "whsec_AAAA", 0.0)
    with run_embedded(settings) as system:
        _, key = make_key("test", [Scope.READ])
        keys, searches = KeyStore(system.context.derived), SearchStore(system.context.derived)
        keys.add(key)
        searches.keep(search)
        system.context.inbox.write("市/甲.txt", text("梧桐"))
        story.until(story.in_state(system, "市/甲.txt", State.INDEXED), "the document to be indexed")
        assert backup(system, kept).objects == 3
        keys.revoke(key.id)
        searches.forget(search.id)
        system.context.inbox.remove("市/甲.txt")
        story.until(story.in_state(system, "市/甲.txt", State.REMOVED), "the removal to be recorded")
        done = restore(system, kept, removed_too=removed_too)
        back = bool(keys.find(key.id)), bool(searches.find(search.id)), bool(system.context.inbox.stat("市/甲.txt"))
    assert (done.copied, done.removed) == ((3, 0) if removed_too else (0, 3))
    assert back == (removed_too,) * 3
