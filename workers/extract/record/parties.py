"""Purchaser and procurement agent in tender papers, and the day of a contract between the parties.

「采购人：甲大学　采购代理机构：乙招标有限公司」: they are never the same office. If nothing else names the issuer, it
is the purchaser.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workers.extract.grammar.dates import read_date
from workers.extract.grammar.lines import Line
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE, _LIKELY, _AS_ISSUER = 0.9, 0.8, 0.72
_SEARCHED, _ON_COVER, _AT_END, _MAX_LENGTH, _MAX_BLOCK_LENGTH = 400, 40, 40, 200, 16
_MARKS = r"(?:名\s?称)?\s?(?:（盖章）|（公章）|\(盖章\))?\s?[:：]\s?"
_PURCHASER = lazy_compile(rf"(?:采\s?购\s?(?:人|单\s?位|方)|招\s?标\s?(?:人|单\s?位|方)|比选人|询价人){_MARKS}")
_AGENT = lazy_compile(rf"(?:(?:政府)?采购|招标)?\s?代\s?理\s?(?:机\s?构|公\s?司|单\s?位|人){_MARKS}")
# 「1.采购人信息」, and below it 「名　称：甲大学」, as the model notices have it (财办库〔2020〕50号).
_BLOCK = lazy_compile(r"^(?:[0-9（(]{1,2}[.．、)）]\s?)?(?:采购人|(采购代理机构))(?:信息)?[:：]?$")
_NAMED = lazy_compile(r"^名\s*称\s*[:：]\s*")
_ENDS = lazy_compile(
    r"[。；;，,\s]|(?:地\s?址|联系|电话|邮编|日期|项目|编号|法定|(?:政府)?采购代理|招标代理|代理机构|采购人|招标人|招标编号)|[0-9一二三四]、"
    r"|(?:19|20)[0-9]{2}年|[一二][〇○零][一二三四五六七八九〇○零]{2}年"
)
_CONTRACT = lazy_compile(r"(?:合同|协议)(?:书|文本)?(?:[（(][^（()）]{1,12}[)）])?$")
# 「关于公开土地出让合同」 says something about contracts; 「关于共建产业园的协议」 is one.
_ABOUT_CONTRACT = lazy_compile(r"关于[^的]*$|(?:合同|协议)书?的?[（(]?(?:公告|公示|公开|通知|通报)")
_SIGNED = lazy_compile(r"(?:^|\s)(?:合同)?签\s?订\s?(?:日\s?期|时\s?间)\s?[:：]\s?")
_RANGE = lazy_compile(r"\s?[至到起—–~～-]")
_NAME = lazy_compile(r"[一-鿿（）()·A-Za-z0-9]{3,40}")


def read_parties(source: FactSource) -> Iterator[Fact]:
    """Read purchaser and agent from their first labels; the purchaser on the cover is also the issuer."""
    lines = (*source.head, *source.body[:_SEARCHED])
    yield from _read_blocks(lines)
    for place, line in enumerate(lines):
        if line.table or len(line.text) > _MAX_LENGTH or not ("：" in line.text or ":" in line.text):
            continue
        agent = _name_clauses(_AGENT, line) if "代" in line.text else None
        purchaser = _name_clauses(_PURCHASER, line)
        if agent:
            yield Fact("agent", agent, line.text, "body", _SURE)
        if purchaser:
            yield Fact("purchaser", purchaser, line.text, "body", _SURE)
            if place < _ON_COVER:
                yield Fact("issuer", purchaser, line.text, "body", _AS_ISSUER)


def read_contract_day(source: FactSource) -> Iterator[Fact]:
    """Read the day of a contract from its cover or its end; in a paper about contracts it is not the paper's."""
    title = source.title or ""
    if not _CONTRACT.search(title) or _ABOUT_CONTRACT.search(title):
        return
    for line in (*source.head, *source.body[:_ON_COVER], *source.body[_ON_COVER:][-_AT_END:]):
        date = _signing_day(line)
        if date:
            yield Fact("signed_on", date, line.text, "body", _LIKELY)
            return


def _signing_day(line: Line) -> str | None:
    """Return the day behind 「签订日期：」, whatever stands behind it; None for a span of time."""
    signed = None if line.table or len(line.text) > _MAX_LENGTH else _SIGNED.search(line.text)
    value = line.text[signed.end() :] if signed else ""
    date = read_date(value)
    return date[0] if date and date[1] == 0 and not _RANGE.match(value, date[2]) else None


def _read_blocks(lines: Sequence[Line]) -> Iterator[Fact]:
    """Read purchaser and agent from the blocks of a model notice; the purchaser is also the issuer."""
    for line, below in pairwise(lines):
        block = None if line.table or len(line.text) > _MAX_BLOCK_LENGTH else _BLOCK.match(line.text)
        name = _name_clauses(_NAMED, below) if block and not below.table else None
        if block and name:
            yield Fact("agent" if block[1] else "purchaser", name, below.text, "body", _SURE)
            if not block[1]:
                yield Fact("issuer", name, below.text, "body", _AS_ISSUER)


def _name_clauses(label: re.Pattern[str], line: Line) -> str | None:
    """Return the name after a label, up to the next one; None for 「采购人：（单位名称）」, which names nobody."""
    match = label.search(line.text)
    if match is None:
        return None
    rest = line.text[match.end() :]
    end = _ENDS.search(rest, 2)
    name = rest[: end.start()] if end else rest
    return name if _NAME.fullmatch(name) and name[0] not in "（(" else None
