"""What a Word text hides is no part of its text in any format of the family, and what it raises keeps its meaning.

The right values: ECMA-376 part 1, ODF 1.3 part 3, RTF 1.9.1 and [MS-DOC] as the sections named say, shown alike by
LibreOffice 7.
"""

from pathlib import Path

import pytest

from ops.bench.conversion.doc_file import doc
from ops.bench.conversion.text import Paragraph
from schemas.blocks import Converted
from tests.support.builders.odf import write_odt
from tests.support.builders.rtf import HEAD, write_rtf
from tests.support.builders.word_package import write_docx
from tests.support.word_reader import body, of_role, read

COLOURS = HEAD + r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
SIZE, BOLD = b"\x43\x4a\x20\x00", b"\x35\x08\x01"  # [MS-DOC] 2.6.1 sprmCHps, sprmCFBold
WHITE, HIGHLIGHT = b"\x42\x2a\x08", b"\x0c\x2a\x06"  # sprmCIco with 8 of 2.9.119, sprmCHighlight


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(folder: Path, inside: str) -> Converted:
    return read(write_docx(folder / "a.docx", f"<w:p>{run('A')}{inside}{run('Z')}</w:p>"))


def drawing(attribute: str, style: str) -> tuple[str, str]:
    box = "<w:txbxContent><w:p><w:r><w:t>no</w:t></w:r></w:p></w:txbxContent>"
    modern = (
        f'<w:drawing><wp:inline><wp:docPr id="1" name="b"{attribute}/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape style="{style}"><v:textbox>{box}</v:textbox></v:shape></w:pict>'
    return f"<w:r>{modern}</w:r>", f"<w:r>{old}</w:r>"


# 17.18.97 themeColor; 20.4.2.5 docPr hidden; part 4, 19.1.2.19 style of a shape
HIDDEN_IN_DOCX = (
    run("no", '<w:color w:val="000000" w:themeColor="background1"/>'),
    *drawing(' hidden="1"', "visibility:hidden"),
)


@pytest.mark.parametrize("inside", HIDDEN_IN_DOCX)
def test_a_docx_hides_by_the_colours_of_its_theme_and_whole_drawings(tmp_path: Path, inside: str) -> None:
    found = docx(tmp_path, inside)
    assert (body(found), of_role(found, "textbox"), of_role(found, "hidden")) == (["AZ"], [], ["no"])
    assert any("no page shows" in problem.message for problem in found.problems)


@pytest.mark.parametrize("inside", drawing("", "visibility:visible"))
def test_a_drawing_of_a_docx_that_is_shown_is_read(tmp_path: Path, inside: str) -> None:
    assert of_role(docx(tmp_path, inside), "textbox") == ["no"]


@pytest.mark.parametrize(
    "content",
    [
        '<text:p>AZ</text:p><text:section text:display="none"><text:p>no</text:p></text:section>',  # 19.822
        '<text:p>AZ</text:p><text:p>no<text:hidden-paragraph text:is-hidden="true"/></text:p>',  # 7.7.10
        '<text:p>AZ</text:p><text:p text:style-name="white">no</text:p>',  # 20.190 fo:color of a paragraph
    ],
)
def test_an_opendocument_text_hides_sections_and_paragraphs(tmp_path: Path, content: str) -> None:
    colour = '<style:text-properties fo:color="#ffffff"/>'
    white = f'<style:style style:name="white" style:family="paragraph">{colour}</style:style>'
    found = read(write_odt(tmp_path / "a.odt", content, styles=white))
    assert (body(found), of_role(found, "hidden")) == (["AZ"], ["no"])
    assert any("no page shows" in problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        (COLOURS, r"{\cf2 no}"),
        (HEAD, r"{\fs2 no}"),
        (HEAD + r"{\stylesheet{\s0 Normal;}{\*\cs15\v gone;}}", r"{\cs15 no}"),
        (HEAD, r"{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt no\par}}}"),
    ],
)
def test_an_rtf_hides_by_colour_size_style_and_shape(tmp_path: Path, head: str, inside: str) -> None:
    # RTF 1.9.1: \cf, \fs, Style Sheet, Shape Properties
    found = read(write_rtf(tmp_path / "a.rtf", rf"A{inside}Z\par", head))
    assert (body(found), of_role(found, "textbox"), of_role(found, "hidden")) == (["AZ"], [], ["no"])
    assert any("no page shows" in problem.message for problem in found.problems)


def test_a_hidden_paragraph_style_of_an_rtf_ends_with_its_paragraph(tmp_path: Path) -> None:
    found = read(
        write_rtf(tmp_path / "a.rtf", r"\pard\s5 no\par\pard\plain A\par", HEAD + r"{\stylesheet{\s5\v gone;}}")
    )
    assert (body(found), of_role(found, "hidden")) == (["A"], ["no"])


@pytest.mark.parametrize("ground", [r"\highlight1", r"\chcbpat1", r"\clcbpat1"])
def test_white_letters_of_an_rtf_on_a_ground_are_read(tmp_path: Path, ground: str) -> None:
    assert body(read(write_rtf(tmp_path / "a.rtf", rf"A{{{ground}\cf2 B}}\par", COLOURS))) == ["AB"]


@pytest.mark.parametrize(
    ("bold", "hidden"),
    [
        (WHITE, True),
        (b"\x42\x2a\x01", False),
        (b"\x3c\x08\x01", True),  # sprmCFVanish
        (HIGHLIGHT, False),
    ],
)
def test_a_binary_document_hides_by_colour(tmp_path: Path, bold: bytes, hidden: bool) -> None:
    made = doc([[Paragraph("甲", None), Paragraph("乙", 0)]]).replace(BOLD, bold)
    path = tmp_path / "a.doc"
    path.write_bytes(made)
    found = read(path)
    assert ("甲" in body(found), of_role(found, "hidden")) == (True, ["乙"] if hidden else [])
    assert any("no page shows" in problem.message for problem in found.problems) is hidden


def test_white_letters_of_a_binary_document_on_a_ground_are_read(tmp_path: Path) -> None:
    made = doc([[Paragraph("甲", None), Paragraph("乙", 0)]]).replace(SIZE + BOLD, WHITE + HIGHLIGHT + b"\0")
    path = tmp_path / "a.doc"
    path.write_bytes(made)
    assert of_role(read(path), "hidden") == []


def test_small_letters_moved_by_hand_are_raised(tmp_path: Path) -> None:
    # 17.3.2.24 position; letters moved in their own size are a matter of layout
    raised = run("5", '<w:position w:val="10"/><w:sz w:val="14"/>')
    assert body(docx(tmp_path, run("10") + raised)) == ["A10⁵Z"]
    assert body(docx(tmp_path, run("10") + run("5", '<w:position w:val="10"/>'))) == ["A105Z"]


def test_digits_without_a_raised_form_are_told_from_those_before(tmp_path: Path) -> None:
    up, low = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    assert body(docx(tmp_path, run("10") + run("2.5", up) + run("log") + run("2", low) + run("8"))) == ["A10^2.5log₂8Z"]
    position = '<style:text-properties style:text-position="33% 58%"/>'
    style = f'<style:style style:name="up" style:family="text">{position}</style:style>'
    span = '<text:p>10<text:span text:style-name="up">2.5</text:span></text:p>'
    assert body(read(write_odt(tmp_path / "a.odt", span, styles=style))) == ["10^2.5"]
    assert body(read(write_rtf(tmp_path / "a.rtf", r"10{\super 2.5}H{\sub 2}O\par"))) == ["10^2.5H₂O"]
