"""Where masked text stands on the pages of an original is known for sure, or no page of it is shown."""

import pytest

from ops.adapters.mask_places import list_secrets, shows_secrets
from schemas.articles import Finding
from schemas.blocks import Block, Converted
from schemas.drawings import Secret
from workers.extract.sensitive.personal import findings_in

KINDS = ("mobile_phone", "home_address", "identity_card")
PHONE = "13800138123"
STREET, HOUSE = "某某市某某区人民路", "12号3栋502室"


def secrets_of(*blocks: Block) -> dict[int, tuple[Secret, ...]] | None:
    findings = [finding for block in blocks for finding in findings_in(block.text)]
    return list_secrets(Converted("pdf", blocks, pages=3), findings, KINDS)


def test_numbers_and_addresses_are_listed_by_page_with_what_is_masked_of_them() -> None:
    blocks = (
        Block(f"联系电话：{PHONE}。", page=1),
        Block("没有号码的一页", page=2),
        Block(f"张某，家庭住址：{STREET}{HOUSE}。电话：{PHONE}；手机{PHONE}", page=3),
    )
    address = STREET + HOUSE
    assert secrets_of(*blocks) == {
        1: (Secret(PHONE, 3, 7, 1),),
        3: (
            # The number stands there twice, once as a part of the longer text.
            Secret(PHONE, 3, 7, 2),
            Secret(f"手机{PHONE}", 5, 9, 1),
            Secret(address, len(STREET), len(address), 1),
        ),
    }


def test_a_number_whose_digits_stand_in_cells_is_one_secret() -> None:
    row = "\t".join("11010519491231002X")
    found = secrets_of(Block(f"身份证号码\t{row}", kind="table", page=1))
    assert found is not None
    assert ["".join(one.text.split()) for one in found[1]] == ["11010519491231002X"[4:15]]


@pytest.mark.parametrize(
    "blocks",
    [
        (Block(f"电话：{PHONE}"),),  # on no page
        (Block(f"电话：{PHONE}", page=1, role="hidden"),),
    ],
)
def test_what_stands_on_no_page_or_is_hidden_there_is_not_sure(blocks: tuple[Block, ...]) -> None:
    assert secrets_of(*blocks) is None


def test_a_finding_that_no_paragraph_holds_by_itself_is_not_sure() -> None:
    blocks = (Block("1380013", page=1), Block("8123", page=1))
    assert list_secrets(Converted("pdf", blocks), [Finding("mobile_phone", "138****8123")], KINDS) is None
    assert list_secrets(Converted("pdf", blocks), [Finding("secrecy", "机密")], KINDS) == {}


def test_what_is_left_is_read_across_the_ends_of_lines() -> None:
    assert shows_secrets(["电话", "138001", "38123"], KINDS)
    assert not shows_secrets(["电话", "138****8123"], KINDS)
