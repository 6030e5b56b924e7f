"""The catalogue in the embedded system: every count on the page and for programs leads to its documents."""

import html
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.records import document_id
from tests.support import story
from workers.settings import load

TEXTS = {
    "办法.txt": "某市公共租赁住房管理办法\n某政发〔2024〕5号\n\n第一条 为规范公共租赁住房管理，制定本办法。\n\n"
    "某市人民政府\n2024年5月1日\n",
    "预算.txt": "某市财政局2019年部门预算\n\n一、收入预算\n收入合计3万元。\n\n某市财政局\n2019年2月1日\n",
    "通知.txt": "某市财政局关于召开会议的通知\n\n各科室：\n一、时间为周一。\n\n某市财政局\n2019年4月1日\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("catalogue")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder / "data")})) as system:
        for name, text in TEXTS.items():
            system.context.inbox.write(name, text.encode())
        client = TestClient(app_of(system))
        story.until(lambda: client.get("/v1/search?fold=false").json()["documents"] == len(TEXTS), "all to be there")
        yield client


def test_documents_are_counted_by_class_issuer_and_year(client: TestClient) -> None:
    told = client.get("/v1/office/catalogue").json()
    assert (told["documents"], told["unclassed"], told["more"]) == (3, 1, 0)
    assert {(row["issuer"], row["year"]): row["counts"] for row in told["rows"]} == {
        ("某市人民政府", "2024"): {"1": 1, "11": 1},
        ("某市财政局", "2019"): {"7": 1},
    }
    assert len(told["classes"]) == 15
    assert told["classes"][6] == {"number": 7, "mark": "（七）", "text": "财政预算、决算信息", "documents": 1}
    assert client.get("/v1/office/catalogue?issuer=某市财政局").json()["documents"] == 2


def test_every_count_on_the_page_leads_to_as_many_documents(client: TestClient) -> None:
    shown = client.get("/office/catalogue").text
    assert "<script" not in shown.replace("<script src", "")
    links = re.findall(r'<a href="(/office/catalogue/documents\?[^"]*)"[^>]*>(\d+)</a>', shown)
    assert len(links) >= 8
    for address, count in links:
        listed = client.get(html.unescape(address)).text
        assert len(re.findall(r'<th scope="row"><a href="/d/', listed)) == int(count)
    assert f'href="/d/{document_id("通知.txt")}"' in client.get("/office/catalogue/documents?class=0").text


def test_the_lack_of_a_class_is_named_with_its_paragraph(client: TestClient) -> None:
    found = client.get("/v1/office/catalogue/findings?months=6").json()
    stale = {one["bases"][0][-8:]: one for one in found if one["rule"] == "catalogue.stale"}
    assert any("第（七）项" in base for base in stale)
    empty = [one["bases"][0] for one in found if one["rule"] == "catalogue.empty"]
    assert "《中华人民共和国政府信息公开条例》（国令第711号）第二十条第（二）项" in empty
    assert len(empty) == 12
    shown = client.get("/office/catalogue").text
    assert "第二十条第（二）项" in shown
    assert f'href="/d/{document_id("预算.txt")}"' in shown


def test_the_tables_are_files(client: TestClient) -> None:
    for path, head in (("", "发文机关"), ("/findings", "规则"), ("/documents", "文件")):
        book = client.get(f"/v1/office/catalogue{path}?format=xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == head
        assert len(rows) > 2
        text = client.get(f"/v1/office/catalogue{path}?format=csv").content.decode("utf-8-sig")
        assert text.startswith(head)


@pytest.mark.parametrize("given", ["class=16", "class=-1", "year=24"])
def test_a_wrong_selection_is_refused(client: TestClient, given: str) -> None:
    assert client.get(f"/v1/office/catalogue/documents?{given}").status_code == 422
