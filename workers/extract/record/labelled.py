"""Values with a label before them: 「发布日期：2009-01-05 来源：三垟街道」, and the clues read outside the text."""

from collections.abc import Iterator, Sequence

from workers.extract.grammar.dates import find_dates, read_american_date
from workers.extract.grammar.document_number import find_document_number, read_document_number
from workers.extract.grammar.lines import Line
from workers.extract.grammar.secrecy_mark import read_secrecy_mark
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE, _LIKELY, _WEAK = 0.95, 0.8, 0.6
_MAX_TOP_LENGTH = 20
FIELDS: dict[str, tuple[str, float]] = {
    "发文机关": ("issuer", 0.93),
    "发文单位": ("issuer", 0.92),
    "发文机构": ("issuer", 0.92),
    "发电单位": ("issuer", 0.92),
    "签发单位": ("issuer", 0.9),
    "制定机关": ("issuer", 0.92),
    "发文机关名称": ("issuer", 0.93),
    "预算主管部门": ("issuer", 0.91),
    "预算单位": ("issuer", 0.9),
    "编报部门": ("issuer", 0.9),
    "编报单位": ("issuer", 0.9),
    "编制部门": ("issuer", 0.85),
    "编制单位": ("issuer", 0.8),
    "部门名称": ("issuer", 0.7),
    "发布机构": ("issuer", 0.9),
    "发布单位": ("issuer", 0.88),
    "公开机构": ("issuer", 0.85),
    "制发机关": ("issuer", 0.92),
    "发文字号": ("document_number", 0.97),
    "发文文号": ("document_number", 0.97),
    "文件编号": ("document_number", 0.9),
    "文件字号": ("document_number", 0.95),
    "文号": ("document_number", 0.97),
    "文件号": ("document_number", 0.9),
    "本局档号": ("document_number", 0.9),
    "本署档号": ("document_number", 0.9),
    "本处档号": ("document_number", 0.9),
    "本会档号": ("document_number", 0.9),
    "公文标识": ("identifier", _SURE),
    "份号": ("copy_number", _SURE),
    "附注": ("note", _LIKELY),
    "发布层次": ("release_level", _SURE),
    "印发机关": ("printed_by", _SURE),
    "受文者": ("addressees", _SURE),
    "主送机关": ("addressees", _SURE),
    "分发名单": ("addressees", _SURE),
    "开票日期": ("signed_on", 0.9),
    "速别": ("urgency", _LIKELY),
    "索引号": ("index_number", _SURE),
    "信息索引号": ("index_number", _SURE),
    "成文日期": ("signed_on", 0.97),
    "发文日期": ("signed_on", 0.85),
    "发文时间": ("signed_on", 0.8),
    "生成日期": ("signed_on", 0.8),
    "印发日期": ("printed_on", _SURE),
    "发布日期": ("published_on", _SURE),
    "发布时间": ("published_on", _SURE),
    "公开日期": ("published_on", _LIKELY),
    "发表时间": ("published_on", _LIKELY),
    "公开时间": ("published_on", _LIKELY),
    "录入时间": ("published_on", 0.7),
    "pubdate": ("published_on", 0.9),
    "firstpublishedtime": ("published_on", 0.85),
    "article:published_time": ("published_on", 0.85),
    "og:release_date": ("published_on", 0.85),
    "date": ("published_on", 0.7),
    "发表于": ("published_on", 0.8),
    "发布于": ("published_on", 0.8),
    "发表日期": ("published_on", _LIKELY),
    "datepublished": ("published_on", 0.8),
    "publish_date": ("published_on", 0.85),
    "publish-date": ("published_on", 0.85),
    "publishtime": ("published_on", 0.85),
    "publish_time": ("published_on", 0.85),
    "publication_date": ("published_on", 0.85),
    "dc.date": ("published_on", 0.6),
    "dc.date.issued": ("published_on", 0.8),
    "dcterms.created": ("published_on", 0.6),
    "dcterms.issued": ("published_on", 0.8),
    "bytedance:published_time": ("published_on", 0.85),
    "apub:time": ("published_on", 0.8),
    "weibo:article:create_at": ("published_on", 0.85),
    "publishdate": ("published_on", 0.9),
    "时间": ("published_on", _WEAK),
    "日期": ("published_on", _WEAK),
    "更新时间": ("published_on", 0.4),
    "来源": ("source", _SURE),
    "信息来源": ("source", _SURE),
    "文章来源": ("source", _SURE),
    "稿件来源": ("source", _SURE),
    "稿源": ("source", _SURE),
    "source": ("source", 0.7),
    "contentsource": ("source", _LIKELY),
    "作者": ("author", _SURE),
    "撰稿": ("author", _LIKELY),
    "author": ("author", _WEAK),
    "article:author": ("author", _WEAK),
    "签发人": ("signatory", _SURE),
    "密级": ("secrecy", _SURE),
    "紧急程度": ("urgency", _SURE),
    "主题分类": ("topic", _SURE),
    "主题类别": ("topic", 0.9),
    "信息分类": ("topic", 0.7),
    "体裁": ("genre", _SURE),
    "体裁分类": ("genre", _SURE),
    "文种": ("genre", _SURE),
    "公文种类": ("genre", _SURE),
    "实施日期": ("effective_on", 0.97),
    "施行日期": ("effective_on", 0.97),
    "生效日期": ("effective_on", 0.97),
    "生效时间": ("effective_on", 0.95),
    "实施时间": ("effective_on", 0.95),
    "失效日期": ("expires_on", 0.97),
    "失效时间": ("expires_on", 0.95),
    "废止日期": ("expires_on", 0.9),
    "有效期至": ("expires_on", 0.97),
    "有效期": ("expires_on", 0.9),
    "有效性": ("validity", 0.97),
    "信息有效性": ("validity", 0.97),
    "时效性": ("validity", 0.97),
    "时效": ("validity", 0.9),
    "效力状态": ("validity", 0.97),
    "是否有效": ("validity", 0.97),
}
ISSUER_LABELS = frozenset(name for name, (field, _) in FIELDS.items() if field == "issuer") | {"联合发文机关"}
TITLE_LABELS = ("标题", "名称", "信息名称", "文件名称", "ArticleTitle", "title", "h1", "og:title")
_OTHERS = (
    "访问次数|浏览次数|浏览量|访问量|点击数|点击次数|阅读次数|阅读|点击|字体|字号|责任编辑|编辑|校对|一审|二审|三审|审核|"
    "栏目|原文链接|本地目录|主题词|公开方式|公开形式|公开范围|联合发文机关|信息所属|所属|关键词|分类|打印|分享|浏览"
)
_LABEL = lazy_compile(
    rf"(?<![一-鿿])({'|'.join(sorted((*FIELDS, *TITLE_LABELS), key=len, reverse=True))}|{_OTHERS})\s{{0,3}}[:：]"
)
_OTHER_NAMES = frozenset(_OTHERS.split("|"))
_SHORT_NAMES = "|".join(name for name in (*FIELDS, *TITLE_LABELS, *_OTHER_NAMES) if len(name) <= 2)
# White space inside a label, 「发文机 关：」; not that before a whole one, 「5日 来源：」.
_SPACED = lazy_compile(rf"(?<=[一-鿿])\s+(?!(?:{_SHORT_NAMES})\s*[:：])(?=[一-鿿]{{1,2}}\s*[:：])")
PAGE_WIDE = ("published_on", "source")
DATES = ("signed_on", "published_on", "effective_on", "expires_on", "printed_on")
URGENCIES = ("特急", "加急", "特提", "平急")
_VALIDITY = (
    (lazy_compile("部分|修改|修订|修正"), "amended"),
    (lazy_compile("失效|废止|无效|^否$"), "repealed"),
    (lazy_compile("有效|^是$|^正常$"), "valid"),
)
_BESIDE_SOURCE = lazy_compile(
    r"\s*[【\[（(|]?(?:浏览|字体|字号|阅读|点击|打印|分享|视力保护色)[次数量大中小：:\s0-9】\]）)]*$"
)
_MAX_CONTROLS, _MAX_CONTROLS_LENGTH = 6, 80
_REFERENCE = lazy_compile(r"[A-Z][A-Z0-9 ()/.-]{2,40}")  # of an office in Hong Kong: B1/15C, LD SMW 21-1/7(C)
_NO_VALUE = frozenset({"", "-", "无", "暂无", "本站原创", "null", "/"})


def read_labelled(source: FactSource) -> Iterator[Fact]:
    """Read the clues, then the labelled lines at the article's top and bottom."""
    for clue in source.clues:
        fact = read_fact(clue.label, clue.value, clue.origin)
        if fact and (source.first or fact.field in PAGE_WIDE):
            yield fact
    for line in source.page:
        yield from (fact for fact in _line_facts(line) if source.first or fact.field in PAGE_WIDE)
    below = (line for line in (*_top(source.body), *source.body[-8:]) if not line.table)  # these: ``label_tables``
    for line in (*source.head, *below):
        yield from _line_facts(line)


def _top(body: Sequence[Line]) -> Sequence[Line]:
    """Return the lines in which labels may stand below a title: the first few, and all before a sentence comes."""
    stop = next(
        (place for place, line in enumerate(body[:_MAX_TOP_LENGTH]) if line.table or "。" in line.text), _MAX_TOP_LENGTH
    )
    return body[: max(3, stop)]


def _line_facts(line: Line) -> Iterator[Fact]:
    for label, value in labelled_values(line.text):
        fact = read_fact(label, value, "publish_line")
        if fact:
            yield fact


def labelled_values(text: str) -> list[tuple[str, str]]:
    """Return the (label, value) pairs of a line that consists of them; empty for running text."""
    if len(text) > 300 or (":" not in text and "：" not in text):
        return []
    text = _SPACED.sub("", text)
    matches = list(_LABEL.finditer(text))
    if not matches or text[: matches[0].start()].strip(" •·　|｜【[（(*-装订线"):
        return []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    pairs = [(match[1], text[match.end() : end].strip(" 　|【】[]")) for match, end in zip(matches, ends, strict=True)]
    return pairs if all(len(value) <= 80 and "。" not in value for _, value in pairs) else []


def is_labelled(line: Line) -> bool:
    """Return whether a line is made of labels and values."""
    return bool(labelled_values(line.text))


def is_label_name(text: str) -> bool:
    """Return whether a line is only the name of a label (发布日期), its value standing elsewhere."""
    name = "".join(text.split()).strip("：:【】[]").lower()
    return name in FIELDS or name in _OTHER_NAMES


def title_values(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the values of title labels, the most telling label first."""
    return [value for name in TITLE_LABELS for label, value in pairs if label.lower() == name.lower() and value]


def read_fact(label: str, value: str, origin: str) -> Fact | None:
    """Return what a labelled value says; None for a label that names no field, or a value that is none of it."""
    name = "".join(label.split()).strip("：:【】[]").lower()
    known = FIELDS.get(name)
    value = value.strip()
    if known is None or value.lower() in _NO_VALUE:
        return None
    field, confidence = known
    normal = value if name.endswith("档号") and _REFERENCE.fullmatch(value) else _normal(field, value)
    if normal is None:
        return None
    return Fact(field, normal, f"{label}：{value}", origin, confidence)


def _normal(field: str, value: str) -> str | None:
    if field in DATES:
        dates = find_dates(value)
        return dates[-1 if field == "expires_on" else 0][0] if dates else read_american_date(value)
    if field == "validity":
        return next((state for words, state in _VALIDITY if words.search(value)), None)
    if field == "urgency":
        return value if value in URGENCIES else None
    if field == "secrecy":
        return read_secrecy_mark(value)
    if field == "document_number":
        return read_document_number(value) or find_document_number(value) or (value if "号" in value else None)
    if field == "source":
        return _cut_controls(value)
    if field == "issuer":
        return value.replace("、", " ").replace(";", " ").split()[0]
    return value


def _cut_controls(source: str) -> str:
    """Cut off the buttons beside a source: 「中国政府采购网 【打印】【分享】」."""
    start = max(0, len(source) - _MAX_CONTROLS_LENGTH)
    kept, end = source[:start], source[start:]
    for _ in range(_MAX_CONTROLS):
        end = _BESIDE_SOURCE.sub("", end)
    return (kept + end).rstrip(" 【[（(")
