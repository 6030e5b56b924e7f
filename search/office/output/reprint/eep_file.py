"""A document as an EEP package after DA/T 48-2009 (基于XML的电子文件封装规范): its record, and its clean docx inside.

The standard itself could not be read in public, only its schema as an archive's program repeats it. The package is of
the original sort (原始型) without signatures. What only an archive gives (档案馆, 全宗号, 保管期限, 脱机载体编号) is
left out, or stays empty where the schema asks for the element; 室编件号 is the place of the article in its file.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from schemas.records import ArticleSummary, DocumentRecord
from schemas.xml_text import legal_xml

MEDIA_TYPE = "application/xml"
NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
_YEAR = len("2025")
_FORMAT = "本EEP根据中华人民共和国档案行业标准DA/T48-2009《基于XML的电子文件封装规范》生成"
_SORT = "本封装包包含电子文件数据及其元数据，原始封装，未经修改"
_CODING = (
    "本封装包中“编码数据”元素存储的是计算机文件二进制流的Base64编码，"
    "有关Base64编码规则参见IETF RFC 2045多用途邮件扩展（MIME）第一部分：互联网信息体格式。"
    "当提取和显现封装在编码数据元素中的计算机文件时，应对Base64编码进行反编码，"
    "并依据封装包中“反编码关键字”元素中记录的值还原计算机文件的扩展名"
)
_DOCUMENT = "修改0-文档1"
_AGENT, _ACT = "机构人员1", "业务1"


class UndatedError(ValueError):
    """A document has no year, which the standard requires (年度)."""


class NoArticleError(ValueError):
    """A document holds no article whose metadata a package could give."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What goes into a package.

    Attributes:
        record: The document.
        article: Its first article.
        data: The document as docx.
        made_at: When the package is made.
    """

    record: DocumentRecord
    article: ArticleSummary
    data: bytes
    made_at: datetime

    @property
    def number(self) -> str:
        """The identifier of the electronic record (电子文件号)."""
        return f"{self.record.id}-{self.article.ordinal}"


def eep_bytes(packed: Packed) -> bytes:
    """Return a package.

    Raises:
        UndatedError: Neither 成文日期 nor 发布日期 is known.
    """
    root = Element("电子文件封装包", {"xmlns": NAMESPACE})
    _add(root, 封装包格式描述=_FORMAT, 版本="2009")
    signed = SubElement(root, "被签名对象", {"eep版本": "2009"})
    moment = packed.made_at.replace(microsecond=0).isoformat()
    unit = packed.article.issuer or ""
    _add(signed, 封装包类型="原始型", 封装包类型描述=_SORT, 封装包创建时间=moment, 封装包创建单位=unit)
    contents = SubElement(signed, "封装内容")
    _add_record(SubElement(SubElement(contents, "文件实体块"), "文件实体"), packed)
    act = SubElement(SubElement(contents, "业务实体块"), "业务实体")
    _add(act, 业务标识符=_ACT, 机构人员标识符=_AGENT, 文件标识符=packed.number, 业务状态="历史行为", 业务行为="公开")
    _add(act, 行为时间=packed.article.published_on or "")
    agent = SubElement(SubElement(contents, "机构人员实体块"), "机构人员实体")
    _add(agent, 机构人员标识符=_AGENT, 机构人员类型="单位", 机构人员名称=unit)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _add_record(entity: Element, packed: Packed) -> None:
    article = packed.article
    dated = article.signed_on or article.published_on
    if not dated:
        raise UndatedError(f"{packed.record.key}：没有成文日期或者发布日期，写不出档号的年度")
    _add(entity, 聚合层次="文件")
    _add(SubElement(entity, "来源"), 立档单位名称=article.issuer or "")
    _add(entity, 电子文件号=packed.number)
    _add(SubElement(entity, "档号"), 年度=dated[:_YEAR], 保管期限="", 室编件号=str(article.ordinal + 1))
    known = {"文件编号": article.document_number, "责任者": article.issuer or "", "日期": dated, "文种": article.kind}
    described = {name: value for name, value in known.items() if value is not None}
    _add(SubElement(entity, "内容描述"), 题名=_title(packed), **described, 密级="")
    _add(SubElement(entity, "形式特征"), 文件组合类型="单件", 语种="汉语")
    _add(SubElement(entity, "存储位置"), 脱机载体编号="")
    SubElement(entity, "权限管理")
    _add_data(SubElement(entity, "文件数据"), packed)


def _add_data(parent: Element, packed: Packed) -> None:
    document = SubElement(parent, "文档")
    _add(document, 文档标识符=_DOCUMENT, 文档序号="1", 文档主从声明="主文档", 题名=_title(packed))
    version = SubElement(document, "文档数据", {"文档数据ID": f"{_DOCUMENT}-文档数据1"})
    coded = SubElement(version, "编码", {"编码ID": f"{_DOCUMENT}-文档数据1-编码1"})
    name = f"{packed.record.id}.docx"
    _add(SubElement(coded, "电子属性"), 格式信息="docx", 计算机文件名=name, 计算机文件大小=str(len(packed.data)))
    _add(coded, 编码描述=_CODING, 反编码关键字="base64-docx")
    data = SubElement(coded, "编码数据", {"编码数据ID": f"{_DOCUMENT}-文档数据1-编码1-编码数据1"})
    data.text = base64.b64encode(packed.data).decode()


def _title(packed: Packed) -> str:
    return packed.article.title or packed.record.key


def _add(parent: Element, **values: str) -> None:
    for name, value in values.items():
        SubElement(parent, name).text = legal_xml(value)
