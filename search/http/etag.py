"""Entity tags (RFC 9110, section 8.8.3): a client that has the current version gets 304 instead of the body."""

from hashlib import sha256

from fastapi import Request, Response

# Increase it with any change of the representation.
VERSION = "1"


def entity_tag(*parts: object) -> str:
    """Return the tag of a response determined by these parts; weak, because its bytes may differ."""
    return f'W/"{sha256(repr((VERSION, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """Return the response 304 if the request has the version of ``tag``, else None."""
    given = request.headers.get("if-none-match", "")
    known = {each.strip().removeprefix("W/") for each in given.split(",")}
    if "*" in known or tag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers(tag))
    return None


def headers(tag: str) -> dict[str, str]:
    """Return the headers of a tagged response: it may be cached, but must be revalidated each time."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
