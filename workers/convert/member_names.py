"""Names of archive members whose archive does not say in which encoding they are."""

from collections.abc import Iterable

from workers.convert.encoding import detect


def encoding_of(names: Iterable[bytes]) -> str:
    """Return the codec that reads the names of one archive best; they were all written by one program.

    Args:
        names: Those beyond ASCII; the more there are, the surer the answer.
    """
    return detect(b"\n".join(names))


def text_of(name: bytes, encoding: str) -> str:
    """Return a name in an archive's encoding; UTF-8 stays UTF-8 whatever the others are."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode(encoding, "replace")
