"""The last stage: make the index agree with what the stages found, unless the object has changed meanwhile."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.articles import Article, Extracted, Section
from schemas.errors import ObjectChangedError
from schemas.jobs import Job
from schemas.outcomes import STATE_OF_STATUS, Problem, State, status_of
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id
from search.query.lexicon import SEGMENTER
from search.query.parser import number_key, title_key
from search.results.near_duplicates import fingerprint, signature
from workers.convert.detect.signature import named_format
from workers.convert.source import suffix_of
from workers.furniture import done_again
from workers.pipeline import containers
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import hold_problems, is_released
from workers.pipeline.mask_policy import mask_document
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import step_of

VERSION = 3
# A look at an object this old is trusted: what changed since sent its own event, which makes it be looked at again.
TRUSTED_SECONDS = 10.0


def index(job: Job, extracted: Extracted | None, context: Context, versions: dict[str, int]) -> None:
    """Record the outcome of a job and make its sections searchable.

    Raises:
        ObjectChangedError: The object is no longer the one that was read; what was found is not recorded.
        DependencyError: The index or the object store does not answer.
    """
    began = time.time()
    if job.parent is not None or abs(began - job.looked_at) > TRUSTED_SECONDS:
        _require_unchanged(job, context)
    held = hold_problems(extracted, context.hold) if extracted else ()
    if held and is_released(context.derived, job.key, etag=job.etag):
        held = ()
    extracted = mask_document(extracted, context.mask) if extracted else None
    rows = list(section_rows(job, extracted)) if extracted and not held else []
    record = outcome(with_step(job, began), extracted, versions, held=held)
    context.index.replace(record, rows)
    if job.again:
        done_again(context.derived, job.key)
    metrics.count_outcome(record, asked_at=job.sent_at)
    if job.parent is not None:
        # A container's own index stage queues the children it finds recorded; this one may have come just after that.
        _require_unchanged(job, context)


def _require_unchanged(job: Job, context: Context) -> None:
    info, _ = containers.stat(job.key, context)
    if (info.etag if info else "") != ("" if job.gone else job.etag):
        raise ObjectChangedError(f"{job.key} changed while it was processed")


def outcome(
    job: Job, extracted: Extracted | None, versions: dict[str, int], *, held: tuple[Problem, ...] = ()
) -> DocumentRecord:
    """Return the record of a job: removed, failed, or what was extracted; of a held document only why it is."""
    state = State.REMOVED if job.gone else State.FAILED
    if extracted is not None:
        state = STATE_OF_STATUS[status_of(_problems(extracted), held)]
    found = extracted.format if extracted else None
    named = named_format(suffix_of(job.key))
    articles = extracted.articles if extracted and not held else ()
    summaries = tuple(_summary(n, article) for n, article in enumerate(articles))
    problems = held or ((job.failure,) if job.failure else ())
    now = time.time()
    return DocumentRecord(
        id=document_id(job.key),
        key=job.key,
        etag="" if job.gone else job.etag,
        state=state,
        size=job.size,
        content=job.content,
        format=found,
        named_format=named if named != found else None,
        category=job.failure.category if job.failure else None,
        problems=problems + (_problems(extracted) if extracted and not held else ()),
        articles=summaries,
        sections=sum(summary.sections for summary in summaries),
        flags=extracted.flags if extracted else (),
        stages=versions,
        modified_at=job.modified_at,
        indexed_at=now,
        first_at=(job.first_at or now) if state in {State.INDEXED, State.PARTIAL} else 0.0,
        seconds=round(job.seconds, 4),
        cpu={stage: round(seconds, 5) for stage, seconds in job.cpu.items()},
        container=job.family is not None or (job.gone and job.had_children),
        parent=job.parent,
        children_expected=job.family.expected if job.family else 0,
        children_emitted=job.family.emitted if job.family else 0,
        children_mark=job.family.mark if job.family else "",
        journey=job.journey,
    )


def with_step(job: Job, began: float) -> Job:
    """Return the job with this stage among its steps, as far as it is known before it is written."""
    return replace(job, steps=(*job.steps, step_of("index", job, began=began, seconds=time.time() - began)))


@dataclass(frozen=True, slots=True)
class _Place:
    """What the rows of one article share; ``paths`` holds those met so far as they were written."""

    job: Job
    format: str
    ordinal: int
    fingerprint: str | None
    paths: dict[tuple[str, ...], tuple[str, ...]]


def section_rows(job: Job, extracted: Extracted) -> Iterator[SectionRow]:
    """Yield the searchable rows of a document; row 0 of each article is its preamble."""
    for n, article in enumerate(extracted.articles):
        place = _Place(job, extracted.format, n, fingerprint(article.text) or None, {})
        preamble = Section(
            level=0,
            path=(),
            number=None,
            heading=None,
            text=article.preamble,
            text_original=article.preamble_original,
        )
        for ordinal, section in enumerate((preamble, *article.sections)):
            yield _row(place, article, section, ordinal)


def _path_original(section: Section, known: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the section's path as it was written, and keep it for the sections below; None where it is the same."""
    if not section.path:
        return None
    label, heading = section.path[-1], section.heading_original
    written = label[: len(label) - len(heading)] + heading if heading else label
    above = section.path[:-1]
    known[section.path] = path = (*known.get(above, above), written)
    return path if path != section.path else None


def _row(place: _Place, article: Article, section: Section, ordinal: int) -> SectionRow:
    document = document_id(place.job.key)
    dated = article.signed_on or article.published_on
    return SectionRow(
        id=f"{document}-{place.ordinal}-{ordinal}",
        document_id=document,
        key=place.job.key,
        article=place.ordinal,
        ordinal=ordinal,
        level=section.level,
        number=section.number,
        heading=section.heading,
        path=section.path,
        text=section.text,
        title=article.title,
        issuer=article.issuer,
        document_number=article.document_number,
        signed_on=article.signed_on,
        published_on=article.published_on,
        year=int(dated[:4]) if dated else None,
        format=place.format,
        title_original=article.title_original,
        heading_original=section.heading_original,
        text_original=section.text_original,
        page=section.page,
        region=article.region,
        kind=article.genre,
        source=article.source,
        role=section.role,
        path_original=_path_original(section, place.paths),
        fingerprint=place.fingerprint,
        lexicon=SEGMENTER.version or None,
    )


def cited_keys(article: Article) -> tuple[str, ...]:
    """Return what an article cites in the keys by which documents are found, each once, in order."""
    keys = (
        key
        for cited in article.references
        for key in (
            number_key(cited.document_number) if cited.document_number else "",
            title_key(cited.title) if cited.title else "",
        )
        if key
    )
    return tuple(dict.fromkeys(keys))


def _summary(ordinal: int, article: Article) -> ArticleSummary:
    return ArticleSummary(
        ordinal=ordinal,
        title=article.title,
        title_derived=article.title_derived,
        issuer=article.issuer,
        document_number=article.document_number,
        signed_on=article.signed_on,
        published_on=article.published_on,
        source=article.source,
        sections=len(article.sections) + 1,
        kind=article.genre,
        region=article.region,
        index_number=article.index_number,
        signature=signature(article.text) or None,
        cites=cited_keys(article),
        statistics=article.statistics,
    )


def _problems(extracted: Extracted) -> tuple[Problem, ...]:
    return extracted.problems + tuple(problem for article in extracted.articles for problem in article.problems)
