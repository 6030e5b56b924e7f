"""What harvesters ask for: ``/oai`` (OAI-PMH 2.0) and ``/sitemap.xml``; only documents that may be shown."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from search.http.auth import READING, services_of, shown_record
from search.http.errors import responses
from search.http.urls import site_of
from search.office.output.harvest.provider import answer
from search.office.output.harvest.site import Site
from search.office.output.harvest.sitemap import MEDIA_TYPE, part_chunks, sitemap_chunks

router = APIRouter(tags=["harvesting"], dependencies=[Depends(READING)], responses=responses())

XML = "text/xml; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
_ARGUMENTS = (
    "Identify, ListMetadataFormats, ListSets, ListIdentifiers, ListRecords or GetRecord; the other arguments are those "
    "of the protocol: identifier, metadataPrefix (oai_dc), from, until, resumptionToken"
)
_PARAMETERS: dict[str, Any] = {
    "parameters": [{"name": "verb", "in": "query", "schema": {"type": "string"}, "description": _ARGUMENTS}]
}
_ANSWERED: dict[str, Any] = {
    "description": "The answer, an error of the protocol included.",
    "content": {"text/xml": {}},
}


@router.get(
    "/oai",
    summary="OAI-PMH 2.0",
    response_class=Response,
    responses={200: _ANSWERED},
    openapi_extra=_PARAMETERS,
)
def harvest(request: Request) -> Response:
    """Answer a harvester (OAI-PMH 2.0); the same arguments may be sent as a form with POST."""
    return _answer(request, request.query_params.multi_items())


@router.post(
    "/oai",
    summary="OAI-PMH 2.0, its arguments as a form",
    response_class=Response,
    responses={200: _ANSWERED, **responses(413)},
    openapi_extra={"requestBody": {"content": {FORM: {"schema": {"type": "object"}}}}},
)
async def harvest_by_form(request: Request) -> Response:
    """Answer a harvester that sends its arguments as a form."""
    pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return await run_in_threadpool(_answer, request, pairs)


@router.get(
    "/sitemap.xml",
    summary="Sitemap",
    response_class=StreamingResponse,
    responses={200: {"description": "The sitemap.", "content": {"application/xml": {}}}, **responses(403, 404, 410)},
)
def sitemap(
    request: Request,
    after: Annotated[str, Query(max_length=64, description="a part begins behind this document; `-`: the first")] = "",
) -> StreamingResponse:
    """List the pages of all documents that may be shown; of more than 50,000 the parts of the list."""
    services, site = services_of(request), Site(site_of(request))
    if after:
        start = "" if after == "-" else shown_record(services, after).key
        chunks = part_chunks(services.index, site, after=start)
    else:
        chunks = sitemap_chunks(services.index, site)
    return StreamingResponse(chunks, media_type=MEDIA_TYPE)


def _answer(request: Request, pairs: list[tuple[str, str]]) -> Response:
    body = answer(services_of(request).index, Site(site_of(request)), pairs)
    return Response(body, media_type=XML, headers={"Cache-Control": "no-cache"})
