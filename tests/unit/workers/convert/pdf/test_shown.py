"""What a reader of a PDF sees and what nobody sees: layers, clips, annotations, watermarks, columns, raised digits.

The right values are those of ISO 32000-2 as the clauses named say, and what PDFium and poppler draw.
"""

from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.errors import ScanFoundError
from tests.support.builders.pdf import Page, pdf
from tests.support.pdf_reader import reading
from workers.convert.ocr import engines

LINE = "为了规范政府信息公开工作提高政府工作的透明度建设法治政府充分发"


def body(converted: Converted) -> str:
    return "\n".join(block.text for block in converted.blocks if block.role in {"body", "textbox"})


def of_role(converted: Converted, role: str) -> list[str]:
    return [block.text for block in converted.blocks if block.role == role]


def hexed(text: str) -> str:
    return text.encode("utf-16-be").hex()


def annotated(*annotations: str, page: Page | None = None) -> bytes:
    """Return a page with annotations, given as the inside of their dictionaries."""
    page = page or Page().text(90, 700, "临江市人民政府公告")
    return pdf(page, page_entries=f"/Annots[{''.join(f'<<{entry}>>' for entry in annotations)}]")


def test_a_character_beyond_the_first_plane_is_one_character(tmp_path: Path) -> None:
    # 𬎆 (U+2CE86) of names; PDFium gives both halves of its UTF-16 form a place of their own.
    data = pdf(Page().text(90, 700, "关于同意任命刘\1同志的批复"), unicode_map={1: "𬎆"})
    assert body(reading(tmp_path, data)) == "关于同意任命刘𬎆同志的批复"


def test_text_typed_on_the_page_is_read_with_and_without_an_appearance(tmp_path: Path) -> None:
    # 12.5.6.6: a free text annotation displays text directly on the page.
    said = hexed("\ufeff临政办发〔2024〕88号")
    data = annotated(f"/Type/Annot/Subtype/FreeText/Rect[90 600 300 620]/DA(/Helv 12 Tf)/Contents<{said}>")
    assert "临政办发〔2024〕88号" in body(reading(tmp_path, data))


def test_a_review_note_is_no_text_of_the_page_and_is_named(tmp_path: Path) -> None:
    # 12.5.6.4: a text annotation is a note whose text is shown in a window of its own when opened.
    said = hexed("\ufeff此处请核实身份证号")
    converted = reading(tmp_path, annotated(f"/Type/Annot/Subtype/Text/Rect[90 600 110 620]/Contents<{said}>"))
    assert (body(converted), of_role(converted, "hidden")) == ("临江市人民政府公告", ["此处请核实身份证号"])
    assert any("review notes" in problem.message for problem in converted.problems)


def test_a_hidden_annotation_is_not_shown(tmp_path: Path) -> None:
    # 12.5.3: flag 2 hides an annotation, flag 6 (value 32) does on screen.
    for flag in (2, 32):
        said = hexed("\ufeff不予公开的内容")
        data = annotated(f"/Type/Annot/Subtype/FreeText/F {flag}/Rect[90 600 300 620]/Contents<{said}>")
        assert of_role(reading(tmp_path, data), "hidden") == ["不予公开的内容"]


def test_text_on_a_layer_that_is_off_is_hidden_and_on_one_that_is_on_is_read(tmp_path: Path) -> None:
    # 8.11: content of an optional content group whose state is OFF is not drawn.
    page = Page().text(90, 700, LINE)
    page.operators.append(b"/OC /Off BDC")
    page.text(90, 600, "已废止的旧条款")
    page.operators.append(b"EMC /OC /On BDC")
    page.text(90, 500, "现行有效的条款")
    page.operators.append(b"EMC")
    off, on = "<</Type/OCG/Name(off)>>", "<</Type/OCG/Name(on)>>"
    data = pdf(
        page,
        objects=(off, on),
        catalogue="/OCProperties<</OCGs[{0} {1}]/D<</OFF[{0}]/ON[{1}]>>>>",
        resources="/Properties<</Off {0}/On {1}>>",
    )
    converted = reading(tmp_path, data)
    assert body(converted) == f"{LINE}\n现行有效的条款"
    assert of_role(converted, "hidden") == ["已废止的旧条款"]


def test_text_outside_the_crop_box_is_hidden(tmp_path: Path) -> None:
    # 14.11.2: the crop box defines the region to which the contents are clipped when displayed.
    page = Page().text(90, 700, LINE).text(90, 20, "裁切框之外的文字")
    converted = reading(tmp_path, pdf(page, page_entries="/CropBox[0 60 595 842]"))
    assert (body(converted), of_role(converted, "hidden")) == (LINE, ["裁切框之外的文字"])


def test_text_that_is_clipped_away_is_hidden(tmp_path: Path) -> None:
    # 8.5.4: nothing is painted outside the current clipping path.
    page = Page().text(90, 700, LINE)
    page.operators.append(b"q 0 0 50 50 re W n")
    page.text(90, 600, "剪裁掉的文字")
    page.operators.append(b"Q q 80 480 400 60 re W n")
    page.text(90, 500, "剪裁框内的文字")
    page.operators.append(b"Q")
    converted = reading(tmp_path, pdf(page))
    assert (body(converted), of_role(converted, "hidden")) == (f"{LINE}\n剪裁框内的文字", ["剪裁掉的文字"])


@pytest.mark.parametrize("degrees", [-45, 20, 30, 45, 60])
def test_tiled_oblique_watermarks_are_no_text(tmp_path: Path, degrees: int) -> None:
    page = Page().lines(80, 760, *[LINE] * 20)
    for x in (50, 230, 410):
        for y in (600, 450, 300, 150):
            page.oblique(x, y, "临江市政府办 张三 2024-06-05", degrees)
    converted = reading(tmp_path, pdf(page))
    assert "张三" not in body(converted)
    assert set(of_role(converted, "chrome")) == {"临江市政府办 张三 2024-06-05"}


def test_words_repeated_all_over_a_page_are_a_watermark_and_cells_of_a_table_are_not(tmp_path: Path) -> None:
    page = Page().lines(80, 760, *[LINE] * 20)
    for x in (60, 260, 460):
        for y in (735, 640, 545, 450):
            page.text(x, y, "张三12345", size=18)
    assert "张三" not in body(reading(tmp_path, pdf(page)))
    table = Page().grid([90, 200, 300, 400], [700, 650, 600, 550, 500])
    for y in (670, 620, 570, 520):
        table.text(100, y, f"事项{y}").text(210, y, "已完成").text(310, y, "已完成")
    assert body(reading(tmp_path, pdf(table))).count("已完成") == 8


def test_a_page_set_obliquely_is_read(tmp_path: Path) -> None:
    page = Page()
    for step, text in enumerate(["关于召开会议的通知", "各科室：", "定于六月召开会议。"]):
        page.oblique(90, 700 - 40 * step, text, 15)
    assert "关于召开会议的通知" in body(reading(tmp_path, pdf(page)))


def test_vertical_columns_are_read_from_right_to_left(tmp_path: Path) -> None:
    page = Page()
    for x, column in ((450, "临江市人民政府公告"), (420, "为保护文物古迹特公告如下"), (390, "凡在保护范围内者")):
        for step, sign in enumerate(column):
            page.text(x, 740 - 18 * step, sign)
    text = body(reading(tmp_path, pdf(page)))
    places = [text.index(words) for words in ("临江市人民政府公告", "为保护文物古迹特公告如下", "凡在保护范围内者")]
    assert places == sorted(places)


def test_a_side_line_stays_apart_from_the_text(tmp_path: Path) -> None:
    page = Page().lines(80, 760, *[LINE] * 20)
    for step, sign in enumerate("装订线内不得答题"):
        page.text(30, 700.0 - 16.5 * step, sign, size=11)
    text = body(reading(tmp_path, pdf(page)))
    assert "装订线内不得答题" in text
    assert LINE + LINE in text


@pytest.mark.parametrize(("rise", "size"), [(5, 8), (4, 7)])
def test_raised_digits_are_no_digits_of_the_number_before_them(tmp_path: Path, rise: float, size: float) -> None:
    page = Page().text(90, 700, "全市耕地面积为3.2×10").text(258 - 0, 700 + rise, "5", size=size)
    page.text(266, 700, "公顷")
    text = body(reading(tmp_path, pdf(page)))
    assert "10⁵" in text
    assert "105" not in text


def test_a_text_rise_is_seen_too(tmp_path: Path) -> None:
    # 9.3.7: text rise (Ts) moves the baseline up or down from its default location.
    operators = f"BT /F1 14 Tf 1 0 0 1 90 700 Tm <{hexed('补助为1000')}> Tj /F1 8 Tf 5 Ts <{hexed('1')}> Tj"
    page = Page([f"{operators} /F1 14 Tf 0 Ts <{hexed('元')}> Tj ET".encode()])
    assert body(reading(tmp_path, pdf(page))) == "补助为1000¹元"


def test_lowered_digits_are_subscripts_and_decimals_stay(tmp_path: Path) -> None:
    operators = f"BT /F1 14 Tf 1 0 0 1 90 700 Tm <{hexed('CO')}> Tj /F1 8 Tf -3 Ts <{hexed('2')}> Tj ET"
    assert body(reading(tmp_path, pdf(Page([operators.encode()])))) == "CO₂"
    operators = f"BT /F1 14 Tf 1 0 0 1 90 700 Tm <{hexed('PM')}> Tj /F1 8 Tf -3 Ts <{hexed('2.5')}> Tj"
    page = Page([f"{operators} /F1 14 Tf 0 Ts <{hexed('浓度')}> Tj ET".encode()])
    assert body(reading(tmp_path, pdf(page))) == "PM2.5浓度"


def test_a_page_of_glyph_outlines_is_put_aside_to_be_recognised(tmp_path: Path) -> None:
    page = Page()
    for row in range(3):
        for column in range(12):
            page.outline(90 + 16 * column, 700 - 30 * row)
    with pytest.raises(ScanFoundError, match="page 2 of 2"):
        reading(tmp_path, pdf(Page().text(90, 700, LINE), page), scans=False)


def test_a_scan_with_a_stamped_number_is_put_aside_to_be_recognised(tmp_path: Path) -> None:
    page = Page().scan(rows=40).text(300, 812, "立法會CB(3)100/2026(11)號文件", size=10)
    with pytest.raises(ScanFoundError):
        reading(tmp_path, pdf(page), scans=False)


def test_a_page_that_cannot_be_recognised_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "ENGINES", {})
    page = Page().scan(rows=40).text(300, 812, "立法會CB(3)100/2026(11)號文件", size=10)
    converted = reading(tmp_path, pdf(page))
    assert [(problem.page, problem.lossy) for problem in converted.problems] == [(1, True)]
    assert "立法會" in body(converted)


def test_text_on_a_picture_that_fills_the_page_is_text(tmp_path: Path) -> None:
    page = Page().picture().lines(90, 700, *[LINE] * 3)
    assert body(reading(tmp_path, pdf(page), scans=False)).count("为了规范") == 3


@pytest.mark.parametrize(
    ("height", "start", "end", "expected"),
    [
        (5, 118, 174, "原定~~三月一日~~召开"),
        (5, 90, 202, "~~原定三月一日召开~~"),
        (-2, 118, 174, "原定三月一日召开"),  # an underline
        (15, 118, 174, "原定三月一日召开"),  # above the letters
        (5, 50, 400, "原定三月一日召开"),  # a rule of the page
    ],
)
def test_a_line_through_words_marks_them_as_struck(
    tmp_path: Path, height: float, start: float, end: float, expected: str
) -> None:
    page = Page().text(90, 600, "原定三月一日召开").rule(start, 600 + height, end, 600 + height)
    assert body(reading(tmp_path, pdf(page))) == expected


def test_letters_of_no_size_are_hidden(tmp_path: Path) -> None:
    found = reading(tmp_path, pdf(Page().text(90, 700, "正文").text(90, 650, "暗藏", size=0.6)))
    assert (body(found), of_role(found, "hidden")) == ("正文", ["暗藏"])


OPTIONS = f"/Opt[[(01)<{hexed(chr(0xFEFF) + '同意公开')}>][(02)<{hexed(chr(0xFEFF) + '不予公开')}>]]"
NAMED = f"/V<{hexed(chr(0xFEFF) + '张三')}>"


@pytest.mark.parametrize(
    ("field", "shown", "hidden"),
    [
        (f"/FT/Ch/Ff 131072{OPTIONS}/V(02)", "不予公开", []),  # 12.7.5.4: the second of a pair is shown
        (f"/FT/Ch/Ff 2097152{OPTIONS}/V[(01)(02)]/I[0 1]", "同意公开 不予公开", []),
        (f"/FT/Ch/Ff 393216{OPTIONS}{NAMED}", "张三", []),  # one that is typed in
        ("/FT/Ch/Opt[(one)(two)]/V(two)", "two", []),
        (f"/FT/Tx{NAMED}", "张三", []),
        ("/FT/Tx/Ff 8192/V(secret)", "", ["secret"]),  # 12.7.5.3: a password shows stars
        ("/FT/Btn/V/Yes/AS/Yes", "", []),
    ],
)
def test_a_field_of_a_form_shows_its_value_as_a_reader_sees_it(
    tmp_path: Path, field: str, shown: str, hidden: list[str]
) -> None:
    page = Page().text(90, 700, "意见")
    widget = f"<</Type/Annot/Subtype/Widget/Rect[90 600 300 640]/DA(/Helv 12 Tf)/T(a){field}>>"
    data = pdf(page, catalogue="/AcroForm<</Fields[{0}]>>", page_entries="/Annots[8 0 R]", objects=(widget,))
    found = reading(tmp_path, data)
    assert (body(found), of_role(found, "hidden")) == ("\n".join(["意见", *([shown] if shown else [])]), hidden)


def test_a_value_that_stands_with_the_parent_of_a_field_is_read(tmp_path: Path) -> None:
    # 12.7.4.1: V is inherited by the widgets of a field.
    parent = f"<</FT/Tx/T(a){NAMED}/Kids[9 0 R]>>"
    widget = "<</Type/Annot/Subtype/Widget/Rect[90 600 300 640]/DA(/Helv 12 Tf)/Parent 8 0 R>>"
    page = Page().text(90, 700, "姓名")
    data = pdf(page, catalogue="/AcroForm<</Fields[{0}]>>", page_entries="/Annots[9 0 R]", objects=(parent, widget))
    assert body(reading(tmp_path, data)) == "姓名\n张三"
