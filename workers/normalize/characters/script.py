"""Traditional to simplified for the index, character under character, so that both scripts share their offsets.

Whether a document is traditional is decided for the whole of it: a simplified report that names 東亞銀行 or 馬英九 once
stays as it is.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from workers.normalize.draft.sheet import Draft, DraftLine, Script
from workers.runtime.lazy_regex import lazy_compile

# The most frequent characters that exist in one of the two scripts only.
_TRADITIONAL = lazy_compile(
    "[國會為這們來時個學說對發務經進過後動關無開產長實現點應當從機體業與內東區員報導設辦將對級規據標準強聯網"
    "總統計單職權責條結構關請處決議調資訊獲環聽黨門問題車馬風書畫龍頭見觀語讀寫課論證認識話試該詳談選遠運達遲"
    "還邊鄉鎮錢銀鐵錄際陽陰隊階險難雲電靈須領頻顯風飛館驗麗黃齊壓廣庫廳彈戶損換據擔擇擴擬攝數斷舊晉]"
)
_SIMPLIFIED = lazy_compile(
    "[国会为这们来时个学说对发务经进过后动关无开产长实现点应当从机体业与内东区员报导设办将级规据标准强联网"
    "总统计单职权责条结构请处决议调资讯获环听党门问题车马风书画龙头见观语读写课论证认识话试该详谈选远运达迟"
    "还边乡镇钱银铁录际阳阴队阶险难云电灵须领频显飞馆验丽黄齐压广库厅弹户损换担择扩拟摄数断旧晋]"
)
_HAN = lazy_compile("[\u3400-\u9fff]")
# 著 is 着 in traditional writing (著重, 朝著) save where it is about writing or standing out.
_ZHE = lazy_compile("(?<![显土巨论编原名专译卓昭遗合拙新所撰])著(?![作名述者称录书文有])")
_APART = "\x01"  # in no dictionary word, so that no word matches across it
_DESCRIBES = lazy_compile("[\u2ff0-\u2fff\u31ef]")  # OpenCC leaves alone what follows one, across lines too
_SAMPLE = 200_000  # characters; the script of a document does not change after that


def tell_script(draft: Draft) -> Draft:
    """Decide whether the document is simplified, traditional, or holds no Han text at all."""
    sample, room = [], _SAMPLE
    for line in draft.lines:
        sample.append(line.text[:room])
        room -= len(sample[-1])
        if room <= 0:
            break
    return replace(draft, script=script_of("".join(sample)))


def script_of(text: str) -> Script:
    """Return the script most of the telling characters of ``text`` belong to; ``hans`` if there are none."""
    if not _HAN.search(text):
        return "none"
    traditional = len(_TRADITIONAL.findall(text))
    return "hant" if traditional and traditional > len(_SIMPLIFIED.findall(text)) else "hans"


def simplify_text(draft: Draft) -> Draft:
    """Write a traditional document in simplified characters and keep what stood there as ``original``.

    「政務公開工作總結」 is found as 政务公开工作总结, and shown as it was written.
    """
    if draft.script != "hant":
        return draft
    simplified = simplify_all([line.text for line in draft.lines])
    return replace(draft, lines=tuple(map(_simplify, draft.lines, simplified)))


def simplify_all(texts: list[str]) -> list[str]:
    """Return ``simplify`` of each text, in one pass over all texts; each keeps its length."""
    together = _APART.join(texts)
    converted = [] if _DESCRIBES.search(together) else _converter()(together).split(_APART)
    if list(map(len, converted)) != list(map(len, texts)):
        return [simplify(text) for text in texts]
    return [_with_zhe(text) for text in converted]


def simplify(text: str) -> str:
    """Return ``text`` simplified, of the same length even if the phrase dictionary would change it."""
    converted = _converter()(text)
    if len(converted) != len(text):
        converted = "".join(map(_single, text))
    return _with_zhe(converted)


def _with_zhe(text: str) -> str:
    return _ZHE.sub("着", text) if "著" in text else text


def _simplify(line: DraftLine, text: str) -> DraftLine:
    return line if text == line.text else line._replace(text=text, original=line.display)


@cache
def _single(character: str) -> str:
    converted = _converter()(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - loading its dictionaries takes longer than a simplified document

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
