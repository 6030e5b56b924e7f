"""The glossary of the field: each term of this application with its Chinese name and meaning.

It is the source of labels on pages, titles in JSON schemas and the wording of the documentation. It is not a
dictionary for segmentation or search.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One term.

    Attributes:
        chinese: The Chinese term.
        meaning: One English sentence or phrase.
        source: Standard or regulation that defines it; empty if it is common usage.
    """

    chinese: str
    meaning: str
    source: str = ""


_FORM = "GB/T 9704-2012"
_CATALOGUE = "政府信息公开目录"

TERMS: dict[str, Term] = {
    "title": Term("标题", "title of the document", _FORM),
    "title_derived": Term("拟题", "the title was put together from issuer, year and kind because none survives"),
    "issuer": Term("发文机关", "the authority that signed the document", _FORM),
    "co_issuers": Term("联合发文机关", "authorities that signed together", _FORM),
    "document_number": Term("文号", "发文字号 in the form 国办发〔2017〕42号", _FORM),
    "signatory": Term("签发人", "the person who approved the document", _FORM),
    "addressees": Term("主送机关", "authorities the document is sent to", _FORM),
    "copied_to": Term("抄送机关", "authorities that receive a copy", _FORM),
    "identifier": Term("公文标识", "identifier of the document (GB/T 33480), as stated", _FORM),
    "copy_number": Term("份号", "serial number of the copy, six digits", _FORM),
    "note": Term("附注", "note below the date in brackets, without them: 此件公开发布", _FORM),
    "release_level": Term("发布层次", "how far down the document is sent: 县团级", _FORM),
    "printed_by": Term("印发机关", "authority that printed and sent it out", _FORM),
    "printed_on": Term("印发日期", "when it was printed and sent out", _FORM),
    "purchaser": Term("采购人", "who buys, in papers of a procurement"),
    "agent": Term("代理机构", "who runs a procurement for the purchaser"),
    "secrecy": Term("密级", "secrecy mark with its term", _FORM),
    "urgency": Term("紧急程度", "how fast the document has to be handled", _FORM),
    "signed_on": Term("成文日期", "date of signature", _FORM),
    "published_on": Term("发布日期", "date of publication", _CATALOGUE),
    "effective_on": Term("施行日期", "date from which the document applies"),
    "expires_on": Term("有效期至", "last day on which the document applies"),
    "validity": Term("有效性", "whether the document was repealed or amended, or is valid"),
    "index_number": Term("索引号", "identifier in the disclosure catalogue", _CATALOGUE),
    "topic": Term("主题分类", "subject class in the disclosure catalogue", _CATALOGUE),
    "genre": Term("体裁", "kind of document: 通知, 意见, 报告 …", _CATALOGUE),
    "region": Term("地区", "administrative region of the issuer, as far as its name tells"),
    "source": Term("来源", "where the page says the text comes from"),
    "author": Term("作者", "author, as stated"),
    "attachments": Term("附件", "attachments, as listed", _FORM),
    "preamble": Term("引言", "what stands before the first section"),
    "text": Term("正文", "the running text", _FORM),
    "sections": Term("章节", "the sections in document order", _FORM),
    "level": Term("层级", "rank of a heading on the ladder 一、 (一) 1. (1)", _FORM),
    "number": Term("序号", "number of a section as written, with its marks", _FORM),
    "heading": Term("小标题", "heading of a section without its number", _FORM),
    "path": Term("所在位置", "labels from the outermost section down to this one"),
    "outline": Term("目录", "all headings in order"),
    "role": Term("内容类别", "what a section of a disclosure report treats"),
    "statistics": Term("统计数据", "numbers of disclosure work that the text states"),
    "counted": Term("统计对象", "what a number counts"),
    "measure": Term("指标", "which aspect of it a number gives, or the column of a table"),
    "value": Term("数值", "the number, as stated"),
    "unit": Term("单位", "unit of a number, as stated"),
    "table": Term("表内数据", "whether a number was read from a table"),
    "references": Term("引用文件", "laws and documents cited"),
    "provisions": Term("条款", "cited provisions, 第十九条第二款"),
    "kind": Term("引用方式", "what the text does with a cited document: rests on it, repeals, amends or forwards it"),
    "evidence": Term("原文依据", "the words a value was read from"),
    "articles": Term("篇目", "the articles a document holds; most hold one"),
    "year": Term("年份", "year of 成文日期, else of 发布日期"),
    "prefix": Term("文件夹", "start of the object key"),
    "key": Term("文件", "object key in the bucket"),
    "format": Term("格式", "what the content is, decided by its bytes"),
    "page": Term("页", "page of the original"),
    "problems": Term("处理说明", "what was met on the way from file to index"),
    "removals": Term("已清除的内容", "what normalisation took away, and by which rule"),
    "damages": Term("原文残损之处", "places where the source lost characters; marked, never guessed"),
    "original": Term("原件", "the file as it was uploaded"),
    "indexed_at": Term("入库时间", "when the outcome was recorded"),
    "size": Term("大小", "size of the file"),
    "container": Term("压缩包或邮件", "a file that holds other files"),
    "children": Term("内含文件", "the files inside a container"),
}

STATES: dict[str, str] = {
    "ok": "已入库",
    "indexed": "已入库",
    "partial": "部分读出",
    "held": "暂不公开",
    "failed": "未能读出",
    "removed": "已移除",
}

CATEGORIES: dict[str, str] = {
    "encrypted": "已加密",
    "corrupt": "文件损坏",
    "bomb": "异常膨胀",
    "empty": "没有文字",
    "unsupported": "格式不支持",
    "too_large": "文件过大",
    "timeout": "处理超时",
    "crash": "处理时崩溃",
}

STAGES: dict[str, str] = {"convert": "转换", "normalize": "清洗", "extract": "提取", "index": "入库"}

# Queues in which documents wait: for a stage, for OCR, or for admission to the first stage.
QUEUES: dict[str, str] = {"intake": "接收", **STAGES, "scan": "识别"}
# The steps of a document from request to index.
STEPS: dict[str, str] = {"upload": "上传", **QUEUES}


def place_of(stage: str) -> str:
    """Return the Chinese name of a document's current stage: ``convert 3/12`` is 转换 3/12."""
    name, blank, pages = stage.partition(" ")
    return STEPS.get(name, name) + blank + pages


# Findings of personal.py and secrecy.py; the setting `hold` names those that hold a document.
FINDINGS: dict[str, str] = {
    "identity_card": "身份证号码",
    "bank_card": "银行卡号",
    "secrecy_mark": "密级或内部标记",
    "mobile_phone": "手机号码",
    "home_address": "家庭住址",
}

# Findings that hold a document where no setting says otherwise.
HELD_BY_DEFAULT: tuple[str, ...] = ("identity_card", "bank_card", "secrecy_mark")

# Findings that can be masked in the text.
PERSONAL: tuple[str, ...] = ("identity_card", "bank_card", "mobile_phone", "home_address")

# Rules of normalisation; a rule without an entry is shown by its own name.
RULES: dict[str, str] = {
    "injected_pinyin": "夹注拼音",
    "broken_pinyin": "残缺的夹注拼音",
    "lost_mark": "丢失的标点",
    "doubled_mark": "重复的标点",
    "truncated": "内容被截断",
    "mojibake": "乱码",
    "meta_head": "文首信息表",
    "running_head": "页眉",
    "binding_margin": "装订线",
    "page_chrome": "网页框架",
    "page_button": "网页按钮",
    "page_number": "页码",
    "page_header": "页眉",
    "page_footer": "页脚",
    "breadcrumb": "导航路径",
    "publish_line": "发布信息",
    "related_list": "相关链接",
    "document_site": "文库网站附加内容",
    "seo_spam": "垃圾推广文字",
    "spam": "含垃圾推广文字",
    "hidden_text": "隐藏文字",
    "space": "多余空格",
    **{kind: f"含{name}" for kind, name in FINDINGS.items()},
}


# Sources of a value of the record, as in ``Evidence.origin``.
ORIGINS: dict[str, str] = {
    "body": "正文",
    "title": "标题",
    "signature": "落款",
    "issuer": "发文机关",
    "meta_table": "网页信息表",
    "publish_line": "发布信息行",
    "subject_line": "主旨",
    "breadcrumb": "导航路径",
    "html_meta": "网页标记",
    "embedded": "文件属性",
    "file_name": "文件名",
    "derived": "推定",
}

# Parts of a page beside the running text, as in ``Block.role``.
PLACES: dict[str, str] = {
    "header": "页眉",
    "footer": "页脚",
    "footnote": "脚注",
    "textbox": "文本框",
    "caption": "图表说明",
    "hidden": "隐藏文字",
    "chrome": "网页框架",
}

# What a text does with a cited document, as in ``Reference.kind``.
CITED: dict[str, str] = {
    "basis": "依据",
    "repeals": "废止",
    "amends": "修改",
    "forwards": "转发",
    "mentions": "提及",
}


def label(name: str) -> str:
    """Return the Chinese name of a term.

    Raises:
        KeyError: The glossary does not know the term; add it there.
    """
    return TERMS[name].chinese


# Subjects of the sections of a disclosure report; the value is the term on the page.
ROLES: dict[str, str] = {
    "organisation": "组织领导",
    "institutions": "制度建设",
    "proactive_disclosure": "主动公开",
    "disclosure_on_request": "依申请公开",
    "platforms": "平台载体",
    "supervision": "监督保障",
    "problems": "存在问题",
    "improvements": "改进措施",
    "plans": "下一步计划",
    "annex": "附表",
}
