"""Letters of answer: which titles are, the result each gives, and when its application was received."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.office.letters import NO_RESULT, Clock
from search.office.facts import FACTS_VERSION
from search.office.letters.reader import is_letter, load_results, read_letter
from tests.support.disclosures import row_of

LETTERS = (
    "某市教育局政府信息公开申请答复书",
    "政府信息公开告知书（某自然资依申告〔2025〕第3号）",
    "政府信息不存在告知书",
    "非本机关政府信息告知书",
    "关于张某政府信息公开申请的答复",
    "不予公开政府信息决定书",
    "依申请公开答复书",
    "某区住建局关于政府信息公开申请的回复",
)
OTHERS = (
    "政府信息公开申请补正告知书",
    "政府信息公开申请延期答复告知书",
    "政府信息公开征求意见告知书",
    "关于印发政府信息公开申请答复书示范文本的通知",
    "某市2024年政府信息公开工作年度报告",
    "关于市政协第12号提案的答复",
    "行政处罚决定书",
    "政府信息公开信息处理费收费告知书",
    None,
)
# (text, results by 第三十六条)
TEXTS = (
    ("经审查，您申请公开的信息已主动公开，可在本局网站查询。", (1,)),
    ("经查，该信息已在某市人民政府门户网站公开，网址附后。", (1,)),
    ("经审查，您申请的信息可以公开，现将该信息复印件提供给您。", (2,)),
    ("根据《条例》规定，决定予以公开，随函向您提供《2024年预算》。", (2,)),
    ("该信息属于内部事务信息，根据《条例》第十六条，本机关决定不予公开。", (3,)),
    ("经检索，本机关未制作您申请的信息，该政府信息不存在。", (4,)),
    ("经查找，未检索到您申请的信息。", (4,)),
    ("您申请的信息不属于本机关负责公开，建议您向某市水利局申请。", (5,)),
    ("您已就同一内容提出申请并获答复，属于重复申请，本机关不予重复处理。", (6,)),
    ("您申请的信息属于不动产登记资料，请依照有关规定查询。", (7,)),
    ("现将可以公开的部分提供给您；其余部分涉及个人隐私，不予公开。", (2, 3)),
    ("您申请公开“不予公开的目录”，本机关决定予以公开。", (2,)),
    ("您申请《关于信息不存在的说明》，该信息已主动公开。", (1,)),
    ("您提出的事项属于咨询，不作为政府信息公开申请处理。", (NO_RESULT,)),
    ("根据《中华人民共和国政府信息公开条例》第三十六条第（四）项的规定，答复如下。", (4,)),
    ("根据《政府信息公开条例》（国务院令第711号）第三十六条第二项、第三十七条，部分不予公开。", (2,)),
    ("依据《条例》第三十六条第（一）、（五）项，答复如下。", (1, 5)),
    ("根据《行政复议法》第三十六条第（四）项，该信息已主动公开。", (1,)),
)


@pytest.mark.parametrize("title", LETTERS)
def test_a_letter_of_answer_is_known_by_its_title(title: str) -> None:
    assert is_letter(title)


@pytest.mark.parametrize("title", OTHERS)
def test_letters_on_the_way_and_other_texts_are_none(title: str | None) -> None:
    assert not is_letter(title)


@pytest.mark.parametrize(("text", "results"), TEXTS)
def test_the_result_is_the_cited_item_else_what_the_words_say(text: str, results: tuple[int, ...]) -> None:
    letter = read_letter(LETTERS[0], [row_of("a.txt", 0, 0, text)])
    assert letter is not None
    assert letter.results == results
    assert (letter.evidence == "") is (results == (NO_RESULT,))


def test_a_letter_says_when_the_application_came_and_which_section_answers() -> None:
    rows = [
        row_of("a.txt", 0, 0, "张某：\n本机关于2025年3月3日收到您提出的政府信息公开申请。"),
        row_of("a.txt", 0, 1, "经检索，该政府信息不存在。\n特此答复。"),
    ]
    letter = read_letter(LETTERS[0], rows)
    assert letter is not None
    assert (letter.received_on, letter.section, letter.evidence) == ("2025-03-03", 1, "经检索，该政府信息不存在。")
    assert letter.clock is Clock.PLAIN
    extended = read_letter(LETTERS[0], [*rows, row_of("a.txt", 0, 2, "本机关已于3月20日告知您延期答复。")])
    assert extended is not None
    assert extended.clock is Clock.EXTENDED
    asked = replace(rows[0], text="我局于2025年13月3日收到申请，并征求第三方意见。")
    stopped = read_letter(LETTERS[0], [asked])
    assert stopped is not None
    assert (stopped.received_on, stopped.clock) == (None, Clock.STOPPED)


def test_the_results_are_the_seven_items_of_the_paragraph() -> None:
    assert [(one.number, one.mark) for one in load_results()] == list(
        zip(range(1, 8), ("（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）"), strict=True)
    )


def test_facts_are_derived_anew_where_a_table_of_words_changes() -> None:
    """Whoever changes a table raises FACTS_VERSION, and VERSION in search/elastic/mapping.py, and then this value."""
    office = Path(__file__).parents[4] / "search" / "office"
    tables = (
        office / "catalogue" / "classes.json",
        office / "letters" / "results.json",
        office / "publication" / "negative.json",
    )
    digest = hashlib.sha256(b"".join(table.read_bytes() for table in tables)).hexdigest()[:16]
    assert (FACTS_VERSION, digest) == (2, "575fd1eb854ddc58")
