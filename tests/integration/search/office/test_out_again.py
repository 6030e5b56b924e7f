"""What goes out of the office: docx and OFD that read back with the outline, a gazette, metadata of what is shown."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from python_calamine import CalamineWorkbook

from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.articles import Extracted
from schemas.cleaned import Normalized
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from tests.support.word_reader import squeezed
from workers.extract import extract
from workers.normalize import normalize
from workers.settings import load

NOTICE = (
    "某市人民政府办公室关于加强档案工作的通知\n某政办发〔2025〕7号\n\n各区人民政府：\n为加强档案工作，现通知如下：\n"
    "一、提高认识\n各单位要重视银杏档案。\n（一）落实责任\n由办公室负责。\n二、加强保管\n按期检查。\n\n"
    "某市人民政府办公室\n2025年3月3日\n"
)
TEXTS = {
    "通知.txt": NOTICE,
    "意见.txt": "某市水利局关于节约用水的意见\n\n一、总体要求\n节约用水。\n\n某市水利局\n2025年3月20日\n",
    "旧文.txt": "某市水利局关于汛期值班的通知\n\n一、值班\n按表值班。\n\n某市水利局\n2024年3月20日\n",
    "名册.txt": "某市水利局名册\n\n一、名册\n张某，身份证号110105199003070033。\n\n某市水利局\n2025年3月21日\n",
    "撤回.txt": "某市水利局关于撤回的通知\n\n一、撤回\n此件不用。\n\n某市水利局\n2025年3月22日\n",
}
SAMPLES = ("三垟街道2008年政府信息公开工作总结.docx", "政务公开工作要点.pdf")
SEVERAL = "开展政务公开的意义.txt"
MARCH = "from=2025-03-01&to=2025-03-31"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path_factory.mktemp("out") / "data")})) as made:
        for name, text in TEXTS.items():
            made.context.inbox.write(name, text.encode())
        for name in (*SAMPLES, SEVERAL):
            made.context.inbox.write(name, story.read_sample(name))
        shown = [*TEXTS.keys() - {"名册.txt"}, *SAMPLES]
        for key in (*shown, SEVERAL):
            story.until(story.in_state(made, key, State.INDEXED), f"{key} to be indexed")
        story.until(story.in_state(made, "名册.txt", State.HELD), "the list to be held")
        made.context.inbox.remove("撤回.txt")
        story.until(story.in_state(made, "撤回.txt", State.REMOVED), "the withdrawn document to be gone")
        yield made


@pytest.fixture(scope="module")
def client(system: System) -> TestClient:
    return TestClient(app_of(system))


def read_back(system: System, data: bytes, folder: Path, suffix: str = ".docx") -> tuple[Normalized, Extracted]:
    path = folder / f"again{suffix}"
    path.write_bytes(data)
    with system.context.sandbox.convert(path, hint=suffix) as conversion:
        normalized = normalize(conversion.converted)
    return normalized, extract(normalized)


@pytest.mark.parametrize("key", ["通知.txt", *SAMPLES])
def test_a_document_as_docx_reads_back_with_the_same_outline(
    system: System, client: TestClient, tmp_path: Path, key: str
) -> None:
    first, *rows = system.context.index.sections(document_id(key))
    data = client.get(f"/v1/documents/{document_id(key)}/reprint?format=docx").content
    _, again = read_back(system, data, tmp_path)
    (article,) = again.articles
    assert (article.title, article.document_number) == (first.title, first.document_number)
    expected = [(row.level, row.number, row.heading) for row in rows]
    assert [(one.level, one.number, one.heading) for one in article.sections] == expected
    assert b"w:outlineLvl" in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml")


@pytest.mark.parametrize("key", ["通知.txt", *SAMPLES])
def test_a_document_as_ofd_reads_back_with_the_same_text_and_outline(
    system: System, client: TestClient, tmp_path: Path, key: str
) -> None:
    rows = system.context.index.sections(document_id(key))
    answer = client.get(f"/v1/documents/{document_id(key)}/reprint?format=ofd")
    assert answer.headers["content-type"] == "application/ofd"
    _, again = read_back(system, answer.content, tmp_path, ".ofd")
    (article,) = again.articles
    assert (article.title, article.document_number) == (rows[0].title, rows[0].document_number)
    assert [(one.level, one.number, one.heading) for one in article.sections] == [
        (row.level, row.number, row.heading) for row in rows[1:]
    ]
    texts = [squeezed(text) for text in (article.preamble, *(one.text for one in article.sections))]
    assert texts == [squeezed(row.text) for row in rows]


def test_the_articles_of_a_file_stay_apart(system: System, client: TestClient, tmp_path: Path) -> None:
    rows = system.context.index.sections(document_id(SEVERAL))
    data = client.get(f"/v1/documents/{document_id(SEVERAL)}/reprint?format=docx").content
    _, again = read_back(system, data, tmp_path)
    assert [article.title for article in again.articles] == [row.title for row in rows if row.ordinal == 0]
    found = [(one.level, one.number) for article in again.articles for one in article.sections]
    assert found == [(row.level, row.number) for row in rows if row.ordinal]


def test_the_articles_of_a_file_stay_apart_in_ofd(system: System, client: TestClient, tmp_path: Path) -> None:
    rows = system.context.index.sections(document_id(SEVERAL))
    data = client.get(f"/v1/documents/{document_id(SEVERAL)}/reprint?format=ofd").content
    _, again = read_back(system, data, tmp_path, ".ofd")
    assert [article.title for article in again.articles] == [row.title for row in rows if row.ordinal == 0]


def test_tables_and_notes_of_a_document_stay_what_they_are(system: System, client: TestClient, tmp_path: Path) -> None:
    key = "政务公开工作要点_自动编号.docx"
    system.context.inbox.write(key, story.read_sample(key))
    story.until(lambda: bool(system.context.index.sections(document_id(key))), "the sample to be there")
    normalized, _ = read_back(system, client.get(f"/v1/documents/{document_id(key)}/reprint").content, tmp_path)
    assert [one.text for one in normalized.paragraphs if one.role == "footnote"] == ["【脚注内容乙】"]
    text = client.get(f"/v1/documents/{document_id(key)}/reprint?format=txt").text
    tables = [one.text for one in normalized.paragraphs if one.kind == "table"]
    assert tables
    assert all(line in text for table in tables for line in table.split("\n"))


def test_the_gazette_holds_what_may_be_shown_and_its_contents_lead_there(
    system: System, client: TestClient, tmp_path: Path
) -> None:
    page = client.get(f"/v1/office/gazette?{MARCH}").text
    entries = re.findall(r'<li><a href="#(d\d+)">([^<]+)</a>', page)
    assert [entry.partition("（")[0] for _, entry in entries] == [
        "某市人民政府办公室关于加强档案工作的通知", "某市水利局关于节约用水的意见",
    ]  # fmt: skip
    assert all(f'id="{anchor}"' in page for anchor, _ in entries)
    assert "名册" not in page
    assert "撤回" not in page
    data = client.get(f"/v1/office/gazette?{MARCH}&format=docx").content
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    anchors, marks = (set(re.findall(f'<w:{tag} [^>]*w:{name}="(d[0-9]+)"', document)) for tag, name in (
        ("hyperlink", "anchor"), ("bookmarkStart", "name")))  # fmt: skip
    assert anchors == marks == {"d1", "d2"}
    normalized, _ = read_back(system, data, tmp_path)
    levels = {
        one.text: one.style.heading_level for one in normalized.paragraphs if one.style and one.style.heading_level
    }
    assert levels["某市水利局关于节约用水的意见"] == 1
    assert (levels["一、提高认识"], levels["（一）落实责任"]) == (2, 3)
    only = client.get(f"/v1/office/gazette?{MARCH}&issuer=某市水利局").text
    assert "银杏" not in only


def test_a_period_that_ends_before_it_begins_is_refused(client: TestClient) -> None:
    assert client.get("/v1/office/gazette?from=2025-03-02&to=2025-03-01").status_code == 422
    assert "起始日期" in client.get("/office/gazette?from=2025-03-02&to=2025-03-01").text
    assert "日期请写成" in client.get("/office/gazette?from=x").text


def test_metadata_has_the_elements_of_the_standard_in_every_format(client: TestClient) -> None:
    root = etree.fromstring(client.get("/v1/office/metadata").content)
    entry = next(one for one in root if one.get("文件") == "通知.txt")
    assert [(one.tag, one.text) for one in entry] == [
        ("文种", "通知"), ("发文机关标志", "某市人民政府办公室"), ("发文字号", "某政办发〔2025〕7号"),
        ("标题", "某市人民政府办公室关于加强档案工作的通知"), ("主送机关", "各区人民政府"),
        ("署名", "某市人民政府办公室"), ("成文日期", "2025-03-03"),
    ]  # fmt: skip
    assert {one.get("文件") for one in root}.isdisjoint({"名册.txt", "撤回.txt"})
    told = json.loads(client.get("/v1/office/metadata?format=json&year=2025").content)["公文"]
    assert [one["文件"] for one in told] == ["意见.txt", "通知.txt"]
    assert len(told[0].keys() - {"文件", "标识", "篇"}) == 18
    book = client.get("/v1/office/metadata?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert len(rows[0]) == 19
    assert client.get("/v1/office/metadata?format=csv&issuer=谁也不是").content.decode("utf-8-sig").count("\n") == 1


def test_pages_lead_to_what_goes_out(client: TestClient) -> None:
    shown = client.get(f"/office/gazette?{MARCH}").text
    assert "公报（2 件）" in shown
    for address in re.findall(r'href="(/(?:v1/office|oai|sitemap)[^"]*)"', shown):
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    document = client.get(f"/d/{document_id('通知.txt')}").text
    for address in re.findall(r'href="(/v1/documents/[^"]*/reprint[^"]*)"', document):
        assert client.get(address).status_code == 200
    assert client.get(f"/v1/documents/{document_id('名册.txt')}/reprint").status_code == 403
    assert client.get(f"/v1/documents/{document_id('撤回.txt')}/reprint").status_code == 410
