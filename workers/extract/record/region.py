"""The administrative region of an organ, as far as its own name tells: 广州市天河区教育局 is of 广州市天河区.

No gazetteer: 市教育局 names no region, and 国务院办公厅 belongs to none.
"""

from workers.runtime.lazy_regex import lazy_compile

_OUTER = lazy_compile(r"^(?:中国共产党|中共|共青团|国家[一-鿿]{2,8}?总局|中国人民政治协商会议|政协|民建|民革|九三学社)")
_UNITS = (
    (1, lazy_compile(r"[一-鿿]{1,8}?(?:省|自治区|特别行政区|生产建设兵团)")),
    (2, lazy_compile(r"[一-鿿]{1,12}?(?:市(?!区)|自治州|地区|盟)")),
    (
        3,
        lazy_compile(
            r"[一-鿿]{1,14}?(?:县|旗|市(?!区)|(?:开发|高新|实验|试验|示范|保税|管理|合作|新|林|矿|特)区|[一-鿿]区)"
        ),
    ),
    (4, lazy_compile(r"[一-鿿]{1,8}?(?:街道|镇(?![市县区])|乡(?![市县区])|苏木)")),
)
_NO_REGION = lazy_compile(
    r"(?:城市|都市|城镇|乡镇|村镇|城乡|社区|小区|园区|校区|景区|辖区|灾区|军区|战区|联盟|民盟|各[省市县区]|街镇|镇街|市场|全[省市县区]|"
    r"[省市县区]直|[局厅部委院会府办署科处室].{0,6})$"
)
_BARE = frozenset("省市县区镇乡盟旗") | {"地区", "街道", "本市", "本县", "本省", "本区", "我市", "我省", "我县", "我区"}


def read_region(organ: str | None) -> str | None:
    """Return the region an organ's name begins with, from the outermost unit down, or None."""
    if not organ:
        return None
    outer = _OUTER.match(organ)
    start = place = outer.end() if outer else 0
    rank = 0
    while (found := _unit(organ, place, rank)) is not None:
        rank, place = found
    return organ[start:place] or None


def _unit(organ: str, place: int, above: int) -> tuple[int, int] | None:
    """Return (rank, end) of the unit that begins at ``place`` and lies below ``above``: the one that ends first."""
    found: tuple[int, int] | None = None
    for rank, pattern in _UNITS:
        match = pattern.match(organ, place) if rank > above else None
        if match is None or match.group() in _BARE or _NO_REGION.search(match.group()):
            continue
        if found is None or match.end() < found[1]:
            found = (rank, match.end())
    return found
