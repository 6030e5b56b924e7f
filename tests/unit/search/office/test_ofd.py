"""The OFD file reads back with its text and outline, keeps the measures of GB/T 9704 and is always the same."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from schemas.office.output.reprint import Heading, Note, Paragraph, Part, TableRows, Title
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.output.reprint.line_breaks import break_lines, width_of
from search.office.output.reprint.ofd_file import NAMESPACE, ofd_bytes
from search.office.output.reprint.pages import LINES, PITCH, TOP, set_pages
from tests.support.word_reader import body, read, squeezed
from workers.extract import extract
from workers.normalize import normalize

OFD = {"ofd": NAMESPACE}
TITLE = "某市人民政府办公室关于进一步加强全市档案安全保管工作的通知"
LONG = (
    "各单位要重视档案（包括电子档案），按照《档案法》第12条、国办发〔2025〕7号和GB/T 9704-2012的要求，逐年登记造册。"
    * 3
)
PARTS: tuple[Part, ...] = (
    Title(TITLE, "某政办发〔2025〕7号"), Paragraph("各区人民政府："), Paragraph("现通知如下："),
    Heading("一、提高认识", 1), Paragraph(LONG), Heading("（一）落实责任", 2), Paragraph("由办公室<负责>\x0b。"),
    Heading("二、加强保管", 1), TableRows((("单位", "件数"), ("某市水利局", "12"))), Note("【脚注甲】"),
    *(Paragraph(f"{name}库按期检查。") for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"),
)  # fmt: skip
ARTICLE = ArticleSummary(0, TITLE, issuer="某市人民政府办公室", signed_on="2025-03-03")
RECORD = DocumentRecord(document_id("通知.txt"), "通知.txt", "1", State.INDEXED, articles=(ARTICLE,))


def part_of(data: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def outline(element: ElementTree.Element) -> list[object]:
    return [[one.get("Title"), *outline(one)] for one in element.findall("ofd:OutlineElem", OFD)]


def test_a_file_reads_back_with_its_text_and_its_sections(tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    path.write_bytes(ofd_bytes(PARTS, RECORD))
    converted = read(path)
    texts = [squeezed(text) for text in body(converted)]
    assert texts[:2] == [TITLE, "某政办发〔2025〕7号"]
    for part in PARTS:
        if isinstance(part, Heading | Paragraph | Note):
            assert squeezed(part.text).replace("\x0b", "") in texts
    assert "某市水利局12" in texts
    (article,) = extract(normalize(converted)).articles
    assert (article.title, article.document_number) == (TITLE, "某政办发〔2025〕7号")
    found = [(one.level, one.number, one.heading) for one in article.sections]
    assert found == [(1, "一、", "提高认识"), (2, "（一）", "落实责任"), (1, "二、", "加强保管")]


def test_the_outline_leads_to_the_pages_of_the_headings() -> None:
    parts = [*PARTS, Heading("三、附则", 1), Paragraph("完。")]
    data = ofd_bytes(parts, RECORD)
    document = part_of(data, "Doc_0/Document.xml")
    entries = document.find("ofd:Outlines", OFD)
    assert entries is not None
    expected = [[TITLE, ["一、提高认识", ["（一）落实责任"]], ["二、加强保管"], ["三、附则"]]]
    assert outline(entries) == expected
    pages = {one.get("ID"): one.get("BaseLoc", "") for one in document.iterfind(".//ofd:Page", OFD)}
    for entry in entries.iter(f"{{{NAMESPACE}}}OutlineElem"):
        target = entry.find("ofd:Actions/ofd:Action/ofd:Goto/ofd:Dest", OFD)
        assert target is not None
        page = part_of(data, f"Doc_0/{pages[target.get('PageID')]}")
        at = next(one for one in page.iter(f"{{{NAMESPACE}}}TextObject")
                  if one.get("Boundary", "").split()[1] == target.get("Top"))  # fmt: skip
        assert str(entry.get("Title")).startswith(at.findtext("ofd:TextCode", "", OFD))
    identifiers = [int(one.get("ID", "")) for name in ("Document", "PublicRes", "Pages/Page_0/Content")
                   for one in part_of(data, f"Doc_0/{name}.xml").iter() if one.get("ID")]  # fmt: skip
    assert len(set(identifiers)) == len(identifiers)
    assert max(identifiers) <= int(document.findtext("ofd:CommonData/ofd:MaxUnitID", "", OFD))


def test_the_record_is_in_the_properties_and_the_bytes_stay_the_same() -> None:
    data = ofd_bytes(PARTS, RECORD)
    assert data == ofd_bytes(iter(PARTS), RECORD)
    info = part_of(data, "OFD.xml").find("ofd:DocBody/ofd:DocInfo", OFD)
    assert info is not None
    assert [(one.tag.partition("}")[2], one.text) for one in info] == [
        ("DocID", RECORD.id), ("Title", TITLE), ("Author", "某市人民政府办公室"), ("CreationDate", "2025-03-03"),
    ]  # fmt: skip
    undated = replace(RECORD, articles=(ArticleSummary(0, None, published_on="2024"),))
    names = [one.tag.partition("}")[2] for one in part_of(ofd_bytes(PARTS, undated), "OFD.xml").iter()]
    assert "CreationDate" not in names
    fonts = [one.get("FontName") for one in part_of(data, "Doc_0/PublicRes.xml").iterfind(".//ofd:Font", OFD)]
    assert fonts == ["宋体", "仿宋", "黑体", "楷体"]


def test_pages_hold_22_lines_and_no_heading_is_the_last_of_them() -> None:
    assert len(set_pages([Paragraph("一。")] * 2 * LINES).pages) == 2
    assert len(set_pages([]).pages) == 1
    done = set_pages([*[Paragraph("一。")] * (LINES - 1), Heading("一、总则", 1), Paragraph("正文。")])
    assert [len(page) - 1 for page in done.pages] == [LINES - 1, 2]  # the page's number is no line
    assert [(mark.page, mark.top) for mark in done.marks] == [(1, TOP)]
    bottoms = [line.top + PITCH for line in set_pages(PARTS).pages[0][:-1]]
    assert max(bottoms) == pytest.approx(37 + 225)


def test_full_lines_reach_from_edge_to_edge_and_titles_stand_in_the_middle() -> None:
    first, *_ = set_pages(PARTS).pages
    for line in first:
        right = line.left + sum(line.advances)
        assert 28 - 1e-6 < line.left < right < 184 + 1e-6
        if line.face.is_centred:
            assert line.left + right == pytest.approx(28 + 184)
    filled = [line for line in first if line.text and line.text in LONG and len(line.text) > 20][:3]
    assert [line.left + sum(line.advances) for line in filled] == pytest.approx([184] * 3)
    assert filled[0].left == pytest.approx(28 + 2 * 156 / 28)


@pytest.mark.parametrize("shift", range(28))
def test_no_line_begins_with_punctuation_and_no_word_is_divided(shift: int) -> None:
    lines = list(break_lines("字" * shift + LONG, 56, indent=4))
    assert squeezed("".join(lines)) == squeezed("字" * shift + LONG)
    assert all(sum(map(width_of, line)) <= 56 for line in lines)
    assert not [line for line in lines if line[0] in "，。、；：？！）〕】》”" or line[-1] in "（〔【《“"]
    assert sum(line.count("9704-2012") for line in lines) == 3


def test_what_is_longer_than_a_line_is_divided_all_the_same() -> None:
    assert list(break_lines("a" * 120, 56)) == ["a" * 56, "a" * 56, "a" * 8]
    assert "".join(break_lines("。" * 70, 56)) == "。" * 70
