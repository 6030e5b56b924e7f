"""Raised digits, struck words, equations and fields without a result in an RTF.

The right values are what Word and LibreOffice show; the markup is that of RTF 1.9.1.
"""

from pathlib import Path

import pytest

from tests.support.builders.rtf import write_rtf
from tests.support.word_reader import body, read


def test_raised_and_struck_text_of_an_rtf(tmp_path: Path) -> None:
    # RTF 1.9.1: \super, \sub, \nosupersub, \up (half-points), \strike
    content = r"10{\super 5} m{\up6 3} CO{\sub 2} {\strike old} 7\super 8\nosupersub 9\par"
    assert body(read(write_rtf(tmp_path / "a.rtf", content))) == ["10⁵ m³ CO₂ ~~old~~ 7⁸9"]


@pytest.mark.parametrize(
    "pair",
    [
        r"\u-10179\'3f\u-8704\'3f",
        r"\u55357?\u56832?",
        r"\u55357\'3f\loch\f0\hich\u56832\'3f",
        r"{\u-10179 ?}{\u-8704 ?}",
    ],
)
def test_both_halves_of_a_character_in_an_rtf_are_one(tmp_path: Path, pair: str) -> None:
    assert body(read(write_rtf(tmp_path / "a.rtf", rf"\uc1 A{pair}B\par"))) == ["A😀B"]


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        (r"FORMCHECKBOX {\*\formfield{\fftype1\ffres1\ffdefres0}}", "☑"),
        (r"FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}", "□"),
        (r"EQ \\f(1,2)", "1/2"),
        (r"{\loch eq \\o\\ac(\'a1\'f0,21)}", "㉑"),
        ("AUTONUM", "1."),
        ("PAGE", ""),
    ],
)
def test_fields_without_result_of_an_rtf(tmp_path: Path, instruction: str, right: str) -> None:
    content = rf"{{\field{{\*\fldinst {instruction}}}{{\fldrslt }}}}B\par"
    assert body(read(write_rtf(tmp_path / "a.rtf", content))) == [f"{right}B"]


@pytest.mark.parametrize(
    ("inside", "right"),
    [
        # RTF 1.9.1, Math: the words are the elements of OMML with an m before them
        (r"{\mf{\*\mfPr{\mtype bar}}{\mnum{\mr 1}}{\mden{\mr 2}}}", "1/2"),
        (r"{\mf{\mnum{\mr a+b}}{\mden{\mr c}}}", "(a+b)/c"),
        (r"{\msSup{\me{\mr 10}}{\msup{\mr 5}}}", "10⁵"),
        (r"{\mrad{\mdeg{\mr 3}}{\me{\mr 8}}}", "³√8"),
        (r"{\mnary{\*\mnaryPr{\mchr \u8721 ?}}{\msub{\mr i=1}}{\msup{\mr n}}{\me{\mr x}}}", "∑(i=1..n)x"),
        (r"{\mr\f34\fs24\u27573 ?}", "段"),
    ],
)
@pytest.mark.parametrize("outer", [r"{\mmath{\*\moMath%s}}", r"{\*\moMathPara{\*\moMath%s}}"])
def test_an_equation_of_rtf_keeps_its_meaning(tmp_path: Path, inside: str, right: str, outer: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(r"{\rtf1\ansi 3 " + outer % inside + r" 4\par}", "ascii")
    assert body(read(path)) == [f"3 {right} 4"]
