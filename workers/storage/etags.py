"""The ETag an S3 server gives a file as we upload it: what was uploaded before need not be sent again.

The MD5 of an object put in one request; of one put in parts, the MD5 of the parts' MD5s and their number (Amazon S3,
"Checking object integrity"). Servers that encrypt with keys of their own give another one; such a file is sent again.
"""

import hashlib
from pathlib import Path

from workers.storage.protocol import ObjectInfo

PART_BYTES = 16 << 20  # held in memory by each upload of a larger file
_MOST_PARTS = 9_999
_CHUNK = 1 << 20


def part_bytes(size: int) -> int:
    """Return the size of the parts a file of ``size`` bytes is uploaded in; a smaller file is put in one request."""
    return max(PART_BYTES, size // _MOST_PARTS + 1)


def is_content(found: ObjectInfo, source: Path) -> bool:
    """Return whether a stored object has the size and the checksum of a local file.

    False if the ETag says nothing of the content, as in a folder.
    """
    size = source.stat().st_size
    return found.size == size and found.etag == etag_of(source, part_bytes(size))


def etag_of(source: Path, part: int) -> str:
    """Return the ETag of a file put in parts of ``part`` bytes."""
    digests: list[bytes] = []
    with source.open("rb") as file:
        while True:
            digest, left = hashlib.md5(usedforsecurity=False), part
            while left and (piece := file.read(min(_CHUNK, left))):
                digest.update(piece)
                left -= len(piece)
            if left == part and digests:
                break
            digests.append(digest.digest())
            if left:
                break
    if len(digests) == 1:
        return digests[0].hex()
    return f"{hashlib.md5(b''.join(digests), usedforsecurity=False).hexdigest()}-{len(digests)}"
