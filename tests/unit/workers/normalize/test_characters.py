from schemas.blocks import Block, Converted
from tests.support.builders.papers import clean, rules, texts
from workers.normalize import normalize


def test_zero_width_space_is_taken_and_recorded():
    cleaned = clean("政务\u200b公开。\ufeff")
    assert cleaned.paragraphs[0].text == "政务公开。"
    assert rules(cleaned) == [("unseen", "\u200b"), ("unseen", "\ufeff")]


def test_full_width_digits_and_letters_become_plain():
    assert texts("２０１７年ＧＤＰ增长") == ["2017年GDP增长"]


def test_punctuation_keeps_its_width():
    assert texts("主动公开，依申请公开,不予公开。") == ["主动公开，依申请公开,不予公开。"]


def test_radicals_of_pdf_fonts_become_the_characters_they_show():
    assert texts("⽂件⾯前") == ["文件面前"]


def test_radicals_and_strokes_become_their_unified_ideographs():
    # Unicode Character Database, EquivalentUnifiedIdeograph.txt
    assert texts("⻓沙市⺠政局⻔户⽹站⾸⻚，⻛险、⻘年、⻋改、⻝品、⻜地、⻬头㇐致") == [
        "长沙市民政局门户网站首页，风险、青年、车改、食品、飞地、齐头一致"
    ]


def test_indents_of_full_width_spaces_go():
    assert texts("\u3000\u3000特此通知。") == ["特此通知。"]


def test_breaks_inside_a_block_make_paragraphs_of_that_block():
    paragraphs = clean("关于召开会议的\n通 知\n", "正文。").paragraphs
    assert [(p.text, p.block) for p in paragraphs] == [("关于召开会议的", 0), ("通知", 0), ("正文。", 1)]


def test_a_line_taken_from_a_block_of_several_says_where_it_stood():
    cleaned = clean("一、加强领导。认真落实各项工作要求,取得实效。\n扫一扫在手机打开当前页")
    assert [(r.rule, r.block, r.offset) for r in cleaned.removals] == [("page_button", 0, 24)]


def test_references_left_in_the_text_are_resolved():
    assert texts("&ldquo;互联网+政务服务&rdquo;&nbsp;平台") == ["“互联网+政务服务” 平台"]


def test_an_ampersand_that_is_no_reference_stays():
    assert texts("R&D经费") == ["R&D经费"]


def test_tables_get_the_same_repairs_cell_by_cell():
    block = Block("索\u200b引\t１２\n甲\t乙", kind="table", rows=(("索\u200b引", "１２"), ("甲", "乙")))
    paragraph = normalize(Converted("docx", (block,))).paragraphs[0]
    assert paragraph.rows == (("索引", "12"), ("甲", "乙"))
    assert paragraph.text == "索引\t12\n甲\t乙"


def test_a_line_break_inside_a_cell_does_not_make_a_row():
    block = Block("", kind="table", rows=(("第一行\n第二行", "乙"),))
    assert normalize(Converted("docx", (block,))).paragraphs[0].rows == (("第一行 第二行", "乙"),)


def test_headers_footers_hidden_text_and_chrome_leave_the_text_and_are_recorded():
    blocks = tuple(Block(role, role=role) for role in ("header", "footer", "hidden", "chrome", "footnote", "body"))
    cleaned = normalize(Converted("docx", blocks))
    assert [p.text for p in cleaned.paragraphs] == ["footnote", "body"]
    assert [r.rule for r in cleaned.removals] == ["page_header", "page_footer", "hidden_text", "page_chrome"]


def test_a_generated_number_stays_with_its_paragraph():
    converted = Converted("docx", (Block("一、总则", number="一、"),))
    assert normalize(converted).paragraphs[0].number == "一、"
