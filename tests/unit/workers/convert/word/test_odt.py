"""OpenDocument text: numbers as LibreOffice shows them, the outline of the docx twin, and hostile repetitions."""

import json
import zipfile
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.odf import NAMES, write_odt
from tests.support.word_reader import SAMPLES, body, of_role, read, squeezed, tables

ODT = SAMPLES.parent / "odt"


def test_lists_are_numbered_as_libreoffice_renders_them() -> None:
    rendered = (ODT / "lists.odt.txt").read_text("utf-8").splitlines()
    assert [squeezed(text) for text in body(read(ODT / "lists.odt"))] == [squeezed(line) for line in rendered]


def test_an_odt_has_the_outline_of_its_docx_twin() -> None:
    def outline(path: Path) -> list[tuple[int | None, str | None, str]]:
        blocks = [block for block in read(path).blocks if block.style and block.style.heading_level]
        return [(block.style.heading_level if block.style else None, block.number, block.text) for block in blocks]

    assert outline(ODT / "features.odt") == outline(SAMPLES / "features.docx")


def test_every_feature_of_the_sample_is_in_its_place() -> None:
    found = read(ODT / "features.odt")
    truth = [squeezed(text) for _, text in json.loads((SAMPLES / "features.json").read_text("utf-8"))]
    texts = body(found)
    assert [squeezed(text) for text in texts][: len(truth)] == truth
    assert of_role(found, "header") == ["【页眉内容戊】"]
    assert of_role(found, "footer") == ["【页脚内容己】"]
    assert of_role(found, "textbox") == ["【文本框内容甲】"]
    assert of_role(found, "footnote") == ["【脚注内容乙】"]
    assert set(of_role(found, "hidden")) == {"【隐藏文字】", "【删除修订丁】", "【移动来源】"}
    assert "修订前【插入修订丙】修订后" in texts
    assert not any("删除" in text for text in texts)
    assert [block.rows for block in tables(found)] == [block.rows for block in tables(read(SAMPLES / "features.docx"))]
    assert "2 tracked deletions are not part of the text" in [problem.message for problem in found.problems]


def test_styles_say_what_the_docx_twin_says() -> None:
    def looks(path: Path) -> list[tuple[object, ...]]:
        styles = [block.style for block in read(path).blocks if block.role == "body" and block.style][:6]
        return [(style.bold, style.size, style.indent) for style in styles]

    assert looks(ODT / "features.odt") == looks(SAMPLES / "features.docx")


def test_what_is_set_for_asian_text_wins_over_the_latin_half(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="center" '
        'fo:text-indent="1cm"/><style:text-properties fo:font-size="12pt" style:font-size-asian="22pt" '
        'style:font-weight-asian="bold"/></style:style>'
    )
    (block,) = read(write_odt(tmp_path / "a.odt", '<text:p text:style-name="P1">标题</text:p>', styles=styles)).blocks
    assert block.style is not None
    assert (block.style.size, block.style.bold, block.style.align) == (22.0, True, "center")
    assert block.style.indent == pytest.approx(28.3, abs=0.1)


def test_headings_are_numbered_by_the_outline_style(tmp_path: Path) -> None:
    outline = (
        f'<office:document-styles {NAMES}><office:styles><text:outline-style style:name="Outline">'
        '<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style></office:styles></office:document-styles>"
    )
    heads = "".join(f'<text:h text:outline-level="{level}">节</text:h>' for level in (1, 2, 2, 1))
    found = read(write_odt(tmp_path / "a.odt", heads, more={"styles.xml": outline}))
    assert [block.number for block in found.blocks] == ["一、", "一.1", "一.2", "二、"]


def test_only_the_first_paragraph_of_an_item_is_numbered_and_spaces_are_as_written(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." '
        'style:num-format="1" text:start-value="3"/></text:list-style>'
    )
    items = '<text:list-item><text:p>甲<text:s text:c="2"/>乙\n  丙</text:p><text:p>续</text:p></text:list-item>'
    page = f'<text:list text:style-name="L1">{items}{items}</text:list>'
    assert body(read(write_odt(tmp_path / "a.odt", page, styles=styles))) == ["3.甲  乙 丙", "续", "4.甲  乙 丙", "续"]


def test_repeated_rows_and_columns_are_claims(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell><text:p>一</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="99999999"/></table:table-row>'
    )
    (table,) = tables(read(write_odt(tmp_path / "a.odt", f"<table:table>{row}</table:table>")))
    assert len(table.rows) <= 1000
    assert len(table.rows[0]) <= 64


def test_a_space_may_claim_any_count(tmp_path: Path) -> None:
    (text,) = body(read(write_odt(tmp_path / "a.odt", '<text:p>甲<text:s text:c="999999999"/>乙</text:p>')))
    assert len(text) < 2000


def test_nesting_without_end_is_cut_with_a_lossy_problem(tmp_path: Path) -> None:
    deep = "<text:section>" * 200 + "<text:p>深</text:p>" + "</text:section>" * 200
    found = read(write_odt(tmp_path / "a.odt", f"<text:p>浅</text:p>{deep}"))
    assert body(found) == ["浅"]
    assert any(problem.lossy for problem in found.problems)


def test_encrypted_and_cut_files_end_as_what_they_are(tmp_path: Path) -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    )
    cut = tmp_path / "cut.odt"
    cut.write_bytes((ODT / "features.odt").read_bytes()[:20_000])
    with pytest.raises(DocumentError) as encrypted:
        read(write_odt(tmp_path / "a.odt", "", more={"META-INF/manifest.xml": manifest}))
    with pytest.raises(DocumentError, match="damaged") as damaged:
        read(cut)
    assert (encrypted.value.category, damaged.value.category) == (Category.ENCRYPTED, Category.CORRUPT)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.BOMB
