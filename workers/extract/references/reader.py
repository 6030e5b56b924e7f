"""Laws and documents a text cites, and what it does with each: rests on it, repeals, amends or forwards it.

「根据《…条例》第二十条」, 「《…通知》（穗人社发〔2015〕27号）同时废止」, 「现将《…办法》印发给你们」. Newspapers,
forms and certificates (《湛江晚报》, 《…申请表》) are no documents cited.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from schemas.articles import Reference
from workers.extract.grammar.lines import Line
from workers.extract.references.citations import Citation, find_citations
from workers.extract.references.cited_numbers import find_bare_numbers
from workers.runtime.lazy_regex import lazy_compile

RANK = ("repeals", "amends", "basis", "forwards", "mentions")
_NO_DOCUMENT = lazy_compile(
    "(?:日报|晚报|早报|时报|晨报|快报|导报|摘报|学报|周报|商报|周刊|月刊|杂志|之声|简报|公报"
    "|(?:申请|登记|审批|报名|申报|审核|信息|评估|花名|调查|推荐|汇总|反馈)[表册]|花名册|户口[簿本]|证|证书|许可证|执照"
    "|通知书|告知书|申请书|承诺书|委托书|受理书)$"
)
_REPEALED = lazy_compile("^[^，,《]{0,24}(?:废止|失效|停止执行)")
_REPEALING = lazy_compile("废止(?:了)?[^，,]{0,8}$")
_AMENDED = lazy_compile(
    "^[^《]{0,40}(?:修订通过|修正通过)|^[^，,《]{0,16}(?:予以|作|做|作出|进行了?|作了|作如下)[^，,《]{0,6}(?:修改|修订|修正)"
)
_AMENDING = lazy_compile("(?:修改|修订|修正)(?:了|后的)?$")
_BASIS = lazy_compile(
    "(?:根据|依据|按照|依照|遵照|参照)[^，,]{0,60}$|按(?:照)?(?:[我本]?[省市县区]|国家)?(?:现行的?)?$"
)
_NO_BASIS = lazy_compile("贯彻|落实|学习|宣传|制定|出台|编制")
_FORWARDING = lazy_compile("(?:印发|转发|批转)(?:了)?(?:修订后的)?$")
_FORWARDED = lazy_compile("^[^《]{0,60}(?:印发|转发|下发)给|^[^，,《]{0,10}(?:予以)?(?:印发|转发)")
_NAMING = lazy_compile(r"(?:简|下|统)称(?:为|[省市县区]|“)?$")
_CONNECTED = lazy_compile(r"^[、，,和及与\s]{0,3}(?:以及)?$")
_CLAUSE_MARKS = "，,。；;\n"
_SENTENCE_END = lazy_compile("[。；;\n]")
_BEFORE, _AFTER = 80, 80
_MAX_EVIDENCE_LENGTH = 300


def read_references(lines: Sequence[Line], own_number: str | None = None) -> tuple[Reference, ...]:
    """Return the laws and documents cited in ``lines``, in order, each once for each set of provisions.

    Args:
        lines: The text below the title.
        own_number: The document's own number, which it does not cite.
    """
    text = "\n".join(line.text for line in lines if not line.table)
    citations = list(find_citations(text))
    found = [*_titles(text, citations), *find_bare_numbers(text, citations, own_number)]
    return _once(reference for _, reference in sorted(found, key=lambda placed: placed[0]))


def _titles(text: str, citations: Sequence[Citation]) -> Iterator[tuple[int, Reference]]:
    full: dict[str, Citation] = {}
    for citation, kind in zip(citations, _kinds(text, citations), strict=True):
        if _NO_DOCUMENT.search(citation.title) or _NAMING.search(text, max(0, citation.start - 6), citation.start):
            continue
        if citation.short_name:
            full[citation.short_name] = citation
        meant = full.get(citation.title, citation)
        evidence = _evidence(text, citation)
        number = citation.number or meant.number
        yield citation.start, Reference(meant.title, number, citation.provisions, kind, evidence)


def _kinds(text: str, citations: Sequence[Citation]) -> list[str]:
    """Return the kind of each reference, by the words before the title, then those after it; a list counts as one."""
    kinds: list[str] = []
    before_end = 0
    for citation, following in zip_longest(citations, citations[1:]):
        gap = text[max(before_end, citation.start - _BEFORE) : citation.start]
        behind = _up_to(text[citation.end : min(citation.end + _AFTER, following.start if following else len(text))])
        inherited = kinds[-1] if kinds and _same_list(gap) else "mentions"
        kinds.append(_kind(_clause(gap), behind, inherited))
        before_end = citation.end
    for place in range(len(citations) - 2, -1, -1):
        between = text[citations[place].end : min(citations[place + 1].start, citations[place].end + _AFTER)]
        if kinds[place] == "mentions" and kinds[place + 1] != "basis" and _CONNECTED.match(between):
            kinds[place] = kinds[place + 1]
    return kinds


def _kind(before: str, behind: str, inherited: str) -> str:
    if _REPEALED.search(behind) or _REPEALING.search(before):
        return "repeals"
    if _AMENDED.search(behind) or _AMENDING.search(before):
        return "amends"
    basis = _BASIS.search(before)
    if basis and not _NO_BASIS.search(basis.group()):
        return "basis"
    if _FORWARDING.search(before) or _FORWARDED.search(behind):
        return "forwards"
    return inherited


def _same_list(gap: str) -> bool:
    """Return whether a title goes on the list of the one before: no mark between them that ends a clause."""
    return bool(_CONNECTED.match(gap)) or (
        not any(mark in gap for mark in _CLAUSE_MARKS) and gap[:1] in ("、", "和", "及", "与")
    )


def _clause(gap: str) -> str:
    return gap[max(map(gap.rfind, _CLAUSE_MARKS)) + 1 :]


def _up_to(behind: str) -> str:
    end = _SENTENCE_END.search(behind)
    return behind[: end.start()] if end else behind


def _evidence(text: str, citation: Citation) -> str:
    before = _clause(text[max(0, citation.start - 40) : citation.start])
    behind = re.split(f"[{_CLAUSE_MARKS}《]", text[citation.end : citation.end + 24], maxsplit=1)[0]
    return f"{before}{text[citation.start : citation.end]}{behind}".strip()[:_MAX_EVIDENCE_LENGTH]


def _once(references: Iterator[Reference]) -> tuple[Reference, ...]:
    """Merge equal references into the first, with a number if any has one and the strongest of their kinds."""
    kept: dict[tuple[str | None, tuple[str, ...]], Reference] = {}
    for reference in references:
        key = (reference.title or reference.document_number, reference.articles)
        first = kept.get(key)
        if first is None:
            kept[key] = reference
        else:
            stronger = min(first, reference, key=lambda one: RANK.index(one.kind))
            number = first.document_number or reference.document_number
            kept[key] = replace(stronger, document_number=number)
    return tuple(kept.values())
