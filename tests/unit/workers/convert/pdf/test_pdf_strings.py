"""Titles, names and values in a PDF are read whatever they hold, and as long as they are."""

from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from tests.support.builders.containers import read
from tests.support.builders.pdf import Page, pdf
from tests.support.pdf_reader import reading
from workers.convert.pdf.strings import read_string

HALF = "<FEFFD8004E00>"  # the first half of a character (UTF-16), then 一
WIDGET = "<</Type/Annot/Subtype/Widget/Rect[90 600 300 640]/DA(/Helv 12 Tf)/FT/Tx/T({})/V({})>>"
LONG = "abcd " * 6_000


def page() -> Page:
    return Page().text(90, 700, "正文。")


def test_half_a_character_in_a_bookmark_or_property_costs_only_itself(tmp_path: Path) -> None:
    outlines = ("<</Type/Outlines/First 9 0 R/Last 9 0 R/Count 1>>", f"<</Title{HALF}/Parent 8 0 R>>")
    made = pdf(page(), catalogue="/Outlines {0}", objects=(*outlines, f"<</Title{HALF}/Author(Zhang)>>"))
    found = reading(tmp_path, made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 10 0 R"))
    assert [block.text for block in found.blocks] == ["正文。"]
    assert [(clue.label, clue.value) for clue in found.clues] == [("Title", "\ufffd一"), ("Author", "Zhang")]


def test_half_a_character_in_the_name_of_an_attachment_costs_only_itself(tmp_path: Path) -> None:
    files = (f"<</Type/Filespec/F(a)/UF{HALF}/EF<</F 9 0 R>>>>", "<</Length 3>>stream\na,b\nendstream")
    found = read(tmp_path, pdf(page(), catalogue="/Names<</EmbeddedFiles<</Names[(a){0}]>>>>", objects=files))
    assert [child.path for child in found.children] == ["\ufffd一"]


def test_a_long_value_of_a_field_and_a_long_note_are_read_whole(tmp_path: Path) -> None:
    note = f"<</Type/Annot/Subtype/Text/Rect[90 500 110 520]/Contents({LONG})>>"
    made = pdf(
        page(),
        catalogue="/AcroForm<</Fields[{0}]>>",
        page_entries="/Annots[{0} {1}]",
        objects=(WIDGET.format("a", LONG), note),
    )
    found = reading(tmp_path, made)
    assert [block.text for block in found.blocks if block.role == "hidden"] == [LONG.strip()]
    assert LONG.strip() in " ".join(block.text for block in found.blocks if block.role != "hidden")


def test_a_note_that_is_cut_is_said(tmp_path: Path) -> None:
    note = f"<</Type/Annot/Subtype/Text/Rect[90 500 110 520]/Contents({'a' * 100_001})>>"
    found = reading(tmp_path, pdf(page(), page_entries="/Annots[{0}]", objects=(note,)))
    assert [len(block.text) for block in found.blocks if block.role == "hidden"] == [100_000]
    assert [(each.said.code, each.lossy) for each in found.problems] == [
        ("page-notes", False),
        ("page-annotations-cut", True),
    ]


@pytest.mark.parametrize(("length", "read"), [(10, 10), (200_000, 100_000), (3_000_000, 0)])
def test_a_string_is_cut_where_it_would_fill_the_memory(length: int, read: int) -> None:
    asked: list[int] = []  # bytes of each buffer

    def write(buffer: Any, size: int) -> int:
        asked.append(size)
        if size == 2 * length + 2:
            buffer[:length] = [ord("a")] * length
        return 2 * length + 2

    assert read_string(write) == "a" * read
    assert sum(asked) <= 4 << 20


def test_the_form_of_a_document_is_built_once_for_all_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Any] = []
    closed: list[Any] = []
    build, close = pdfium.FPDFDOC_InitFormFillEnvironment, pdfium.FPDFDOC_ExitFormFillEnvironment
    monkeypatch.setattr(pdfium, "FPDFDOC_InitFormFillEnvironment", lambda *given: built.append(1) or build(*given))
    monkeypatch.setattr(pdfium, "FPDFDOC_ExitFormFillEnvironment", lambda *given: closed.append(1) or close(*given))
    names = ("one", "two", "three")
    made = pdf(
        *(page() for _ in names),
        catalogue="/AcroForm<</Fields[{0} {1} {2}]>>",
        page_entries="/Annots[{0} {1} {2}]",
        objects=tuple(WIDGET.format(name, name) for name in names),
    )
    found = reading(tmp_path, made)
    assert all(sum(name in block.text for block in found.blocks) == 3 for name in names)
    assert (len(built), len(closed)) == (1, 1)
