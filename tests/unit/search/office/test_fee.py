"""The fee at each boundary of 国办函〔2020〕109号, 第四条 and 第五条; right values computed by hand."""

import pytest

from search.office.letters.fee import MOST, fee_by_pages, fee_by_requests, fee_rows

# (requests of one applicant in a month, 元)
REQUESTS = (
    (0, 0), (1, 0), (10, 0), (11, 100), (12, 200), (29, 1900), (30, 2000),
    (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400), (60, 11000), (100, 37000),
)  # fmt: skip
# (pages of one application, 元)
PAGES = (
    (0, 0), (30, 0), (31, 10), (99, 690), (100, 700), (101, 720), (199, 2680), (200, 2700), (201, 2740), (300, 6700),
)  # fmt: skip


@pytest.mark.parametrize(("count", "amount"), REQUESTS)
def test_requests_cost_what_their_tiers_say(count: int, amount: int) -> None:
    fee = fee_by_requests(count)
    assert fee.amount == amount
    assert sum(one.last - one.first + 1 for one in fee.tiers) == count
    assert fee.basis.paragraph == "第四条"


@pytest.mark.parametrize(("count", "amount"), PAGES)
def test_pages_cost_what_their_tiers_say(count: int, amount: int) -> None:
    fee = fee_by_pages(count)
    assert fee.amount == amount
    assert fee.basis.paragraph == "第五条"


def test_the_tiers_are_told_with_their_rates() -> None:
    assert fee_rows(fee_by_requests(41)) == [
        ("第1—10件", 0, 0), ("第11—30件", 100, 2000), ("第31—40件", 200, 2000), ("第41件", 300, 300),
    ]  # fmt: skip
    assert fee_rows(fee_by_pages(101))[-1] == ("第101页", 20, 20)


@pytest.mark.parametrize("count", [-1, MOST + 1])
def test_a_count_that_cannot_be_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="between"):
        fee_by_requests(count)
    with pytest.raises(ValueError, match="between"):
        fee_by_pages(count)
