"""A held document is found by nobody, by no way, until a person releases it; all numbers are made up."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.maintenance.decisions.release import NothingToReleaseError, hold, release, withdraw_release
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import document_id
from tests.support import story
from tests.support.container_story import packed
from workers.pipeline.hold_policy import find_decision
from workers.settings import load

KEY = "县民政局/名单.txt"
NUMBER = "110101199003070011"
TEXT = f"关于银杏救助对象的公示\n\n一、救助名单\n银杏村张某，身份证号{NUMBER}，电话13800138123。\n"
SHOWN = "关于银杏保护的通知\n\n一、提高认识\n各单位要重视银杏，{}。\n"


def held_system(system: System, text: str = TEXT) -> None:
    system.context.inbox.write(KEY, text.encode())
    story.until(story.in_state(system, KEY, State.HELD), "the document to be held")
    story.until(system.idle, "nothing to be in flight")


def test_a_held_document_shows_nowhere_and_says_why_masked(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        held_system(system)
        record = story.recorded(system, KEY)
        client = TestClient(app_of(system))
        identifier = document_id(KEY)
        assert client.get("/search", params={"q": "银杏"}).json()["documents"] == 0
        assert client.get("/search").json()["sections"] == 0
        assert system.context.index.sections(identifier) == []
        assert client.get(f"/documents/{identifier}").status_code == 403
        assert client.get(f"/documents/{identifier}/original").status_code == 403
        assert "银杏" not in client.get(f"/d/{identifier}").text
    assert record is not None
    assert (record.articles, record.sections) == ((), 0)
    assert [problem.message for problem in record.problems] == [
        "含身份证号码（1101**********0011），经人工放行后方可检索"
    ]
    assert NUMBER not in repr(record)


def test_a_released_document_is_found_and_its_next_version_is_judged_anew(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        held_system(system)
        release(system, KEY)
        story.until(story.in_state(system, KEY, State.INDEXED), "the released document to be indexed")
        story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the released document to be found")
        with pytest.raises(NothingToReleaseError, match="it is not held; its state is indexed"):
            release(system, KEY)
        held_system(system, TEXT.replace("张某", "李某"))
        assert story.found(system, "银杏") == []


def test_a_release_made_while_nothing_runs_is_found_at_the_next_start(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        held_system(system)
    with open_system(settings) as system:
        release(system, KEY)
    with run_embedded(settings) as system:
        story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the released document to be found")


def test_the_settings_say_what_holds(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_HOLD": "none"})) as system:
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(story.in_state(system, KEY, State.INDEXED), "the document to be indexed")
        record = story.recorded(system, KEY)
    assert record is not None
    assert record.flags == ("identity_card", "mobile_phone")


def test_nothing_is_released_that_is_not_there(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system, pytest.raises(NothingToReleaseError, match="no such document"):
        release(system, "没有.txt")


def test_what_is_held_by_a_person_is_gone_at_once_and_stays_so_until_it_is_released(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        client, path = TestClient(app_of(system)), f"/documents/{document_id(KEY)}"
        show(system, "第一版")
        assert client.get(f"{path}/original").status_code == 200
        hold(system, KEY)
        assert client.get(f"{path}/original").status_code == client.get(path).status_code == 403
        assert story.found(system, "银杏") == []
        system.context.inbox.write(KEY, SHOWN.format("第二版").encode())
        story.until(lambda: version(system) == "第二版", "the next version to be judged")
        assert story.found(system, "银杏") == []
        release(system, KEY, version=etag(system))
        story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the released document to be found")


def test_a_command_takes_down_what_another_process_shows(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system, open_system(settings) as beside:
        show(system, "第一版")
        assert system.context.index.search(Query("银杏")).documents == 1
        hold(beside, KEY)
        assert TestClient(app_of(system)).get(f"/documents/{document_id(KEY)}/original").status_code == 403
        story.until(lambda: system.context.index.search(Query("银杏")).documents == 0, "no count to tell of it")


def test_all_that_lies_in_a_container_comes_down_with_it(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        system.context.inbox.write("甲.zip", packed(丙_txt=SHOWN.format("一").encode()))
        story.until(story.in_state(system, "甲.zip!/丙.txt", State.INDEXED), "the file inside to be indexed")
        hold(system, "甲.zip")
        assert story.found(system, "银杏") == []
        release(system, "甲.zip!/丙.txt")
        story.until(story.in_state(system, "甲.zip!/丙.txt", State.INDEXED), "the file inside to be indexed again")


def test_a_release_names_its_version_and_who_and_can_be_withdrawn(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        held_system(system)
        with pytest.raises(NothingToReleaseError, match="review it first"):
            release(system, KEY, version="another")
        release(system, KEY, version=etag(system), who="key 0123")
        decision = find_decision(system.context.derived, KEY)
        assert decision is not None
        assert (decision.who, decision.etag, decision.at > 0) == ("key 0123", etag(system), True)
        story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the released document to be found")
        withdraw_release(system, KEY)
        assert story.found(system, "银杏") == []
        assert TestClient(app_of(system)).get(f"/documents/{document_id(KEY)}/original").status_code == 403
        with pytest.raises(NothingToReleaseError, match="nothing to withdraw"):
            withdraw_release(system, KEY)
        system.dispatch.send([KEY])
        story.until(system.idle, "nothing to be in flight")
        assert story.found(system, "银杏") == []


def test_a_release_of_before_names_only_its_version(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        held_system(system)
        system.context.derived.write(f"released/{document_id(KEY)}", etag(system).encode())
        system.dispatch.send([KEY])
        story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the released document to be found")


def show(system: System, name: str) -> None:
    system.context.inbox.write(KEY, SHOWN.format(name).encode())
    story.until(lambda: story.found(system, "银杏") == [(KEY, "一、")], "the document to be found")
    story.until(system.idle, "nothing to be in flight")


def etag(system: System) -> str:
    record = story.recorded(system, KEY)
    return record.etag if record else ""


def version(system: System) -> str:
    """Return which version is recorded."""
    info = system.context.inbox.stat(KEY)
    return "第二版" if info and info.etag == etag(system) and system.idle() else "第一版"
