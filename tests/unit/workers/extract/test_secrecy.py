"""Secrecy marks count at their place in the form, never as a mention."""

import pytest

from schemas.blocks import Clue
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import clean
from workers.extract.sensitive.secrecy import secrecy_findings

BODY = ("关于做好工作的通知", "各单位：", "现将有关事项通知如下。")
LONG = tuple(f"这是正文的第{n}行，不是标记。" for n in range(20))


def marks(normalized: Normalized) -> list[str]:
    return [finding.text for finding in secrecy_findings(normalized)]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("机密★1年", "机密★1年"),
        ("绝 密", "绝密"),
        ("秘密★长期 特急", "秘密★长期"),
        ("000012 机密★10年", "机密★10年"),
        ("密级：秘密", "秘密"),
        ("内部资料 注意保管", "内部资料注意保管"),
        ("（内部文件，请勿外传）", "内部文件，请勿外传"),
        ("（此件不予公开）", "此件不予公开"),
        ("不予公开", "不予公开"),
        ("公开属性：不予公开", "公开属性：不予公开"),
    ],
)
def test_a_mark_at_the_head_is_found(line: str, mark: str) -> None:
    assert marks(clean(line, *BODY)) == [mark]


@pytest.mark.parametrize(
    "line",
    [
        "不得泄露国家秘密、商业秘密。",
        "建立健全保密制度，严格执行密级管理。",
        "秘密级文件由专人保管",
        "（此件公开发布）",
        "公开方式：主动公开",
        "密级：公开",
        "内部资料性出版物管理办法",
        "不予公开的政府信息，应当说明理由。",
        "机密文件应当标注“机密★1年”字样。",
    ],
)
def test_a_mention_is_no_mark(line: str) -> None:
    assert marks(clean(*BODY, line)) == []


def test_a_bare_word_deep_in_the_text_is_a_cell_but_a_star_is_a_mark_anywhere() -> None:
    assert marks(clean(*BODY, *LONG, "秘密", "不予公开", "1.属于国家秘密")) == []
    assert marks(clean(*BODY, *LONG, "秘密★3年", "关于另一件事的通知")) == ["秘密★3年"]


def test_a_mark_in_the_page_header_or_in_the_table_of_the_page_is_found() -> None:
    header = Paragraph("秘密", role="header")
    assert marks(Normalized("docx", (*map(Paragraph, (*BODY, *LONG)), header))) == ["秘密"]
    assert marks(clean(*BODY, clues=(Clue("密 级", "机密", "meta_table"),))) == ["机密"]
    assert marks(clean(*BODY, clues=(Clue("公开方式", "不予公开", "meta_table"),))) == ["公开方式：不予公开"]


def test_a_mark_that_runs_on_in_one_line_is_found() -> None:
    assert marks(clean("000012 机密★1年 某某市人民政府文件 某政发〔2020〕3号 关于做好工作的通知")) == ["机密★1年"]
