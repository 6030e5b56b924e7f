"""What every request asks first: with what it works, and whether a document may be shown."""

from fastapi import HTTPException, Request

from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.api.ports import Services


def services_of(request: Request) -> Services:
    """Return what the application was made with."""
    services: Services = request.app.state.services
    return services


def shown_record(services: Services, identifier: str) -> DocumentRecord:
    """Return the record of a document that may be shown.

    Raises:
        HTTPException: There is none (404), it was removed (410), or it is held (403).
    """
    record = services.index.record(identifier)
    if record is None:
        raise HTTPException(404, "no such document")
    if record.state is State.REMOVED:
        raise HTTPException(410, "the document was removed from the bucket")
    if record.state is State.HELD:
        raise HTTPException(403, "the document is held; it is not shown until a person releases it")
    return record
