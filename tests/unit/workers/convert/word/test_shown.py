"""What a Word or OpenDocument text shows and what is read of it are the same characters, whatever is hidden in it.

What is shown follows from the sections named (ECMA-376 part 1; ODF 1.3 part 3); what LibreOffice prints of the same
files is compared in tests/integration. Readings above characters are drawn and left out on purpose, so they are made of
other letters.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.blocks import Converted
from tests.support.builders.distinct_text import DistinctText, read_as_hidden, read_as_seen
from tests.support.builders.odf import NAMES, write_odt
from tests.support.builders.word_package import p, write_docx
from tests.support.word_reader import read

SEEDS = range(8)
SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
DC = "http://purl.org/dc/elements/1.1/"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{run(result)}{marks[2]}"


def text_box(inside: str) -> str:
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="3000000" cy="900000"/><wp:docPr id="1" name="b"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        f"</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


GONE = '<w:style w:type="character" w:styleId="gone"><w:name w:val="gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
CHANGE = 'w:id="7" w:author="a" w:date="2026-01-01T00:00:00Z"'
DOCX_RUNS: dict[str, Callable[[DistinctText], str]] = {
    "plain": lambda made: run(made.show()),
    "bold": lambda made: run(made.show(), "<w:b/>"),
    "not hidden after all": lambda made: run(made.show(), '<w:vanish w:val="0"/>'),  # 17.3.2.41
    "hidden in browsers only": lambda made: run(made.show(), "<w:webHidden/>"),  # 17.3.2.44
    "struck": lambda made: run(made.show(), "<w:strike/>"),
    "raised": lambda made: run(made.show(), '<w:vertAlign w:val="superscript"/>'),
    "inserted": lambda made: f"<w:ins {CHANGE}>{run(made.show())}</w:ins>",
    "smart tag": lambda made: f"<w:smartTag>{run(made.show())}</w:smartTag>",
    "link": lambda made: f'<w:hyperlink w:anchor="x">{run(made.show())}</w:hyperlink>',
    "control": lambda made: f"<w:sdt><w:sdtPr/><w:sdtContent>{run(made.show())}</w:sdtContent></w:sdt>",
    "field": lambda made: field(f"DOCPROPERTY {made.hide()}", made.show()),
    "ruby": lambda made: (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('gao')}</w:rt><w:rubyBase>{run(made.show())}</w:rubyBase></w:ruby></w:r>"
    ),
    "text box": lambda made: text_box(p(made.show())),
    "hidden": lambda made: run(made.hide(), "<w:vanish/>"),
    "hidden by its style": lambda made: run(made.hide(), '<w:rStyle w:val="gone"/>'),
    "deleted": lambda made: f"<w:del {CHANGE}><w:r><w:delText>{made.hide()}</w:delText></w:r></w:del>",
}


def make_docx(folder: Path, made: DistinctText, runs: dict[str, Callable[[DistinctText], str]]) -> Path:
    def paragraph() -> str:
        kinds = made.random.choices(list(runs), k=4)
        return f"<w:p>{run(made.show())}{''.join(runs[kind](made) for kind in kinds)}</w:p>"

    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{paragraph()}</w:tc>' for _ in range(2))
    grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    note = '<w:p><w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    first = made.random.random() < 0.5
    margins = {kind: made.show() if kind != "header2" or first else made.hide() for kind in ("header1", "header2")}
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:footerReference w:type="default" r:id="footer1"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = "".join(paragraph() for _ in range(7)) + f"<w:tbl>{grid}<w:tr>{cells}</w:tr></w:tbl>{note}"
    return write_docx(
        folder / "made.docx",
        f"{body}{page_break}{paragraph()}{section}",
        header1=p(margins["header1"]),
        header2=p(margins["header2"]),
        footer1=p(made.show()),
        footnotes=f'<w:footnote w:id="2">{p(made.show())}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="a">{p(made.hide())}</w:comment>',
        styles=GONE,
    )


ODT_RUNS: dict[str, Callable[[DistinctText], str]] = {
    "plain": lambda made: made.show(),
    "bold": lambda made: f'<text:span text:style-name="bold">{made.show()}</text:span>',
    "struck": lambda made: f'<text:span text:style-name="struck">{made.show()}</text:span>',
    "raised": lambda made: f'<text:span text:style-name="raised">{made.show()}</text:span>',
    "link": lambda made: f'<text:a xlink:href="http://a.cn/">{made.show()}</text:a>',
    "ruby": lambda made: (
        f"<text:ruby><text:ruby-base>{made.show()}</text:ruby-base><text:ruby-text>gao</text:ruby-text></text:ruby>"
    ),
    "note": lambda made: (
        '<text:note text:id="n" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{made.show()}</text:p></text:note-body></text:note>"
    ),
    "text box": lambda made: (
        '<draw:frame text:anchor-type="as-char" svg:width="4cm" svg:height="1cm"><draw:text-box>'
        f"<text:p>{made.show()}</text:p></draw:text-box></draw:frame>"
    ),
    "hidden": lambda made: f'<text:span text:style-name="gone">{made.hide()}</text:span>',  # 20.357 text:display
    "hidden text": lambda made: (
        f'<text:hidden-text text:condition="ooow:true" text:string-value="{made.hide()}" text:is-hidden="true"/>'
    ),
    "comment": lambda made: f"<office:annotation><text:p>{made.hide()}</text:p></office:annotation>",
}
ODT_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {said}/></style:style>'
    for name, said in {
        "bold": 'fo:font-weight="bold"',
        "struck": 'style:text-line-through-style="solid" style:text-line-through-type="single"',
        "raised": 'style:text-position="super 58%"',
        "gone": 'text:display="none"',
        "white": 'fo:color="#ffffff"',
        "tiny": 'fo:font-size="1pt"',
    }.items()
)


def make_odt(folder: Path, made: DistinctText, runs: dict[str, Callable[[DistinctText], str]]) -> Path:
    def paragraph() -> str:
        kinds = made.random.choices(list(runs), k=4)
        return f"<text:p>{made.show()}{''.join(runs[kind](made) for kind in kinds)}</text:p>"

    cells = "".join(f"<table:table-cell>{paragraph()}</table:table-cell>" for _ in range(2))
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    table = f"<table:table>{columns}<table:table-row>{cells}</table:table-row>"
    shown = made.random.random() < 0.5
    header = made.show() if shown else made.hide()
    names = f'{NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="{SVG}"'
    layout = '<style:page-layout style:name="l"><style:page-layout-properties/></style:page-layout>'
    masters = (
        f'<style:master-page style:name="Standard" style:page-layout-name="l"><style:header style:display='
        f'"{"true" if shown else "false"}"><text:p>{header}</text:p></style:header><style:footer><text:p>{made.show()}'
        '</text:p></style:footer></style:master-page><style:master-page style:name="Unused" style:page-layout-name="l">'
        f"<style:header><text:p>{made.hide()}</text:p></style:header></style:master-page>"
    )
    styles = (
        f"<office:document-styles {names}><office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    content = "".join(paragraph() for _ in range(7)) + f"{table}</table:table>"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT_TYPE}"/>'
        + "".join(f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>' for n in ODT_PARTS)
        + "</manifest:manifest>"
    )
    path = folder / "made.odt"
    return write_odt(
        path,
        content.replace("<office:annotation>", f'<office:annotation xmlns:dc="{DC}"><dc:creator>a</dc:creator>'),
        styles=ODT_STYLES,
        more={"mimetype": ODT_TYPE, "styles.xml": styles, "META-INF/manifest.xml": manifest},
    )


ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT_PARTS = ("content.xml", "styles.xml")
MAKERS = {"docx": (make_docx, DOCX_RUNS), "odt": (make_odt, ODT_RUNS)}


def check(found: Converted, made: DistinctText) -> None:
    assert read_as_seen(found) == made.seen
    assert not read_as_hidden(found) - made.unseen


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("format_", MAKERS)
def test_what_is_shown_is_what_is_read(tmp_path: Path, format_: str, seed: int) -> None:
    made = DistinctText(seed)
    make_file, runs = MAKERS[format_]
    check(read(make_file(tmp_path, made, runs)), made)


@pytest.mark.parametrize(("properties", "seen"), [('<w:color w:val="FFFFFF"/>', False), ('<w:sz w:val="2"/>', False)])
@pytest.mark.parametrize("ground", ["", '<w:shd w:val="clear" w:fill="C00000"/>'])
def test_text_in_the_colour_of_paper_or_of_no_size_is_not_seen(
    tmp_path: Path, properties: str, seen: bool, ground: str
) -> None:
    # 17.3.2.6 color; white text on a ground of another colour is how titles are set.
    made = DistinctText(1)
    shown, other = made.show(), made.show()
    inside = run(other) + run(shown, properties)
    found = read(write_docx(tmp_path / "a.docx", f"<w:p><w:pPr>{ground}</w:pPr>{inside}</w:p>"))
    seen = seen or (bool(ground) and "color" in properties)
    assert read_as_seen(found) == set(other) | (set(shown) if seen else set())
    assert read_as_hidden(found) == (set() if seen else set(shown))
    assert any("no page shows" in problem.message for problem in found.problems) is not seen


@pytest.mark.parametrize("style", ["white", "tiny"])
def test_the_same_of_an_opendocument_text(tmp_path: Path, style: str) -> None:
    # 20.190 fo:color, 20.196 fo:font-size
    found = read(
        write_odt(
            tmp_path / "a.odt",
            f'<text:p>α<text:span text:style-name="{style}">β</text:span></text:p>',
            styles=ODT_STYLES,
        )
    )
    assert (read_as_seen(found), read_as_hidden(found)) == ({"α"}, {"β"})
