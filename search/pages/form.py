"""The search form: read leniently from the URL's parameters, and the URLs of its links."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import urlencode

from schemas.queries import FACETS, MAX_OFFSET, Query, Sort

SIZE = 10
MAX_QUERY_LENGTH = 1000
# Filters in display order; each is a field of ``Form`` and a parameter of the URL.
FILTERS = (*FACETS, "year_from", "year_to", "prefix")
_MAX_LENGTHS = {"q": MAX_QUERY_LENGTH, "prefix": 1024, "cursor": 2000}
_MAX_OTHER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Form:
    """The search form as typed; an empty field means any.

    Attributes:
        sort: Order of the hits; one of ``Sort``.
        cursor: Cursor of the previous page.
        page: 1-based page number; also the position if there is no cursor.
        explain: ``1`` to explain each hit.
        fold: ``0`` to show near-duplicates, too.
        literal: ``1`` to match words by their characters only.
    """

    q: str = ""
    issuer: str = ""
    region: str = ""
    year: str = ""
    kind: str = ""
    role: str = ""
    format: str = ""
    source: str = ""
    year_from: str = ""
    year_to: str = ""
    prefix: str = ""
    sort: str = ""
    explain: str = ""
    fold: str = ""
    literal: str = ""
    cursor: str = ""
    page: int = 1

    @property
    def blank(self) -> bool:
        """Whether no query and no filter is set."""
        return not (self.q or self.filters)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def unread(self) -> tuple[str, ...]:
        """The values given as years that are no years."""
        years = (self.year, self.year_from, self.year_to)
        return tuple(value for value in years if value and read_year(value) is None)

    def parameters(self, **changes: str | int) -> dict[str, str]:
        """Return this search with ``changes`` as URL parameters; a change starts at page 1."""
        changed = {"page": 1, "cursor": ""} | changes
        given = ((name, str(changed.get(name, getattr(self, name)))) for name in self.__slots__)
        return {name: value for name, value in given if value and (name, value) != ("page", "1")}

    def url(self, path: str = "/", **changes: str | int) -> str:
        """Return the URL of this search with ``changes`` at ``path``."""
        given = self.parameters(**changes)
        return f"{path}?{'&'.join(map(_encode, given, given.values()))}" if given else path

    def clear(self, path: str = "/") -> str:
        """Return the URL of this search without filters."""
        return self.url(path, **dict.fromkeys(FILTERS, ""))

    def query(self, *, size: int = SIZE, facets: tuple[str, ...] = FACETS) -> Query:
        """Return the query for the index."""
        return Query(
            self.q,
            issuer=self.issuer or None,
            region=self.region or None,
            kind=self.kind or None,
            role=self.role or None,
            format=self.format or None,
            source=self.source or None,
            year=read_year(self.year),
            year_from=read_year(self.year_from),
            year_to=read_year(self.year_to),
            prefix=self.prefix or None,
            size=size,
            offset=min((self.page - 1) * size, MAX_OFFSET - size),
            cursor=self.cursor or None,
            sort=Sort(self.sort or Sort.RELEVANCE),
            facets=facets,
            explain=self.explain == "1",
            fold=self.fold != "0",
            literal=self.literal == "1",
        )


def read_form(given: Mapping[str, str]) -> Form:
    """Parse the form from URL parameters; unreadable values fall back to the defaults."""
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    texts = {
        field.name: given.get(field.name, "").strip()[: _MAX_LENGTHS.get(field.name, _MAX_OTHER_LENGTH)]
        for field in fields(Form)
        if field.name != "page"
    }
    if texts["sort"] not in set(Sort):
        texts["sort"] = ""
    return Form(**texts, page=max(number, 1))


@lru_cache(maxsize=4096)
def _encode(name: str, value: str) -> str:
    """Return one parameter of a URL; a page of results has most of them in each of its hundred links."""
    return urlencode({name: value})


def read_year(text: str) -> int | None:
    """Return a year as a number (also of ``２０１１年``); None if it is missing or unreadable."""
    digits = normalize("NFKC", text).removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None
