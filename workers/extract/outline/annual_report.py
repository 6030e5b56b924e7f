"""The annual report of disclosure work as its national format fixes it, if a page has flattened its tables.

Since 2019 every report has the same six headings (国办公开办函〔2021〕30号). Where the tables between them have lost
their cells, heading and first cell run together (「二、主动公开政府信息情况第二十条第（一）项」), and rows look like
sections (「一、本年新收政府信息公开申请数量 7130000」).
"""

from workers.runtime.lazy_regex import lazy_compile

HEADINGS = lazy_compile(
    "总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政.{0,3}复议、?行政诉讼情况|"
    "(?:政府信息公开工作)?存在的?主要问题及改进情况|其他需要报告的事项"
)
# Those inside 总体情况, and those of the reports of 2008 to 2018 (条例 of 2007, 第三十二条). What goes on otherwise is
# a sentence: 「主动公开政府信息45条」, 「监督保障措施不到位」. Behind a name without 情况 or 方面 a clause has
# to begin, with a time, who acts, or a verb that has an object: 「监督保障组织召开培训会」, not 「监督保障落实不到位」.
_CLAUSE = (
    r"[0-9]{4}年|[今本全]年|截至|[我本][局委办厅院市县区镇乡街]|按照|根据|依托|通过|一是|将|把|进一步|"
    "(?:明确|用好|组织|召开|开展|加强|强化|完善|健全|严格|落实|建立|制定|坚持|安排|调整|成立|抓好|做好)"
    "(?=[一-鿿]{2})(?![不未有较得了后的还需仍力情欠滞])"
)
_PARTS = lazy_compile(
    "(?:(?:政府)?信息)?(?:主动公开|依申请公开|政府信息(?:公开)?管理|(?:政府信息|信息|政务)?公开平台(?:建设)?|平台建设|监督保障)"
    r"(?:政府信息)?(?:工作)?的?(?:情况|方面|(?=[。：:\s]|"
    rf"{_CLAUSE}))"
    r"|概[述况](?=[。：:\s]|[0-9]{4}年)"
    "|(?:政府)?信息公开(?:工作)?的?收费(?:及|和|与)减免(?:的?情况)?"
    "|因?(?:政府信息)?公开(?:申请)?(?:提起|引起的?|而?申请)?的?行政复议[、和](?:提起)?(?:行政)?诉讼(?:的?情况)"
    "|(?:政府信息公开工作)?存在的?(?:主要)?(?:问题|困难)(?:及|和|与)(?:下一步)?改进(?:情况|措施)"
)
_FIRST = "总主收政存其"
_PARTS_FIRST = frozenset("政信主依公平监概因存")
_MAX_PART = 40
_MAX_DIGITS = 0.2
_MAX_ROW_LENGTH = 60
_UNITS = frozenset(("条", "件", "次", "个", "元", "万元", "人", "人次", "篇", "份", "期", "家", "宗", "项", "人数"))


def format_heading_end(text: str) -> int:
    """Return the end of the prescribed heading ``text`` begins with, else 0."""
    match = HEADINGS.match(text) if text[:1] in _FIRST else None
    return match.end() if match else 0


def format_part_end(text: str) -> int:
    """Return the end of the usual heading of a part of a report ``text`` begins with, else 0; it has text behind."""
    match = _PARTS.match(text[:_MAX_PART]) if text[:1] in _PARTS_FIRST else None
    return match.end() if match and match.end() < len(text) else 0


def is_table_row(stretch: str) -> bool:
    """Return whether the text after a number is a row of a flattened table: words and figures, no sentence."""
    stretch = stretch.strip()
    if not stretch or "。" in stretch or format_heading_end(stretch):
        return False
    digits = sum(character.isdigit() for character in stretch)
    if digits and (stretch[-1].isdigit() or digits >= _MAX_DIGITS * len(stretch)):
        return True
    return len(stretch) < _MAX_ROW_LENGTH and any(word in _UNITS for word in stretch.split())
