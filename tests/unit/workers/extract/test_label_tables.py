"""A table of labels and their values tells of the document wherever it stands, in every format with tables.

The labels are those of the table that government sites show above a document; a table of something else tells nothing.
"""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from schemas.articles import Article
from tests.support.builders.odf import write_odt
from tests.support.word_reader import read
from workers.extract import extract
from workers.normalize import normalize

Rows = list[list[str]]
ABOVE = ["某市某局关于做好某项工作的通知", "各县区人民政府：", "为了做好某项工作，现就有关事项通知如下。"]
ABOVE += [f"{number}、有关要求由各单位按照职责分工抓好落实，确保取得实效。" for number in "一二三四五六七八九十"]
BELOW = [f"附带说明第{number}段：本项内容由有关单位负责解释，并按规定执行，不得延误。" for number in range(1, 13)]


def write_docx(path: Path, rows: Rows) -> None:
    document = docx.Document()
    for text in ABOVE:
        document.add_paragraph(text)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell
    for text in BELOW:
        document.add_paragraph(text)
    document.save(str(path))


def write_text(path: Path, rows: Rows) -> None:
    def paragraph(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    cells = [[f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in row] for row in rows]
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    above, below = ("".join(map(paragraph, texts)) for texts in (ABOVE, BELOW))
    write_odt(path, f'{above}<table:table table:name="a">{table}</table:table>{below}')


def write_page(path: Path, rows: Rows) -> None:
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    above, below = ("".join(f"<p>{text}</p>" for text in texts) for texts in (ABOVE, BELOW))
    path.write_text(f"<html><body>{above}<table>{table}</table>{below}</body></html>", "utf-8")


def write_rtf(path: Path, rows: Rows) -> None:
    def coded(text: str) -> str:
        return "".join(f"\\u{ord(sign)}?" if ord(sign) > 127 else sign for sign in text)

    edges = "".join(f"\\cellx{2000 * (column + 1)}" for column in range(len(rows[0])))
    cells = ["".join(f"\\pard\\intbl {coded(cell)}\\cell" for cell in row) for row in rows]
    table = "".join(f"\\trowd{edges}{row}\\row" for row in cells)
    above, below = ("".join(f"\\pard {coded(text)}\\par" for text in texts) for texts in (ABOVE, BELOW))
    path.write_text(f"{{\\rtf1\\ansi\\uc1 {above}{table}{below}}}", "ascii")


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    "docx": write_docx,
    "odt": write_text,
    "html": write_page,
    "rtf": write_rtf,
}


def article_of(folder: Path, suffix: str, rows: Rows) -> Article:
    path = folder / f"a.{suffix}"
    WRITERS[suffix](path, rows)
    return extract(normalize(read(path))).articles[0]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    "rows",
    [
        [["成文日期", "2024年3月1日", "发布日期", "2024年3月5日"]],
        [["成文日期：", "2024年3月1日", "发布日期：", "2024年3月5日"]],
        [["成文日期：2024年3月1日", "发布日期：2024年3月5日"]],
        [["发文字号：某发〔2024〕3号", "索引号：A-1", "成文日期：2024年3月1日", "发布日期：2024年3月5日"]],
        [["成文日期", "2024年3月1日"], ["发布日期", "2024年3月5日"]],
        [["发布日期", "2024年3月5日", "失效日期", ""], ["成文日期", "2024年3月1日", "", ""]],
    ],
    ids=["four", "colons", "two", "four pairs", "rows", "empty"],
)
def test_labelled_cells_in_the_middle_of_a_text_are_read(tmp_path: Path, suffix: str, rows: Rows) -> None:
    article = article_of(tmp_path, suffix, rows)
    assert (article.signed_on, article.published_on, article.expires_on) == ("2024-03-01", "2024-03-05", None)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
@pytest.mark.parametrize(
    "rows",
    [
        [
            ["文件名称", "发文字号", "成文日期", "发布日期"],
            ["办法", "某发〔2020〕1号", "2020年3月1日", "2020年3月5日"],
        ],
        [["项目", "成文日期", "2020年3月1日"], ["一", "发布日期", "2020年3月5日"]],
        [["时间", "2020年3月1日"], ["地点", "某市会议中心"]],
        [["日期", "2020年3月1日", "人数", "12"]],
    ],
    ids=["list", "other cells", "meeting", "register"],
)
def test_a_table_of_something_else_dates_no_document(tmp_path: Path, suffix: str, rows: Rows) -> None:
    article = article_of(tmp_path, suffix, rows)
    assert (article.signed_on, article.published_on) == (None, None)


OTHER_PAPER = [["发文字号", "甲政发〔2009〕1号"], ["发布日期", "2009年3月1日"], ["成文日期", "2009年2月1日"]]
OTHER_PAPER += [["发文机关", "甲县教育局"]]
OTHER_ROWS = [
    OTHER_PAPER,
    [["索引号：", "B-1", "发布机构：", "甲县教育局"], ["发文字号：", "甲教〔2009〕1号", "成文日期：", "2009年2月1日"]],
    [["发文字号", "甲政发〔2009〕1号", "成文日期", "2009年2月1日"]],
    [["成文日期", "2009年2月1日", "发布日期", "2009年3月1日"]],
    [["发文机关：甲县教育局", "发布日期：2009年3月1日"]],
]
LETTER = ["甲县人民政府文件", "甲政发〔2024〕5号", "关于废止一件文件的通知", "各乡镇人民政府："]


@pytest.mark.parametrize("rows", OTHER_ROWS, ids=["all", "two rows", "number and date", "dates", "issuer"])
@pytest.mark.parametrize(
    "introduced",
    [
        "经研究，决定废止下列文件。",
        "现决定废止下列文件：",
        "经研究，决定废止下列文件，各单位要认真做好衔接工作，确保平稳过渡。",
        "现予公布。",
        "废止文件见下表。",
        "予以废止的文件：",
        "各县区人民政府：",
        "各有关单位：",
    ],
)
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_table_about_another_document_leaves_the_record_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, introduced: str, rows: Rows
) -> None:
    monkeypatch.setitem(globals(), "ABOVE", [*LETTER, introduced])
    monkeypatch.setitem(globals(), "BELOW", ["本通知自印发之日起施行。", "甲县人民政府", "2024年5月6日"])
    article = article_of(tmp_path, suffix, rows)
    assert (article.document_number, article.signed_on) == ("甲政发〔2024〕5号", "2024-05-06")
    assert (article.issuer, article.published_on) == ("甲县人民政府", None)
    assert all(cell in article.text for row in rows for cell in row)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
def test_a_long_table_of_labels_is_read_below_the_title_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    rows = [["发文字号", "甲政发〔2024〕5号"], ["索引号", "A-1"], ["成文日期", "2024年5月6日"], ["来源", "甲县政府"]]
    monkeypatch.setitem(globals(), "ABOVE", ["关于做好某项工作的通知"])
    assert article_of(tmp_path, suffix, rows).signed_on == "2024-05-06"
    monkeypatch.setitem(globals(), "ABOVE", ["关于做好某项工作的通知", "为了做好某项工作，现就有关事项通知如下。"])
    assert article_of(tmp_path, suffix, rows).signed_on is None


OWN_TABLE = [
    ["索引号：", "A-1", "发布机构：", "甲县人民政府"],
    ["发文字号：", "甲政发〔2024〕5号", "成文日期：", "2024年5月6日"],
]
PUBLICATION = [["来源：", "甲县人民政府", "发布日期：", "2024年5月8日"]]


def test_where_and_when_a_page_was_published_stands_below_its_text_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ABOVE", ["关于做好有关工作的通知", *ABOVE[1:]])
    monkeypatch.setitem(globals(), "BELOW", [])
    article = article_of(tmp_path, "html", PUBLICATION)
    assert (article.issuer, article.published_on) == ("甲县人民政府", "2024-05-08")
    assert "来源" not in article.text


@pytest.mark.parametrize("line", ["您当前的位置：", "您现在的位置是：", "政府信息公开基本信息：", "信息公开。"])
def test_a_few_words_above_the_table_of_a_page_are_not_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setitem(globals(), "BELOW", ABOVE)
    monkeypatch.setitem(globals(), "ABOVE", [line])
    article = article_of(tmp_path, "html", OWN_TABLE)
    assert (article.document_number, article.signed_on) == ("甲政发〔2024〕5号", "2024-05-06")
    assert "索引号" not in article.text
