"""Structures of the binary format that no sample of ours has: fast saves, torn surrogates, long property lists."""

import struct

import pytest

from workers.convert.word.doc.binary import Damaged, plc, u16
from workers.convert.word.doc.lists import read_lists
from workers.convert.word.doc.pieces import read_pieces, runs_of, whole
from workers.convert.word.doc.sprms import modifications, paragraph_shape, run_shape
from workers.convert.word.numbering import Counters

DELETED = 0x41 << 1 | 1 << 8  # a piece's short modification: sprmCFRMarkDel, on


def clx(*pieces: tuple[int, int, int, int], end: int) -> bytes:
    """Return a piece table of (start, place, modification, unused) and the last position."""
    positions = struct.pack(f"<{len(pieces) + 1}I", *(piece[0] for piece in pieces), end)
    table = positions + b"".join(struct.pack("<HIH", 0, place, prm) for _, place, prm, _ in pieces)
    return b"\x02" + struct.pack("<I", len(table)) + table


def test_a_text_is_put_together_from_pieces_of_both_widths() -> None:
    stream = "公开".encode("utf-16-le") + b"caf\xe9 \x93x\x94"
    table = clx((0, 0, 0, 0), (2, 0x40000000 | 4 * 2, 0, 0), end=10)
    pieces, text, lost = read_pieces(table, stream)
    assert (text, lost) == ("公开café “x”", 0)
    assert [(run.start, run.end, run.properties) for run in runs_of(pieces, [(0, 4, b"a"), (4, 9, b"b")])] == [
        (0, 2, b"a"),
        (2, 7, b"b"),
        (7, 10, b""),
    ]


def test_a_fast_save_deletes_a_piece_by_its_modification() -> None:
    stream = "留下删去".encode("utf-16-le")
    pieces, _, _ = read_pieces(clx((0, 0, 0, 0), (2, 4, DELETED, 0), end=4), stream)
    runs = list(runs_of(pieces, []))
    assert [run_shape(run.properties + run.extra).deleted for run in runs] == [False, True]


def test_text_beyond_the_end_of_the_file_is_counted_as_lost() -> None:
    _, text, lost = read_pieces(clx((0, 0, 0, 0), end=4), "公开".encode("utf-16-le"))
    assert (text, lost) == ("公开\0\0", 2)


@pytest.mark.parametrize("table", [b"", b"\x01\x05", clx((0, 0, 0, 0), end=10**6), clx((3, 0, 0, 0), end=4)])
def test_a_senseless_piece_table_is_damage(table: bytes) -> None:
    with pytest.raises(Damaged):
        read_pieces(table, bytes(100))


def test_a_character_of_two_units_keeps_its_two_positions() -> None:
    stream = "𠮷野家".encode("utf-16-le")
    _, text, _ = read_pieces(clx((0, 0, 0, 0), end=4), stream)
    assert len(text) == 4
    assert whole(text) == "𠮷野家"
    assert whole(text[:1]) == "\ufffd"


def test_a_cut_list_of_modifications_ends_quietly() -> None:
    assert list(modifications(b"\x35\x08\x01\x43\x4a\x20")) == [(0x0835, b"\x01")]
    assert list(modifications(b"\x08\xd6\xff\xff")) == []


def test_a_paragraph_takes_its_long_list_from_the_data_stream() -> None:
    kept = struct.pack("<HB", 0x2640, 2) + struct.pack("<Hh", 0x460B, 3)
    shape = paragraph_shape(struct.pack("<HI", 0x6646, 7), 5, bytes(7) + struct.pack("<H", len(kept)) + kept)
    assert (shape.style, shape.look.outline, shape.look.list_id) == (5, 2, 3)
    assert paragraph_shape(struct.pack("<HI", 0x6646, 10**9), 5, b"").look.list_id is None


def test_a_row_tells_where_its_cells_end_and_which_go_on() -> None:
    cells = struct.pack("<H18x", 0) + struct.pack("<H18x", 0x0020) + struct.pack("<H18x", 0x0060)
    operand = bytes([3]) + struct.pack("<4h", 0, 100, 300, 400) + cells
    row = paragraph_shape(struct.pack("<HH", 0xD608, len(operand) + 1) + operand, 0, b"").row
    assert (row.edges, row.merged) == ((0, 100, 300, 400), (False, True, False))


def test_a_list_override_sets_its_start() -> None:
    text = "第\0条"
    level = struct.pack("<iBB9sB8xBBBB", 1, 0x27, 0, bytes([2]) + bytes(8), 2, 0, 0, 0, 0)
    level += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    lists = struct.pack("<Hii18xBB", 1, 77, 0, 1, 0) + level
    instances = struct.pack("<iii", 77, 0, 0) + b"\0\0\0\0" + struct.pack("<iii", 77, 0, 0) + b"\x01\0\0\0"
    overrides = struct.pack("<I", 2) + instances + struct.pack("<I", 0) + struct.pack("<IiI", 0, 11, 0x10)
    found = read_lists(lists, overrides)
    counters = Counters()
    assert [counters.advance(key, found[key], 0) for key in (1, 1, 2, 2)] == [
        "第一条",
        "第二条",
        "第十一条",
        "第十二条",
    ]


def test_numbers_are_never_read_outside_of_their_stream() -> None:
    for offset in (-1, 1, 10**9):
        with pytest.raises(Damaged):
            u16(b"ab", offset)
    assert plc(b"\0\0", 4).items == ()
