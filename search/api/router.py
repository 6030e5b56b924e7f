"""The router of the whole JSON API."""

from fastapi import APIRouter, Depends

from search.api.responses import DocumentAnswer
from search.api.routes import bucket_events, documents, harvest, related, reprints, saved_searches, session, uploads
from search.api.routes import search as searching
from search.api.routes.office import router as office
from search.http.auth import READING

router = APIRouter()

for _part in (
    searching,
    related,
    documents,
    reprints,
    office,
    harvest,
    uploads,
    saved_searches,
    session,
    bucket_events,
):
    router.include_router(_part.router)

# Unversioned paths of earlier releases; they still work, and are not in the OpenAPI description.
_READ = APIRouter(dependencies=[Depends(READING)], include_in_schema=False)
_READ.add_api_route("/search", searching.search)
_READ.add_api_route("/documents/{identifier}", documents.document, response_model=DocumentAnswer)
_READ.add_api_route("/documents/{identifier}/original", documents.original, response_model=None)
router.include_router(_READ)
router.add_api_route("/events", bucket_events.events, methods=["POST"], status_code=202, include_in_schema=False)
