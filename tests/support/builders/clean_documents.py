"""Makes clean documents for the tests of extraction out of plain lines."""

from schemas.articles import Article, Section
from schemas.blocks import Clue, Style
from schemas.cleaned import Normalized, Paragraph
from workers.extract import extract


def clean(*lines: str, clues: tuple[Clue, ...] = ()) -> Normalized:
    """Return a clean document of these paragraphs."""
    return Normalized("txt", tuple(Paragraph(line) for line in lines), clues=clues)


def styled(*lines: tuple[str, Style | None]) -> Normalized:
    """Return a clean document of paragraphs with their typography."""
    return Normalized("docx", tuple(Paragraph(text, style=style) for text, style in lines))


def read(*lines: str, clues: tuple[Clue, ...] = ()) -> Article:
    """Return the first article of a document of these paragraphs."""
    return extract(clean(*lines, clues=clues)).articles[0]


def rows(sections: tuple[Section, ...]) -> list[tuple[int, str | None, str | None]]:
    """Return (level, number, heading) of each section."""
    return [(section.level, section.number, section.heading) for section in sections]
