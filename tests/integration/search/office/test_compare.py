"""Two versions of a regulation in the embedded system: for programs, as files and on the page."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.records import document_id
from tests.support import story
from workers.settings import load

OLD, NEW = "旧.txt", "新.txt"
TEXTS = {
    OLD: "某市公共租赁住房管理办法\n某政发〔2010〕5号\n\n第一条 为规范公共租赁住房管理，制定本办法。\n"
    "第二条 公共租赁住房租金按季缴纳，逾期不缴的加收滞纳金。\n第三条 承租人不得转租、转借承租的公共租赁住房。\n\n"
    "某市人民政府\n2010年5月1日\n",
    NEW: "某市公共租赁住房管理办法\n某政发〔2020〕9号\n\n第一条 为规范公共租赁住房管理，制定本办法。\n"
    "第二条 公共租赁住房租金按月缴纳，逾期不缴的加收滞纳金。\n第三条 申请人应当具有本市户籍并且家庭收入低于标准。\n"
    "第四条 承租人不得转租、转借承租的公共租赁住房。\n\n某市人民政府\n2020年5月1日\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("compare")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder / "data")})) as system:
        for name, text in TEXTS.items():
            system.context.inbox.write(name, text.encode())
        client = TestClient(app_of(system))
        story.until(lambda: client.get("/v1/search?fold=false").json()["documents"] == len(TEXTS), "all to be there")
        yield client


@pytest.mark.parametrize("named", [(OLD, NEW), (document_id(OLD), document_id(NEW))])
def test_differences_are_told_by_article(client: TestClient, named: tuple[str, str]) -> None:
    found = client.get("/v1/office/compare", params={"old": named[0], "new": named[1]}).json()
    clauses = [
        (one["difference"], *(one[side] and one[side]["number"] for side in ("old", "new")))
        for one in found
        if "条" in str([one[side] and one[side]["number"] for side in ("old", "new")])
    ]
    assert clauses[:3] == [
        ("same", "第一条", "第一条"),
        ("changed", "第二条", "第二条"),
        ("added", None, "第三条"),
    ]
    assert clauses[3][1:] == ("第三条", "第四条")


def test_the_page_marks_the_changed_words_and_leads_to_both(client: TestClient) -> None:
    shown = client.get("/office/compare", params={"old": OLD, "new": NEW}).text
    assert "<mark>季</mark>" in shown
    assert "<mark>月</mark>" in shown
    assert all(f'href="/d/{document_id(name)}"' in shown for name in TEXTS)


def test_the_comparison_is_a_file(client: TestClient) -> None:
    text = client.get("/v1/office/compare", params={"old": OLD, "new": NEW, "format": "csv"}).text
    assert "按〔季〕缴纳" in text
    assert "按〔月〕缴纳" in text


def test_a_document_that_is_not_there_is_said(client: TestClient) -> None:
    given = {"old": OLD, "new": "没有.txt"}
    assert client.get("/v1/office/compare", params=given).status_code == 404
    shown = client.get("/office/compare", params=given)
    assert (shown.status_code, "文件库中没有" in shown.text) == (404, True)
