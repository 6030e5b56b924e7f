"""The answers to the six requests of OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html)."""

import time
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element

from schemas.office.output.harvest import HarvestError, Verb
from schemas.records import DocumentRecord
from schemas.xml_text import legal_xml
from search.office.output.harvest.arguments import PREFIX, read_arguments, read_span, write_moment, write_token
from search.office.output.harvest.batches import earliest, find_batch, find_item, is_deleted
from search.office.output.harvest.dublin_core import dublin_core
from search.office.output.harvest.site import Site
from search.office.output.harvest.xml import DC_SCHEMA, INSTANCE, OAI, OAI_DC, OAI_SCHEMA, add, document
from search.protocol import RecordStore

NAME = "gongkai 政务公开文件"
# Errors of a request that is not repeated with its arguments in the answer (section 3.6).
_NOT_REPEATED = {"badVerb", "badArgument"}

Arguments = Mapping[str, str]


def answer(index: RecordStore, site: Site, pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return the answer to a request, an error of the protocol included.

    Args:
        index: Has the records.
        site: The repository.
        pairs: Names and values of all arguments as they were sent.

    Raises:
        DependencyError: The index does not answer.
    """
    root = Element(_tag("OAI-PMH"), {f"{{{INSTANCE}}}schemaLocation": f"{OAI} {OAI_SCHEMA}"})
    add(root, _tag("responseDate"), write_moment(time.time()))
    request = add(root, _tag("request"), site.base_url)
    given = list(pairs)
    try:
        verb, arguments = read_arguments(given)
        body = Element(_tag(verb))
        _ANSWERS[verb](body, index, site, arguments)
        root.append(body)
        _repeat(request, given)
    except HarvestError as error:
        if error.code not in _NOT_REPEATED:
            _repeat(request, given)
        add(root, _tag("error"), str(error), code=error.code)
    return document(root)


def _repeat(request: Element, given: Iterable[tuple[str, str]]) -> None:
    for name, value in given:
        request.set(name, legal_xml(value))


def _identify(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    add(body, _tag("repositoryName"), NAME)
    add(body, _tag("baseURL"), site.base_url)
    add(body, _tag("protocolVersion"), "2.0")
    add(body, _tag("adminEmail"), site.mail)
    add(body, _tag("earliestDatestamp"), write_moment(earliest(index)))
    add(body, _tag("deletedRecord"), "transient")
    add(body, _tag("granularity"), "YYYY-MM-DDThh:mm:ssZ")


def _list_formats(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    if "identifier" in arguments:
        _require(index, site, arguments["identifier"])
    found = add(body, _tag("metadataFormat"))
    add(found, _tag("metadataPrefix"), PREFIX)
    add(found, _tag("schema"), DC_SCHEMA)
    add(found, _tag("metadataNamespace"), OAI_DC)


def _list_sets(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    raise HarvestError("noSetHierarchy", "this repository has no sets")


def _list_identifiers(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    _list(body, index, site, arguments, _header)


def _list_records(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    _list(body, index, site, arguments, _record)


def _get_record(body: Element, index: RecordStore, site: Site, arguments: Arguments) -> None:
    record = _require(index, site, arguments["identifier"])
    _require_format(arguments)
    _record(body, record, site)


def _list(
    body: Element,
    index: RecordStore,
    site: Site,
    arguments: Arguments,
    write: Callable[[Element, DocumentRecord, Site], None],
) -> None:
    if "resumptionToken" not in arguments:
        _require_format(arguments)
    if "set" in arguments:
        raise HarvestError("noSetHierarchy", "this repository has no sets")
    span = read_span(arguments)
    batch = find_batch(index, span)
    if not batch.records and span.after is None:
        raise HarvestError("noRecordsMatch", "no record of these dates")
    for record in batch.records:
        write(body, record, site)
    if batch.rest is not None:
        add(body, _tag("resumptionToken"), write_token(batch.rest), cursor=str(span.cursor))
    elif span.after is not None:  # the empty token tells that a list in parts is complete (section 3.5)
        add(body, _tag("resumptionToken"), cursor=str(span.cursor))


def _record(body: Element, record: DocumentRecord, site: Site) -> None:
    element = add(body, _tag("record"))
    _header(element, record, site)
    if not is_deleted(record):
        dublin_core(add(element, _tag("metadata")), record, site)


def _header(body: Element, record: DocumentRecord, site: Site) -> None:
    header = add(body, _tag("header"))
    if is_deleted(record):
        header.set("status", "deleted")
    add(header, _tag("identifier"), site.identifier(record.id))
    add(header, _tag("datestamp"), write_moment(record.indexed_at))


def _require(index: RecordStore, site: Site, identifier: str) -> DocumentRecord:
    document_id = site.document_id(identifier)
    record = find_item(index, document_id) if document_id else None
    if record is None:
        raise HarvestError("idDoesNotExist", "no item has this identifier")
    return record


def _require_format(arguments: Arguments) -> None:
    if arguments["metadataPrefix"] != PREFIX:
        raise HarvestError("cannotDisseminateFormat", f"metadataPrefix: only {PREFIX} is offered")


def _tag(name: str) -> str:
    return f"{{{OAI}}}{name}"


_ANSWERS: Mapping[Verb, Callable[[Element, RecordStore, Site, Arguments], None]] = {
    Verb.IDENTIFY: _identify,
    Verb.FORMATS: _list_formats,
    Verb.SETS: _list_sets,
    Verb.IDENTIFIERS: _list_identifiers,
    Verb.RECORDS: _list_records,
    Verb.RECORD: _get_record,
}
