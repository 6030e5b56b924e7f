"""The fee of applications, by their number or by their pages; progressive, and never by both (第三条).

By number (第四条), for one applicant in one calendar month: 10 are free, those up to 30 cost 100 元 each, and of those
from 31 on each further ten cost 100 元 more apiece. By pages (第五条), for one application: 30 are free, those up to
100 cost 10 元, up to 200 20 元, and 40 元 beyond.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.office.findings import Basis

FREE_REQUESTS, FIRST_REQUESTS, STEP = 10, 30, 10
FIRST_RATE, RATE_STEP = 100, 100
PAGE_TIERS: tuple[tuple[int, int], ...] = ((30, 0), (100, 10), (200, 20))
LAST_PAGE_RATE = 40
MOST = 100_000

_TITLE, _NUMBER = "政府信息公开信息处理费管理办法", "国办函〔2020〕109号"
_SOURCE = "http://fgw.shanxi.gov.cn/ztzl/sfjjxmml/sfmlqd/sfzggwjxsdwzhxsqsfmlqd/202507/t20250702_9896797.shtml"
BY_REQUESTS = Basis(_TITLE, _NUMBER, "第四条", _SOURCE)
BY_PAGES = Basis(_TITLE, _NUMBER, "第五条", _SOURCE)


@dataclass(frozen=True, slots=True)
class FeeTier:
    """The part of a fee that one rate gives.

    Attributes:
        first: First request or page of the tier, from 1.
        last: Last one, at most what was asked for.
        rate: In 元 apiece.
    """

    first: int
    last: int
    rate: int

    @property
    def amount(self) -> int:
        """What the tier costs, in 元."""
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee.

    Attributes:
        unit: 件 or 页.
        count: How many.
        tiers: Its parts, from the first one on.
        basis: The paragraph it rests on.
    """

    unit: str
    count: int
    tiers: tuple[FeeTier, ...]
    basis: Basis

    @property
    def amount(self) -> int:
        """The sum, in 元."""
        return sum(one.amount for one in self.tiers)


def fee_by_requests(count: int) -> Fee:
    """Return the fee of all requests of one applicant in one calendar month.

    Raises:
        ValueError: The count is not between 0 and ``MOST``.
    """
    return Fee("件", count, _cut(_request_tiers(), count), BY_REQUESTS)


def fee_by_pages(count: int) -> Fee:
    """Return the fee of the pages of one application.

    Raises:
        ValueError: The count is not between 0 and ``MOST``.
    """
    return Fee("页", count, _cut(iter((*PAGE_TIERS, (MOST, LAST_PAGE_RATE))), count), BY_PAGES)


def _request_tiers() -> Iterator[tuple[int, int]]:
    """Yield the last request and the rate of each tier."""
    yield FREE_REQUESTS, 0
    last, rate = FIRST_REQUESTS, FIRST_RATE
    while True:
        yield last, rate
        last, rate = last + STEP, rate + RATE_STEP


def _cut(tiers: Iterator[tuple[int, int]], count: int) -> tuple[FeeTier, ...]:
    if not 0 <= count <= MOST:
        raise ValueError(f"{count} is not between 0 and {MOST}")
    made: list[FeeTier] = []
    first = 1
    for last, rate in tiers:
        if first > count:
            break
        made.append(FeeTier(first, min(last, count), rate))
        first = last + 1
    return tuple(made)


def fee_rows(fee: Fee) -> Sequence[tuple[str, int, int]]:
    """Return the parts of a fee in words: 第11—30件, the rate, the amount."""
    return [
        (
            f"第{one.first}—{one.last}{fee.unit}" if one.first != one.last else f"第{one.first}{fee.unit}",
            one.rate,
            one.amount,
        )
        for one in fee.tiers
    ]
