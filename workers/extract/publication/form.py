"""Rules of GB/T 9704-2012 that the text itself can tell: 发文字号, 成文日期, 层次序数, 标题."""

from collections.abc import Iterator, Sequence

from schemas.office.findings import Finding, Quote, Rule
from search.office.publication import rules
from workers.extract.grammar.lines import Line
from workers.runtime.lazy_regex import lazy_compile

_HEAD, _FOOT = 15, 40
_NUMBER = lazy_compile(
    r"^[一-鿿]{1,16}\s?(?P<open>[〔［\[【(（﹝])\s?(?:19|20)[0-9]{2}\s?年?(?P<close>[〕］\]】)）﹞])\s?(?P<di>第)?\s?"
    r"(?P<zero>0+)?[0-9]{1,5}\s?号(?:\s+签发人.*)?$"
)
_DATE_LINE = lazy_compile(
    r"^(?P<year>[0-9]{2,4}|[〇○零一二三四五六七八九]{4})\s?年\s?(?P<month>[^月]{1,3})\s?月\s?(?P<day>[^日]{1,3})\s?日$"
)
_TITLE = lazy_compile(
    "^[^，,。；;：:]{0,40}关于[^，,。；;：:]{2,60}"
    "(?:通知|决定|公告|通告|意见|报告|请示|批复|函|办法|规定|条例|细则|方案|纪要|议案|决议|公报|通报)[。；;，,、：:]$"
)
_LABELS = (
    ("一、", lazy_compile(r"^[一二三四五六七八九十]{1,3}、")),
    ("（一）", lazy_compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]")),
    ("1.", lazy_compile(r"^[0-9]{1,2}[.．](?![0-9])")),
    ("（1）", lazy_compile(r"^[（(][0-9]{1,2}[)）]")),
)
_BRACKET_COMMA = lazy_compile(r"^[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）][、.．，]")
_DIGIT_COMMA = lazy_compile(r"^[0-9]{1,2}、")


def check_form(name: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield what is not as the format of official documents wants it.

    Args:
        name: Of the file.
        lines: Its lines.
    """
    text = [line for line in lines if not line.table and line.body]
    yield from _number(name, text[:_HEAD])
    yield from _title(name, text[:_HEAD])
    yield from _date(name, text[-_FOOT:])
    yield from _labels(name, text)
    yield from _order(name, text)


def _number(name: str, head: Sequence[Line]) -> Iterator[Finding]:
    match = next((match for line in head if (match := _NUMBER.match(line.display))), None)
    if match is None:
        return
    brackets = match["open"] + match["close"]
    wrong = {
        f"年份用「{brackets}」，应为〔〕": brackets != "〔〕",
        "不加“第”": bool(match["di"]),
        "顺序号不编虚位": bool(match["zero"]),
    }
    if any(wrong.values()):
        said = "；".join(each for each, holds in wrong.items() if holds)
        message = f"发文字号「{match.group()}」：{said}"
        yield Finding(rules.NUMBER, message, (Quote(name, "发文字号", match.group()),))


def _title(name: str, head: Sequence[Line]) -> Iterator[Finding]:
    for line in head:
        if _TITLE.match(line.text):
            yield _finding(rules.TITLE, f"标题以「{line.text[-1]}」结尾；请去掉", name, "标题", line)
            return


def _date(name: str, foot: Sequence[Line]) -> Iterator[Finding]:
    for line in foot:
        match = _DATE_LINE.match(line.display)
        if match is None:
            continue
        parts = [match["year"], match["month"].strip(), match["day"].strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            yield _finding(rules.DATE, f"成文日期「{line.display}」应用阿拉伯数字", name, "成文日期", line)
        elif len(parts[0]) != len("2025"):
            yield _finding(rules.DATE, f"成文日期「{line.display}」的年份应标全称", name, "成文日期", line)
        elif any(part.startswith("0") for part in parts[1:]):
            yield _finding(rules.DATE, f"成文日期「{line.display}」月、日不编虚位", name, "成文日期", line)


def _labels(name: str, lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        if match := _BRACKET_COMMA.match(line.display):
            yield _finding(rules.LABEL, f"「{match.group()}」括号后不加标点", name, match.group(), line)
        elif match := _DIGIT_COMMA.match(line.display):
            yield _finding(rules.LABEL, f"「{match.group()}」应为「{match.group()[:-1]}.」", name, match.group(), line)


def _order(name: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """Tell where a higher form of label first comes below a lower one: 1. before （一） in the same part."""
    seen: list[int] = []
    for line in lines:
        level = next((index for index, (_, pattern) in enumerate(_LABELS) if pattern.match(line.text)), None)
        if level is None:
            continue
        if level == 0:
            seen = [0]
        elif not seen:
            continue
        elif level in seen:
            del seen[seen.index(level) + 1 :]
        elif any(one > level for one in seen):
            higher = _LABELS[max(seen)][0]
            message = f"「{_LABELS[level][0]}」用在「{higher}」之下；次序应为一、（一）1.（1）"
            yield _finding(rules.ORDER, message, name, _LABELS[level][0], line)
            return
        else:
            seen.append(level)


def _finding(rule: Rule, message: str, name: str, place: str, line: Line) -> Finding:
    return Finding(rule, message, (Quote(name, place, line.display[:80]),))
