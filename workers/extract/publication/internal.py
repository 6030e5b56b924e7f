"""References of a text to articles of its own that it does not have: 「依照本办法第八条」 if there are seven."""

from collections.abc import Iterator, Sequence

from schemas.office.findings import Finding, Quote
from search.office.publication.rules import REFERENCE
from workers.extract.grammar.lines import Line
from workers.extract.grammar.numerals import HAN_NUMBER, read_number
from workers.runtime.lazy_regex import lazy_compile

_NUMERAL = rf"({HAN_NUMBER}{{1,8}}|[0-9]{{1,4}})"
_ARTICLE = lazy_compile(rf"^第{_NUMERAL}条(?!第|[、，和及至规])")
_OWN = lazy_compile(
    rf"(?:本(?:办法|条例|规定|细则|规则|章程|决定|制度|规程)(?:的)?|(?<![》）)法例定则法程])(?:见|依照|按照|依据|根据|违反|符合|适用))第{_NUMERAL}条"
)
_LEAST = 3


def check_references(name: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield a finding for each article a text refers to as its own and does not have."""
    numbers = [read_number(match[1]) for line in lines if (match := _ARTICLE.match(line.text))]
    own = {number for number in numbers if number}
    if len(own) < _LEAST:
        return
    for line in lines:
        for match in _OWN.finditer(line.text):
            number = read_number(match[1])
            if number and number not in own:
                around = line.text[max(0, match.start() - 20) : match.end() + 20]
                message = f"所引第{match[1]}条不存在：本文最后一条为第{max(own)}条；请核对条款"
                yield Finding(REFERENCE, message, (Quote(name, line.text[:12], around),))
