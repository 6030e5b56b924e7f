"""What nobody sees of a binary slide is kept apart, and raised digits are none of a number ([MS-PPT], [MS-ODRAW])."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders.compound_file import make_compound
from tests.support.builders.ppt import record, text
from tests.support.word_reader import body, of_role, read
from workers.convert.slides.ppt import reader, shapes
from workers.convert.slides.ppt.records import Record, inside, walk

WHITE, BLUE = b"\xff\xff\xff\xfe", b"\x66\x33\x00\xfe"
NO_FILL = (0x1BF, 0x100000)
ENTRY = record(1011, struct.pack("<IIiII", 2, 0, 0, 256, 0))  # a slide in the list of slides
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


def ppt(
    path: Path,
    shapes: bytes,
    *,
    show: int = 0,
    ground: bytes = WHITE[:3],
    note: str = "请改数字",
    master: int = 0,
) -> Path:
    """Write a presentation of one slide with a comment; its master, if it names one, stands nowhere."""
    frame = record(0xF004, record(0xF009, b"\0" * 16), container=True)
    drawing = record(
        1036, record(0xF002, record(0xF003, frame + shapes, container=True), container=True), container=True
    )
    slide = record(1007, struct.pack("<I8sIIHH", 0, b"", master, 0, 7, 0)) + record(
        1017, b"\0" * 10 + bytes([show, 0, 0, 0, 0, 0])
    )
    slide += drawing + record(2032, ground + b"\0" + b"\0" * 28, instance=1)
    comment = record(4026, "审核人".encode("utf-16-le")) + record(4026, note.encode("utf-16-le"), instance=1)
    tags = record(4026, "___PPT10".encode("utf-16-le")) + record(5003, record(12000, comment, container=True))
    slide += record(5000, record(5002, tags, container=True), container=True)
    lists = record(4080, ENTRY, container=True)
    if master:
        entry = record(1011, struct.pack("<IIiII", 3, 0, 0, master, 0))
        lists = record(4080, entry, container=True, instance=1) + lists
    sized = record(1001, struct.pack("<ii", 5760, 4320) + b"\0" * 32)
    stream = record(1006, slide, container=True)
    offset = len(stream)
    stream += record(1000, sized + lists, container=True)
    directory = len(stream)
    stream += record(6002, struct.pack("<IIII", (3 << 20) | 1, offset, 0, 99_999_999))
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


def test_a_master_that_stands_nowhere_costs_no_slide_its_place(tmp_path: Path) -> None:
    white = shape(letters("乙", (WHOLE, WHITE, COLOUR)), NO_FILL)  # on a ground that nobody knows
    found = read(ppt(tmp_path / "a.ppt", shape(letters("甲"), NO_FILL) + white, master=7))
    assert (body(found), of_role(found, "hidden")) == (["甲", "乙"], ["请改数字"])
    assert [problem.said.code for problem in found.problems] == ["review-comments"]


@pytest.mark.parametrize(
    ("note", "hidden", "problems"),
    [(" \r ", [], []), ("请改\r数字", ["请改", "数字"], [("review-comments", 1)])],
    ids=["blank", "two paragraphs"],
)
def test_comments_are_counted_apart_from_hidden_text(
    tmp_path: Path, note: str, hidden: list[str], problems: list[tuple[str, int]]
) -> None:
    found = read(ppt(tmp_path / "a.ppt", shape(letters("甲"), NO_FILL), note=note))
    assert of_role(found, "hidden") == hidden
    assert [(problem.said.code, problem.said.values["count"]) for problem in found.problems] == problems


def boxed(texts: bytes) -> bytes:
    """Return a slide with one text box."""
    return record(1006, record(0xF00D, texts, container=True), container=True)


def listed(entries: bytes) -> bytes:
    """Return a document with a list of slides."""
    return record(1000, record(4080, entries, container=True), container=True)


@pytest.mark.parametrize(
    ("stream", "missing"),
    [
        (boxed(letters("甲") + record(3999, b"\4\0\0\0")), 2),
        (boxed(letters("甲") + record(3998, b"\0\0\0\0")), 2),
        (listed(ENTRY + letters("甲") + record(3999, b"\4\0\0\0")), 2),
        (listed(ENTRY + letters("甲") + ENTRY), 8),
    ],
    ids=["kind of a text", "reference", "kind in the list", "slide in the list"],
)
def test_a_stream_cut_within_an_atom_is_read_up_to_there(tmp_path: Path, stream: bytes, missing: int) -> None:
    user = struct.pack("<HHIIII", 0, 4086, 20, 20, 0xE391C05F, 99_999_999)
    stream = stream[:-missing]
    stream = record(1, b"\0" * (4096 - 8 - len(stream))) + stream  # of a size that is not padded
    found = read(make_compound(tmp_path / "a.ppt", PowerPoint_Document=stream, Current_User=user))
    assert body(found) == ["甲"]
    assert [(problem.said.code, problem.lossy) for problem in found.problems] == [("presentation-edits-damaged", True)]


class Counted(Record):
    """A record that counts how often its end is asked for."""

    asked = 0

    @property
    def end(self) -> int:  # type: ignore[override]
        Counted.asked += 1
        return self[4]


def test_each_record_is_held_against_the_groups_that_end_there_only(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b""
    for _ in range(300):
        data = record(0xF003, record(0xF004, b"", container=True) + data, container=True)
    records = [Counted(*each) for each in walk(data, Record(0, 0, container=True, start=0, end=len(data)))]
    monkeypatch.setattr(shapes, "walk", lambda *_: records)
    Counted.asked = 0
    assert shapes.unseen_stretches(data, records[0], (5760, 4320)) == []
    assert Counted.asked < 10 * len(records)


def test_containers_that_overlap_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each shape says that it reaches to the end; each text box ends within the head of the next shape.
    shape_head, box_head = struct.pack("<HHI", 0xF, 0xF004, 1 << 20), struct.pack("<HHI", 0xF, 0xF00D, 8)
    data, met = (shape_head + box_head) * 200, [0]

    def counted(data: bytes, each: Record) -> Iterator[Record]:
        for child in inside(data, each):
            met[0] += 1
            yield child

    monkeypatch.setattr(shapes, "inside", counted)
    shapes.unseen_stretches(data, Record(0, 0, container=True, start=0, end=len(data)), (0, 0))
    assert met[0] < 1_000


def test_each_hidden_stretch_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    met = [0]

    class Stretches(list[tuple[int, int]]):
        def __iter__(self) -> Iterator[tuple[int, int]]:
            for each in super().__iter__():
                met[0] += 1
                yield each

    found = shapes.unseen_stretches
    monkeypatch.setattr(reader, "unseen_stretches", lambda *given: Stretches(found(*given)))
    hidden = b"".join(shape(letters("乙"), HIDDEN, NO_FILL) + shape(letters("甲"), NO_FILL) for _ in range(100))
    converted = read(ppt(tmp_path / "a.ppt", hidden))
    assert (body(converted), of_role(converted, "hidden")) == (["甲"] * 100, [*["乙"] * 100, "请改数字"])
    assert met[0] == 100
