"""Why a document stays hidden until a person releases it.

The setting ``hold`` names the kinds of findings that hold a document.
"""

from collections.abc import Collection, Iterator

from schemas.articles import Extracted, Finding
from schemas.families import CHILD_MARK
from schemas.glossary import FINDINGS
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.sensitive.personal import findings_in

_NAMES = {
    "identity_card": Sentence.of("finding-identity-card"),
    "bank_card": Sentence.of("finding-bank-card"),
    "secrecy_mark": Sentence.of("finding-secrecy-mark"),
    "mobile_phone": Sentence.of("finding-mobile-phone"),
    "home_address": Sentence.of("finding-home-address"),
}
_SHOWN = 3


def hold_problems(extracted: Extracted, kinds: Collection[str], *, key: str = "") -> tuple[Problem, ...]:
    """Return why a document is held: one masked problem per kind of finding; empty if it is not held.

    Args:
        extracted: The document.
        kinds: Keys of ``schemas.glossary.FINDINGS`` that hold a document.
        key: Of the document: a name is shown wherever the document is, and a problem names files inside it.
    """
    findings = (*extracted.findings, *_named_findings(key, extracted))
    found = {kind: list(dict.fromkeys(each.text for each in findings if each.kind == kind)) for kind in FINDINGS}
    return tuple(
        Problem.of("extract", _describe(kind, texts)) for kind, texts in found.items() if texts and kind in kinds
    )


def _named_findings(key: str, extracted: Extracted) -> Iterator[Finding]:
    for name in key.replace(CHILD_MARK, "/").split("/"):
        yield from findings_in(name)
    for problem in extracted.problems:
        yield from findings_in(problem.message)


def _describe(kind: str, texts: list[str]) -> Sentence:
    shown = "、".join(texts[:_SHOWN])
    if len(texts) > _SHOWN:
        return Sentence.of("held-for-findings", kind=_NAMES[kind], texts=shown, count=len(texts))
    return Sentence.of("held-for-finding", kind=_NAMES[kind], texts=shown)
