"""Maps a label to its row of table three, in the words of either form and in the abbreviations of offices."""

from workers.runtime.lazy_regex import lazy_compile

# The order matters: a label that matches two of them belongs to the first.
_KEYS: tuple[tuple[str, str], ...] = (
    ("1", "本年新收"),
    ("2", "上年结转"),
    ("4", "结转下一?年度?"),
    ("3.3.1", "国家秘密"),
    ("3.3.2", "其他法律、?行政法规禁止"),
    ("3.3.3", "三安全一稳定"),
    ("3.3.4", "保护第三方"),
    ("3.3.5", "三类内部事务"),
    ("3.3.6", "四类过程性"),
    ("3.3.7", "行政执法案卷"),
    ("3.3.8", "行政查询事项"),
    ("3.4.1", "本机关不掌握"),
    ("3.4.2", "没有现成信息"),
    ("3.4.3", "补正后申请内容"),
    ("3.5.4", "大量反复申请"),
    ("3.5.1", "信访举报投诉"),
    ("3.5.2", "重复申请"),
    ("3.5.3", "公开出版物"),
    ("3.5.5", "重新出具已获取"),
    ("3.6.1", "逾期不补正"),
    ("3.6.2", "未按收费通知"),
    ("3.6", "其他处理$"),
    ("3.6.3", "^(?:[3３][.．、])?其他$"),
    ("3.7", "^(?:[（(]七[)）])?总计$"),
    ("3.2", "部分公开"),
    ("3.1", "(?<!不)予以公开"),
)
_PATTERNS = tuple((code, lazy_compile(pattern)) for code, pattern in _KEYS)
_QUOTES = str.maketrans("", "", "“”\"‘’'「」＂")
_MAX_LENGTH = 60


def code_of(label: str) -> str | None:
    """Return the code of the row ``label`` names, None if it names none."""
    plain = "".join(label.split()).translate(_QUOTES)
    if not plain or len(plain) > _MAX_LENGTH:
        return None
    return next((code for code, pattern in _PATTERNS if pattern.search(plain)), None)
