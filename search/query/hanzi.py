"""Traditional and simplified characters as searching needs them: one for one, whatever stands around them.

Normalisation simplifies a traditional document by phrase and leaves alone a simplified one that names 東亞銀行 once.
Here every character that is traditional only is folded, in the index and in the query, so that such a name is found
either way.
"""

from functools import cache

import opencc

HAN = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
# Characters of the simplified standard too, in words like 著名, 乾坤 and 瞭望: what they become depends on the word.
IN_BOTH = frozenset("著乾瞭藉徵夥祇於麽麼昇甯嶽覆")
# Printed so in Hong Kong, Taiwan and older types, and in no table of OpenCC.
PRINTED = dict(zip("吿鄕戸靑淸尙槪囯隣鉄讃凖燄姸硏戱擧叄廐甎", "告乡户青清尚概国邻铁赞准焰妍研戏举叁厩砖", strict=True))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@cache
def simplified_forms() -> dict[str, str]:
    """Return the simplified character of every one that is traditional only."""
    simplified, traditional = _each("t2s"), _each("s2t")
    return {
        odd: plain
        for odd, plain, same in zip(HAN, simplified, traditional, strict=True)
        if plain != odd == same and len(plain) == 1 and odd not in IN_BOTH
    }


@cache
def regional_forms() -> dict[str, str]:
    """Return the simplified character of every one that only Hong Kong or Taiwan writes so: 衞 is 卫, as 衛 is."""
    made = {}
    for standard in (_each("hk2t"), _each("tw2t")):
        for odd, plain in zip(HAN, standard, strict=True):
            simple = simplified_forms().get(plain, plain)
            if simple != odd and odd not in simplified_forms() and _is_simplified(simple) > _is_simplified(odd):
                made[odd] = simple
    return made | PRINTED


def _is_simplified(character: str) -> bool:
    # GB 2312 holds what the simplified standard writes, 着 among it, which Hong Kong writes for 著.
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@cache
def _simplified_only() -> frozenset[str]:
    return frozenset(simplified_forms().values())


def simplify(text: str) -> str:
    """Return a traditional ``text`` in simplified characters by phrase (OpenCC ``t2s``), any other as it is.

    Converting a simplified text would damage it: 坏 is also a traditional form of 坯, so that 破坏 became 破坯.
    """
    characters = set(text)
    if not characters & simplified_forms().keys() or characters & _simplified_only():
        return text
    converted: str = _converter("t2s").convert(text)
    return converted


def _each(conversion: str) -> list[str]:
    """Return every Han character converted by itself."""
    converted: list[str] = _converter(conversion).convert("\n".join(HAN)).split("\n")
    return converted
