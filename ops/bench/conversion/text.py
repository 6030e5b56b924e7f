"""Generates the text for measuring conversion: numbered headings and paragraphs of any length; deterministic."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SEED = 20261122
_WORDS = (
    *("政务公开", "信息公开", "依申请公开", "主动公开", "政府网站", "新闻发布会", "征求意见", "行政许可", "财政预算"),
    *(
        "各县区人民政府",
        "市直各部门",
        "有关单位",
        "办事群众",
        "社会组织",
        "制度建设",
        "监督检查",
        "业务培训",
        "年度考核",
    ),
    *("进一步加强", "认真落实", "及时更新", "切实保障", "不断完善", "统筹推进", "按照规定", "定期通报", "全面梳理"),
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        text: Without its number.
        level: 0-based level of the automatic number; None for running text.
        label: The number as a reader sees it.
    """

    text: str
    level: int | None = None
    label: str = ""

    @property
    def shown(self) -> str:
        """The line with its label, as a reader sees it."""
        return self.label + self.text


Page = tuple[Paragraph, ...]


def pages(count: int, *, seed: int = SEED) -> list[Page]:
    """Return pages of about 600 characters: each a 一、 with two （一）, of which the last has two ``1.``."""
    source = random.Random(seed)
    return [_page(number, source) for number in range(1, count + 1)]


def chinese(number: int) -> str:
    """Return a number below 1,000 in Chinese: 十, 二十一, 一百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def _page(number: int, source: random.Random) -> Page:
    return tuple(_paragraphs(number, source))


def _paragraphs(number: int, source: random.Random) -> Iterator[Paragraph]:
    yield Paragraph(_phrase(source, 3), 0, f"{chinese(number)}、")
    for second in (1, 2):
        yield Paragraph(_phrase(source, 3), 1, f"（{chinese(second)}）")
        yield Paragraph(_sentences(source, 180))
    for third in (1, 2):
        yield Paragraph(_sentences(source, 60), 2, f"{third}.")


def _phrase(source: random.Random, words: int) -> str:
    return "".join(source.choices(_WORDS, k=words))


def _sentences(source: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += "，".join(_phrase(source, 3) for _ in range(3)) + f"，共{source.randrange(2, 900)}件。"
    return text
