"""Everything that is checked of one document before it is published."""

from collections.abc import Callable, Iterator, Sequence

from schemas.articles import Extracted
from schemas.cleaned import Normalized
from schemas.glossary import FINDINGS
from schemas.office.catalogues.guide import GuideText
from schemas.office.findings import Finding, Quote
from schemas.office.validity import Repeal
from search.office.catalogue.guide.check import check_guide
from search.office.catalogue.guide.items import kind_of
from search.office.publication import rules
from search.office.publication.negative import find_by_mark, find_by_title
from workers.extract.grammar.lines import Line, read_lines
from workers.extract.publication import attachments, form, internal

# Which of these titles and 文号 are of documents not in force any more, and by whom they were ended.
RepealedNames = Callable[[Sequence[str]], dict[str, Repeal]]

_RULE_OF = {
    "identity_card": rules.PERSONAL,
    "bank_card": rules.PERSONAL,
    "mobile_phone": rules.CONTACT,
    "home_address": rules.CONTACT,
    "secrecy_mark": rules.SECRECY,
}


def check_document(
    name: str,
    normalized: Normalized,
    extracted: Extracted,
    *,
    enclosed: Sequence[str] = (),
    repealed: RepealedNames | None = None,
) -> Iterator[Finding]:
    """Yield what is to be mended before a document is published, most grave first.

    Args:
        name: Of its file.
        normalized: Its text.
        extracted: Its record, and the personal data and marks found in it, hidden places included.
        enclosed: Names of files that come with it.
        repealed: Which documents are not in force any more; None if no index is at hand.
    """
    yield from _sensitive(name, extracted)
    lines = read_lines(normalized)
    listed = [one for article in extracted.articles for one in article.attachments]
    yield from attachments.check_attachments(name, lines, listed, enclosed)
    yield from internal.check_references(name, lines)
    yield from form.check_form(name, lines)
    yield from _kept_back(name, lines, [article.title for article in extracted.articles if article.title])
    yield from _guides(name, normalized, extracted)
    if repealed is not None:
        yield from _bases(name, extracted, repealed)


def _sensitive(name: str, extracted: Extracted) -> Iterator[Finding]:
    for one in dict.fromkeys(extracted.findings):
        rule = _RULE_OF.get(one.kind)
        if rule is not None:
            message = f"{FINDINGS[one.kind]}：{one.text}（批注、修订、属性、隐藏内容一并检查）；请去除或遮盖后再发布"
            yield Finding(rule, message, (Quote(name, FINDINGS[one.kind], one.text),))


def _kept_back(name: str, lines: Sequence[Line], titles: Sequence[str]) -> Iterator[Finding]:
    """Yield what the negative list (条例第十五条、第十六条) keeps back: by its title, or by a mark on the text."""
    marked = (found for line in lines for found in find_by_mark(line.text))
    for one, word in dict.fromkeys([*(found for title in titles for found in find_by_title(title)), *marked]):
        message = f"属于{one.name}（{word}）；公开前请核对能否公开"
        yield Finding(one.rule, message, (Quote(name, one.name, word),))


def _guides(name: str, normalized: Normalized, extracted: Extracted) -> Iterator[Finding]:
    """Yield the items that a guide or a catalogue of disclosure must hold and does not."""
    for article in extracted.articles:
        kind = kind_of(article.title or "")
        if kind is not None:
            text = (
                article.text if len(extracted.articles) > 1 else "\n".join(one.text for one in read_lines(normalized))
            )
            yield from check_guide(GuideText(name, "", article.title or name, kind, text))


def _bases(name: str, extracted: Extracted, repealed: RepealedNames) -> Iterator[Finding]:
    cited = [one for article in extracted.articles for one in article.references if one.kind == "basis"]
    ended = repealed([each for one in cited for each in (one.title, one.document_number) if each])
    for one in cited:
        known = ended.get(one.document_number or "") or ended.get(one.title or "")
        if known:
            message = f"所依据的《{one.title or one.document_number}》{known.words}；请改用现行依据"
            ended_by = Quote(known.document_id, "废止依据", known.words, known.document_id)
            yield Finding(rules.REPEALED, message, (Quote(name, "依据", one.evidence), ended_by))
