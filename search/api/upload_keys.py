"""From the name a file is sent under to the key it gets, or the reason why it gets none."""

from unicodedata import category, normalize

from schemas.litter import is_litter

# S3 takes 1,024 bytes; file systems take 255 between two slashes.
KEY_BYTES = 1024
NAME_BYTES = 255


class NameRefusedError(ValueError):
    """A file cannot be kept under this name; the message says why."""


def upload_key(name: str, *, prefix: str = "") -> str:
    """Return the object key for a file.

    Args:
        name: As sent; folders before it are kept, whichever slash divides them.
        prefix: Put before it, with a slash between.

    Raises:
        NameRefusedError: No object may have that key.
    """
    start = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    # macOS sends names decomposed; the same name from elsewhere has to be the same object.
    key = normalize("NFC", start + name.replace("\\", "/"))
    reason = _objection(key)
    if reason:
        raise NameRefusedError(f"{key[:200]!a} {reason}; rename it")
    return key


def _objection(key: str) -> str | None:
    # Control characters, direction overrides and lone surrogates forge what people read; private use is harmless.
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
