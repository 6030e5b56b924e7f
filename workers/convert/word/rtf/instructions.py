r"""Instructions of fields (``\fldinst``) without a stored result: boxes, lists, ``EQ``, ``AUTONUM``, ``LISTNUM``."""

import re

from workers.convert.text.notation import TICKED, UNTICKED
from workers.convert.word.fields import Automatic, drawn_text

_CHECK_BOX = re.compile(rb"\bFORMCHECKBOX\b")
_DROP_DOWN = re.compile(rb"\bFORMDROPDOWN\b")
_ENTRY = re.compile(rb"\{\\\*\\ffl\s?([^{}]{0,1000})\}")
_STATE = re.compile(rb"\\(ffres|ffdefres)(\d{1,3})")
_AS_DEFAULT = 25
_NUMBERED = re.compile(r"(?:EQ|AUTONUM\w*|LISTNUM)\b", re.IGNORECASE)
_PIECE = re.compile(
    rb"\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?|((?:\\'[0-9a-fA-F]{2})+)|\\([\\{}])|\\[a-zA-Z]+-?\d* ?|[{}\r\n]|\\\*"
)
_LONGEST = 4000


def shown_by(group: bytes, codec: str, automatic: Automatic) -> str:
    """Return what the field of an instruction shows, empty if its result says that.

    Args:
        group: The inside of the instruction's group, as it stands in the file.
        codec: Encoding of the document.
        automatic: Counts the numbers that fields show.
    """
    if _CHECK_BOX.search(group):
        return TICKED if _result(group) == 1 else UNTICKED
    if _DROP_DOWN.search(group):
        entries = [_plain(entry[1], codec).strip() for entry in _ENTRY.finditer(group)]
        chosen = _result(group)
        return entries[chosen] if chosen < len(entries) else ""
    text = _plain(group[:_LONGEST], codec).strip()
    return drawn_text(text) or automatic.number(text) if _NUMBERED.match(text) else ""


def _result(group: bytes) -> int:
    """Return the state of a box or the number of the entry that is chosen."""
    states = {name: int(number) for name, number in _STATE.findall(group)}
    result = states.get(b"ffres", _AS_DEFAULT)
    return states.get(b"ffdefres", 0) if result == _AS_DEFAULT else result


def _plain(group: bytes, codec: str) -> str:
    text, done = "", 0
    for found in _PIECE.finditer(group):
        text += group[done : found.start()].decode("ascii", "replace")
        if found[1]:
            text += chr(int(found[1]) & 0xFFFF)
        elif found[2]:
            text += bytes.fromhex(found[2].replace(b"\\'", b"").decode()).decode(codec, "replace")
        elif found[3]:
            text += found[3].decode()
        done = found.end()
    return text + group[done:].decode("ascii", "replace")
