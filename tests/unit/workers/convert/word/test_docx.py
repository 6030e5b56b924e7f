"""Word documents: what is in the text, what is not, and what becomes of damaged files."""

import json
import zipfile
from pathlib import Path
from random import Random

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.word_package import abstract, level, num, numbered, p, styled, write_docx
from tests.support.word_reader import SAMPLES, body, of_role, read, squeezed, tables
from workers.convert.word.omissions import report_omissions

REVISION = 'w:id="1" w:author="某" w:date="2024-01-01T00:00:00Z"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_generated_numbers_stand_in_the_text_in_order() -> None:
    truth = [text for _, text in json.loads((SAMPLES / "features.json").read_text("utf-8"))]
    texts = [squeezed(text) for text in body(read(SAMPLES / "features.docx"))]
    assert texts[: len(truth)] == [squeezed(text) for text in truth]


def test_lists_are_numbered_as_libreoffice_renders_them() -> None:
    rendered = (SAMPLES / "lists.docx.txt").read_text("utf-8").splitlines()
    assert [squeezed(text) for text in body(read(SAMPLES / "lists.docx"))] == [squeezed(line) for line in rendered]


def test_a_block_begins_with_its_number(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "第%1章", "chineseCountingThousand", suffix="tab")) + num(1, 0)
    found = read(write_docx(tmp_path / "a.docx", numbered("总则", 1), numbering=lists)).blocks[0]
    assert (found.number, found.text) == ("第一章", "第一章 总则")


def test_every_feature_of_the_sample_is_in_its_place() -> None:
    found = read(SAMPLES / "features.docx")
    assert of_role(found, "header") == ["【页眉内容戊】"]
    assert of_role(found, "footer") == ["【页脚内容己】"]
    assert of_role(found, "textbox") == ["【文本框内容甲】"]
    assert of_role(found, "footnote") == ["【脚注内容乙】"]
    assert of_role(found, "hidden") == ["【删除修订丁】", "【隐藏文字】"]
    texts = body(found)
    assert "修订前【插入修订丙】修订后" in texts
    assert "链接前【超链接辛】【智能标记壬】" in texts
    assert "【域结果】【复杂域结果】" in texts
    assert not any("删除" in text for text in texts)
    assert [block.rows for block in tables(found)] == [
        (
            ("序号", "项目", "金额(万元)"),
            ("1", "公开平台\n【嵌套表格】", "12.5"),
            ("2", "培训", "3.0"),
            ("合计", "", "15.5"),
        )
    ]


def test_styles_are_resolved_through_their_ancestors(tmp_path: Path) -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="我的标题"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:style>'
    )
    found = read(write_docx(tmp_path / "a.docx", styled("总则", "b") + p("正文"), styles=styles)).blocks
    title, plain = found[0].style, found[1].style
    assert title is not None
    assert plain is not None
    assert (title.heading_level, title.bold, title.size, title.align, title.name) == (
        1,
        True,
        16.0,
        "center",
        "我的标题",
    )
    assert title.indent == 32.0
    assert (plain.heading_level, plain.bold, plain.size, plain.name) == (None, False, 16.0, "Normal")


def test_a_deleted_paragraph_mark_joins_what_is_left(tmp_path: Path) -> None:
    text = (
        f"<w:p><w:pPr><w:rPr><w:del {REVISION}/></w:rPr></w:pPr>{run('前半')}"
        f"<w:del {REVISION}><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    )
    assert body(read(write_docx(tmp_path / "a.docx", text + p("后半")))) == ["前半后半"]


def test_a_deleted_paragraph_takes_no_number(tmp_path: Path) -> None:
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = (
        f"<w:p><w:pPr>{mark}<w:rPr><w:del {REVISION}/></w:rPr></w:pPr>"
        f"<w:del {REVISION}><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    )
    lists = abstract(0, level(0, "%1、", "chineseCounting")) + num(1, 0)
    path = write_docx(tmp_path / "a.docx", numbered("甲", 1) + gone + numbered("乙", 1), numbering=lists)
    assert body(read(path)) == ["一、甲", "二、乙"]


def test_a_field_shows_its_result_even_across_paragraphs(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>TOC</w:instrText></w:r>" + run("指令")
    first = f"<w:p>{mark('begin')}{code}{mark('separate')}{run('一、总则')}</w:p>"
    text = f"{first}<w:p>{run('二、附则')}{mark('end')}{run('完')}</w:p>"
    assert body(read(write_docx(tmp_path / "a.docx", text))) == ["一、总则", "二、附则完"]


def test_an_enclosed_character_drawn_by_a_field_is_text(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> eq \\o\\ac(○,21)</w:instrText></w:r>'
    text = f'<w:p>{field}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("项")}</w:p>'
    assert body(read(write_docx(tmp_path / "a.docx", text))) == ["㉑项"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('红头')}</w:txbxContent>"
    text = (
        f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        f"<wps:txbx>{box}</wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    found = read(write_docx(tmp_path / "a.docx", text))
    assert [(block.role, block.text) for block in found.blocks] == [("body", "正文"), ("textbox", "红头")]


def test_merged_cells_stand_once_and_a_frame_is_running_text(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    span, begin, go_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    grid = (
        f"<w:tbl><w:tr>{cell('甲', span)}{cell('乙', begin)}</w:tr>"
        f"<w:tr>{cell('丙')}{cell('丁')}{cell('', go_on)}</w:tr></w:tbl>"
    )
    frame = f"<w:tbl><w:tr>{cell('一')}</w:tr><w:tr>{cell('二')}</w:tr></w:tbl>"
    found = read(write_docx(tmp_path / "a.docx", grid + frame))
    assert [block.rows for block in tables(found)] == [(("甲", "", "乙"), ("丙", "丁", ""))]
    assert body(found)[1:] == ["一", "二"]


def test_hidden_text_is_kept_apart_and_takes_no_number(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "%1、")) + num(1, 0)
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
    )
    path = write_docx(tmp_path / "a.docx", numbered("甲", 1) + hidden + numbered("乙", 1), numbering=lists)
    found = read(path)
    assert body(found) == ["1、甲", "2、乙"]
    assert of_role(found, "hidden") == ["藏"]


def test_the_strict_form_reads_as_the_transitional(tmp_path: Path) -> None:
    path, strict = SAMPLES / "lists.docx", tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            text = text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            target.writestr(name, text)
    assert read(strict).blocks == read(path).blocks


def test_broken_markup_is_read_as_far_as_it_goes_and_said(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "whole.docx", p("第一段") + p("第二段"))
    torn = tmp_path / "torn.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(torn, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: data.index("第二段".encode())] if name == "word/document.xml" else data)
    found = read(torn)
    assert body(found) == ["第一段"]
    assert [(problem.category, problem.lossy) for problem in found.problems] == [(Category.CORRUPT, True)]


def test_document_properties_are_clues() -> None:
    clues = {clue.label: clue.value for clue in read(SAMPLES / "features.docx").clues}
    assert clues["author"] == "python-docx"
    assert clues["created"].startswith("2013-12-23")


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_truncated_file_is_corrupt(tmp_path: Path, kept: float) -> None:
    data = (SAMPLES / "features.docx").read_bytes()
    path = tmp_path / "cut.docx"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(DocumentError, match="cut short or damaged") as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


def test_a_part_that_unpacks_to_gigabytes_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(40):
            part.write(b" " * 1_000_000)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.BOMB


def test_a_part_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "哈">]><d>&a;</d>')
    with pytest.raises(DocumentError, match="declares a document type") as caught:
        read(path)
    assert caught.value.category is Category.BOMB


def test_an_encrypted_document_is_recorded_as_such(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DocumentError, match="password") as caught:
        read(path)
    assert caught.value.category is Category.ENCRYPTED


@pytest.mark.parametrize("seed", range(100))
def test_mutated_markup_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    path = tmp_path / "mutated.docx"
    with zipfile.ZipFile(SAMPLES / "lists.docx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = bytearray(source.read(name))
            for _ in range(chance.choice((0, 1, 5))):
                start = chance.randrange(len(data))
                data[start : start + chance.choice((1, 50))] = chance.choice(
                    (b"", b"9999999999", b"<w:p>", b'"', b"\xff")
                )
            target.writestr(name, bytes(data))
    outcome = result(path)
    assert outcome in {Category.CORRUPT, Category.BOMB} or int(outcome) < 100_000


def result(path: Path) -> str:
    """Return the category of the failure, or how many characters were read."""
    try:
        return str(sum(len(block.text) for block in read(path).blocks))
    except DocumentError as error:
        return error.category


def test_glyphs_of_symbol_fonts_are_characters(tmp_path: Path) -> None:
    named = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    typed = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>\uf052</w:t></w:r>'
    text = f"<w:p>{named}{typed}</w:p>"
    assert body(read(write_docx(tmp_path / "a.docx", text))) == ["☑☑"]


def test_many_references_to_one_note_show_it_once(tmp_path: Path) -> None:
    calls = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    path = write_docx(tmp_path / "a.docx", calls, footnotes=f'<w:footnote w:id="2">{p("注")}</w:footnote>')
    assert of_role(read(path), "footnote") == ["注"]


def test_what_is_left_out_is_named_and_makes_no_document_partial() -> None:
    problems = [*read(SAMPLES / "features.docx").problems, *report_omissions(0, 2, 1)]
    hidden = "text that no page shows (hidden, in the colour of the paper or of no size) is not part of the text"
    assert [problem.message.partition(";")[0] for problem in problems] == [
        "2 tracked deletions are not part of the text",
        f"{hidden}, in 1 paragraphs",
        "2 review comments are not part of the text",
        "1 embedded objects are not read",
    ]
    assert not any(problem.lossy for problem in problems)
