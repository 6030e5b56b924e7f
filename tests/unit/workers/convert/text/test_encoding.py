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


@pytest.mark.parametrize(("encoding", "euro"), [("gb18030", b"\x80"), ("big5", b"\xa3\xe1")])
def test_the_euro_sign_of_windows_is_read(encoding: str, euro: bytes) -> None:
    # Microsoft's best fit tables of code pages 936 and 950 (unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WindowsBestFit)
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    decoded = decode(text[:200].encode(encoding) + euro + "100元".encode(encoding))
    assert decoded.text == text[:200] + "€100元"
    assert decoded.problems == ()


def test_the_eighteen_characters_of_gb_18030_2022_have_their_own_code_points() -> None:
    # GB 18030-2022, the codes whose assignment changed against 2005
    codes = "A6D9 A6DA A6DB A6DC A6DD A6DE A6DF A6EC A6ED A6F3 FE59 FE61 FE66 FE67 FE6D FE7E FE90 FEA0"
    text = decode("政府信息公开".encode("gb18030") * 20 + bytes.fromhex(codes)).text
    assert text[-18:] == "︐︒︑︓︔︕︖︗︘︙" + "".join(map(chr, range(0x9FB4, 0x9FBC)))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", [SIMPLIFIED[100:160], "The quick brown fox jumps over the lazy dog."])
def test_text_filled_up_with_nul_keeps_its_words_apart(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    for padded in (data + b"\0" * 3000, b"\0" * 600 + data, data.ljust(512, b"\0") * 2):
        assert decode(padded).text.split("\n").count(text.partition("\n")[0]) >= 1
        assert looks_like_text(padded)
    fields = b"\0\0\0\0\0".join(part.encode(encoding) for part in ("张三", "公务员", "Beijing"))
    assert decode(fields).text.split() == ["张三", "公务员", "Beijing"]


def test_what_is_no_text_besides_its_filling_stays_none() -> None:
    assert looks_like_text(b"\x00\x00\x00\x01Bud1" + b"\0" * 4000) is None
    assert looks_like_text(b"\x05admin" + b"\0" * 200) is None


def test_hz_without_a_declaration_is_read_and_a_tilde_alone_is_none() -> None:
    assert decode("关于报送年度报告的函".encode("hz")).text == "关于报送年度报告的函"
    assert decode(b"for i in ~{1..3~}; do").text == "for i in ~{1..3~}; do"
