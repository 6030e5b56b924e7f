"""The search form: what stood in the address, read leniently, and the addresses its links lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from unicodedata import normalize
from urllib.parse import urlencode

from schemas.queries import FACETS, MAX_OFFSET, Query, Sort

SIZE = 10
MAX_QUERY_LENGTH = 1000
# Filters, in the order they are named; each is a field of ``Form`` and a parameter of the address.
FILTERS = (*FACETS, "year_from", "year_to", "prefix")
_MAX_LENGTHS = {"q": MAX_QUERY_LENGTH, "prefix": 1024, "cursor": 2000}
_MAX_OTHER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Form:
    """What a person asked for, as typed; empty means any.

    Attributes:
        sort: Order of the hits; one of ``Sort``.
        cursor: Of the page before.
        page: 1-based; what the page is called, and where it begins if there is no cursor.
        explain: ``1`` to say of each hit why it was found.
        fold: ``0`` to show documents that are nearly the same, too.
        literal: ``1`` to find words by their characters alone.
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
        """Whether nothing was asked for."""
        return not (self.q or self.filters)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def unread(self) -> tuple[str, ...]:
        """What was given as a year and is none."""
        years = (self.year, self.year_from, self.year_to)
        return tuple(value for value in years if value and read_year(value) is None)

    def parameters(self, **changes: str | int) -> dict[str, str]:
        """Return this search with ``changes`` as parameters of an address; a change starts at page 1."""
        form = replace(self, **({"page": 1, "cursor": ""} | changes))  # type: ignore[arg-type]
        given = {field.name: str(getattr(form, field.name)) for field in fields(form)}
        return {name: value for name, value in given.items() if value and (name, value) != ("page", "1")}

    def url(self, path: str = "/", **changes: str | int) -> str:
        """Return the address of this search with ``changes`` at ``path``."""
        given = self.parameters(**changes)
        return f"{path}?{urlencode(given)}" if given else path

    def clear(self, path: str = "/") -> str:
        """Return the address of this search without any filter."""
        return self.url(path, **dict.fromkeys(FILTERS, ""))

    def query(self, *, size: int = SIZE, facets: tuple[str, ...] = FACETS) -> Query:
        """Return what the index is asked."""
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
    """Return the form an address stands for; what cannot be read falls back instead of failing."""
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


def read_year(text: str) -> int | None:
    """Return a year as a number (``２０１１年`` too); None where there is none, or no readable one."""
    digits = normalize("NFKC", text).removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None
