"""Validity in the embedded system: statements carried over to documents, hits that say so, findings, chains, files."""

import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.records import document_id
from tests.support import story
from workers.settings import load

OLD = "某市公共租赁住房管理办法"
TEXTS = {
    "a旧办法.txt": f"{OLD}\n某政发〔2010〕5号\n\n第一条 为规范公共租赁住房管理，制定本办法。\n"
    "第二条 公共租赁住房租金按季缴纳。\n\n某市人民政府\n2010年5月1日\n",
    "b中办法.txt": "某市保障性租赁住房管理办法\n某政发〔2016〕8号\n\n第一条 公共租赁住房租金按月缴纳。\n"
    f"第二条 本办法自2016年7月1日起施行，《{OLD}》（某政发〔2010〕5号）同时废止。\n\n某市人民政府\n2016年6月1日\n",
    "c新办法.txt": "某市住房保障办法\n某政发〔2021〕2号\n\n第一条 公共租赁住房租金按月缴纳。\n"
    "第二条 本办法自2021年3月1日起施行，《某市保障性租赁住房管理办法》同时废止。\n\n某市人民政府\n2021年2月1日\n",
    "d通知.txt": f"某市住房局关于做好租金收缴的通知\n某住发〔2018〕3号\n\n各区：\n"
    f"根据《{OLD}》，现就公共租赁住房租金通知如下。\n"
    "一、按时收缴。\n\n某市住房局\n2018年4月1日\n",
    "e清理.txt": f"某市人民政府关于继续有效文件的公告\n\n《{OLD}》继续有效。\n\n某市人民政府\n2019年4月1日\n",
    "f拟.txt": "某市住房局公告\n\n拟废止《某市住房保障办法》，现征求意见。\n\n某市住房局\n2024年4月1日\n",
    # Of the same title, but younger than what repealed its namesake.
    "g重名.txt": f"{OLD}\n某政发〔2023〕9号\n\n第一条 公共租赁住房租金按年缴纳。\n\n某市人民政府\n2023年5月1日\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("validity")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder / "data")})) as system:
        for name, text in TEXTS.items():
            system.context.inbox.write(name, text.encode())
        client = TestClient(app_of(system))
        story.until(lambda: client.get("/v1/search?fold=false").json()["documents"] == len(TEXTS), "all to be there")
        yield client


def test_a_repeal_carries_over_to_the_document_it_names_through_the_chain(client: TestClient) -> None:
    ended = {one["document"]: one for one in client.get("/v1/office/validity?change=repeals").json()}
    assert set(ended) == {"a旧办法.txt", "b中办法.txt"}
    old = ended["a旧办法.txt"]
    assert (old["since"], old["by_document"]) == ("2016-07-01", "b中办法.txt")
    assert "同时废止" in old["evidence"]
    assert old["chain"] == f"《{OLD}》→《某市保障性租赁住房管理办法》→《某市住房保障办法》"


def test_what_conflicts_is_unmarked_or_rests_on_the_repealed_is_named(client: TestClient) -> None:
    found = {(one["rule"], one["evidence"][0]["document"]) for one in client.get("/v1/office/validity/findings").json()}
    assert found == {
        ("validity.unmarked", "a旧办法.txt"),
        ("validity.unmarked", "b中办法.txt"),
        ("validity.conflict", "a旧办法.txt"),
        ("validity.basis", "d通知.txt"),
    }


def test_hits_of_repealed_documents_say_so_and_stand_behind_valid_ones_unless_asked(client: TestClient) -> None:
    def hits(words: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = client.get("/v1/search", params={"q": words, "fold": "false"}).json()["hits"]
        return found

    story.until(lambda: any(hit["repealed"] for hit in hits("租金")), "the table of repealed documents")
    marks = [bool(hit["repealed"]) for hit in hits("公共租赁住房租金")]
    assert marks == sorted(marks)
    assert sum(marks) == 2
    old = next(hit for hit in hits("租金") if hit["key"] == "a旧办法.txt")
    assert old["repealed"] == "自2016-07-01起由《某市保障性租赁住房管理办法》废止"
    assert old["repealed_by"] == document_id("b中办法.txt")
    shown = client.get("/", params={"q": "租金"}).text
    assert f'<strong>已废止</strong> <a href="/d/{document_id("b中办法.txt")}">' in shown


def test_the_page_leads_to_both_documents_and_the_table_is_downloaded(client: TestClient) -> None:
    shown = client.get("/office/validity").text
    for name in ("a旧办法.txt", "b中办法.txt", "c新办法.txt", "d通知.txt"):
        assert f'href="/d/{document_id(name)}"' in shown
    told = client.get("/v1/office/validity", params={"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(told.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]].count("废止") == 2
    assert "同时废止" in client.get("/v1/office/validity?format=csv").text
