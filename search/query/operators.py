"""The operators of the query language: "phrase", -not, OR, issuer:, year:, no:, in:title; the rest is bare text.

Nothing is an error: an operator without a meaning in its place is part of the text.
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
# A minus means "not" only at the start of a word; an operator and its value have no space between them.
TOKEN = re.compile(
    rf"((?<!\S)[-－](?=\S))?(?:({'|'.join(FIELDS)})[:：](?=\S))?({QUOTED}|[^\s{QUOTES}]+)", re.IGNORECASE
)
OR = frozenset({"OR", "|", "｜"})

# The names by which people mean a field; 「答复：」 and the like are text, and so are addresses.
_FIELD_LIKE = re.compile(r"(?<!\S)(?:[-－])?((?!https?[:：])[A-Za-z_]{2,16}|体裁|文种|地区|格式|来源)[:：](?=[^\s/])")
_JOINED_OR = re.compile(r"(?<=[\u4e00-\u9fff”』」])\s*OR\s*(?=[\u4e00-\u9fff“『「])(?<!\sOR\s)")


class Token(NamedTuple):
    """One word or phrase as typed, with the operators before it."""

    raw: str
    negated: bool
    field: str | None
    value: str
    quoted: bool

    @property
    def plain(self) -> bool:
        """Whether it has no operator."""
        return not self.negated and self.field is None


@dataclass(slots=True)
class Marks:
    """The operators of a query, parsed.

    Attributes:
        bare: The text without operators.
        phrases: Exact phrases, each as its alternatives, one of which must match.
        without: Words and phrases that must not match.
        fields: Values by field: ``issuer``, ``year``, ``number``.
        in_title: Whether words and phrases match in titles only.
        unquoted: Phrases typed without quotation marks: alternatives of an OR, words of a title.
    """

    bare: str = ""
    phrases: list[list[str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    in_title: bool = False
    unquoted: list[str] = field(default_factory=list)


def read(typed: str) -> Marks:
    """Parse the operators of ``typed``."""
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
            continue
        if not token.quoted and any(token.value in alternatives for alternatives in marks.phrases):
            marks.unquoted.append(token.value)
    marks.bare = " ".join(bare)
    return marks


def list_unknown(typed: str) -> tuple[str, ...]:
    """Return the marks of ``typed`` that look like those of a query language and mean nothing here: ``kind:``."""
    bare = re.sub(QUOTED, " ", typed)
    return tuple(dict.fromkeys(name for name in _FIELD_LIKE.findall(bare) if name.lower() not in FIELDS))


def find_joined_or(typed: str) -> str:
    """Return ``typed`` with blanks around each OR that is written without: 教育OR卫生; empty if there is none."""
    apart = _JOINED_OR.sub(" OR ", typed)
    return apart if apart != typed else ""


def _token(found: re.Match[str]) -> Token:
    written = found[3]
    quoted = written[0] in QUOTES
    name = FIELDS.get(found[2].lower()) if found[2] else None
    return Token(found[0], bool(found[1]), name, written[1:-1] if quoted else written, quoted)


def _joins(tokens: list[Token]) -> set[int]:
    """Return the positions of every OR between two plain words or phrases."""
    found: set[int] = set()
    for place in range(1, len(tokens) - 1):
        between = tokens[place - 1].plain and tokens[place + 1].plain and place - 1 not in found
        if between and not tokens[place].quoted and tokens[place].raw in OR:
            found.add(place)
    return found


def _take(marks: Marks, token: Token) -> bool:
    """Add a token with operators to ``marks``; return whether its operators have a meaning."""
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
