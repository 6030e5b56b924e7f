import pytest

from workers.extract.grammar.numerals import read_number
from workers.extract.grammar.section_numbers import read_label


@pytest.mark.parametrize(
    ("text", "written", "value", "level"),
    [
        ("第一编 总则", "第一编", 1, 1),
        ("第十二章 附 则", "第十二章", 12, 1),
        ("第二节 查封、扣押", "第二节", 2, 2),
        ("第一百零三条 本法自公布之日起施行。", "第一百零三条", 103, 3),
        ("第十七条之一 有下列情形之一的", "第十七条之一", 17, 3),
        ("第一部分 概述", "第一部分", 1, 1),
        ("一、总体要求", "一、", 1, 1),
        ("二十三、其他", "二十三、", 23, 1),
        ("（三）工作目标", "（三）", 3, 2),
        ("(四)依申请公开", "(四)", 4, 2),
        ("1.加强领导", "1.", 1, 3),
        ("2、建立制度", "2、", 2, 3),
        ("10．其他", "10．", 10, 3),
        ("（1）公开栏", "（1）", 1, 4),
        ("③网站", "③", 3, 5),
        ("1.1.2 范围", "1.1.2", 2, 5),
        ("附件2：统计表", "附件2：", 2, 1),
    ],
)
def test_a_number_is_read_with_its_marks_and_its_level(text: str, written: str, value: int, level: int) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.text, label.value, label.level) == (written, value, level)


@pytest.mark.parametrize(
    "text", ["一是抓学习", "2010年，我局", "1.5万元", "第一，加强领导", "十分重视", "二维码、公众号", "12345热线", ""]
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("一百一十", 110), ("二〇一一", 2011), ("2011", 2011), ("两", 2), ("", None)],
)
def test_han_and_arabic_numbers_are_read(text: str, value: int | None) -> None:
    assert read_number(text) == value
