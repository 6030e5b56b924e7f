"""The repository as harvesters see it: its addresses and identifiers."""

from dataclasses import dataclass
from urllib.parse import urlsplit

_PLACE = "/oai"


@dataclass(frozen=True, slots=True)
class Site:
    """A repository at a public ``address`` without a trailing slash."""

    address: str

    @property
    def base_url(self) -> str:
        """Where its requests go."""
        return self.address + _PLACE

    @property
    def host(self) -> str:
        """Its host, which its identifiers and the address of its webmaster (RFC 2142) are made of."""
        return urlsplit(self.address).hostname or "localhost"

    @property
    def mail(self) -> str:
        """The mail address of its webmaster; the protocol requires one with a dot in its host."""
        return f"webmaster@{self.host if '.' in self.host else self.host + '.invalid'}"

    def identifier(self, document_id: str) -> str:
        """Return the identifier of an item: ``oai:example.cn:`` and the identifier in the index."""
        return f"oai:{self.host}:{document_id}"

    def document_id(self, identifier: str) -> str | None:
        """Return the identifier in the index; None if it is none of this repository."""
        start = self.identifier("")
        return identifier[len(start) :] if identifier.startswith(start) else None

    def page(self, document_id: str) -> str:
        """Return the address of the page of a document."""
        return f"{self.address}/d/{document_id}"
