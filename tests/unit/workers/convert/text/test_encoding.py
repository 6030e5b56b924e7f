"""Which encoding bytes are taken for, and what is said about those that are none."""

from pathlib import Path

import pytest

from workers.convert.text.encoding import codec_name, decode, looks_like_text

SEED = Path(__file__).parents[4] / "samples" / "seeds" / "001_e33977f9e103f951.txt"
SIMPLIFIED = SEED.read_text("utf-8")
TRADITIONAL = (
    "按照今年的政務公開報告計劃，市殘聯嚴格貫徹落實《中華人民共和國政府信息公開條例》，進一步完善行政管理。" * 60
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("length", [6, 20, 60, 300, 3000])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_simplified_text_of_any_length_is_read(encoding: str, length: int) -> None:
    text = SIMPLIFIED[100 : 100 + length]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("length", [6, 20, 60, 300, 3000])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_traditional_text_of_any_length_is_read(encoding: str, length: int) -> None:
    text = TRADITIONAL[:length]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le"])
def test_chinese_far_behind_ascii_is_found(encoding: str) -> None:
    text = "1 abc, " * 5000 + SIMPLIFIED[100:130] + " tail" * 3000
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_a_character_cut_at_the_end_costs_that_character_alone(encoding: str) -> None:
    text = TRADITIONAL[:200]
    decoded = decode(text.encode(encoding)[:-1])
    assert decoded.text == text[:-1]
    (problem,) = decoded.problems
    assert problem.lossy
    assert "truncated inside a character" in problem.message


def test_rare_characters_of_four_bytes_are_read() -> None:
    text = "镕喆堃赟㙦𠮷国办发" * 5
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("declared", ["utf-8", "big5", "iso-8859-1", "no-such-charset", None])
def test_bytes_outweigh_what_a_document_declares(declared: str | None) -> None:
    text = SIMPLIFIED[:400]
    decoded = decode(text.encode("gb18030"), declared=declared)
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", " GB2312 ", "cp936"])
def test_all_names_of_gb_mean_gb18030(label: str) -> None:
    assert codec_name(label) == "gb18030"


@pytest.mark.parametrize("label", ["hex", "zip", "rot13", "", None, "x" * 50])
def test_what_is_no_charset_is_no_codec(label: str | None) -> None:
    assert codec_name(label) is None


def test_the_private_space_of_gb18030_is_a_full_width_space() -> None:
    data = "一、".encode("gb18030") + b"\xa3\xa0" + "总则：为了规范政府信息公开工作，制定本办法。".encode("gb18030")
    assert decode(data).text.startswith("一、\u3000总则")


def test_bytes_of_no_meaning_are_marked_and_counted() -> None:
    decoded = decode(SIMPLIFIED[:300].encode("gb18030") + b"\xff\xff\n" + SIMPLIFIED[300:600].encode("gb18030"))
    assert "\ufffd" in decoded.text
    assert SIMPLIFIED[300:600] in decoded.text
    assert decoded.problems[0].lossy


def test_another_language_is_read_as_well_as_statistics_can_tell() -> None:
    text = "В соответствии с законом о доступе к информации орган власти публикует отчёт. " * 5
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (b"plain ASCII", True),
        (SIMPLIFIED[:50].encode("gb18030"), True),
        (SIMPLIFIED[:50].encode("utf-16-le"), True),
        ("отчёт о работе органа власти".encode("cp1251"), True),
        (bytes(range(256)) * 8, False),
        (b"\x00\x01\x02\x03" * 100, False),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 200, False),
    ],
)
def test_text_is_told_from_noise(data: bytes, is_text: bool) -> None:
    assert (looks_like_text(data) is not None) is is_text
