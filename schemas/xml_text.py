"""Text that may stand in an XML document."""

import re

# XML 1.0, 2.2: these and no others, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal_xml(text: str, *, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """Return a text without the characters that XML cannot hold; each is replaced by ``instead``."""
    return _ILLEGAL.sub(instead, text)
