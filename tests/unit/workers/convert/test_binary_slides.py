"""What nobody sees of a binary slide is kept apart, and raised digits are none of a number ([MS-PPT], [MS-ODRAW])."""

import struct
from pathlib import Path

import pytest

from tests.support.builders.compound_file import make_compound
from tests.support.builders.ppt import record, text
from tests.support.word_reader import body, of_role, read

WHITE, BLUE = b"\xff\xff\xff\xfe", b"\x66\x33\x00\xfe"
NO_FILL = (0x1BF, 0x100000)
SHOWN, HIDDEN = (0x3BF, 0), (0x3BF, 0x20002)


def looks(*runs: tuple[int, bytes, int]) -> bytes:
    """Return the looks of one paragraph of these runs: length, fields and mask ([MS-PPT] 2.9.44 to 2.9.46)."""
    length = sum(run[0] for run in runs)
    tabs = struct.pack("<IHIHHHHI", length, 0, 0x100800, 1, 1, 576, 0, 0)[:-4]
    letters = b"".join(struct.pack("<II", count, mask) + said for count, said, mask in runs)
    return record(4001, tabs + letters)


def shape(content: bytes, *said: tuple[int, int], left: int = 100) -> bytes:
    properties = b"".join(struct.pack("<HI", name, value) for name, value in said)
    anchor = struct.pack("<4h", 100, left, left + 500, 600)
    return record(
        0xF004,
        record(0xF00B, properties, instance=len(said))
        + record(0xF010, anchor)
        + record(0xF00D, content, container=True),
        container=True,
    )


def group(shapes: bytes, *said: tuple[int, int]) -> bytes:
    properties = b"".join(struct.pack("<HI", name, value) for name, value in said)
    frame = record(0xF009, b"\0" * 16) + record(0xF00B, properties, instance=len(said))
    return record(0xF003, record(0xF004, frame, container=True) + shapes, container=True)


def ppt(path: Path, shapes: bytes, *, show: int = 0, ground: bytes = WHITE[:3]) -> Path:
    frame = record(0xF004, record(0xF009, b"\0" * 16), container=True)
    drawing = record(
        1036, record(0xF002, record(0xF003, frame + shapes, container=True), container=True), container=True
    )
    slide = record(1007, struct.pack("<I8sIIHH", 0, b"", 0, 0, 7, 0)) + record(
        1017, b"\0" * 10 + bytes([show, 0, 0, 0, 0, 0])
    )
    slide += drawing + record(2032, ground + b"\0" + b"\0" * 28, instance=1)
    comment = record(4026, "审核人".encode("utf-16-le")) + record(4026, "请改数字".encode("utf-16-le"), instance=1)
    tags = record(4026, "___PPT10".encode("utf-16-le")) + record(5003, record(12000, comment, container=True))
    slide += record(5000, record(5002, tags, container=True), container=True)
    listed = record(4080, record(1011, struct.pack("<IIiII", 2, 0, 0, 256, 0)), container=True)
    sized = record(1001, struct.pack("<ii", 5760, 4320) + b"\0" * 32)
    stream = record(1006, slide, container=True)
    offset = len(stream)
    stream += record(1000, sized + listed, container=True)
    directory = len(stream)
    stream += record(6002, struct.pack("<III", (2 << 20) | 1, offset, 0))
    current = len(stream)
    stream += record(4085, struct.pack("<IIIIII", 0, 0, 0, directory, 1, 2))
    user = struct.pack("<HHIIII", 0, 4086, 20, 20, 0xE391C05F, current)
    return make_compound(path, PowerPoint_Document=stream, Current_User=user)


def letters(said: str, *runs: tuple[int, bytes, int]) -> bytes:
    return text(4, said) + (looks(*runs) if runs else b"")


SIZE, COLOUR, RAISE = 0x20000, 0x40000, 0x80000
WHOLE = 2  # 乙 and its paragraph mark


@pytest.mark.parametrize(
    "made",
    [
        shape(letters("乙"), HIDDEN, NO_FILL),
        shape(letters("乙"), NO_FILL, left=5760),
        shape(letters("乙"), NO_FILL, left=-500),
        shape(letters("乙", (WHOLE, struct.pack("<H", 1), SIZE)), NO_FILL),
        shape(letters("乙", (WHOLE, WHITE, COLOUR)), NO_FILL),
        shape(letters("乙", (WHOLE, b"\0\0\0\0", COLOUR)), NO_FILL),  # the first colour of the scheme: its ground
        group(shape(letters("乙"), NO_FILL), HIDDEN),
    ],
    ids=["hidden", "right", "left", "tiny", "white", "ground", "group"],
)
def test_what_nobody_sees_of_a_slide_is_kept_apart_and_said(tmp_path: Path, made: bytes) -> None:
    found = read(ppt(tmp_path / "a.ppt", shape(letters("甲"), SHOWN, NO_FILL) + made))
    assert (body(found), of_role(found, "hidden")) == (["甲"], ["乙", "请改数字"])
    assert [problem.said.code for problem in found.problems] == ["hidden-text", "review-comments"]


@pytest.mark.parametrize(
    ("made", "ground"),
    [
        (shape(letters("乙", (WHOLE, WHITE, COLOUR)), (0x181, 0x663300), (0x1BF, 0x100010)), WHITE[:3]),
        (shape(letters("乙", (WHOLE, WHITE, COLOUR)), NO_FILL), BLUE[:3]),
        (shape(letters("乙", (WHOLE, WHITE, COLOUR)), NO_FILL) + shape(letters("")), WHITE[:3]),  # one of unknown fill
        (shape(letters("乙", (WHOLE, BLUE, COLOUR)), NO_FILL), WHITE[:3]),
    ],
)
def test_what_is_seen_of_a_slide_is_read(tmp_path: Path, made: bytes, ground: bytes) -> None:
    found = read(ppt(tmp_path / "a.ppt", shape(letters("甲"), NO_FILL) + made, ground=ground))
    assert body(found) == ["甲", "乙"]
    assert [problem.said.code for problem in found.problems] == ["review-comments"]


def test_a_slide_left_out_of_the_show_is_hidden(tmp_path: Path) -> None:
    found = read(ppt(tmp_path / "a.ppt", shape(letters("甲"), NO_FILL), show=4))
    assert (body(found), of_role(found, "hidden")) == ([], ["甲", "请改数字"])


def test_a_raised_digit_is_none_of_the_number_before_it(tmp_path: Path) -> None:
    raised, lowered = struct.pack("<h", 30), struct.pack("<h", -25)
    said = letters("10万5人CO2", (2, b"", 0), (1, b"", 0), (1, raised, RAISE), (3, b"", 0), (2, lowered, RAISE))
    other = letters("105", (2, b"", 0), (1, raised, RAISE), (1, b"", 0))
    found = read(ppt(tmp_path / "a.ppt", shape(said, NO_FILL) + shape(other, NO_FILL)))
    assert body(found) == ["10万⁵人CO₂", "10⁵"]
