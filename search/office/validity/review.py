"""What does not fit together: repealed but unmarked, repealed and kept, resting on what was repealed."""

from collections.abc import Iterator, Sequence

from schemas.office.findings import Finding, Quote
from schemas.office.validity import Change
from schemas.queries import ArticleLink
from search.office.validity import rules
from search.office.validity.sources import SourceOf
from search.office.validity.verdicts import Verdict, by_place, repeals
from search.protocol import Index
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key


def review_validity(index: Index, verdicts: Sequence[Verdict], source_of: SourceOf, *, today: str) -> Iterator[Finding]:
    """Yield what is wrong, document after document."""
    ended = repeals(verdicts, today=today)
    for place, said in by_place(verdicts).items():
        yield from _conflicts(said)
        if place in ended:
            yield from _unmarked(index, ended[place], source_of)
            yield from _resting(index, ended[place], source_of)


def find_unmarked(
    index: Index, verdicts: Sequence[Verdict], source_of: SourceOf, *, today: str
) -> Iterator[ArticleLink]:
    """Yield the documents that are not in force any more and do not say so."""
    for verdict in repeals(verdicts, today=today).values():
        if any(_unmarked(index, verdict, source_of)):
            yield verdict.target


def quote(verdict: Verdict) -> Quote:
    """Return the words a verdict rests on."""
    source = verdict.source
    return Quote(source.document, f"《{source.title}》", verdict.statement.evidence, source.document_id)


def target_quote(verdict: Verdict, text: str = "") -> Quote:
    """Return the document a verdict is about."""
    target = verdict.target
    return Quote(target.key, f"《{target.title or target.key}》", text, target.document_id)


def said_since(verdict: Verdict) -> str:
    """Return from when in words."""
    return f"自{verdict.since}起" if verdict.since else "（日期不明）"


def _unmarked(index: Index, verdict: Verdict, source_of: SourceOf) -> Iterator[Finding]:
    record = index.record(verdict.target.document_id)
    own = source_of(record) if record else None
    if own is None or own.marked:
        return
    message = (
        f"《{verdict.target.title or verdict.target.key}》{said_since(verdict)}已被《{verdict.source.title}》废止，"
        "文中没有标明；请在标题后或文首注明“已废止”"
    )
    yield Finding(rules.UNMARKED, message, (target_quote(verdict), quote(verdict)))


def _conflicts(said: Sequence[Verdict]) -> Iterator[Finding]:
    ends = [one for one in said if one.statement.change is Change.REPEALS]
    for kept in said:
        name = f"《{kept.target.title or kept.target.key}》"
        before = [one for one in ends if (one.since or "") <= (kept.since or "9999")]
        if kept.statement.change is Change.KEEPS and before:
            message = (
                f"{name}{said_since(before[0])}已被《{before[0].source.title}》废止，"
                f"《{kept.source.title}》却称继续有效；请核对并更正其一"
            )
            yield Finding(rules.CONFLICT, message, (target_quote(kept), quote(before[0]), quote(kept)))


def _resting(index: Index, verdict: Verdict, source_of: SourceOf) -> Iterator[Finding]:
    target = verdict.target
    if verdict.since is None:
        return
    names = {title_key(target.title or ""), number_key(target.document_number or "")} - {""}
    citing = index.list_citing(target.document_id, target.article)
    for record in index.records_of(list(dict.fromkeys(one.document_id for one in citing))).values():
        own = source_of(record)
        if own is None or not own.dated_on or own.dated_on <= verdict.since:
            continue
        if any(title_key(name) in names or number_key(name) in names for name in own.rests_on):
            message = (
                f"《{own.title}》（{own.dated_on}）以《{target.title or target.key}》为依据，"
                f"后者{said_since(verdict)}已被《{verdict.source.title}》废止；请改用现行依据"
            )
            cited = Quote(own.document, f"《{own.title}》", "", own.document_id)
            yield Finding(rules.BASIS, message, (cited, quote(verdict)))
