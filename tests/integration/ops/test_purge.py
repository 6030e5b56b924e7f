"""Of a document that was purged nothing is left anywhere, and of all others everything."""

from pathlib import Path

import pytest

from ops.maintenance.backup import backup, restore
from ops.maintenance.decisions.saved_searches import SearchStore
from ops.maintenance.removal.artefact_collection import collect_artefacts
from ops.maintenance.removal.purge import NothingToPurgeError, PurgeResult, purge
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import document_id
from schemas.searches import Delivery, Match, SavedSearch
from tests.support import story
from tests.support.app_processes import Services
from tests.support.container_story import packed
from workers.settings import load
from workers.storage.folder import FolderStore

KEY, OTHER = "甲/银杏名单.zip", "乙/通知.txt"
SECRET = "银杏村张某领取救助金三百二十一元"
TEXT = f"关于救助对象的公示\n\n一、救助名单\n{SECRET}，特此公示。\n"
SEARCH = SavedSearch("0" * 32, "新文件", "owner", Query("公开"), "https://example.org/in", "whsec_AAAA", 0.0)


def match(key: str, text: str) -> Match:
    return Match(document_id(key)[:32], document_id(key), 0, 1, key, "公示", None, None, (), text, 1.8e9)


def fill(system: System) -> None:
    inbox, searches = system.context.inbox, SearchStore(system.context.derived)
    inbox.write(KEY, packed(名单_txt=TEXT.encode(), 旧_txt=TEXT.replace("三百", "四百").encode()))
    inbox.write(OTHER, story.FIRST.encode())
    system.dispatch.send([KEY, OTHER])
    story.until(story.in_state(system, f"{KEY}!/名单.txt", State.INDEXED), "the file inside to be indexed")
    story.until(story.in_state(system, OTHER, State.INDEXED), "the other to be indexed")
    story.until(system.idle, "nothing to be in flight")
    found = (match(f"{KEY}!/名单.txt", SECRET), match(OTHER, "银杏档案的保管"))
    searches.keep(SEARCH)
    searches.add_recent(SEARCH.id, found)
    searches.add_marks(SEARCH.id, found[0].document_id, frozenset({found[0].mark}))
    searches.post(Delivery("1" * 32, SEARCH.id, found))


def take_out(system: System, kept: FolderStore) -> PurgeResult:
    with pytest.raises(NothingToPurgeError, match="still in the inbox"):
        purge(system, KEY)
    system.context.inbox.remove(KEY)
    system.dispatch.send([KEY])
    story.until(story.in_state(system, f"{KEY}!/名单.txt", State.REMOVED), "the removal to be recorded")
    story.until(system.idle, "nothing to be in flight")
    return purge(system, KEY, backups=[kept])


def check(system: System, kept: FolderStore, done: PurgeResult) -> None:
    searches = SearchStore(system.context.derived)
    assert done.left == ()
    assert (done.documents, done.phrases > 0, done.artefacts >= 4) == (3, True, True)
    assert [one.key for one in searches.recent(SEARCH.id)] == [OTHER]
    assert [one.key for one in next(searches.deliveries()).matches] == [OTHER]
    assert story.found(system, "银杏档案") == [(OTHER, "一、")]
    assert story.recorded(system, KEY) is None
    restore(system, kept)
    assert system.context.inbox.stat(KEY) is None


def test_no_file_holds_anything_of_what_was_purged(tmp_path: Path) -> None:
    data, kept = tmp_path / "data", FolderStore(tmp_path / "kept")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(data)})) as system:
        fill(system)
        backup(system, kept)
        assert SECRET.encode() in bytes_below(data)
        done = take_out(system, kept)
        check(system, kept, done)
        assert SECRET.encode() not in bytes_below(tmp_path)
    assert SECRET.encode() not in bytes_below(tmp_path)
    assert not [path for path in (data / "derived" / "children").rglob("*") if path.is_file()]


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_on_the_real_servers_it_is_the_same(services: Services, tmp_path: Path) -> None:
    kept = FolderStore(tmp_path / "kept")
    with services.worker():
        fill(services.system)
        backup(services.system, kept)
        check(services.system, kept, take_out(services.system, kept))


def test_what_is_still_found_is_told(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path / "data")})) as system:
        fill(system)
        system.context.derived.write("operations/lists/copied", SECRET.encode())
        done = take_out(system, FolderStore(tmp_path / "kept"))
    places = ["derived store: operations/lists/copied", "backup 1: decided/operations/lists/copied"]
    assert [trace.place for trace in done.left] == places


def test_artefacts_nobody_refers_to_are_collected_after_a_set_time(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path / "data")})) as system:
        system.context.inbox.write(OTHER, story.FIRST.encode())
        story.until(story.in_state(system, OTHER, State.INDEXED), "the first version to be indexed")
        system.context.inbox.write(OTHER, story.SECOND.encode())
        story.until(lambda: len(story.found(system, "“梧桐档案”")) == 1, "the second version to be found")
        story.until(system.idle, "nothing to be in flight")
        assert len(list(system.context.derived.list("artefacts/"))) == 2
        assert collect_artefacts(system.context, older_than=3600) == 0
        assert collect_artefacts(system.context, older_than=0) == 1
        record = story.recorded(system, OTHER)
        assert record is not None
        assert [info.key.rpartition("/")[2] for info in system.context.derived.list("artefacts/")] == [record.content]


def bytes_below(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
