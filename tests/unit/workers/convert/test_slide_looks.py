"""What nobody sees of a slide is kept apart: hidden shapes, shapes beside it, letters without colour, size or ground.

ECMA-376 part 1: 20.1.2.2.8 ``hidden``, 20.1.7.6 ``xfrm``, 21.1.2.3.9 ``sz``, 20.1.8.44 ``noFill``, 20.1.2.3.1
``alpha``, 19.3.1.1 ``bg``; PowerPoint and LibreOffice draw it so.
"""

import zipfile
from pathlib import Path

import pytest

from tests.support.word_reader import body, of_role, read

NAMES = " ".join(
    f'xmlns:{short}="http://schemas.openxmlformats.org/{name}/2006/{last}"'
    for short, name, last in (
        ("p", "presentationml", "main"),
        ("a", "drawingml", "main"),
        ("r", "officeDocument", "relationships"),
    )
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
BLUE = '<a:solidFill><a:srgbClr val="003366"/></a:solidFill>'


def shape(text: str, look: str = "", *, named: str = "", x: int = 100, fill: str = "", attribute: str = "") -> str:
    frame = f'<a:xfrm><a:off x="{x}" y="100"/><a:ext cx="3000" cy="500"/></a:xfrm>{fill}'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"{named}/></p:nvSpPr><p:spPr>{frame}</p:spPr><p:txBody><a:p><a:r>'
        f"<a:rPr{attribute}>{look}</a:rPr><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def pptx(path: Path, shapes: str, *, ground: str = "") -> Path:
    def relation(kind: str, target: str) -> str:
        inside = f'<Relationship Id="r1" Type="{KIND}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'

    slide = f"<p:sld {NAMES}><p:cSld>{ground}<p:spTree>{shape('甲')}{shapes}</p:spTree></p:cSld></p:sld>"
    slides = '<p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst><p:sldSz cx="9000" cy="6000"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relation("officeDocument", "ppt/presentation.xml"))
        archive.writestr("ppt/presentation.xml", f"<p:presentation {NAMES}>{slides}</p:presentation>")
        archive.writestr("ppt/_rels/presentation.xml.rels", relation("slide", "slides/slide1.xml"))
        archive.writestr("ppt/slides/slide1.xml", slide)
    return path


@pytest.mark.parametrize(
    "made",
    [
        shape("乙", named=' hidden="1"'),
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="3" name="g" hidden="1"/></p:nvGrpSpPr>{shape("乙")}</p:grpSp>',
        shape("乙", x=9000),
        shape("乙", x=-3000),
        shape("乙", attribute=' sz="100"'),
        shape("乙", "<a:noFill/>"),
        shape("乙", '<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>'),
        shape("乙", WHITE),
        shape("乙", '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'),
    ],
)
def test_what_nobody_sees_of_a_slide_is_kept_apart_and_said(tmp_path: Path, made: str) -> None:
    found = read(pptx(tmp_path / "a.pptx", made))
    assert (body(found), of_role(found, "hidden")) == (["甲"], ["乙"])
    assert [problem.said.code for problem in found.problems] == ["hidden-text"]


@pytest.mark.parametrize(
    ("made", "ground"),
    [
        (shape("乙", WHITE, fill=BLUE), ""),
        (shape("乙", WHITE), f"<p:bg><p:bgPr>{BLUE}</p:bgPr></p:bg>"),
        (shape("乙", WHITE) + "<p:pic/>", ""),
        (shape("乙", "<a:ln/><a:noFill/>"), ""),  # letters of outlines alone
        (shape("乙", x=8999), ""),
        (f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="3" name="g"/></p:nvGrpSpPr>{shape("乙", x=9000)}</p:grpSp>', ""),
    ],
)
def test_what_is_seen_of_a_slide_is_read(tmp_path: Path, made: str, ground: str) -> None:
    found = read(pptx(tmp_path / "a.pptx", made, ground=ground))
    assert (body(found), found.problems) == (["甲", "乙"], ())
