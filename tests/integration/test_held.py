"""A held document is found by nobody, by no way, until a person releases it; all numbers are made up."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.maintenance.release import NothingToReleaseError, release
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from workers.settings import load

KEY = "县民政局/名单.txt"
NUMBER = "110101199003070011"
TEXT = f"关于银杏救助对象的公示\n\n一、救助名单\n银杏村张某，身份证号{NUMBER}，电话13800138123。\n"


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
        with pytest.raises(NothingToReleaseError, match="not held but indexed"):
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
