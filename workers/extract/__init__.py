"""The extract stage: clean text in, articles with their record and the tree of their sections out.

A pure function of its input: reads no files, no settings, no clock. It repairs nothing and reports what looks wrong.
"""

from schemas.articles import Article, Extracted
from schemas.cleaned import Normalized
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.articles.boundaries import ArticleSpan, split_articles
from workers.extract.calendar import with_real_dates
from workers.extract.grammar.lines import Line, join_texts, read_lines
from workers.extract.outline.outline import read_outline
from workers.extract.record.attachments import read_attachments
from workers.extract.record.derived_title import derive_title
from workers.extract.record.facts import Fact, FactSource
from workers.extract.record.formalities import with_formalities
from workers.extract.record.head import Head, split_head
from workers.extract.record.record import read_record
from workers.extract.sensitive.personal import personal_findings
from workers.extract.sensitive.secrecy import secrecy_findings
from workers.extract.substance import with_substance

__all__ = ["VERSION", "extract"]

VERSION = 10


def extract(normalized: Normalized) -> Extracted:
    """Read all articles of a clean document: cut the page, then for each its head, its record and its outline."""
    parts = split_articles(read_lines(normalized))
    findings = secrecy_findings(normalized) + personal_findings(normalized)
    return Extracted(
        format=normalized.format,
        articles=tuple(_article(part, normalized, ordinal=ordinal) for ordinal, part in enumerate(parts)),
        breadcrumb=_breadcrumb(normalized),
        flags=tuple(dict.fromkeys((*normalized.flags, *(finding.kind for finding in findings)))),
        problems=normalized.problems,
        findings=findings,
        removed_count=len(normalized.removals),
        damaged_count=len(normalized.damages),
    )


def _article(part: ArticleSpan, normalized: Normalized, *, ordinal: int) -> Article:
    head = _head(part, normalized, ordinal=ordinal)
    title = head.fact
    outline = read_outline(head.body, title.value if title else None)
    source = FactSource(
        head=head.lines,
        body=head.body,
        clues=normalized.clues,
        title=title.value if title else None,
        page=part.lead,
        title_lines=(head.title,) if head.title else (),
        first=ordinal == 0,
    )
    record, impossible = with_real_dates(read_record(source))
    if title is None:
        title = derive_title(head.body, _value(record, "issuer"), _value(record, "signed_on"))
    preamble, preamble_original = join_texts(outline.preamble)
    article = Article(
        title=title.value if title else None,
        title_derived=title is not None and title.origin == "derived",
        issuer=_value(record, "issuer"),
        document_number=_value(record, "document_number"),
        signed_on=_value(record, "signed_on"),
        published_on=_value(record, "published_on"),
        source=_value(record, "source"),
        author=_value(record, "author"),
        index_number=_value(record, "index_number"),
        preamble=preamble,
        text=_whole_text(part, first=ordinal == 0),
        sections=outline.sections,
        title_original=head.title.original if head.title and title and head.title.text == title.value else None,
        preamble_original=preamble_original,
        attachments=read_attachments(head.body),
        evidence=tuple(fact.evidence for fact in ((title,) if title else ()) + tuple(record.values())),
        problems=_problems(title, outline.problems + impossible),
    )
    return with_substance(with_formalities(article, record), head.body)


def _head(part: ArticleSpan, normalized: Normalized, *, ordinal: int) -> Head:
    if part.title is None:
        return split_head(part.lines, normalized.clues if ordinal == 0 else ())
    head = split_head((part.title, *part.lines), ())
    if head.title is None or not head.title.text.startswith(part.title.text):
        return Head(part.title, _page_fact(part.title), (), part.lines)
    return Head(part.title, _page_fact(part.title), head.lines, head.body)


def _page_fact(title: Line) -> Fact:
    return Fact("title", title.text, title.text, "body", 0.9)


def _value(record: dict[str, Fact], field: str) -> str | None:
    return record[field].value if field in record else None


def _whole_text(part: ArticleSpan, *, first: bool) -> str:
    lines = (*(part.lead if first else ()), *((part.title,) if part.title else ()), *part.lines)
    return join_texts(lines)[0]


def _breadcrumb(normalized: Normalized) -> tuple[str, ...]:
    values = [clue.value for clue in normalized.clues if clue.origin == "breadcrumb"]
    if len(values) != 1:
        return tuple(values)
    for mark in (">", "＞", "»", "›"):
        if mark in values[0]:
            return tuple(piece for part in values[0].split(mark) if (piece := part.strip()))
    return tuple(values)


def _problems(title: Fact | None, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if title is None:
        return (Problem.of("extract", Sentence.of("title-not-found")), *found)
    return found
