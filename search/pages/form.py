"""The search form: what stood in the address, read leniently, and the addresses its links lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from unicodedata import normalize
from urllib.parse import urlencode

from schemas.queries import Query

SIZE = 10
LAST_PAGE = 1000
LONGEST_QUERY = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """What a person asked for.

    Attributes:
        q: As typed.
        issuer: As typed; empty for any.
        year: As typed; empty for any.
        prefix: As typed; empty for any.
        page: 1-based.
    """

    q: str = ""
    issuer: str = ""
    year: str = ""
    prefix: str = ""
    page: int = 1

    @property
    def blank(self) -> bool:
        """Whether nothing was asked for."""
        return not (self.q or self.filtered)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.issuer or self.year or self.prefix)

    @property
    def year_number(self) -> int | None:
        """The year as a number; None where none, or no readable one, was given."""
        digits = normalize("NFKC", self.year).removesuffix("年")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None

    def url(self, **changes: str | int) -> str:
        """Return the address of this search with ``changes``; any change but that of the page starts at page 1."""
        form = replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]
        given = {"q": form.q, "issuer": form.issuer, "year": form.year, "prefix": form.prefix}
        if form.page > 1:
            given["page"] = str(form.page)
        filled = {name: value for name, value in given.items() if value}
        return "/?" + urlencode(filled) if filled else "/"

    def query(self) -> Query:
        """Return what the index is asked."""
        return Query(
            self.q,
            issuer=self.issuer or None,
            year=self.year_number,
            prefix=self.prefix or None,
            size=SIZE,
            offset=(self.page - 1) * SIZE,
        )


def read_form(given: Mapping[str, str]) -> Form:
    """Return the form an address stands for; what cannot be read falls back instead of failing."""
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Form(
        q=given.get("q", "").strip()[:LONGEST_QUERY],
        issuer=given.get("issuer", "").strip()[:200],
        year=given.get("year", "").strip()[:10],
        prefix=given.get("prefix", "").strip()[:1024],
        page=min(max(number, 1), LAST_PAGE),
    )


def last_page(documents: int) -> int:
    """Return the number of the last page of a result that can be reached."""
    return max(1, min(-(-documents // SIZE), LAST_PAGE))


def page_numbers(page: int, last: int) -> list[int]:
    """Return the pages to offer: first, last and those around this one; 0 stands for a gap."""
    wanted = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[int] = []
    for number in wanted:
        if numbers and number > numbers[-1] + 1:
            numbers.append(0)
        numbers.append(number)
    return numbers
