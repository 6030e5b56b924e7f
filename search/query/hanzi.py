"""Traditional and simplified characters for searching: folded one by one, regardless of context.

Normalisation simplifies a traditional document by phrase and does not change a simplified one that names 東亞銀行 once.
Here every traditional-only character is folded, in the index and in the query, so that such a name is found in both
scripts.
"""

from functools import cache

import opencc

HAN = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
# Characters that are also simplified, in words like 著名, 乾坤 and 瞭望: their simplified form depends on the word.
IN_BOTH = frozenset("著乾瞭藉徵夥祇於麽麼昇甯嶽覆")
# Forms of Hong Kong, Taiwan and older types that no OpenCC table has.
PRINTED = dict(zip("吿鄕戸靑淸尙槪囯隣鉄讃凖燄姸硏戱擧叄廐甎", "告乡户青清尚概国邻铁赞准焰妍研戏举叁厩砖", strict=True))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@cache
def simplified_forms() -> dict[str, str]:
    """Return the simplified form of every traditional-only character."""
    simplified, traditional = _each("t2s"), _each("s2t")
    return {
        odd: plain
        for odd, plain, same in zip(HAN, simplified, traditional, strict=True)
        if plain != odd == same and len(plain) == 1 and odd not in IN_BOTH
    }


@cache
def regional_forms() -> dict[str, str]:
    """Return the simplified form of every character used only in Hong Kong or Taiwan: 衞 is 卫, as 衛 is."""
    made = {}
    for standard in (_each("hk2t"), _each("tw2t")):
        for odd, plain in zip(HAN, standard, strict=True):
            simple = simplified_forms().get(plain, plain)
            if simple != odd and odd not in simplified_forms() and _is_simplified(simple) > _is_simplified(odd):
                made[odd] = simple
    return made | PRINTED


def _is_simplified(character: str) -> bool:
    # GB 2312 has the characters of the simplified standard, among them 着, which Hong Kong writes for 著.
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@cache
def _simplified_only() -> frozenset[str]:
    return frozenset(simplified_forms().values())


def simplify(text: str) -> str:
    """Return a traditional ``text`` in simplified characters, converted by phrase (OpenCC ``t2s``); others unchanged.

    Converting a simplified text would damage it: 坏 is also a traditional form of 坯, so 破坏 would become 破坯.
    """
    characters = set(text)
    if not characters & simplified_forms().keys() or characters & _simplified_only():
        return text
    converted: str = _converter("t2s").convert(text)
    return converted


def _each(conversion: str) -> list[str]:
    """Return every Han character, each converted by itself."""
    converted: list[str] = _converter(conversion).convert("\n".join(HAN)).split("\n")
    return converted
