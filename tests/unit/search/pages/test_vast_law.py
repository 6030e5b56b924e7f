"""The page of a law of 1,260 articles: its size, what a browser need not lay out, and its outline."""

import re

from ops.bench.page_paint import ARTICLES, PER_CHAPTER, law
from schemas.records import SectionRow, document_id
from tests.support.http_application import World
from tests.support.library import record_of

KEY = "法律/测试法.txt"
# The address of a document alone would be 40 bytes a line of the outline.
LARGEST_LAW = 535_000


def row(
    ordinal: int, level: int, number: str | None, heading: str | None, path: tuple[str, ...], text: str
) -> SectionRow:
    """Return a row of the law."""
    identifier = document_id(KEY)
    return SectionRow(
        f"{identifier}-0-{ordinal}", identifier, KEY, 0, ordinal, level, number, heading, path, text, title="测试法"
    )


def law_rows() -> list[SectionRow]:
    """Return the rows of the made law: its title, chapters (level 1) and articles (level 3)."""
    lines = [line for line in law().splitlines()[1:] if line]
    rows = [row(0, 0, None, None, (), "")]
    chapter = ""
    for ordinal, line in enumerate(lines, 1):
        number, text = line.split("\u3000", 1)
        heading = text if number.endswith("章") else None
        chapter = f"{number} {text}" if heading else chapter
        path = (chapter,) if heading else (chapter, number)
        rows.append(row(ordinal, len(path) * 2 - 1, number, heading, path, "" if heading else text))
    return rows


def test_the_page_of_a_vast_law_is_small_and_laid_out_by_the_stretch(world: World) -> None:
    rows = law_rows()
    world.index.replace(record_of(KEY, rows), rows)
    world.index.refresh()
    answer = world.client.get(f"/d/{document_id(KEY)}")
    assert len(re.findall(r"<section id=\"s0-", answer.text)) == len(rows)
    assert len(answer.content) < LARGEST_LAW
    body, outline = answer.text.split('<nav id="outline"')
    stretches = body.split('<div class="far">')[1:]
    assert max(stretch.count("<section id=") for stretch in stretches) == 50
    chapters = outline.split('<li class="d1">')[1:]
    assert len(chapters) == ARTICLES // PER_CHAPTER
    assert {chapter.count('<li class="d2"><a href="#s0-') for chapter in chapters} == {PER_CHAPTER}
    assert all(chapter.count('<ol class="far">') == 1 for chapter in chapters)


def test_a_short_document_is_laid_out_at_once(world: World, first: str) -> None:
    text = world.client.get(f"/d/{first}").text
    assert 'class="far"' not in text
    assert text.count("<ol>") == text.count("</ol>")


def test_the_outline_leads_to_the_part_of_a_place_and_in_the_part_shown_loads_nothing(world: World) -> None:
    rows = [row(n, 1, f"第{n}章", "总则", (f"第{n}章",), "字" * 70_000) for n in range(3)]
    world.index.replace(record_of(KEY, rows), rows)
    world.index.refresh()
    outline = world.client.get(f"/d/{document_id(KEY)}?part=2").text.split('<nav id="outline"')[1]
    leads = re.findall(r'<li class="d1"><a href="([^"]*)"', outline)
    assert leads == [f"/d/{document_id(KEY)}?part=1#s0-0", "#s0-1", f"/d/{document_id(KEY)}?part=3#s0-2"]
