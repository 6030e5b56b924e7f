"""The legal basis of the disclosure office's rules: paragraphs with the URL of their text."""

from schemas.office.findings import Basis

_REGULATION = ("中华人民共和国政府信息公开条例", "国令第711号")
_REGULATION_SOURCE = "https://github.com/LawRefBook/Laws/blob/master/行政法规/政府信息公开条例(2019-04-03).md"
_FORM_SOURCE = "http://zrzy.smx.gov.cn/16903/616589856/1288675.html"


def regulation(paragraph: str) -> Basis:
    """Return a paragraph of the 条例 of 2019."""
    return Basis(*_REGULATION, paragraph, _REGULATION_SOURCE)


def report_form(part: str) -> Basis:
    """Return a part of the annual report's form of 2021."""
    return Basis("中华人民共和国政府信息公开工作年度报告格式", "国办公开办函〔2021〕30号", part, _FORM_SOURCE)


OLD_REPORT_FORM = Basis(
    "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
    "国办公开办函〔2019〕60号",
    "附件",
    "",
)


def document_format(paragraph: str) -> Basis:
    """Return a paragraph of the format of official documents."""
    source = "https://github.com/duyunzhoudyz/dyz-gongwen-skills"
    return Basis("党政机关公文格式", "GB/T 9704-2012", paragraph, source)
