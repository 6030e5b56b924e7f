"""Assessment, letters of answer and fee in the embedded system: every figure leads to its documents."""

import datetime
import html
import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.records import document_id
from tests.support import story
from workers.settings import load

TEXTS = {
    "某市水利局/通知.html": "<html><head><title>某市水利局关于防汛的通知</title>"
    '<meta name="PubDate" content="2026-10-12"></head><body><p>某市水利局关于防汛的通知</p>'
    "<p>水利发〔2026〕3号</p><p>各区县：</p>"
    "<p>请做好防汛工作，落实值班制度。</p><p>某市水利局</p><p>2026年8月3日</p></body></html>",
    "某市水利局/暂存.txt": "某市水利局关于联系人的通知\n\n"
    "经办人身份证号：110105199003070033。\n\n某市水利局\n2026年10月1日\n",
    "某市教育局/答复.txt": "某市教育局政府信息公开申请答复书\n\n张某：\n"
    "本局于2026年8月3日收到您提出的政府信息公开申请。经检索，根据《中华人民共和国政府信息公开条例》第三十六条第（四）项的规定，告知您该政府信息不存在。\n\n"
    "某市教育局\n2026年10月15日\n",
    "某市规划办法.txt": "某市规划管理办法\n某政发〔2020〕1号\n\n第一条 为规范规划管理，制定本办法。\n\n"
    "某市人民政府\n2020年5月1日\n",
    "某市新规划办法.txt": "某市城乡规划管理办法\n某政发〔2024〕9号\n\n"
    "第一条 为规范城乡规划管理，制定本办法。\n"
    "第二条 本办法自2024年6月1日起施行。《某市规划管理办法》（某政发〔2020〕1号）同时废止。\n\n"
    "某市人民政府\n2024年5月1日\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("assessment")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder / "data")})) as system:
        for name, text in TEXTS.items():
            system.context.inbox.write(name, text.encode())
        client = TestClient(app_of(system))

        def recorded() -> bool:
            return sum(system.context.index.counts().values()) == len(TEXTS)

        story.until(recorded, "all to be recorded")
        story.until(
            lambda: client.get("/v1/search?fold=false").json()["documents"] == len(TEXTS) - 1, "all to be found"
        )
        yield client


def test_a_month_is_scored_by_unit_with_the_documents_behind_each_figure(client: TestClient) -> None:
    told = client.get("/v1/office/assessment?month=2026-10").json()
    counts = {one["unit"]: one["counts"] for one in told["scores"]}
    assert counts["某市水利局"] == {"published": 1, "late": 1, "incomplete": 1}
    assert counts["某市教育局"] == {"answered": 1, "answered_late": 1}
    assert counts["某市人民政府"] == {"unmarked": 1}
    assert [base[-5:] for base in told["bases"]] == ["第四十六条", "第四十七条"]
    for one in told["scores"]:
        for counted, count in one["counts"].items():
            given = {"month": "2026-10", "unit": one["unit"], "count": counted}
            assert len(client.get("/v1/office/assessment/documents", params=given).json()) == count


def test_every_figure_on_the_page_leads_to_as_many_documents(client: TestClient) -> None:
    shown = client.get("/office/assessment?month=2026-10").text
    links = re.findall(r'<a href="(/office/assessment/documents\?[^"]*)"[^>]*>(\d+)</a>', shown)
    assert len(links) >= 10
    for address, count in links:
        listed = client.get(html.unescape(address)).text
        assert len(re.findall(r'<th scope="row"><a href="/d/', listed)) == int(count)
    assert f'href="/d/{document_id("某市规划办法.txt")}"' in shown


def test_what_is_held_counts_in_the_month_it_was_written(client: TestClient) -> None:
    china = datetime.timezone(datetime.timedelta(hours=8))
    month = datetime.datetime.now(china).strftime("%Y-%m")
    listed = client.get("/v1/office/assessment/documents", params={"count": "held", "month": month}).json()
    assert [(one["document"], one["unit"], one["rule"]) for one in listed] == [
        (document_id("某市水利局/暂存.txt"), "某市水利局", "assessment.held")
    ]
    assert "暂存.txt" not in str(listed)


def test_the_notice_and_the_tables_are_files(client: TestClient) -> None:
    notice = client.get("/v1/office/assessment?month=2026-10&format=docx")
    document = Document(io.BytesIO(notice.content))
    assert document.paragraphs[0].text == "关于2026年10月政务公开考核情况的通报"
    assert len(document.tables[0].rows) >= 4
    for path, head in (
        ("assessment?month=2026-10", "名次"),
        ("assessment/findings?month=2026-10", "规则"),
        ("assessment/documents?month=2026-10&count=late", "单位"),
        ("letters?year=2026", "发文机关"),
        ("letters/documents?result=4", "答复书"),
    ):
        book = client.get(f"/v1/office/{path}&format=xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == head
        assert len(rows) > 1
        assert client.get(f"/v1/office/{path}&format=csv").content.decode("utf-8-sig").startswith(head)


def test_letters_are_counted_by_result_and_lead_to_their_section(client: TestClient) -> None:
    told = client.get("/v1/office/letters").json()
    assert (told["letters"], told["rows"][0]["unit"], told["rows"][0]["results"]) == (1, "某市教育局", {"4": 1})
    assert told["results"][3]["letters"] == 1
    (letter,) = client.get("/v1/office/letters/documents?result=4").json()
    assert (letter["received_on"], "该政府信息不存在" in letter["evidence"]) == ("2026-08-03", True)
    listed = client.get("/office/letters/documents?result=4").text
    anchor = f"s0-{letter['section']}"
    assert f'href="/d/{document_id("某市教育局/答复.txt")}?at={anchor}#{anchor}"' in listed
    assert f'id="{anchor}"' in client.get(f"/d/{letter['document_id']}?at={anchor}").text
    assert client.get("/v1/office/letters/documents?result=3").json() == []


def test_the_fee_is_told_with_its_tiers_and_paragraph(client: TestClient) -> None:
    told = client.get("/v1/office/fee?requests=31").json()
    assert (told["amount"], told["tiers"][-1]) == (2200, {"first": 31, "last": 31, "rate": 200, "amount": 200})
    assert told["basis"].endswith("（国办函〔2020〕109号）第四条")
    assert client.get("/v1/office/fee?pages=201").json()["amount"] == 2740
    assert "31 件：2200 元" in client.get("/office/fee?requests=31").text
    assert 'role="alert"' in client.get("/office/fee?requests=x").text
    for given in ("", "requests=1&pages=1", "requests=-1", "pages=100001"):
        assert client.get(f"/v1/office/fee?{given}").status_code == 422


@pytest.mark.parametrize("path", ["assessment?month=2026-13", "assessment/documents?count=x", "letters?year=26"])
def test_a_wrong_question_is_refused(client: TestClient, path: str) -> None:
    assert client.get(f"/v1/office/{path}").status_code == 422
