"""The way from an OpenDocument text to its blocks: open the package, walk body, notes, headers and footers."""

from collections.abc import Iterator

from schemas.blocks import Block, Converted, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.package.zip_parts import Element, Parts, open_parts
from workers.convert.source import Source
from workers.convert.text.mathml import mathml_text
from workers.convert.word.odt.inline import Inline
from workers.convert.word.odt.lists import Lists
from workers.convert.word.odt.odf import DRAW, MANIFEST, OFFICE, STYLE, TEXT
from workers.convert.word.odt.properties import odf_clues
from workers.convert.word.odt.story import Story
from workers.convert.word.odt.styles import StyleSheet
from workers.convert.word.omissions import report_omissions

_MARGINS: tuple[tuple[str, Role], ...] = (
    *(("header", "header"), ("header-first", "header"), ("header-left", "header")),
    *(("footer", "footer"), ("footer-first", "footer"), ("footer-left", "footer")),
)
_STYLE, _MASTER = STYLE + "style", STYLE + "master-page"
_FIRST = "Standard"


def read(source: Source) -> Converted:
    """Read an odt or ott file.

    Raises:
        DocumentError: The file is encrypted, damaged or a bomb.
    """
    parts = open_parts(source, format_="odt")
    with parts.archive:
        manifest = parts.spare("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("document-password"))
        return _read(parts)


def _read(parts: Parts) -> Converted:
    root = parts.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise DocumentError(Category.CORRUPT, Sentence.of("part-without-text", part="content.xml"))
    common = parts.spare("styles.xml")
    styles, lists = StyleSheet(), Lists()
    for part in (common, root):
        styles.add(part)
        lists.add(part)
    on_paper = styles.on_paper and not any(str(element.tag).startswith(DRAW) for element in body.iter())
    story = Story(Inline(styles, lambda reference: _equation(parts, reference), on_paper), lists)
    blocks = story.read(body)
    deletions = sum(1 for _ in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region/{TEXT}deletion"))
    remarks = report_omissions(deletions, story.inline.comments, story.inline.objects, hidden=story.inline.hidden)
    return Converted(
        format="odt",
        blocks=(*_margins(common, root, "header"), *blocks, *_margins(common, root, "footer"), *_deleted(body)),
        clues=tuple(odf_clues(parts)),
        problems=(*parts.problems, *remarks, *_too_deep(story)),
    )


def _equation(parts: Parts, reference: str) -> str:
    """Return the text of an embedded object that is an equation, else nothing."""
    name = f"{reference.removeprefix('./').strip('/')}/content.xml"
    root = parts.spare(name) if name.lower() in parts.entries else None
    return mathml_text(root) if root is not None and str(root.tag).endswith("}math") else ""


def _deleted(body: Element) -> Iterator[Block]:
    """Yield the paragraphs that tracked changes took out, which whoever opens the file has."""
    for deletion in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region/{TEXT}deletion"):
        for paragraph in deletion.iter(TEXT + "p", TEXT + "h"):
            if text := "".join(map(str, paragraph.itertext())).strip():
                yield Block(text, role="hidden")


def _margins(common: Element | None, content: Element, role: Role) -> Iterator[Block]:
    """Yield the paragraphs of headers or footers, each distinct text once; of those no page shows, as hidden."""
    if common is None:
        return
    styles, lists = StyleSheet(), Lists()
    styles.add(common)
    lists.add(common)
    used = _masters_used(common, content)
    met: set[str] = set()
    for page in common.iter(STYLE + "master-page"):
        for name, meant in _MARGINS:
            element = page.find(STYLE + name)
            if meant != role or element is None:
                continue
            shown = page.get(STYLE + "name", "") in used and element.get(STYLE + "display") != "false"
            for block in Story(Inline(styles), lists, role if shown else "hidden").read(element):
                if block.text not in met:
                    met.add(block.text)
                    yield block


def _masters_used(common: Element, content: Element) -> set[str]:
    """Return the names of the page styles that a page of the text may have (ODF 1.3 part 3, 16.9).

    Those a style of paragraphs or tables begins a page with, those that follow them, and the one a text begins with.
    """
    named = {style.get(STYLE + "master-page-name", "") for part in (common, content) for style in part.iter(_STYLE)}
    after = {page.get(STYLE + "name", ""): page.get(STYLE + "next-style-name", "") for page in common.iter(_MASTER)}
    pending, used = [*named, *([_FIRST] if _FIRST in after else list(after)[:1])], set[str]()
    while pending:
        name = pending.pop()
        if name in after and name not in used:
            used.add(name)
            pending.append(after[name])
    return used


def _too_deep(story: Story) -> Iterator[Problem]:
    if story.too_deep:
        yield Problem.of("convert", Sentence.of("odt-nested"), lossy=True)
