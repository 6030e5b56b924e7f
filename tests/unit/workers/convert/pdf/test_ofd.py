"""OFD: three producers, geometry in place of order, and files that are not what they claim."""

import json
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.ofd import HEAD, make_ofd, ruled, text
from tests.support.word_reader import SAMPLES, body, of_role, read, squeezed, tables

OFD = SAMPLES.parent / "ofd"


@pytest.mark.parametrize("producer", ["hand", "ofdrw", "easyofd"])
def test_paragraphs_are_whole_whoever_made_the_file(producer: str) -> None:
    truth = [squeezed(line) for _, line in json.loads((OFD / "typed_10p.json").read_text("utf-8"))]
    found = read(OFD / f"{producer}_10p.ofd")
    texts = [squeezed(line) for line in body(found)]
    assert sum(line in texts for line in truth) >= 0.97 * len(truth)
    assert "".join(texts).count("编号000") == "".join(truth).count("编号000")
    assert found.pages == max(block.page or 0 for block in found.blocks)


def test_text_of_a_template_is_on_every_page_and_is_no_body_text() -> None:
    found = read(OFD / "hand_10p.ofd")
    heads = of_role(found, "header") + of_role(found, "footer")
    assert len(heads) == found.pages
    assert not set(heads) & set(body(found))


def test_objects_drawn_in_any_order_are_read_from_the_top(tmp_path: Path) -> None:
    page = text("第三行", 20, 60) + text("第一行", 20, 20) + text("第二行", 20, 40)
    assert body(read(make_ofd(tmp_path / "a.ofd", page))) == ["第一行第二行第三行"]


def test_sizes_are_points_and_places_follow_the_transformation(tmp_path: Path) -> None:
    page = text("放大的字", 0, 0, CTM="2 0 0 2 20 30") + text("下一行字", 20, 80)
    first, second = read(make_ofd(tmp_path / "a.ofd", page)).blocks
    assert (first.text, second.text) == ("放大的字", "下一行字")
    assert first.style is not None
    assert first.style.size == pytest.approx(28.3, abs=0.1)


def test_text_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    page = text("加粗标题", 20, 20) + text("加粗标题", 20.3, 20)
    assert body(read(make_ofd(tmp_path / "a.ofd", page))) == ["加粗标题"]


def test_parts_set_over_each_other_by_a_converter_come_in_order(tmp_path: Path) -> None:
    spread = {"Boundary": "20 20 60 6", "code": 'X="0" Y="5" DeltaX="g 2 20"'}
    number = text("国办发", 20, 20, **spread) + text("〔20", 20, 20, **spread) + text("〕号", 20, 20, **spread)
    quoted = text("建设城市方案", 20, 40, Boundary="20 40 40 6", code='X="0" Y="5" DeltaX="g 5 6.6"')
    marks = text("“", 30, 40, Boundary="30 40 5 6") + text("”", 45, 40, Boundary="45 40 5 6")
    found = body(read(make_ofd(tmp_path / "a.ofd", number + quoted + marks)))
    assert "".join(found) == "国办发〔20〕号建设“城市”方案"


def test_rules_around_text_make_a_table(tmp_path: Path) -> None:
    lines = "".join(ruled(f"M 20 {y} L 120 {y}") for y in (50, 65, 80))
    lines += "".join(ruled(f"M {x} 50 L {x} 80") for x in (20, 70, 120))
    cells = text("项目", 22, 55) + text("数量", 75, 55) + text("公开", 22, 70) + text("十二", 75, 70)
    (table,) = tables(read(make_ofd(tmp_path / "a.ofd", text("表前的话", 20, 30) + lines + cells)))
    assert table.rows == (("项目", "数量"), ("公开", "十二"))


def test_a_watermark_is_no_body_text(tmp_path: Path) -> None:
    page = text("正文。", 20, 120) + text("内部资料", 60, 60, CTM="0.7 0.7 -0.7 0.7 0 0")
    found = read(make_ofd(tmp_path / "a.ofd", page, page))
    assert body(found) == ["正文。", "正文。"]
    assert of_role(found, "chrome") == ["内部资料"]


def test_text_of_a_drawing_placed_on_the_page_is_read_in_its_place(tmp_path: Path) -> None:
    content = f"<ofd:Content>{text('图中的字。', 10, 10)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="9">{content}</ofd:CompositeGraphicUnit>'
    resources = HEAD.format("Res") + f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    placed = '<ofd:CompositeObject ID="2" Boundary="10 60 100 100" CTM="0.5 0 0 0.5 0 0" ResourceID="9"/>'
    page = text("图下的字。", 20, 200) + placed + text("图上的字。", 20, 20)
    path = make_ofd(tmp_path / "a.ofd", page, resources="Res.xml", more={"Doc_0/Res.xml": resources})
    blocks = read(path).blocks
    assert "".join(block.text for block in blocks) == "图上的字。图中的字。图下的字。"


def test_properties_are_clues_and_invisible_objects_are_not_text(tmp_path: Path) -> None:
    found = read(make_ofd(tmp_path / "a.ofd", text("看得见", 20, 20) + text("看不见", 20, 40, Visible="false")))
    assert [(clue.label, clue.value) for clue in found.clues] == [("title", "关于样本的通知")]
    assert body(found) == ["看得见"]


def test_a_missing_page_leaves_the_others_and_says_so(tmp_path: Path) -> None:
    path = make_ofd(tmp_path / "a.ofd", text("一页", 20, 20), text("二页", 20, 20), leave_out=("Doc_0/Pages/P0.xml",))
    found = read(path)
    assert [(block.text, block.page) for block in found.blocks] == [("二页", 2)]
    assert [(problem.page, problem.lossy) for problem in found.problems] == [(1, True)]


def test_a_package_without_its_start_is_read_by_the_names_in_it(tmp_path: Path) -> None:
    assert body(read(make_ofd(tmp_path / "a.ofd", text("还在", 20, 20), leave_out=("OFD.xml",)))) == ["还在"]


def test_pages_of_pictures_are_named_as_scans(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="scanned") as caught:
        read(make_ofd(tmp_path / "a.ofd", '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'))
    assert caught.value.category is Category.EMPTY


@pytest.mark.parametrize(
    ("more", "category"),
    [
        ({"Encryptions.xml": "<x/>"}, Category.ENCRYPTED),
        ({"Doc_0/Pages/P0.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, Category.BOMB),
        ({"Doc_0/Pages/P0.xml": "<a>" + " " * 20_000_000 + "</a>"}, Category.BOMB),
    ],
)
def test_hostile_packages_end_as_what_they_are(tmp_path: Path, more: dict[str, str], category: Category) -> None:
    with pytest.raises(DocumentError) as caught:
        read(make_ofd(tmp_path / "a.ofd", text("字", 20, 20), more=more))
    assert caught.value.category is category


def test_a_repeated_distance_may_claim_any_count(tmp_path: Path) -> None:
    code = 'X="0" Y="5" DeltaX="g 999999999 5 nan 1e999"'
    assert body(read(make_ofd(tmp_path / "a.ofd", text("不多不少", 20, 20, code=code)))) == ["不多不少"]


def test_a_file_cut_off_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "cut.ofd"
    path.write_bytes((OFD / "ofdrw_10p.ofd").read_bytes()[:9000])
    with pytest.raises(DocumentError, match="damaged") as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


def test_attachments_become_documents(tmp_path: Path) -> None:
    # GB/T 33190-2016, clause 20: FileLoc is relative to the list of attachments
    listed = HEAD.format("Attachments") + '<ofd:Attachment ID="9" Name="责任清单" Format="txt">'
    listed += "<ofd:FileLoc>files/a.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
    more = {"Doc_0/Att/Attachments.xml": listed, "Doc_0/Att/files/a.txt": "清单"}
    path = make_ofd(
        tmp_path / "a.ofd",
        text("正文。", 20, 120),
        more=more,
        document="<ofd:Attachments>Att/Attachments.xml</ofd:Attachments>",
    )
    found = read(path)
    assert ([child.path for child in found.children], body(found)) == (["责任清单.txt"], ["正文。"])


def test_text_outside_the_page_is_hidden(tmp_path: Path) -> None:
    # GB/T 33190-2016, 7.5: the physical box is the extent of the page
    page = text("正文。", 20, 120) + text("页面之外", 20, 330) + text("页面右边", 250, 120)
    found = read(make_ofd(tmp_path / "a.ofd", page))
    assert (body(found), of_role(found, "hidden")) == (["正文。"], ["页面之外", "页面右边"])


def test_drawings_of_the_page_itself_are_shown(tmp_path: Path) -> None:
    # GB/T 33190-2016, 7.7: PageRes holds what only this page uses
    unit = '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="100" Height="20"><ofd:Content>'
    unit += text("图元内文字", 0, 0) + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    page = text("正文。", 20, 120) + '<ofd:CompositeObject ID="8" ResourceID="7" Boundary="20 150 100 20"/>'
    more = {"Doc_0/Pages/Res.xml": HEAD.format("Res") + unit + "</ofd:Res>"}
    path = make_ofd(tmp_path / "a.ofd", page, more=more, page_entries="<ofd:PageRes>Res.xml</ofd:PageRes>")
    assert body(read(path)) == ["正文。", "图元内文字"]


def test_annotations_are_drawn_and_watermarks_among_them_are_not_text(tmp_path: Path) -> None:
    # GB/T 33190-2016, clause 15: an annotation has an appearance in a boundary of its own
    def annotation(kind: str, inside: str) -> str:
        appearance = f'<ofd:Appearance Boundary="20 150 150 20">{inside}</ofd:Appearance>'
        return f'<ofd:Annot ID="1" Type="{kind}">{appearance}</ofd:Annot>'

    listed = (
        HEAD.format("Annotations")
        + '<ofd:Page PageID="0"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    drawn = annotation("Stamp", text("补注文字", 0, 0)) + annotation("Watermark", text("内部资料", 0, 0))
    more = {"Doc_0/An/A.xml": listed, "Doc_0/An/P.xml": HEAD.format("PageAnnot") + drawn + "</ofd:PageAnnot>"}
    entry = "<ofd:Annotations>An/A.xml</ofd:Annotations>"
    found = read(make_ofd(tmp_path / "a.ofd", text("正文。", 20, 120), more=more, document=entry))
    assert (body(found), of_role(found, "chrome")) == (["正文。", "补注文字"], ["内部资料"])


def test_raised_digits_are_superscripts(tmp_path: Path) -> None:
    page = text("面积10", 20, 120) + text("5", 40, 119, size=2.5) + text("公顷", 42.5, 120)
    assert body(read(make_ofd(tmp_path / "a.ofd", page))) == ["面积10⁵公顷"]
