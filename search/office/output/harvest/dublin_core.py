"""A document as unqualified Dublin Core (oai_dc): what its record says, of each article it holds."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from schemas.records import DocumentRecord
from search.office.output.harvest.site import Site
from search.office.output.harvest.xml import DC, DC_SCHEMA, INSTANCE, OAI_DC, add

LANGUAGE = "zh"


def dublin_core(parent: Element, record: DocumentRecord, site: Site) -> None:
    """Add the ``oai_dc:dc`` element of a document to ``parent``."""
    root = SubElement(parent, f"{{{OAI_DC}}}dc", {f"{{{INSTANCE}}}schemaLocation": f"{OAI_DC} {DC_SCHEMA}"})
    for name, text in dict.fromkeys(_values(record, site)):
        add(root, f"{{{DC}}}{name}", text)


def _values(record: DocumentRecord, site: Site) -> Iterator[tuple[str, str]]:
    facts = (
        ("title", "title"),
        ("creator", "issuer"),
        ("publisher", "source"),
        ("date", "signed_on"),
        ("date", "published_on"),
        ("type", "kind"),
        ("coverage", "region"),
        ("identifier", "document_number"),
        ("identifier", "index_number"),
    )
    for element, name in facts:
        for article in record.articles:
            if value := getattr(article, name):
                yield element, value
    if record.format:
        yield "format", record.format
    yield "identifier", site.page(record.id)
    yield "language", LANGUAGE
