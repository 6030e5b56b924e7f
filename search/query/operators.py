"""The marks of the query language: "phrase", -not, OR, issuer:, year:, no:, in:title; the rest is left as bare text.

Nothing is an error: a mark that means nothing where it stands is part of the text.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

QUOTED = r'["“”„‟＂][^"“”„‟＂]*["“”„‟＂]|[「『][^「『」』]*[」』]'
QUOTES = '"“”„‟＂「」『』'
FIELDS = {
    "issuer": "issuer",
    "发文机关": "issuer",
    "發文機關": "issuer",
    "year": "year",
    "年份": "year",
    "no": "number",
    "文号": "number",
    "文號": "number",
    "title": "title",
    "标题": "title",
    "標題": "title",
    "in": "in",
}
# A minus says "not" at the start of a word alone; nothing stands between a mark and its value.
TOKEN = re.compile(
    rf"((?<!\S)[-－](?=\S))?(?:({'|'.join(FIELDS)})[:：](?=\S))?({QUOTED}|[^\s{QUOTES}]+)", re.IGNORECASE
)
OR = frozenset({"OR", "|", "｜"})


class Token(NamedTuple):
    """One word or phrase as it was typed, with the marks before it."""

    raw: str
    negated: bool
    field: str | None
    value: str
    quoted: bool

    @property
    def plain(self) -> bool:
        """Whether it has no mark."""
        return not self.negated and self.field is None


@dataclass(slots=True)
class Marks:
    """What the marks of a query ask for.

    Attributes:
        bare: The text without marks.
        phrases: What must stand as it is; any of the alternatives of each will do.
        without: What must not stand.
        fields: Values by field: ``issuer``, ``year``, ``number``.
        in_title: Whether words and phrases are looked for in titles alone.
    """

    bare: str = ""
    phrases: list[list[str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    in_title: bool = False


def read(typed: str) -> Marks:
    """Return the marks of ``typed``."""
    marks, bare = Marks(), []
    tokens = [_token(found) for found in TOKEN.finditer(typed)]
    joins = _joins(tokens)
    for place, token in enumerate(tokens):
        if place in joins:
            continue
        if token.plain and place - 1 in joins:
            marks.phrases[-1].append(token.value)
        elif token.plain and (token.quoted or place + 1 in joins):
            marks.phrases.append([token.value])
        elif token.plain or not _take(marks, token):
            bare.append(token.raw)
    marks.bare = " ".join(bare)
    return marks


def _token(found: re.Match[str]) -> Token:
    written = found[3]
    quoted = written[0] in QUOTES
    name = FIELDS.get(found[2].lower()) if found[2] else None
    return Token(found[0], bool(found[1]), name, written[1:-1] if quoted else written, quoted)


def _joins(tokens: list[Token]) -> set[int]:
    """Return the places of every OR between two words or phrases without marks."""
    found: set[int] = set()
    for place in range(1, len(tokens) - 1):
        between = tokens[place - 1].plain and tokens[place + 1].plain and place - 1 not in found
        if between and not tokens[place].quoted and tokens[place].raw in OR:
            found.add(place)
    return found


def _take(marks: Marks, token: Token) -> bool:
    """Take a marked token into ``marks``; tell whether its marks mean something."""
    if token.negated:
        if token.field is None:
            marks.without.append(token.value)
        return token.field is None
    if token.field == "in":
        known = FIELDS.get(token.value.lower()) == "title"
        marks.in_title |= known
        return known
    if token.field == "title":
        marks.phrases.append([token.value])
        marks.in_title = True
    elif token.field is not None:
        marks.fields[token.field] = token.value
    return True
