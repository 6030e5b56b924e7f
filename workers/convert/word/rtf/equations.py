r"""Equations of RTF (``\moMath``): its words are the elements of OMML with an ``m`` before them, and read as those."""

from lxml import etree

from workers.convert.word.docx.equations import equation_text
from workers.convert.word.docx.wml import MATH, Element
from workers.convert.word.rtf.tokens import Token, Tokens

MAX_LENGTH = 200_000
"""Bytes of an equation that are read."""

_MAX_DEPTH = 200
_VALUE = MATH + "val"


def equation_of(group: bytes, codec: str) -> str:
    r"""Return the text of an equation.

    Args:
        group: The inside of a ``\moMath`` group, as it stands in the file.
        codec: Encoding of the document.
    """
    equation = etree.Element(MATH + "oMath")
    builder = _Builder(equation, codec)
    for token in Tokens(group):
        builder.take(token)
    builder.settle()
    return equation_text(equation)


class _Builder:
    """Builds the tree of an equation from its tokens."""

    def __init__(self, equation: Element, codec: str) -> None:
        self._open = [equation]
        self._codec = codec
        self._text = ""
        self._bytes = b""
        self._fallback, self._skip = 1, 0

    def take(self, token: Token) -> None:
        """Take in the next token."""
        if token.kind == "text":
            self._bytes += token.data[self._skip :]
            self._skip = 0
        elif token.kind == "byte":
            self._bytes += b"" if self._skip else token.data
            self._skip = max(self._skip - 1, 0)
        elif token.kind == "word" and token.name == "u":
            self._settle_bytes()
            self._text += chr((token.number or 0) & 0xFFFF)
            self._skip = self._fallback
        elif token.kind == "word" and token.name == "uc":
            self._fallback = min(max(token.number or 0, 0), 8)
        elif token.kind == "symbol" and token.name in "\\{}":
            self._bytes += token.name.encode()
        else:
            self.settle()
            self._structure(token)

    def _structure(self, token: Token) -> None:
        if token.kind == "open":
            self._open.append(self._open[-1])
        elif token.kind == "close" and len(self._open) > 1:
            self._open.pop()
        elif token.name.startswith("m") and len(token.name) > 1 and len(self._open) < _MAX_DEPTH:
            self._open[-1] = etree.SubElement(self._open[-1], MATH + token.name[1:])

    def settle(self) -> None:
        """Write the text at hand into the element that is open."""
        self._settle_bytes()
        whole = self._text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = "".join(character for character in whole if character.isprintable())
        self._text = ""
        element, parent = self._open[-1], self._open[-1].getparent()
        if not text:
            return
        if parent is not None and str(parent.tag).endswith("Pr"):
            element.set(_VALUE, element.get(_VALUE, "") + text.strip())
        else:
            etree.SubElement(element, MATH + "t").text = text

    def _settle_bytes(self) -> None:
        self._text += self._bytes.decode(self._codec, "replace")
        self._bytes = b""
