"""The office's own columns, guides, the negative list and a standard catalogue in the embedded system."""

import html
import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.access import Scope
from search.http.access_keys import make_key
from tests.support import story
from tests.support.standard_catalogue import docx_table, html_table
from workers.settings import load

GUIDE = (
    "某县政府信息公开指南\n\n一、信息分类和编排体系\n分为八类。\n二、获取方式\n政府网站。\n三、公开工作机构\n"
    "机构名称：某县人民政府办公室\n办公地址：某县人民路1号\n办公时间：8:30-12:00\n联系电话：0453-6171234\n传真：\n\n"
    "某县人民政府办公室\n2020年1月1日\n"
)
TEXTS = {
    "财政局/预算.txt": "某县财政局2025年部门预算\n\n一、收入\n3万元。\n\n某县财政局\n2025年2月1日\n",
    "民政局/名单.txt": "某县2025年第一季度临时救助对象名单\n\n一、名单\n张某。\n\n某县民政局\n2025年4月1日\n",
    "水利局/请示.txt": "关于解决防汛经费的请示\n\n县政府：\n一、事由\n请予解决。\n\n某县水利局\n2025年5月1日\n",
    "指南.txt": GUIDE,
}
COLUMNS = {
    "columns": [
        {"name": "财政信息", "words": ["预算"]},
        {"name": "救助", "folders": ["民政局/"], "days": 30},
        {"name": "统计", "words": ["公报"]},
    ]
}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("own")
    file = folder / "栏目.json"
    file.write_text(json.dumps(COLUMNS, ensure_ascii=False), "utf-8")
    settings = load({"GONGKAI_DATA_DIR": str(folder / "data"), "GONGKAI_OFFICE_CLASSES": str(file)})
    with run_embedded(settings) as made:
        for name, text in TEXTS.items():
            made.context.inbox.write(name, text.encode())
        client = TestClient(app_of(made))
        story.until(lambda: client.get("/v1/search?fold=false").json()["documents"] == len(TEXTS), "all to be there")
        yield made


@pytest.fixture(scope="module")
def client(system: System) -> TestClient:
    return TestClient(app_of(system))


@pytest.fixture(scope="module")
def headers(system: System) -> dict[str, str]:
    secret, key = make_key("公开办", [Scope.READ, Scope.WRITE])
    KeyStore(system.context.derived).add(key)
    return {"Authorization": f"Bearer {secret}"}


def test_columns_are_counted_and_every_count_leads_to_as_many_documents(client: TestClient) -> None:
    told = client.get("/v1/office/columns").json()
    assert told["columns"] == ["财政信息", "救助", "统计"]
    counts = {row["site"]: row["counts"] for row in told["rows"]}
    assert counts == {"财政局": {"财政信息": 1}, "民政局": {"救助": 1}, "水利局": {"": 1}, "": {"": 1}}
    shown = client.get("/office/columns").text
    links = re.findall(r'<a href="(/office/columns/documents\?[^"]*)"[^>]*>(\d+)</a>', shown)
    assert len(links) == 8
    for address, count in links:
        listed = client.get(html.unescape(address)).text
        assert len(re.findall(r'<th scope="row"><a href="/d/', listed)) == int(count)
    found = client.get("/v1/office/columns/findings").json()
    assert {one["rule"] for one in found} >= {"column.empty", "column.stale", "column.site-empty"}
    assert client.get("/v1/office/columns/documents?column=2&format=csv").text.count("民政局/名单.txt") == 1


def test_a_guide_lacks_what_it_lacks_with_its_paragraph(client: TestClient) -> None:
    found = client.get("/v1/office/guide/findings").json()
    items = {one["evidence"][0]["place"] for one in found if one["rule"] == "guide.item"}
    assert items == {"传真号码", "互联网联系方式"}
    assert {one["rule"] for one in found} == {"guide.item", "guide.stale", "guide.none"}
    assert "第十二条第二款" in next(one for one in found if one["rule"] == "guide.item")["bases"][0]
    assert "互联网联系方式" in client.get("/office/guide").text


def test_the_negative_list_names_what_is_shown_and_what_is_to_be(client: TestClient, headers: dict[str, str]) -> None:
    found = client.get("/v1/office/negative/findings").json()
    assert [(one["evidence"][0]["document"], one["evidence"][0]["place"]) for one in found] == [
        ("水利局/请示.txt", "请示报告")
    ]
    assert "第十六条第二款" in found[0]["bases"][0]
    text = "内部资料\n\n某县水利局防汛讨论稿\n\n一、事由\n内容。\n商业秘密★2年\n"
    told = client.post("/v1/office/check", files={"file": ("稿.txt", text.encode())}, headers=headers).json()
    assert {(one["rule"], one["evidence"][0]["place"]) for one in told} >= {
        ("check.internal", "过程稿"), ("check.internal", "内部工作流程"), ("check.business-secret", "商业秘密"),
    }  # fmt: skip
    checked = client.post("/v1/office/check", files={"file": ("指南.txt", GUIDE.encode())}, headers=headers).json()
    assert {one["evidence"][0]["place"] for one in checked if one["rule"] == "guide.item"} == {
        "传真号码",
        "互联网联系方式",
    }


@pytest.mark.parametrize("name", ["目录.html", "目录.docx"])
def test_a_standard_catalogue_is_held_against_the_documents(
    client: TestClient, headers: dict[str, str], name: str
) -> None:
    data = docx_table() if name.endswith("docx") else html_table().encode()
    found = client.post("/v1/office/standard", files={"file": (name, data)}, headers=headers).json()
    assert [(one["rule"], one["message"].partition("」")[0]) for one in found] == [
        ("standard.unmatched", "「财政预决算 › 部门决算"), ("standard.overdue", "「社会救助 › 临时救助对象名单"),
    ]  # fmt: skip
    rows = client.post("/v1/office/standard?what=items&format=csv", files={"file": (name, data)}, headers=headers).text
    assert rows.count("\n") == 4
    assert "财政局/预算.txt" in rows
    wrong = client.post("/v1/office/standard", files={"file": ("甲.txt", "没有表".encode())}, headers=headers)
    assert wrong.status_code == 422


def test_the_page_of_a_standard_catalogue_shows_items_with_their_documents(
    client: TestClient, headers: dict[str, str]
) -> None:
    shown = client.post("/office/standard", files={"file": ("目录.html", html_table().encode())}, headers=headers).text
    assert "部门预算" in shown
    assert 'href="/d/' in shown
    assert client.post("/office/standard", files={"file": ("目录.html", b"")}).status_code == 401
