"""Records sent to the office over HTTP: the form filled, deadlines told, wrong rows said, nothing kept."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from ops.adapters.access_keys import KeyStore
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.access import Scope
from search.http.access_keys import make_key
from search.office.annual.check import check_report
from tests.support import story
from tests.support.annual_reports import read_file
from tests.support.application_records import csv_bytes, register, xlsx_bytes
from workers.settings import load

NOTICE = """某县水利局关于做好防汛工作的通知
发布日期：{published}

各单位：
一、总体要求
做好防汛工作。

某县水利局
{signed}
"""


@dataclass(frozen=True)
class Office:
    """The application over a few notices, and a key that may send files."""

    client: TestClient
    sent: dict[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder / "data")})) as system:
        inbox = system.context.inbox
        inbox.write("早.txt", NOTICE.format(signed="2025年1月10日", published="2025-02-13").encode())
        inbox.write("晚.txt", NOTICE.format(signed="2025年1月10日", published="2025-02-14").encode())
        client = TestClient(app_of(system))
        story.until(lambda: client.get("/v1/search?q=防汛&fold=false").json()["documents"] == 2, "two notices")
        secret, key = make_key("测试", [Scope.WRITE])
        KeyStore(system.context.derived).add(key)
        yield Office(client, {"Authorization": f"Bearer {secret}"})


def test_a_document_published_a_day_late_is_named_with_its_paragraph(office: Office) -> None:
    found = office.client.get("/v1/office/deadlines/publication", params={"year": 2025, "state": "late"}).json()
    (late,) = found["deadlines"]
    assert (late["document"], late["due_on"], late["days"]) == ("晚.txt", "2025-02-13", 1)
    assert late["bases"][0].endswith("第二十六条")
    kept = office.client.get("/v1/office/deadlines/publication", params={"year": 2025, "state": "kept"}).json()
    assert [one["document"] for one in kept["deadlines"]] == ["早.txt"]


def test_the_page_of_deadlines_leads_to_the_late_document(office: Office) -> None:
    shown = office.client.get("/office/deadlines", params={"year": "2025"}).text
    late = office.client.get("/v1/office/deadlines/publication", params={"year": 2025, "state": "late"}).json()
    assert f'href="/d/{late["deadlines"][0]["document_id"]}"' in shown
    table = office.client.get("/v1/office/deadlines/publication?year=2025&format=csv").text
    assert "晚.txt" in table
    assert "早.txt" not in table


@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx"])
def test_a_register_is_told_its_deadlines(office: Office, name: str) -> None:
    data = csv_bytes(register()) if name.endswith("csv") else xlsx_bytes()
    path = "/v1/office/deadlines/applications"
    assert office.client.post(path, files={"file": (name, data)}).status_code == 401
    found = office.client.post(path, files={"file": (name, data)}, headers=office.sent).json()
    assert found["errors"] == []
    answers = {one["subject"]: one for one in found["deadlines"] if one["rule"] == "deadline.answer"}
    assert len(answers) == len(register()) - 1
    # 2025-12-30: 31, then the first four days of January off but the 4th, 23 days on: 2026-01-28.
    assert answers["2025-902"]["due_on"] == "2026-01-28"
    assert answers["2025-902"]["state"] == "kept"
    assert answers["2025-902"]["place"].startswith("第")
    shown = office.client.post("/office/deadlines", files={"file": (name, data)}, headers=office.sent).text
    assert "2025-901" in shown


@pytest.mark.parametrize(("name", "suffix"), [("台账.xlsx", "docx"), ("台账.xlsx", "html")])
def test_a_workbook_becomes_the_form(office: Office, name: str, suffix: str, tmp_path: Path) -> None:
    fields = {
        "unit": "某县",
        "year": "2025",
        "format": suffix,
        "problems": "一是公开不够及时，下一步将加强培训。",
    }
    for path in ("/v1/office/form", "/office/form"):
        assert office.client.post(path, data=fields, files={"file": (name, xlsx_bytes())}).status_code == 401
        answer = office.client.post(path, data=fields, files={"file": (name, xlsx_bytes())}, headers=office.sent)
        assert answer.status_code == 200
        file = tmp_path / f"年报.{suffix}"
        file.write_bytes(answer.content)
        report = read_file(file)
        assert report is not None
        assert [finding.message for finding in check_report(report)] == []
        assert report.issued_value("行政许可", "本年处理决定数量") == 1520
        assert report.disputes[4].value == 3


def test_a_wrong_row_is_said_and_no_wrong_form_is_made(office: Office) -> None:
    rows = register()
    rows[2][1] = "公司"
    files = {"file": ("台账.csv", csv_bytes(rows))}
    answer = office.client.post(
        "/v1/office/form", data={"unit": "某县", "year": "2025"}, files=files, headers=office.sent
    )
    assert answer.status_code == 422
    assert "第3行「申请人类型」" in answer.json()["detail"]
    found = office.client.post("/v1/office/deadlines/applications", files=files, headers=office.sent).json()
    assert found["errors"][0].startswith("第3行")
    assert found["deadlines"]


def test_a_file_without_a_register_is_refused_in_words(office: Office) -> None:
    files = {"file": ("名单.csv", "姓名,年龄\n甲,3\n".encode())}
    answer = office.client.post("/v1/office/deadlines/applications", files=files, headers=office.sent)
    assert answer.status_code == 422
    assert "申请人类型" in answer.json()["detail"]


def test_deadlines_are_exported_as_a_workbook(office: Office) -> None:
    files = {"file": ("台账.csv", csv_bytes(register()))}
    answer = office.client.post("/v1/office/deadlines/applications?format=xlsx", files=files, headers=office.sent)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == len(register())


def test_a_document_is_checked_before_publication_and_not_kept(office: Office) -> None:
    faulty = "某市人民政府公告\n某政发[2024]5号\n\n经办人身份证号：110105199003070033。\n".encode()
    files = {"file": ("公告.txt", faulty)}
    found = office.client.post("/v1/office/check", files=files, headers=office.sent)
    assert {one["rule"] for one in found.json()} == {"check.personal", "check.number"}
    assert all("110105199003070033" not in quote["text"] for one in found.json() for quote in one["evidence"])
    told = office.client.post("/v1/office/check?format=csv", files=files, headers=office.sent)
    assert "check.personal" in told.text
    assert office.client.post("/v1/office/check", files=files).status_code == 401
    shown = office.client.post("/office/check", files=files, headers=office.sent).text
    assert "check.number" in shown
    assert office.client.get("/v1/search?q=经办人").json()["documents"] == 0
