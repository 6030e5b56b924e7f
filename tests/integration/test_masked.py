"""What is masked by default is masked on the page, in every answer and export, and cannot be searched for."""

from pathlib import Path

from fastapi.testclient import TestClient

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.records import document_id
from tests.support import story
from workers.settings import load

KEY = "县民政局/名单.txt"
PHONE, STREET, HOUSE = "13800138123", "某某市某某区人民路", "12号3栋502室"
TEXT = f"关于银杏救助对象的公示\n\n一、救助名单\n银杏村张某，电话{PHONE}，家庭住址：{STREET}{HOUSE}。\n"


def test_phones_and_addresses_are_masked_in_all_that_is_shown(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(lambda: bool(story.found(system, "银杏")), "the document to be found")
        client, identifier = TestClient(app_of(system)), document_id(KEY)
        places = (
            "/v1/search?q=银杏",
            f"/v1/documents/{identifier}",
            f"/d/{identifier}",
            f"/d/{identifier}?view=source",
        )
        answers = [client.get(place).text for place in (*places, "/v1/search/export?q=银杏")]
        assert story.found(system, PHONE) == []
    for answer in answers:
        assert PHONE not in answer
        assert HOUSE not in answer
    assert all("138****8123" in answer for answer in answers[1:4])


def test_the_setting_says_what_is_masked(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_MASK": "none"})) as system:
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(lambda: bool(story.found(system, PHONE)), "the document to be found by its number")
