"""What document-sharing sites print around the text they show: terms of payment, downloads, disclaimers, teasers.

Only one sure mark of such a site opens the rest of the rules, so that the disclaimer a government site publishes as its
own document stays.
"""

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

FLAG = "document_site"

_SURE = lazy_compile(
    r"原创力文档|book118|道客巴巴|豆丁网|百度文库|写写帮|人人文库|文档之家|淘豆网|范文网|第一范文|蚂蚁文库|文秘帮"
    r"|\.(?:docx?|pdf|wps|pptx?)VIP$|VIP(?:精品)?文档|文档贡献者|版权申诉|文档评论|将本文档下载到"
    r"|下载[^。]{0,40}word格式文档|成为VIP|付费文档|下载本?文档"
)
_LINES = lazy_compile(
    r"下载[^。]{1,60}(?:word格式文档|文档|\.docx?|\.pdf)|将本文档?下载到.{0,40}"
    r"|(?:请)?点(?:击|此处|这里|击此处).{0,6}下载(?:本?文档|全文)?|文档为\w{1,6}格式|文档评论 ?[(（]\d+[)）]"
    r"|查看更多|实名认证|文档贡献者|该用户很懒.{0,20}|.{1,30}\+ ?关注|\d+亿?VIP精品文档|成为VIP会员.{0,20}"
    r"|简介[:：].{0,200}(?:文库|小编|为[你您]整理|网友|会员).{0,200}|声明[:：]本文内容由互联网用户.*"
    r"|本文由.{0,20}(?:上传|整理|投稿).{0,60}"
    r"|[^。]{0,10}版权声明[:：].{0,300}|相关推荐|阅读全文|展开全文|点击展开.{0,10}|剩余\d+页未读.{0,20}"
)
_TEASERS = lazy_compile(
    r"(?:相关(?:范文|文档|文章)推荐|相关(?:范文|文档)|猜你喜欢|您?可能感兴趣的?.{0,6}"
    r"|更多相关(?:文章|文档|范文).{0,6}|热门(?:文档|范文)推荐)[:：]?"
)
_TERMS = lazy_compile(
    r"付费|下载|VIP|网友上传|用户上传|合作方|版权|侵权|侵犯|本站|本网站|会员|权益|文档|举报|退款|预览|积分|上传"
    r"|自行承担|法律责任|商业用途|电子邮箱|发送邮件"
)
_MIN_TERMS = 4
_TITLE_SUFFIX = lazy_compile(r"\.(?:docx?|pdf|wps|pptx?|xlsx?|txt)(?:VIP)?$")
_MAX_TITLE_LENGTH = 80


def remove_document_site(draft: Draft) -> Draft:
    """Take out what a document-sharing site put around a text, and flag the document.

    From 原创力文档: 「1、原创力文档(book118)网站文档一经付费…」, 「文档评论(0)」; from 写写帮文库:
    「简介:写写帮文库小编为你整理了…」, 「下载…word格式文档」, and 「相关范文推荐」 with all that follows it.
    """
    if not any(len(line.text) < 400 and _SURE.search(line.text) for line in draft.lines):
        return draft
    teasers = next((index for index, line in enumerate(draft.lines) if _TEASERS.fullmatch(line.text)), len(draft.lines))
    rules = {
        index: "document_site"
        for index, line in enumerate(draft.lines)
        if index >= teasers or (line.kind == "paragraph" and _is_site_line(line.text))
    }
    return draft.drop(rules).edit(_title_suffix).flag(FLAG)


def _is_site_line(text: str) -> bool:
    if len(text) > 600:
        return False
    return bool(_LINES.fullmatch(text)) or len(set(_TERMS.findall(text))) >= _MIN_TERMS


def _title_suffix(line: DraftLine) -> list[Cut]:
    """Return the cut for the file suffix that such a site leaves after a title: 「…工作计划.docVIP」."""
    found = _TITLE_SUFFIX.search(line.text) if len(line.text) <= _MAX_TITLE_LENGTH else None
    return [Cut(*found.span(), "document_site")] if found else []
