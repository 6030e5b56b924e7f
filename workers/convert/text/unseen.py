"""What of an original is no text of it but has to be judged: the one way such stretches leave a reader.

A review comment, a tracked deletion, a document property, an HTML comment, the words under a black box: a reader hands
all it meets to ``suspect_stretches`` and puts what comes back into ``Converted.unseen``.
"""

import re
from collections.abc import Iterable

# Wide enough for every kind of finding: a long number, its digits apart or not, and the words of a home address.
_MAY_BE_PERSONAL = re.compile(r"(?:[0-9０-９][^0-9０-９A-Za-z一-鿿]{0,6}){10}|住|户")


def is_suspect(text: str) -> bool:
    """Return whether personal data may be in a text."""
    return _MAY_BE_PERSONAL.search(text) is not None


def suspect_stretches(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the stretches that may hold personal data, each once, in order; the others are of no interest."""
    return tuple(dict.fromkeys(text.strip() for text in texts if is_suspect(text)))
