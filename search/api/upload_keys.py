"""Make the object key of an uploaded file from its name, or say why the name is refused."""

from unicodedata import category, normalize

from schemas.litter import is_litter

# S3 allows keys of 1,024 bytes; file systems allow 255 bytes between two slashes.
KEY_BYTES = 1024
NAME_BYTES = 255


class NameRefusedError(ValueError):
    """A file cannot be stored under this name; the message says why."""


def upload_key(name: str, *, prefix: str = "") -> str:
    """Return the object key for a file.

    Args:
        name: Name as sent; folders stay part of it, with slashes or backslashes.
        prefix: Prefix of the key, separated by a slash.

    Raises:
        NameRefusedError: The key is not allowed.
    """
    start = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    # macOS sends decomposed names (NFD); the same name from another system must give the same key.
    key = normalize("NFC", start + name.replace("\\", "/"))
    reason = _objection(key)
    if reason:
        raise NameRefusedError(f"{key[:200]!a} {reason}; rename it")
    return key


def _objection(key: str) -> str | None:
    # Control characters, direction overrides and lone surrogates forge displayed names; private use is harmless.
    if any(category(c) in {"Cc", "Cf", "Cs"} or c in "\u2028\u2029" for c in key):
        return "contains a character that cannot be seen"
    if len(key.encode()) > KEY_BYTES:
        return f"is longer than {KEY_BYTES} bytes"
    if "!/" in key:
        return "contains !/, which stands for a file inside an archive"
    for part in key.split("/"):
        if part in {"", ".", ".."} or part != part.strip():
            return f"has a part {part!r}"
        if len(part.encode()) > NAME_BYTES:
            return f"has a part longer than {NAME_BYTES} bytes"
    return "names what a system or an open program leaves behind, no document" if is_litter(key) else None
