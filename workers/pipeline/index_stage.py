"""The last stage: make the index agree with what the stages found, unless the object has changed meanwhile."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.articles import Article, Extracted, Section
from schemas.errors import ObjectChangedError
from schemas.outcomes import STATE_OF_STATUS, Problem, State, status_of
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.results.near_duplicates import fingerprint, signature
from workers.convert.detect.signature import named_format
from workers.convert.source import suffix_of
from workers.extract.sensitive.hold_reasons import hold_problems
from workers.furniture import done_again
from workers.pipeline import containers
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import apply_decision, find_decision
from workers.pipeline.mask_policy import mask_document
from workers.pipeline.stage_names import INDEX
from workers.pipeline.step import Step, WorkItem, artefact_before
from workers.pipeline.versions import EXTRACTED, VERSIONS
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import step_of

# A look at the object up to this old is not repeated: a change since then sends its own event and starts another run.
TRUSTED_SECONDS = 10.0


def index(step: Step, context: Context) -> Step:
    """Record the outcome of the work and make its sections searchable.

    Raises:
        ObjectChangedError: The object is no longer the one that was read; what was found is not recorded.
        DependencyError: The index or the object store does not answer.
    """
    item, began = step.item, time.time()
    extracted = None
    if not (item.progress.failure or item.seen.gone):
        extracted = artefact_before(step, EXTRACTED, context)
    if item.seen.parent is not None or abs(began - item.seen.looked_at) > TRUSTED_SECONDS:
        _require_unchanged(item, context)
    record = _replace_rows(item, extracted, context, began)
    if item.seen.again:
        done_again(context.derived, item.key)
    metrics.count_outcome(record, asked_at=item.job.sent_at)
    if item.seen.parent is not None:
        # A container's index stage queues the children already recorded; this child may have been recorded just after.
        _require_unchanged(item, context)
    return Step(item, None, also=containers.children_to_look_at(item, context))


def _replace_rows(item: WorkItem, extracted: Extracted | None, context: Context, began: float) -> DocumentRecord:
    held = hold_problems(extracted, context.hold, key=item.key) if extracted else ()
    if extracted and (held or not item.job.new):  # a document never recorded cannot have a decision
        held = apply_decision(held, find_decision(context.derived, item.key), etag=item.seen.etag)
    extracted = mask_document(extracted, context.mask) if extracted else None
    lexicon = context.index.lexicon_version or None
    rows = list(section_rows(item.key, extracted, lexicon=lexicon)) if extracted and not held else []
    record = outcome(_note_step(item, began), extracted, held=held)
    context.index.replace(record, rows)
    return record


def _require_unchanged(item: WorkItem, context: Context) -> None:
    info, _ = containers.stat(item.key, context)
    if (info.etag if info else "") != ("" if item.seen.gone else item.seen.etag):
        raise ObjectChangedError(f"{item.key} changed while it was processed")


def _note_step(item: WorkItem, began: float) -> WorkItem:
    """Return the item with this stage added to its steps, timed up to now: the write itself is not included."""
    step = step_of(INDEX, began=began, seconds=time.time() - began, attempt=item.lease.attempt)
    return item.replace_job(steps=(*item.job.steps, step))


def outcome(item: WorkItem, extracted: Extracted | None, *, held: tuple[Problem, ...] = ()) -> DocumentRecord:
    """Return the record of an object: removed, failed or extracted; for a held document only why it is held."""
    key, seen, progress = item.key, item.seen, item.progress
    state = State.REMOVED if seen.gone else State.FAILED
    if extracted is not None:
        state = STATE_OF_STATUS[status_of(_problems(extracted), held)]
    found = extracted.format if extracted else None
    named = named_format(suffix_of(key))
    articles = extracted.articles if extracted and not held else ()
    summaries = tuple(_summary(n, article) for n, article in enumerate(articles))
    problems = held or ((progress.failure,) if progress.failure else ())
    now = time.time()
    return DocumentRecord(
        id=document_id(key),
        key=key,
        etag="" if seen.gone else seen.etag,
        state=state,
        size=seen.size,
        content=seen.content,
        format=found,
        named_format=named if named != found else None,
        category=progress.failure.category if progress.failure else None,
        problems=problems + (_problems(extracted) if extracted and not held else ()),
        articles=summaries,
        sections=sum(summary.sections for summary in summaries),
        flags=extracted.flags if extracted else (),
        stages=VERSIONS,
        modified_at=seen.modified_at,
        indexed_at=now,
        first_at=(seen.first_at or now) if state.is_searchable else 0.0,
        seconds=round(progress.seconds, 4),
        cpu={stage: round(seconds, 5) for stage, seconds in progress.cpu.items()},
        container=progress.family is not None or (seen.gone and seen.had_children),
        parent=seen.parent,
        children_expected=progress.family.expected if progress.family else 0,
        children_emitted=progress.family.emitted if progress.family else 0,
        children_mark=progress.family.mark if progress.family else "",
        journey=item.job.journey,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What the rows of one article share; ``paths`` collects the original spelling of section paths so far."""

    key: str
    format: str
    ordinal: int
    fingerprint: str | None
    lexicon: str | None
    paths: dict[tuple[str, ...], tuple[str, ...]]


def section_rows(key: str, extracted: Extracted, *, lexicon: str | None = None) -> Iterator[SectionRow]:
    """Yield the searchable rows of a document; row 0 of each article is its preamble.

    Args:
        key: Of the document.
        extracted: Its articles.
        lexicon: Version of the dictionary the index cuts names by.
    """
    for n, article in enumerate(extracted.articles):
        place = _Place(key, extracted.format, n, fingerprint(article.text) or None, lexicon, {})
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
    """Return the section's path as written, and remember it for its subsections; None if it equals the path."""
    if not section.path:
        return None
    label, heading = section.path[-1], section.heading_original
    written = label[: len(label) - len(heading)] + heading if heading else label
    above = section.path[:-1]
    known[section.path] = path = (*known.get(above, above), written)
    return path if path != section.path else None


def _row(place: _Place, article: Article, section: Section, ordinal: int) -> SectionRow:
    document = document_id(place.key)
    dated = article.signed_on or article.published_on
    return SectionRow(
        id=f"{document}-{place.ordinal}-{ordinal}",
        document_id=document,
        key=place.key,
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
        lexicon=place.lexicon,
    )


def cited_keys(article: Article) -> tuple[str, ...]:
    """Return the lookup keys of the documents an article cites, without duplicates, in order."""
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
