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
_FIRST = "总主收政存其"
_MAX_DIGITS = 0.2
_MAX_ROW_LENGTH = 60
_UNITS = frozenset(("条", "件", "次", "个", "元", "万元", "人", "人次", "篇", "份", "期", "家", "宗", "项", "人数"))


def format_heading_end(text: str) -> int:
    """Return the end of the prescribed heading ``text`` begins with, else 0."""
    match = HEADINGS.match(text) if text[:1] in _FIRST else None
    return match.end() if match else 0


def is_table_row(stretch: str) -> bool:
    """Return whether the text after a number is a row of a flattened table: words and figures, no sentence."""
    stretch = stretch.strip()
    if not stretch or "。" in stretch or format_heading_end(stretch):
        return False
    digits = sum(character.isdigit() for character in stretch)
    if digits and (stretch[-1].isdigit() or digits >= _MAX_DIGITS * len(stretch)):
        return True
    return len(stretch) < _MAX_ROW_LENGTH and any(word in _UNITS for word in stretch.split())
