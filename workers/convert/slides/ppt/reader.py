"""The way from a binary presentation to its blocks: its slides as the last edit left them, and the text of each."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import olefile

from schemas.blocks import Block, Converted, Role, Style
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.package.ole_clues import ole_clues
from workers.convert.package.rights_management import refuse_rights_managed
from workers.convert.slides.ppt.comments import read_comments
from workers.convert.slides.ppt.looks import part_unseen, runs_of
from workers.convert.slides.ppt.records import Record, inside, read_persist_directory, record_at, walk
from workers.convert.slides.ppt.shapes import Ground, ground_of, is_away, unseen_stretches
from workers.convert.source import Source
from workers.convert.word.doc.binary import Damaged, i32, u32
from workers.convert.word.doc.container import stream_of
from workers.convert.word.omissions import report_omissions

_DOCUMENT, _SLIDE, _NOTES, _LIST = 1000, 1006, 1008, 4080
_PERSIST, _TEXT_KIND, _CHARS, _BYTES, _OUTLINE_REFERENCE, _SLIDE_ATOM = 1011, 3999, 4000, 4008, 3998, 1007
_DOCUMENT_ATOM, _LOOKS = 1001, 4001
_SLIDE_ATOM_SIZE = 24
_COMMENT_KIND = -1  # no kind of the format
_TITLE_KINDS = {0, 6}
_NOTES_KIND = 2
_ENCRYPTED_TOKEN = 0xF3D1C4DF


class _Text(NamedTuple):
    """A text with its kind ([MS-PPT] 2.9.76); ``hidden`` is what nobody sees of it, or the whole of it."""

    kind: int
    text: str
    hidden: str = ""

    def set_aside(self) -> "_Text":
        """Return the text with nothing of it seen."""
        return _Text(self.kind, "", self.text + self.hidden)

    def hidden_lines(self) -> list[str]:
        """Return the paragraphs of what nobody sees."""
        return [line.strip() for line in self.hidden.split("\r") if line.strip()]


@dataclass(frozen=True, slots=True)
class _Deck:
    """What the slides of a presentation share: the stream, its masters by identifier, and the size of a slide."""

    data: bytes
    masters: dict[int, Record] = field(default_factory=dict)
    size: tuple[int, int] = (0, 0)


def read(source: Source) -> Converted:
    """Read a PowerPoint 97 to 2003 presentation.

    Raises:
        DocumentError: It is encrypted, damaged or without text.
    """
    refuse_rights_managed(source.path)
    try:
        with olefile.OleFileIO(source.path) as container:
            data, user = stream_of(container, "PowerPoint Document"), stream_of(container, "Current User")
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise _damage_error(error) from error
    problems: list[Problem] = []
    try:
        if u32(user, 12) == _ENCRYPTED_TOKEN:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("presentation-password"))
        slides = _slides(data, u32(user, 16))
    except Damaged:
        said = Sentence.of("presentation-edits-damaged")
        problems.append(Problem.of("convert", said, Category.CORRUPT, lossy=True))
        slides = _any_slides(data)
    blocks = [block for number, slide in enumerate(slides, 1) for block in _blocks(slide, number)]
    if not blocks:
        raise DocumentError(Category.EMPTY, Sentence.of("presentation-without-text"))
    pages = max(block.page or 0 for block in blocks)
    problems.extend(_omissions([text for slide in slides for text in slide]))
    return Converted("ppt", tuple(blocks), clues=ole_clues(source.path), pages=pages, problems=tuple(problems))


def _omissions(texts: list[_Text]) -> Iterator[Problem]:
    comments = sum(text.kind == _COMMENT_KIND for text in texts)
    hidden = sum(len(text.hidden_lines()) for text in texts if text.kind != _COMMENT_KIND)
    return report_omissions(0, comments, 0, hidden=hidden)


def _damage_error(error: Exception) -> DocumentError:
    return DocumentError(Category.CORRUPT, Sentence.of("presentation-damaged", error=str(error)))


def _slides(data: bytes, current: int) -> list[list[_Text]]:
    """Return the texts of each slide in the order of the presentation, notes behind them."""
    offsets, identifier = read_persist_directory(data, current)
    document = record_at(data, offsets.get(identifier, -1))
    lists = [record for record in inside(data, document) if record.kind == _LIST]
    deck = _Deck(data, dict(_masters(data, lists, offsets)), _size(data, document))
    notes = {slide: texts for record in lists if record.instance == 2 for slide, texts in _notes(data, record, offsets)}
    slides: list[list[_Text]] = []
    for record in lists:
        for place, identity, outline in _entries(data, record) if record.instance == 0 else ():
            texts = outline
            if (offset := offsets.get(place)) is not None:
                texts = list(_texts(deck, record_at(data, offset), outline))
            slides.append([*texts, *notes.get(identity, ())])
    return slides


def _entries(data: bytes, listed: Record) -> Iterator[tuple[int, int, list[_Text]]]:
    """Yield persistent object, identifier and outline texts of each slide in a list."""
    entry: tuple[int, int, list[_Text]] | None = None
    kind = 4
    for record in inside(data, listed):
        if record.kind == _PERSIST:
            if entry:
                yield entry
            entry = (u32(data, record.start), u32(data, record.start + 12), [])
        elif record.kind == _TEXT_KIND:
            kind = _number(data, record, otherwise=kind)
        elif record.kind in {_CHARS, _BYTES} and entry:
            entry[2].append(_Text(kind, _decode(data, record)))
        elif record.kind == _LOOKS and entry and entry[2]:
            entry[2][-1] = _as_seen(data, record, entry[2][-1], Ground((), white=False))
    if entry:
        yield entry


def _whole_entries(data: bytes, listed: Record) -> Iterator[tuple[int, int, list[_Text]]]:
    """Yield the entries of a list before a damage."""
    with suppress(Damaged):
        yield from _entries(data, listed)


def _masters(data: bytes, lists: list[Record], offsets: dict[int, int]) -> Iterator[tuple[int, Record]]:
    """Yield the identifier and record of each master, but for those that stand nowhere in the stream."""
    for record in lists:
        for place, identity, _ in _whole_entries(data, record) if record.instance == 1 else ():
            with suppress(Damaged):
                yield identity, record_at(data, offsets.get(place, -1))


def _size(data: bytes, document: Record) -> tuple[int, int]:
    """Return width and height of the slides; zeros if they are not said ([MS-PPT] 2.4.2)."""
    atom = next((each for each in inside(data, document) if each.kind == _DOCUMENT_ATOM), None)
    return (i32(data, atom.start), i32(data, atom.start + 4)) if atom and atom.end - atom.start >= 8 else (0, 0)


def _notes(data: bytes, listed: Record, offsets: dict[int, int]) -> Iterator[tuple[int, list[_Text]]]:
    """Yield the slide that notes belong to, and their texts."""
    for place, _, _ in _entries(data, listed):
        container = record_at(data, offsets.get(place, -1))
        slide = next((u32(data, atom.start) for atom in inside(data, container) if atom.kind == 1009), 0)
        texts = [text for text in _texts(_Deck(data), container, []) if text.kind == _NOTES_KIND]
        yield slide, texts


def _any_slides(data: bytes) -> list[list[_Text]]:
    """Return the texts of all slides in the stream, whatever the edits say, each up to where it is damaged."""
    whole = Record(0, 0, container=True, start=0, end=len(data))
    slides = [record for record in inside(data, whole) if record.kind == _SLIDE]
    listed = [
        text
        for document in inside(data, whole)
        if document.kind == _DOCUMENT
        for record in inside(data, document)
        if record.kind == _LIST and record.instance == 0
        for _, _, texts in _whole_entries(data, record)
        for text in texts
    ]
    return [listed, *(list(_texts(_Deck(data), slide, [])) for slide in slides)]


def _texts(deck: _Deck, slide: Record, outline: list[_Text]) -> Iterator[_Text]:
    """Yield the texts of a slide's shapes, what only its outline holds first, and its review comments last."""
    data = deck.data
    found: list[_Text] = []
    used: set[int] = set()
    kind = 4
    away, ground = is_away(data, slide), _ground(deck, slide)
    unseen, until = deque(unseen_stretches(data, slide, deck.size)), 0
    for record in walk(data, slide):
        while unseen and unseen[0][0] <= record.start:
            until = max(until, unseen.popleft()[1])
        hidden = away or record.start < until
        if record.kind == _TEXT_KIND:
            kind = _number(data, record, otherwise=kind)
        elif record.kind in {_CHARS, _BYTES}:
            said = _Text(kind, _decode(data, record))
            found.append(said.set_aside() if hidden else said)
        elif record.kind == _LOOKS and found:
            found[-1] = _as_seen(data, record, found[-1], ground)
        elif record.kind == _OUTLINE_REFERENCE:
            index = _number(data, record, otherwise=len(outline))
            if index < len(outline) and index not in used:
                used.add(index)
                found.append(outline[index].set_aside() if hidden else outline[index])
    rest = (text for index, text in enumerate(outline) if index not in used)
    yield from (text.set_aside() if away else text for text in rest)
    yield from found
    yield from (_Text(_COMMENT_KIND, "", said) for said in read_comments(data, slide))


def _ground(deck: _Deck, slide: Record) -> Ground:
    atom = next((each for each in inside(deck.data, slide) if each.kind == _SLIDE_ATOM), None)
    if atom is None or atom.end - atom.start < _SLIDE_ATOM_SIZE:
        return Ground((), white=False)
    master = u32(deck.data, atom.start + 12)
    if master and master not in deck.masters:
        return Ground((), white=False)  # nobody knows what lies under its text
    return ground_of(deck.data, slide, deck.masters.get(master))


def _as_seen(data: bytes, looks: Record, said: _Text, ground: Ground) -> _Text:
    if not said.text:
        return said
    try:
        runs = runs_of(data, looks, len(said.text.encode("utf-16-le", "surrogatepass")) // 2)
    except Damaged:
        return said
    return _Text(said.kind, *part_unseen(said.text, runs, ground.hides))


def _number(data: bytes, atom: Record, *, otherwise: int) -> int:
    return u32(data, atom.start) if atom.end - atom.start >= 4 else otherwise


def _decode(data: bytes, record: Record) -> str:
    content = data[record.start : record.end]
    # TextBytesAtom holds the low bytes of UTF-16 ([MS-PPT] 2.9.43).
    return content.decode("utf-16-le", "replace") if record.kind == _CHARS else content.decode("latin-1")


def _blocks(texts: list[_Text], page: int) -> Iterator[Block]:
    for said in sorted(texts, key=lambda item: item.kind not in _TITLE_KINDS):
        role: Role = "footnote" if said.kind == _NOTES_KIND else "body"
        title = said.kind in _TITLE_KINDS
        lines = [said.text.replace("\r", " ").replace("\x0b", "")] if title else said.text.split("\r")
        for line in lines:
            if stripped := line.replace("\x0b", "\n").strip():
                yield Block(stripped, role=role, page=page, style=Style(heading_level=1) if title else None)
        yield from (Block(line, role="hidden", page=page) for line in said.hidden_lines())
