"""Recognises a secrecy mark (密级, GB/T 9704-2012, 7.2.2) by its form; a mention in a sentence (国家秘密) is none."""

from workers.runtime.lazy_regex import lazy_compile

_MAX_LENGTH = 40
_TERM = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月|天|日)|长期"
_MARK = lazy_compile(
    rf"^(?:份号[:：]?)?(?:[0-9]{{6}})?(?:密级[:：])?((?:绝密|机密|秘密)(?:[★☆*＊](?:{_TERM})?)?)"
    r"(?:特急|加急|特提|平急|急件)?(?:[0-9]{6})?$"
)
_CLOSED_NAME = "内部(?:资料|文件|材料|刊物|参考|情况|使用|传阅)"
_CLOSED_ORDER = (
    "(?:请|应)?(?:注意|妥善)(?:保管|保存|保密)|(?:请勿|不得|严禁|切勿|禁止)(?:外传|外泄|公开|转载|翻印|复印|扩散)|"
    "阅后收回|阅后即焚"
)
_INTERNAL = lazy_compile(
    rf"^[（(【\[]?({_CLOSED_NAME}[，,、!！:：;；]?(?:{_CLOSED_ORDER})[，,、!！]?(?:{_CLOSED_ORDER})?)[!！。]?[)）】\]]?"
    r"(?:第?[0-9]{1,6}[期号]?)?$"
)
_NOT_PUBLIC = lazy_compile(
    r"^[（(【\[]?((?:此件|本件|此文|本文|本文件|此文件)(?:不予|不宜|不|暂不|不得)(?:对外|向社会)?(?:公开|发布)(?:发布)?)[。!！]?[)）】\]]?$"
)
_STAMP = lazy_compile(r"^[（(【\[]?(不予公开|不宜公开|不得公开|严禁公开)[)）】\]]?$")
_PUBLICITY = lazy_compile(
    r"^(?:信息|政府信息|文件)?公开(?:方式|属性|形式|类别|类型|选项|性质|范围|程度)[:：](不予公开|不公开|免予公开|不宜公开)$"
)


_CLOSED = ((_INTERNAL, "内"), (_NOT_PUBLIC, "件"), (_NOT_PUBLIC, "文"), (_PUBLICITY, "公"))
"""Patterns by which a line is closed, each with a character it needs."""


def may_hold_mark(text: str) -> bool:
    """Return whether any of the marks can stand in ``text`` at all: each has one of four characters."""
    return "密" in text or "公" in text or "内" in text or "布" in text


def read_secrecy_mark(text: str) -> str | None:
    """Return the mark a line consists of, e.g. ``机密★1年``; serial number and urgency may stand beside it."""
    match = _MARK.match(_squeeze(text)) if "密" in text else None
    return match[1] if match else None


def read_closed_mark(text: str) -> str | None:
    """Return the words by which a line keeps its document inside: 「内部资料 注意保管」, 「此件不公开」, or None."""
    line = _squeeze(text)
    for pattern, character in _CLOSED:
        match = pattern.match(line) if character in line else None
        if match:
            return line if pattern is _PUBLICITY else match[1]
    return None


def read_closed_stamp(text: str) -> str | None:
    """Return 「不予公开」 if a line is nothing else: a stamp at the head of a form, a cell of a table elsewhere."""
    match = _STAMP.match(_squeeze(text))
    return match[1] if match else None


def has_term(mark: str) -> bool:
    """Return whether a mark has its star or term, which make it one wherever it stands."""
    return len(mark) > len("机密")


def _squeeze(text: str) -> str:
    return "" if len(text) > _MAX_LENGTH else "".join(text.split())
