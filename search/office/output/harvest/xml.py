"""Namespaces and elements of the answers to harvesters."""

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from schemas.xml_text import legal_xml

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


for _prefix, _namespace in (("oai", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", INSTANCE), ("sm", SITEMAP)):
    register_namespace(_prefix, _namespace)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element with this text."""
    element = SubElement(parent, tag, {name: legal_xml(value) for name, value in attributes.items()})
    element.text = legal_xml(text) or None
    return element


def document(root: Element) -> bytes:
    """Return the XML document of an element."""
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body
