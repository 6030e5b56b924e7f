"""How a container and the files inside it hang together: their keys, and what the container's record says of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

# Between the key of a container and the path of a file inside it; a path never contains it.
CHILD_MARK = "!/"
NO_CHILDREN = "0" * 16


@dataclass(frozen=True, slots=True)
class Family:
    """The children of one container.

    Attributes:
        expected: How many the container says it holds.
        emitted: How many came out.
        mark: ``family_mark`` of those that came out.
    """

    expected: int
    emitted: int
    mark: str


def family_mark(children: Iterable[tuple[str, str]]) -> str:
    """Return 16 hexadecimal digits for a set of (key, ETag), whatever its order.

    A sweep forms the same of the records it passes by, and so sees in constant memory whether they are the children.
    """
    mark = NO_CHILDREN
    for key, etag in children:
        mark = with_child(mark, key, etag)
    return mark


def with_child(mark: str, key: str, etag: str) -> str:
    """Return the mark of a set with one child more."""
    data = f"{key}\0{etag}".encode("utf-8", "surrogatepass")
    added = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
    return f"{(int(mark, 16) + added) % (1 << 64):016x}"
