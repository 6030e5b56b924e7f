"""A standard catalogue (基层政务公开标准目录) as offices publish it, as html and docx, its head cells merged."""

import io
from html import escape

from docx import Document

HEAD = ("序号", "公开事项", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开方式", "公开方式")
SECOND = ("序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "主动", "依申请")
BASIS = "《中华人民共和国政府信息公开条例》（国令第711号）"
ROWS = (
    ("1", "财政预决算", "部门预算", "收支总体情况表", BASIS, "信息形成之日起20个工作日内", "县财政局", "√", ""),
    ("2", "财政预决算", "部门决算", "决算报表", "同上", "同上", "县财政局", "√", ""),
    ("3", "社会救助", "临时救助对象名单", "救助对象名单", BASIS, "每季度", "县民政局", "√", ""),
)


def html_table() -> str:
    """Return it as a page; the cells of the head span rows and columns."""
    first = "".join(f"<td rowspan=2>{HEAD[place]}</td>" for place in (0,)) + "<td colspan=2>公开事项</td>"
    first += "".join(f"<td rowspan=2>{HEAD[place]}</td>" for place in (3, 4, 5, 6)) + "<td colspan=2>公开方式</td>"
    second = "".join(f"<td>{SECOND[place]}</td>" for place in (1, 2, 7, 8))
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><h1>某县标准目录</h1><table><tr>{first}</tr><tr>{second}</tr>{rows}</table></body></html>"


def docx_table() -> bytes:
    """Return it as a docx file; the cells of the head and of 一级事项 are merged."""
    document = Document()
    document.add_paragraph("某县基层政务公开标准目录")
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, SECOND, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for place in (0, 3, 4, 5, 6):
        _merge(table, (0, place), (1, place))
    _merge(table, (0, 1), (0, 2))
    _merge(table, (0, 7), (0, 8))
    _merge(table, (2, 1), (3, 1))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _merge(table, first, last) -> None:  # type: ignore[no-untyped-def]
    text = table.cell(*first).text
    table.cell(*first).merge(table.cell(*last)).text = text
