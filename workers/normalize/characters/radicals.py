"""Radicals and strokes that PDF producers write for the ordinary character (⻓ for 长), and which that is.

Unicode Character Database, EquivalentUnifiedIdeograph.txt: CJK Radicals Supplement and CJK Strokes. Kangxi radicals
(U+2F00 to U+2FD5) have their character as compatibility decomposition in Python's own tables.
"""

from collections.abc import Mapping
from types import MappingProxyType

_RUNS = (
    (0x2E81, "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵"),
    (0x2E9B, "旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁"),
    (0x2EB4, "冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶"),
    (0x2ECD, "辶辶邑钅長镸长门𨸏阝"),
    (0x2ED7, "雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜"),
    (0x2EF0, "龙龜亀龟"),
    (0x31C6, "𠃌"),
    (0x31CF, "乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"),
)

IDEOGRAPHS: Mapping[int, str] = MappingProxyType(
    {first + place: character for first, run in _RUNS for place, character in enumerate(run)}
)
"""The unified ideograph of each such code point."""
