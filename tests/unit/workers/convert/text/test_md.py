"""Markdown: levels of headings, a block a line, tables, and marks taken off."""

from pathlib import Path

import pytest

from tests.support.word_reader import body, read, tables


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
    "text", ["*" * 200_000, "[" * 200_000, "|-" * 200_000, "|a\n" + "|-" * 100_000, "# " * 100_000]
)
def test_a_megabyte_of_marks_is_read(tmp_path: Path, text: str) -> None:
    assert len(read(make(tmp_path / "a.md", text)).blocks) <= 2
