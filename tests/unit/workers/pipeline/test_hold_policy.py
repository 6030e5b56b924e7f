"""What holds a document beside its text: how it is called, and what its problems quote; the number is made up."""

import pytest

from schemas.articles import Extracted, Finding
from schemas.outcomes import Problem
from workers.extract.sensitive.hold_reasons import hold_problems

NUMBER = "110101199003070011"
SAID = "含身份证号码（1101**********0011），经人工放行后方可检索"


@pytest.mark.parametrize(
    "key", [f"{NUMBER}.txt", f"局/张某{NUMBER}/文.txt", f"局/a.zip!/{NUMBER}/文.txt", f"局/a.zip!/文 {NUMBER}(1).txt"]
)
def test_a_number_in_its_name_holds_a_document(key: str) -> None:
    problems = hold_problems(Extracted("txt", ()), ("identity_card",), key=key)
    assert [problem.message for problem in problems] == [SAID]
    assert hold_problems(Extracted("txt", ()), ("bank_card",), key=key) == ()


def test_a_number_in_the_name_of_a_file_left_out_holds_the_container() -> None:
    quoted = Problem(
        "convert", f"1 of the files inside, 「{NUMBER}.xyz」, were left out: they are encrypted", lossy=True
    )
    problems = hold_problems(Extracted("zip", (), problems=(quoted,)), ("identity_card",), key="a.zip")
    assert [problem.message for problem in problems] == [SAID]


def test_a_number_found_twice_is_told_once() -> None:
    found = Extracted("txt", (), findings=(Finding("identity_card", "1101**********0011"),))
    assert hold_problems(found, ("identity_card",), key=f"{NUMBER}.txt")[0].message == SAID


@pytest.mark.parametrize(
    "key", ["2020/01/W020200601501234567890.pdf", "20231211/1702281234567.txt", "t20200101_5123456.html"]
)
def test_names_that_programs_give_hold_nothing(key: str) -> None:
    assert hold_problems(Extracted("txt", ()), ("identity_card", "bank_card"), key=key) == ()
