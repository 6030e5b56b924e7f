from tests.support.builders.clean_documents import read, rows


def messages(*lines: str) -> list[str]:
    return [problem.message for problem in read("某局工作总结", *lines).problems]


def test_a_missing_number_is_reported_as_it_would_be_written() -> None:
    found = messages("一、途径", "(1)以公示类载体为基础。", "(2)以门户网站为主渠道。", "(4)以新闻媒体为补充。")
    assert len(found) == 1
    assert found[0].startswith("(3) 缺失")


def test_missing_han_numbers_are_reported() -> None:
    assert messages("九、组织", "十二、其他")[-1].startswith("十、 十一、 缺失")


def test_a_fresh_start_is_kept_in_order_and_reported() -> None:
    article = read("总结", "一、宣传", "二、领导", "今年，我们将继续努力。", "一、培训", "二、监督")
    assert [number for _, number, _ in rows(article.sections)] == ["一、", "二、", "一、", "二、"]
    assert [problem.message for problem in article.problems] == ["编号从头开始：一、 接在 二、 之后，按原文顺序保留"]


def test_a_run_that_goes_on_across_sections_is_no_gap() -> None:
    assert (
        messages("一、要求", "（一）思想。要统一。", "（二）目标。要明确。", "二、措施", "（三）范围。要清楚。") == []
    )


def test_every_section_may_begin_again_at_one() -> None:
    assert messages("一、要求", "（一）思想。要统一。", "二、措施", "（一）范围。要清楚。") == []
