"""Equations in MathML keep their meaning, in an OpenDocument text and on a web page."""

from pathlib import Path

import pytest
from lxml import etree

from tests.support.builders.odf import write_odt
from tests.support.html_reader import reading
from tests.support.word_reader import body, read
from workers.convert.text.mathml import mathml_text

M = 'xmlns="http://www.w3.org/1998/Math/MathML"'
HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
NOTE = '<annotation encoding="StarMath 5.0">{1} over {2}</annotation>'


@pytest.mark.parametrize(
    ("inside", "right"),
    [
        # MathML 3: 3.3.2 mfrac, 3.3.3 msqrt and mroot, 3.4.1 to 3.4.3 scripts, 3.4.6 limits, 3.5.1 tables
        (HALF, "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msup><mn>10</mn><mn>5</mn></msup>", "10⁵"),
        ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO₂"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "³√8"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑(i=1..n)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 2"),
        (f"<semantics>{HALF}{NOTE}</semantics>", "1/2"),
        ("<mfrac><mn>1</mn></mfrac>", "1"),
    ],
)
def test_an_equation_keeps_its_meaning(inside: str, right: str) -> None:
    assert mathml_text(etree.fromstring(f"<math {M}>{inside}</math>")) == right


def test_an_equation_of_an_opendocument_text_stands_in_its_line(tmp_path: Path) -> None:
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    more = {"Object 1/content.xml": f"<math {M}><semantics>{HALF}{NOTE}</semantics></math>"}
    path = write_odt(tmp_path / "a.odt", f"<text:p>每人{frame}份</text:p>", more=more)
    assert body(read(path)) == ["每人1/2份"]


def test_an_equation_of_a_page_stands_in_its_line(tmp_path: Path) -> None:
    page = f"<html><body><p>补助标准为原标准的<math>{HALF}</math>，自发布之日起施行。</p></body></html>"
    assert [block.text for block in reading(tmp_path, page).blocks] == ["补助标准为原标准的1/2，自发布之日起施行。"]
