"""Complete FastAPI's OpenAPI description: error bodies, access, contact."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from schemas.access import Scope
from search.http import errors
from search.http.auth import COOKIE

TITLE, VERSION = "gongkai", "1"
SUMMARY = "政务公开文件全文检索"
TEXT = """\
Every **section** of the disclosed documents, found by Chinese full-text search.

- Lists are walked by `cursor`; a query is never an error, its parameters may be.
- Errors are problem documents (RFC 9457), `application/problem+json`.
- Documents carry an `ETag`; send it back as `If-None-Match`.
- Dates are ISO 8601 and may stop at the month or the year; moments are seconds since 1970.
- Held documents (personal data, secrecy marks) are nowhere in what is answered here.
"""
TAGS = [
    {"name": "search", "description": "Find sections; export and follow what was found."},
    {"name": "documents", "description": "One document and what it is linked with."},
    {"name": "uploads", "description": "Put files into the inbox and see what becomes of them. Scope `write`."},
    {"name": "saved searches", "description": "Be told of new sections. Scope `write`."},
    {"name": "office", "description": "What the disclosure office has computed: annual report, form, deadlines."},
    {"name": "harvesting", "description": "OAI-PMH 2.0 and sitemap, for harvesters and search engines."},
    {"name": "access", "description": "Keys in browsers. `gongkai key` makes and revokes them."},
    {"name": "operations", "description": "Failures, retries, sweeps, audits and queues. Scope `operate`."},
    {"name": "operation", "description": "Bucket events and health."},
]
SCHEMES: dict[str, dict[str, str]] = {
    "key": {"type": "http", "scheme": "bearer", "description": "An access key; `gongkai key create` makes one."},
    "basic": {"type": "http", "scheme": "basic", "description": "Any user name, the access key as password."},
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Set by `POST /v1/session`."},
    "events": {"type": "http", "scheme": "bearer", "description": "The token of `GONGKAI_EVENT_TOKEN`."},
}
_BY_KEY: list[dict[str, list[str]]] = [{"key": []}, {"basic": []}, {"cookie": []}]


def install_description(app: FastAPI, *, open_reading: bool) -> None:
    """Serve the complete description at ``/openapi.json``."""
    described: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not described:
            described.update(_describe(app, open_reading=open_reading))
        return described

    app.openapi = openapi  # type: ignore[method-assign]


def _describe(app: FastAPI, *, open_reading: bool) -> dict[str, Any]:
    found = get_openapi(
        title=TITLE, version=VERSION, summary=SUMMARY, description=TEXT, tags=TAGS, routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )  # fmt: skip
    parts = found.setdefault("components", {})
    parts.setdefault("schemas", {})[errors.SCHEMA_NAME] = errors.SCHEMA
    parts["securitySchemes"] = SCHEMES
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["security"] = [
                way
                for need in operation.get("security", ())
                for way in _key_requirements(need, open_reading=open_reading)
            ]
    return found


def _key_requirements(need: dict[str, list[str]], *, open_reading: bool) -> list[dict[str, list[str]]]:
    """Return the alternative security requirements of an operation: a scope requires a key, sent in any way."""
    if not set(need) & set(Scope):
        return [need]
    return [*_BY_KEY, {}] if open_reading and Scope.READ in need else _BY_KEY
