"""Names of archive members whose archive does not say in which encoding they are."""

from collections.abc import Iterable

from workers.convert.text.encoding import detect
from workers.convert.text.plausibility import plausibility


def encoding_of(names: Iterable[bytes]) -> str:
    """Return the codec that reads the names of one archive best; they were all written by one program.

    Args:
        names: Those beyond ASCII; the more there are, the surer the answer.
    """
    joined = b"\n".join(names)
    found = detect(joined)
    # Names are short enough for GBK to be valid UTF-8 by chance: 通知 and 联通 are.
    return max(found, "gb18030", key=lambda encoding: plausibility(joined.decode(encoding, "replace")))


def text_of(name: bytes, encoding: str) -> str:
    """Return a name in its archive's encoding, or in UTF-8 where it is not in that."""
    for codec in (encoding, "utf-8"):
        try:
            return name.decode(codec)
        except UnicodeDecodeError:
            continue
    return name.decode(encoding, "replace")
