"""Entity tags (RFC 9110, section 8.8.3): who has the current version is told so and not sent it again."""

from hashlib import sha256

from fastapi import Request, Response

# Raise it with any change of what is sent for the same thing.
VERSION = "1"


def entity_tag(*parts: object) -> str:
    """Return the tag of what these parts determine; weak, because the same may be said in other bytes."""
    return f'W/"{sha256(repr((VERSION, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """Return the answer 304 where the request says it has what ``tag`` stands for, else None."""
    given = request.headers.get("if-none-match", "")
    known = {each.strip().removeprefix("W/") for each in given.split(",")}
    if "*" in known or tag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers(tag))
    return None


def headers(tag: str) -> dict[str, str]:
    """Return what a tagged answer carries: it may be kept, but has to be asked for again each time."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
