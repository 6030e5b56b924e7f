"""Annual reports in the embedded system: uploaded, read, checked across years and units, over HTTP and on the page."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from ops.adapters.access_keys import KeyStore
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from schemas.access import Scope
from search.http.access_keys import make_key
from search.office.form.docx_file import docx_bytes
from search.office.form.html_page import html_page
from tests.support import story
from tests.support.annual_faults import faults
from tests.support.annual_reports import right_form
from workers.settings import load

BUREAU = "测试市民政局"


@dataclass(frozen=True)
class Office:
    """The application over a small library of reports, and a key that may send files."""

    client: TestClient
    sent: dict[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    right = right_form()
    listed = folder / "单位.csv"
    listed.write_text("单位,上级,类型\n测试市,,政府\n测试市民政局,测试市,部门\n测试市水利局,测试市,部门\n", "utf-8")
    settings = load({"GONGKAI_DATA_DIR": str(folder / "data"), "GONGKAI_OFFICE_UNITS": str(listed)})
    with run_embedded(settings) as system:
        inbox = system.context.inbox
        inbox.write("市/2025.html", html_page(right).encode())
        inbox.write("市/2024.docx", docx_bytes(replace(right, year=2024, chapters=_of_year(right.chapters, 2024))))
        for year in (2023, 2025):
            form = replace(right, unit=BUREAU, year=year, chapters=_of_year(right.chapters, year))
            inbox.write(f"民政局/{year}.html", html_page(form).encode())
        client = TestClient(app_of(system))
        story.until(lambda: len(client.get("/v1/office/annual/reports").json()) == 4, "four reports to be read")
        secret, key = make_key("测试", [Scope.WRITE])
        KeyStore(system.context.derived).add(key)
        yield Office(client, {"Authorization": f"Bearer {secret}"})


def _of_year(chapters: dict[int, str], year: int) -> dict[int, str]:
    return {ordinal: text.replace("2025年", f"{year}年") for ordinal, text in chapters.items()}


def _rules(office: Office, **asked: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in office.client.get("/v1/office/annual/findings", params=asked).json():
        found.setdefault(one["rule"], []).append(one["message"])
    return found


def test_what_a_year_carries_over_is_held_against_the_year_before(office: Office) -> None:
    found = _rules(office)
    carried = "\n".join(found["annual.carried-over"])
    assert "2025年上年结转（自然人）为535，2024年结转下年度（自然人）为783" in carried
    assert "商业企业" not in carried  # six on both sides
    assert any("74 + 本年制发3 - 本年废止5 = 72" in message for message in found["annual.in-force"])
    assert all(BUREAU not in message for message in found["annual.carried-over"])  # its year before is missing


def test_missing_reports_are_named_by_unit_and_year_with_their_day(office: Office) -> None:
    missing = _rules(office)["annual.missing"]
    assert any(message.startswith(f"{BUREAU}没有2024年的年度报告，应在2025-01-31前公布") for message in missing)
    assert any(message.startswith("测试市水利局没有2023年的年度报告，应在2024-01-31前公布") for message in missing)
    assert any(message.startswith("测试市没有2023年的年度报告，应在2024-03-31前公布") for message in missing)
    assert not any("2025年的年度报告" in message and message.startswith("测试市没有") for message in missing)


def test_findings_are_narrowed_by_unit_and_year_and_exported(office: Office) -> None:
    assert set(_rules(office, unit=BUREAU, year="2024")) == {"annual.missing"}
    told = office.client.get("/v1/office/annual/findings", params={"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(told.content)).get_sheet_by_index(0).to_python()
    assert len(rows) - 1 == sum(map(len, _rules(office).values()))
    assert "《中华人民共和国政府信息公开条例》（国令第711号）第四十九条" in {row[7] for row in rows}


def test_the_page_shows_findings_that_lead_to_their_documents(office: Office) -> None:
    shown = office.client.get("/office/annual").text
    (report,) = [
        one for one in office.client.get("/v1/office/annual/reports").json() if one["document"] == "市/2025.html"
    ]
    assert f'href="/d/{report["document_id"]}"' in shown
    assert office.client.get("/office/annual", params={"unit": "没有的单位"}).status_code == 200


def test_a_file_is_checked_before_it_is_published_with_a_key_only(office: Office, tmp_path: Path) -> None:
    fault = next(one for one in faults() if one.name == "prose 办结13801件")
    files = {"file": ("年报.html", fault.html().encode())}
    for path in ("/v1/office/annual/check", "/office/annual"):
        assert office.client.post(path, files=files).status_code == 401
    (found,) = office.client.post("/v1/office/annual/check", files=files, headers=office.sent).json()
    assert found["rule"] == "annual.prose"
    assert found["bases"]
    assert found["evidence"][0]["place"] == "一、总体情况"
    assert "办结13801件" in office.client.post("/office/annual", files=files, headers=office.sent).text
    assert len(office.client.get("/v1/office/annual/reports").json()) == 4


def test_a_file_that_is_no_report_is_refused_in_words(office: Office) -> None:
    answer = office.client.post(
        "/v1/office/annual/check", files={"file": ("通知.txt", "关于放假的通知".encode())}, headers=office.sent
    )
    assert answer.status_code == 422
    assert "通知.txt" in answer.json()["detail"]
