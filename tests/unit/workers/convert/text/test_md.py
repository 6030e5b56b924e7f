"""Markdown: levels of headings, a block a line, tables, and marks taken off."""

from pathlib import Path

import pytest

from tests.support.word_reader import body, read, tables
from workers.convert.text.md_code import take_comments


def make(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_headings_have_their_level(tmp_path: Path, encoding: str) -> None:
    text = "政府信息公开工作年度报告\n===\n## 一、总体情况 ##\n主动公开政府信息。\n（一）主动公开\n---\n#不是标题\n"
    blocks = read(make(tmp_path / "a.md", text, encoding)).blocks
    assert [(block.style.heading_level if block.style else None, block.text) for block in blocks] == [
        (1, "政府信息公开工作年度报告"),
        (2, "一、总体情况"),
        (None, "主动公开政府信息。"),
        (2, "（一）主动公开"),
        (None, "#不是标题"),
    ]


def test_marks_of_emphasis_links_and_lists_are_taken_off(tmp_path: Path) -> None:
    text = "**加粗** 与[链接](http://a.cn/b)\n- 一项\n> 引文 5*3*2\n***\n1. 有序\n```\n# 代码\n```\n"
    assert body(read(make(tmp_path / "a.md", text))) == ["加粗 与链接", "一项", "引文 5*3*2", "1. 有序", "# 代码"]


def test_tables_and_front_matter_are_told_apart_from_text(tmp_path: Path) -> None:
    text = "---\ntitle: 通知\nissuer: '某局'\n---\n| 项目 | 金额 |\n|:--|--:|\n| 培训 | 3 |\n\n完。\n"
    found = read(make(tmp_path / "a.md", text))
    assert tables(found)[0].rows == (("项目", "金额"), ("培训", "3"))
    assert [(clue.label, clue.value) for clue in found.clues] == [("title", "通知"), ("issuer", "某局")]


@pytest.mark.parametrize(
    "text",
    [
        "*" * 200_000,
        "[" * 200_000,
        "|-" * 200_000,
        "|a\n" + "|-" * 100_000,
        "# " * 100_000,
        "[a]: " + ".a?" * 70_000 + " x y",
    ],
)
def test_a_megabyte_of_marks_is_read(tmp_path: Path, text: str) -> None:
    assert len(read(make(tmp_path / "a.md", text)).blocks) <= 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲\n`<!--` 开始注释。\n乙\n", ["甲", "<!-- 开始注释。", "乙"]),
        ("甲\n``a <!-- b``。\n乙\n", ["甲", "a <!-- b。", "乙"]),
        ("```html\n<!-- 未结束\n```\n乙\n", ["<!-- 未结束", "乙"]),
        ("~~~\n<!-- 注 -->\n```\n~~~\n乙<!-- 注 -->丙\n", ["<!-- 注 -->", "```", "乙丙"]),
        ("甲 <!-- 未结束\n乙\n", ["甲 <!-- 未结束", "乙"]),
        ("甲 <!-- 未结束\n\n乙 --> 丙\n", ["甲 <!-- 未结束", "乙 --> 丙"]),
        ("甲\n\\<!-- 乙\n", ["甲", "<!-- 乙"]),
        ("<!-- 注\n\n释 -->甲\n<!-->乙\n", ["甲", "乙"]),
    ],
    ids=["span", "long span", "fence", "tildes", "unclosed", "next paragraph", "escaped", "closed"],
)
def test_comments_are_taken_out_of_running_text_only(tmp_path: Path, text: str, lines: list[str]) -> None:
    # CommonMark 0.31: 4.6 (HTML blocks, kind 2), 6.6 (raw HTML), 4.5 (fences), 6.1 (code spans)
    found = read(make(tmp_path / "a.md", text))
    assert (body(found), found.unseen, found.problems) == (lines, (), ())


def test_a_comment_that_begins_a_line_and_is_not_closed_is_named(tmp_path: Path) -> None:
    found = read(make(tmp_path / "a.md", "甲\n<!-- 乙\n\n丙\n"))
    assert body(found) == ["甲"]
    assert found.unseen == ("<!-- 乙\n\n丙",)
    assert [(problem.code, problem.lossy) for problem in found.problems] == [("markdown-not-shown", False)]


def test_characters_for_private_use_stay_what_they_are(tmp_path: Path) -> None:
    bullets = "\uf06e 第一项 \U000f002a"
    assert body(read(make(tmp_path / "a.md", f"{bullets}\n{bullets} \\*乙\\*\n"))) == [bullets, f"{bullets} *乙*"]


def test_only_what_has_an_address_defines_a_link(tmp_path: Path) -> None:
    notes = ["[注]: 本表数据来自统计局", "[1]: 3.5", "[附]: GB/T9704"]
    links = ["[a]: http://a.cn/b", "[b]: <a b>", "[c]: ../图/一.png '图'", "[d]: #第一章", "[e]: 附件.docx"]
    found = read(make(tmp_path / "a.md", "\n".join([*notes, *links])))
    assert body(found) == notes
    assert [problem.code for problem in found.problems] == ["markdown-not-shown"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. 甲\n2. 乙\n2. 丙\n3. 丁", ["1. 甲", "2. 乙", "3. 丙", "4. 丁"]),
        ("3. 甲\n3. 乙\n\n9. 丙", ["3. 甲", "4. 乙", "5. 丙"]),
        ("1. 甲\n   1. 子\n   1. 丑\n1. 乙", ["1. 甲", "1. 子", "2. 丑", "2. 乙"]),
        ("1. 甲\n    1. 子\n    1. 丑\n5. 乙", ["1. 甲", "1. 子", "2. 丑", "2. 乙"]),
        ("1. 甲\n1) 乙\n1) 丙", ["1. 甲", "1) 乙", "2) 丙"]),
        ("1. 甲\n正文\n3. 乙", ["1. 甲", "正文", "3. 乙"]),
        ("```\n1. 甲\n1. 乙\n```\n1. 丙\n1. 丁", ["1. 甲", "1. 乙", "1. 丙", "2. 丁"]),
        ("1. 甲\n   ```\n1. 乙\n   ```\n1. 丙", ["1. 甲", "1. 乙", "2. 丙"]),
    ],
    ids=["repeated", "start", "nested", "nested deep", "other mark", "text between", "fence", "fence in an item"],
)
def test_lists_are_counted_from_their_first_number(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert body(read(make(tmp_path / "a.md", text))) == lines  # CommonMark 0.31, 5.3


@pytest.mark.parametrize("text", ["<!--" * 50_000, "<!-- `\n" * 50_000, "`a ``b " * 50_000, "```\n~~~~\n" * 50_000])
def test_each_end_is_looked_for_once(text: str) -> None:
    class Counted(str):
        searched = 0

        def find(self, *args: int | str) -> int:  # type: ignore[override]
            Counted.searched += 1
            found = str.find(self, *args)  # type: ignore[arg-type]
            Counted.searched += (found if found >= 0 else len(self)) - int(args[1])
            return found

    take_comments(Counted("甲" + text))
    assert Counted.searched <= 4 * len(text)
