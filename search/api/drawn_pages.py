"""Send pages of originals as pictures, under the same conditions as the originals themselves."""

from fastapi import HTTPException, Response

from schemas.drawings import DrawnPage
from schemas.errors import DocumentError
from schemas.records import DocumentRecord
from search.http.original_guard import find_page_refusal
from search.http.ports import Services

# A picture of lines is markup: opened by itself, it must neither run as a page of this site nor load anything.
_POLICY = "sandbox; default-src 'none'; img-src data:"


def page_response(services: Services, record: DocumentRecord, page: int) -> Response:
    """Return a page of a document's original as a picture.

    Raises:
        HTTPException: It may not be shown (403), or there is no picture of it (404).
        BusyError: Too many pages are being drawn.
        DependencyError: A server does not answer.
    """
    try:
        drawn = drawn_page(services, record, page)
    except DocumentError as error:
        raise HTTPException(404, str(error)) from error
    return Response(drawn.picture, media_type=drawn.drawing.media_type, headers={"Content-Security-Policy": _POLICY})


def drawn_page(services: Services, record: DocumentRecord, page: int) -> DrawnPage:
    """Return a page of a document's original.

    Raises:
        HTTPException: It may not be shown (403), or documents like it are not drawn (404).
        DocumentError: The page cannot be drawn.
        BusyError: Too many pages are being drawn.
        DependencyError: A server does not answer.
    """
    if refusal := find_page_refusal(services.index, record, serve_unread=services.access.serve_unread):
        raise HTTPException(403, f"the original is not served: {refusal}")
    drawn = services.artefacts.drawn(record, page)
    if drawn is None:
        raise HTTPException(404, "pages are drawn of PDF, OFD and pictures")
    return drawn
