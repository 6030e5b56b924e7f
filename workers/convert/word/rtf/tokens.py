r"""RTF as tokens: groups, control words and bytes of text. Linear in the length of the file, whatever it holds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|"
    rb"([^\\{}\r\n\t\x00]+)|([{}])|\\([^a-zA-Z])|[\r\n\t\x00]+|\\"
)
_INSIDE = re.compile(rb"\\bin(\d{1,10}) ?|\\[\s\S]|[{}]")


class Token(NamedTuple):
    r"""One token.

    Attributes:
        kind: ``word`` (``\b0``), ``symbol`` (``\~``), ``bytes`` (``\'b9\'d8``), ``text``, ``open`` or ``close``.
        name: Name of the word, or the symbol.
        number: Its parameter.
        data: Bytes of the text, or those written one by one.
    """

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


class Tokens:
    """The tokens of a file; a group that is of no use can be passed over.

    Attributes:
        at: Offset of the next token.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def __iter__(self) -> Iterator[Token]:
        data, match, known = self._data, _TOKEN.match, dict[tuple[bytes, bytes | None], Token]()
        while found := match(data, self.at):
            self.at = found.end()
            index = found.lastindex
            if index in {1, 2}:
                key = (found[1], found[2])
                if (token := known.get(key)) is None:
                    token = Token("word", found[1].decode("ascii"), int(found[2]) if found[2] else None)
                    if len(known) < 10_000:
                        known[key] = token
                if token.name == "bin":
                    self.at += max(token.number or 0, 0)
                else:
                    yield token
            elif index == 3:
                yield Token("bytes", data=bytes.fromhex(found[3].replace(b"\\'", b"").decode("ascii")))
            elif index == 4:
                yield Token("text", data=found[4])
            elif index == 5:
                yield _OPEN if found[5] == b"{" else _CLOSE
            elif index == 6:
                yield Token("symbol", found[6].decode("latin-1"))

    def take_rest(self) -> bytes:
        """Return what is left of the group that is open, and go on right before its end."""
        start = self.at
        self.pass_over()
        return self._data[start : self.at]

    def pass_over(self) -> None:
        """Go on right before the end of the group that is open."""
        depth = 1
        while found := _INSIDE.search(self._data, self.at):
            self.at = found.end()
            if found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                depth -= 1
            elif found[1]:
                self.at += int(found[1])
            if not depth:
                self.at -= 1
                return
        self.at = len(self._data)
