"""What becomes of PDFs: reading order, whole paragraphs, tables, furniture, and files that cannot be read."""

import json
from pathlib import Path

import pytest

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.pdf import Page, pdf
from workers.convert.ocr import engines
from workers.convert.pdf.reader import read
from workers.convert.source import Source

SAMPLES = Path(__file__).parents[4] / "samples" / "pdf"
LINE = "为了规范政府信息公开工作提高政府工作的透明度建设法治政府充分发"  # 32 characters


def reading(path: Path, *, passwords: tuple[str, ...] = ()) -> Converted:
    return read(Source(path=path, format="pdf", hint="pdf", workdir=path.parent, passwords=passwords))


def made(folder: Path, *pages: Page) -> Converted:
    path = folder / "made.pdf"
    path.write_bytes(pdf(*pages))
    return reading(path)


def body(converted: Converted) -> list[str]:
    return [squeezed(block.text) for block in converted.blocks if block.role == "body"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_role(converted: Converted, role: str) -> list[str]:
    return [block.text for block in converted.blocks if block.role == role]


def test_every_paragraph_of_a_word_export_is_whole_and_in_place() -> None:
    truth = [squeezed(text) for _, text in json.loads((SAMPLES / "typed_1p.json").read_text("utf-8"))]
    assert body(reading(SAMPLES / "typed_1p.pdf")) == truth


def test_page_numbers_are_no_text_and_pages_are_counted() -> None:
    converted = reading(SAMPLES / "typed_1p.pdf")
    assert of_role(converted, "footer") == ["— 1 —", "— 2 —"]
    assert converted.pages == 2
    assert [block.page for block in converted.blocks] == sorted(block.page or 0 for block in converted.blocks)


def test_size_and_alignment_are_kept_as_evidence(tmp_path: Path) -> None:
    page = Page().text(188, 760, "关于印发工作要点的通知", size=20).lines(80, 700, LINE[:30], LINE[:30] + "。")
    title = made(tmp_path, page).blocks[0]
    assert title.style
    assert (title.text, title.style.size, title.style.align) == ("关于印发工作要点的通知", 20.0, "center")


def test_lines_of_a_table_of_contents_stay_lines(tmp_path: Path) -> None:
    entries = [f"{name}{'…' * 20}{page}" for name, page in (("总则", 1), ("职责", 3), ("附则", 9))]
    assert body(made(tmp_path, Page().lines(80, 700, *entries))) == entries


def test_a_content_stream_out_of_order_is_read_as_it_is_seen(tmp_path: Path) -> None:
    page = Page().lines(80, 700, "一、总体要求", "二、工作任务", "三、保障措施", leading=40)
    page.operators.reverse()
    assert body(made(tmp_path, page)) == ["一、总体要求", "二、工作任务", "三、保障措施"]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"左栏第{number}行文字已经排满" for number in "一二三四五六七八"]
    right = [f"右栏第{number}行文字已经排满" for number in "一二三四五六七八"]
    page = Page().text(180, 760, "横跨两栏的标题文字在这里", size=18)
    for step, pair in enumerate(zip(left, right, strict=True)):
        page.text(80, 720 - 20 * step, pair[0]).text(310, 713 - 20 * step, pair[1])
    assert "".join(body(made(tmp_path, page))) == "横跨两栏的标题文字在这里" + "".join(left) + "".join(right)


def test_lines_are_joined_to_paragraphs_by_indent_and_right_edge(tmp_path: Path) -> None:
    page = Page()
    page.text(108, 700, LINE[:30]).lines(80, 678, LINE, LINE[:9] + "。")
    page.text(108, 634, LINE[:30]).lines(80, 612, LINE, LINE[:5] + "。")
    once = LINE[:30] + LINE
    assert body(made(tmp_path, page)) == [once + LINE[:9] + "。", once + LINE[:5] + "。"]


def test_a_paragraph_goes_on_over_a_page_break(tmp_path: Path) -> None:
    first = Page().text(108, 120, LINE[:30]).text(80, 98, LINE).text(280, 40, "- 1 -")
    second = Page().text(80, 760, LINE).text(80, 738, "挥作用。").text(280, 40, "- 2 -")
    converted = made(tmp_path, first, second)
    assert body(converted) == [LINE[:30] + LINE + LINE + "挥作用。"]
    assert of_role(converted, "footer") == ["- 1 -", "- 2 -"]


def test_a_numbered_line_begins_a_paragraph_even_after_a_full_one(tmp_path: Path) -> None:
    page = Page().lines(80, 700, LINE[:31] + "。", "一、" + LINE[:20] + "。")
    assert body(made(tmp_path, page)) == [LINE[:31] + "。", "一、" + LINE[:20] + "。"]


def test_a_clause_with_a_decimal_number_goes_on_below_its_text(tmp_path: Path) -> None:
    page = Page().text(80, 744, LINE[:31] + "。").text(108, 722, "5.1.3 " + LINE[:24]).text(164, 700, LINE[:9] + "。")
    assert body(made(tmp_path, page)) == [LINE[:31] + "。", "5.1.3" + LINE[:24] + LINE[:9] + "。"]


@pytest.mark.parametrize("first", ["5.1 " + LINE[:25], "12.5 " + LINE[:25], "5.1.2 " + LINE[:24]])
@pytest.mark.parametrize(
    "below", ["5.1.1 " + LINE[:18], "5.2 " + LINE[:18], "a) " + LINE[:9] + "；", "——" + LINE[:9] + "；"]
)
def test_what_has_a_number_letter_or_dash_of_its_own_stays_apart(tmp_path: Path, first: str, below: str) -> None:
    page = Page().text(80, 744, LINE[:31] + "。").text(108, 722, first).text(136, 700, below)
    assert body(made(tmp_path, page)) == [LINE[:31] + "。", squeezed(first), squeezed(below)]


def test_a_figure_numbers_no_paragraph(tmp_path: Path) -> None:
    page = Page().text(80, 744, LINE[:31] + "。").text(108, 722, "12.5 亿元" + LINE[:22]).text(136, 700, LINE[:9])
    assert body(made(tmp_path, page)) == [LINE[:31] + "。", "12.5亿元" + LINE[:22], LINE[:9]]


NAMES = ["户外", "天线", "人防", "家禽", "位移", "批量", "条码", "台风", "种苗", "所址", "周转", "名额"]
NAMES += ["人机", "月度", "次生", "项目", "座谈", "件数", "千斤顶", "万能", "户内", "人的", "批的"]


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_whose_name_begins_like_a_unit_is_one(tmp_path: Path, name: str) -> None:
    first = f"5.1 {name}{LINE}"[:29]
    page = Page().text(80, 744, LINE[:31] + "。").text(108, 722, first).text(136, 700, LINE[:9] + "。")
    assert body(made(tmp_path, page)) == [LINE[:31] + "。", squeezed(first) + LINE[:9] + "。"]
    lines = (f"{LINE[:30]}。", "GB 7588.1 电梯制造与安装的安全规范和技术要求", f"3 {name}设施与抽样", f"{LINE[:30]}。")
    assert body(made(tmp_path, Page().lines(80, 700, *lines))) == [squeezed(line) for line in lines]


@pytest.mark.parametrize(
    "quantity",
    [
        *("30 亿元的项目按照有关规定", "12 个月的按照有关规定办理", "15 日内按照有关规定办理"),
        *("3 人以上按照有关规定办理", "5 万元罚款按照有关规定办理", "20 户左右按照有关规定办理"),
    ],
)
def test_a_quantity_at_the_begin_of_a_line_is_no_clause(tmp_path: Path, quantity: str) -> None:
    lines = (LINE[:16], LINE[16:30] + "于", f"{LINE[:7]}不少于人民币", quantity, LINE[:9] + "。")
    assert body(made(tmp_path, Page().lines(80, 700, *lines))) == [squeezed("".join(lines))]


def test_a_clause_of_a_standard_begins_a_paragraph_below_a_line_without_a_full_stop(tmp_path: Path) -> None:
    lines = (f"{LINE[:30]}。", "GB 7588.1 电梯制造与安装的安全规范和技术要求", "3 术语和定义", f"{LINE[:30]}。")
    assert body(made(tmp_path, Page().lines(80, 700, *lines))) == [squeezed(line) for line in lines]


def test_running_heads_are_told_from_text_by_coming_back(tmp_path: Path) -> None:
    pages = [
        Page().text(200, 800, "某市政府信息公开年报").lines(80, 600, f"第{number}页的正文。") for number in "一二三四"
    ]
    converted = made(tmp_path, *pages)
    assert of_role(converted, "header") == ["某市政府信息公开年报"] * 4
    assert body(converted) == [f"第{number}页的正文。" for number in "一二三四"]


def table_page(rows: list[tuple[str, str, str]], *, top: float) -> Page:
    page = Page().grid([80, 160, 320, 480], [top - 30 * step for step in range(len(rows) + 1)])
    for step, row in enumerate(rows):
        for x, cell in zip((84, 164, 324), row, strict=True):
            page.text(x, top - 20 - 30 * step, cell, size=10)
    return page


def tables(converted: Converted) -> list[Block]:
    return [block for block in converted.blocks if block.kind == "table"]


def test_a_ruled_table_is_rows_of_cells_between_its_neighbours(tmp_path: Path) -> None:
    page = table_page([("序号", "事项", "数量"), ("1", "主动公开", "12")], top=600)
    page.text(80, 700, "统计如下：").text(80, 480, "以上为全部数据。")
    converted = made(tmp_path, page)
    assert [block.kind for block in converted.blocks] == ["paragraph", "table", "paragraph"]
    assert tables(converted)[0].rows == (("序号", "事项", "数量"), ("1", "主动公开", "12"))


def test_a_table_cut_by_a_page_break_is_one_table_with_one_head(tmp_path: Path) -> None:
    head = ("序号", "事项", "数量")
    first = table_page([head, ("1", "主动公开", "12")], top=150)
    second = table_page([head, ("2", "依申请公开", "3")], top=780)
    assert tables(made(tmp_path, first, second))[0].rows == (
        head,
        ("1", "主动公开", "12"),
        ("2", "依申请公开", "3"),
    )


def test_a_merged_cell_keeps_its_text_in_its_first_field(tmp_path: Path) -> None:
    page = Page().rule(80, 600, 480, 600).rule(80, 570, 480, 570).rule(80, 540, 480, 540)
    page.rule(80, 600, 80, 540).rule(480, 600, 480, 540).rule(280, 570, 280, 540)
    page.text(90, 580, "合计", size=10).text(90, 550, "收到", size=10).text(290, 550, "办结", size=10)
    assert tables(made(tmp_path, page))[0].rows == (("合计", ""), ("收到", "办结"))


def test_text_that_runs_upwards_is_turned_with_its_page(tmp_path: Path) -> None:
    page = Page(rotated=90).turned(100, 100, "第一行在上面。").turned(140, 100, "第二行在下面。")
    assert body(made(tmp_path, page)) == ["第一行在上面。", "第二行在下面。"]


def test_a_page_that_is_a_picture_makes_the_document_partial_where_nothing_recognises_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ENGINES", {})
    converted = made(tmp_path, Page().text(80, 700, "第一页有文字。"), Page().picture())
    (problem,) = converted.problems
    assert problem.page == 2
    assert problem.lossy
    assert problem.category is None
    assert "tesseract" in problem.message


@pytest.mark.parametrize(
    ("pages", "words"), [((Page().picture(),), "scanned pages"), ((Page(),), "neither text nor pictures")]
)
def test_a_pdf_without_any_text_is_empty_and_says_why(tmp_path: Path, pages: tuple[Page, ...], words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        made(tmp_path, *pages)
    assert caught.value.category is Category.EMPTY


def test_an_encrypted_pdf_is_opened_with_one_of_the_passwords() -> None:
    with pytest.raises(DocumentError) as caught:
        reading(SAMPLES / "enc_rc4.pdf", passwords=("wrong",))
    assert caught.value.category is Category.ENCRYPTED
    assert "关于印发政务公开工作要点的通知" in body(reading(SAMPLES / "enc_rc4.pdf", passwords=("wrong", "user")))


def test_a_truncated_pdf_is_corrupt_never_silently_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        reading(SAMPLES / "trunc_lin.pdf")
    assert caught.value.category is Category.CORRUPT


def test_what_pdfium_refuses_the_second_reader_reads_and_says_so(tmp_path: Path) -> None:
    whole = pdf(Page().text(80, 700, "损坏的文件里仍有文字。"))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(whole.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"))
    converted = reading(path)
    assert body(converted) == ["损坏的文件里仍有文字。"]
    assert [problem.lossy for problem in converted.problems] == [True]


def test_a_page_pdfium_cannot_load_is_read_by_the_second_reader(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(pdf(Page().text(80, 700, "这一页还能读。")).replace(b"/Kids[6 0 R]", b"/Kids 6 0 R "))
    assert body(reading(path)) == ["这一页还能读。"]


def test_a_mark_alone_on_its_line_is_kept(tmp_path: Path) -> None:
    # PDFium drops it where it has no font to measure it with.
    page = Page().text(108, 700, LINE[:30]).lines(80, 678, LINE, "。")
    assert body(made(tmp_path, page)) == [LINE[:30] + LINE + "。"]
