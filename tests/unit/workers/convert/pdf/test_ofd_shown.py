"""What an OFD page shows and what is read of it are the same characters, whatever is hidden in it, and how.

What is shown follows from GB/T 33190-2016: 8.5 (Visible, Alpha, Fill, Clips), 9.1 paths, 11.2 text, 15 annotations.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.builders.distinct_text import DistinctText, read_as_hidden, read_as_seen
from tests.support.builders.ofd import HEAD, make_ofd, text
from tests.support.word_reader import read

WHITE, BLACK, GREY = "255 255 255", "0 0 0", "200 200 200"
NOTES = {
    "Doc_0/Annots/Annots.xml": HEAD.format("Annotations")
    + '<ofd:Page PageID="0"><ofd:FileLoc>P0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
}


def coloured(drawn: str, colour: str, alpha: str = "255") -> str:
    """Return a text object with a fill colour."""
    return drawn.replace("<ofd:TextCode", f'<ofd:FillColor Value="{colour}" Alpha="{alpha}"/><ofd:TextCode', 1)


def clipped(drawn: str, area: str) -> str:
    """Return a text object that is clipped to a box, in its own coordinates."""
    path = (
        f'<ofd:Path Boundary="{area}"><ofd:AbbreviatedData>M 0 0 L 5 0 L 5 5 L 0 5 C</ofd:AbbreviatedData></ofd:Path>'
    )
    clips = f"<ofd:Clips><ofd:Clip><ofd:Area>{path}</ofd:Area></ofd:Clip></ofd:Clips>"
    return drawn.replace("<ofd:TextCode", f"{clips}<ofd:TextCode", 1)


def bar(x: float, y: float, colour: str, *, fill: str = "true", letters: int = 2) -> str:
    """Return a filled box over so many letters of a line."""
    width = 5 * letters
    data = f"M 0 0 L {width} 0 L {width} 7 L 0 7 C"
    return (
        f'<ofd:PathObject ID="9" Boundary="{x} {y} {width} 7" Stroke="false" Fill="{fill}">'
        f'<ofd:FillColor Value="{colour}"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def half_covered(made: DistinctText, x: float, y: float) -> str:
    return text(made.show() + made.hide(), x, y) + bar(x + 10, y, BLACK)


Draw = Callable[[DistinctText, float, float], str]
KINDS: dict[str, Draw] = {
    "plain": lambda made, x, y: text(made.show(), x, y),
    "grey": lambda made, x, y: coloured(text(made.show(), x, y), GREY),
    "white on a bar": lambda made, x, y: bar(x, y, BLACK) + coloured(text(made.show(), x, y), WHITE),
    "on a pale bar": lambda made, x, y: bar(x, y, GREY) + text(made.show(), x, y),
    "under an empty box": lambda made, x, y: text(made.show(), x, y) + bar(x, y, BLACK, fill="false"),
    "inside its clip": lambda made, x, y: clipped(text(made.show(), x, y), "0 0 20 20"),
    "invisible": lambda made, x, y: text(made.hide(), x, y, Visible="false"),
    "clear": lambda made, x, y: text(made.hide(), x, y, Alpha="0"),
    "of a clear colour": lambda made, x, y: coloured(text(made.hide(), x, y), BLACK, "0"),
    "not filled": lambda made, x, y: text(made.hide(), x, y, Fill="false"),
    "white": lambda made, x, y: coloured(text(made.hide(), x, y), WHITE),
    "covered": lambda made, x, y: text(made.hide(), x, y) + bar(x, y, BLACK),
    "whited out": lambda made, x, y: text(made.hide(), x, y) + bar(x, y, WHITE),
    "black on black": lambda made, x, y: bar(x, y, BLACK) + text(made.hide(), x, y),
    "of no size": lambda made, x, y: text(made.hide(), x, y, size=0.3),
    "clipped away": lambda made, x, y: clipped(text(made.hide(), x, y), "400 400 5 5"),
    "beside the page": lambda made, x, y: text(made.hide(), x + 250, y),
    "half covered": half_covered,
}


def annotation(inside: str, y: float, visible: str) -> str:
    return (
        f'<ofd:Annot ID="3" Type="Stamp" Visible="{visible}"><ofd:Appearance Boundary="30 {y} 40 10">'
        f"{inside}</ofd:Appearance></ofd:Annot>"
    )


@pytest.mark.parametrize("seed", range(8))
def test_what_is_shown_is_what_is_read_and_the_rest_is_kept_apart(tmp_path: Path, seed: int) -> None:
    made = DistinctText(seed)
    kinds = made.random.sample([*KINDS] * 2, 24)
    page = "".join(KINDS[kind](made, 20 + 5 * row % 3, 20 + 10 * row) for row, kind in enumerate(kinds))
    notes = annotation(text(made.show(), 0, 0), 270, "true") + annotation(text(made.hide(), 0, 0), 280, "false")
    annotations = {**NOTES, "Doc_0/Annots/P0.xml": HEAD.format("PageAnnot") + notes + "</ofd:PageAnnot>"}
    document = "<ofd:Annotations>Annots/Annots.xml</ofd:Annotations>"
    found = read(make_ofd(tmp_path / "made.ofd", page, more=annotations, document=document))
    assert read_as_seen(found) == made.seen
    assert read_as_hidden(found) == made.unseen
    assert any("no page shows" in problem.message for problem in found.problems)


def test_a_line_through_words_marks_them_as_struck(tmp_path: Path) -> None:
    path = "<ofd:AbbreviatedData>M 0 0 L 20 0</ofd:AbbreviatedData>"
    line = f'<ofd:PathObject ID="9" Boundary="30 43.3 20 0.2">{path}</ofd:PathObject>'
    found = read(make_ofd(tmp_path / "a.ofd", text("原定三月一日召开", 20, 40) + line))
    assert [block.text for block in found.blocks] == ["原定~~三月一日~~召开"]
