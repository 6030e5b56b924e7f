"""The controls around the hits: facets, active filters, sort orders, previous and next page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from schemas.glossary import ROLES, label
from schemas.queries import MAX_OFFSET, Facet, SearchResult, Sort
from search.pages.form import SIZE, Form, read_year

SHOWN_AT_ONCE = 6
MAX_VALUES = 30

_LABELS = {name: label(name) for name in ("issuer", "region", "year", "role", "format", "source", "prefix")}
LABELS = {**_LABELS, "kind": label("genre"), "year_from": "起始年份", "year_to": "截止年份"}
SORTS = {Sort.RELEVANCE: "最相关", Sort.NEWEST: "最新", Sort.OLDEST: "最早"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its URL, its count (None: not counted), and whether it is selected."""

    text: str
    url: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one facet; ``more`` are shown on demand."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


def groups(facets: Sequence[Facet], form: Form, *, path: str = "/", at_once: int = SHOWN_AT_ONCE) -> tuple[Group, ...]:
    """Return the facets to offer, without facets that have no options."""
    found = (Group(facet.name, LABELS[facet.name], tuple(_choices(facet, form, path))) for facet in facets)
    return tuple(_limit_shown(group, at_once) for group in found if group.choices)


def chips(form: Form, *, path: str = "/") -> tuple[Choice, ...]:
    """Return the active filters; the URL of each is the search without it."""
    return tuple(
        Choice(f"{LABELS[name]}：{value_label(name, value)}", form.url(path, **{name: ""}), chosen=True)
        for name, value in form.filters.items()
        if value not in form.unread
    )


def sorts(form: Form, *, path: str = "/", orders: Sequence[Sort] = tuple(Sort)) -> tuple[Choice, ...]:
    """Return the sort orders to offer; the first is the default."""
    now = form.sort if form.sort in orders else orders[0]
    return tuple(
        Choice(SORTS[sort], form.url(path, sort="" if sort is orders[0] else sort.value), chosen=now == sort)
        for sort in orders
    )


def neighbours(form: Form, result: SearchResult, *, path: str = "/", size: int = SIZE) -> tuple[str, str]:
    """Return the URLs of the previous and the next page; empty if there is none.

    The next page uses the cursor, so that deep pages cost no more than the first.
    """
    by_number = (form.page - 1) * size <= MAX_OFFSET
    before = form.url(path, page=form.page - 1) if form.page > 1 and by_number else ""
    after = form.url(path, page=form.page + 1, cursor=result.cursor) if result.cursor else ""
    return before, after


def program_url(form: Form, path: str, **more: str) -> str:
    """Return the API URL of this search, without parameters that the API would refuse."""
    given = form.parameters(explain="")
    years = {name: read_year(given.pop(name, "")) for name in ("year", "year_from", "year_to")}
    given |= {name: str(year) for name, year in years.items() if year}
    filled = {name: value for name, value in (given | more).items() if value}
    return f"{path}?{urlencode(filled)}" if filled else path


def value_label(facet: str, value: str) -> str:
    """Return the display label of a facet's value."""
    if facet == "role":
        return ROLES.get(value, value)
    return f"{value}年" if facet.startswith("year") and value.isdigit() else value


def _choices(facet: Facet, form: Form, path: str) -> Iterator[Choice]:
    now = form.filters.get(facet.name, "")
    values: dict[str, int | None] = {value.value: value.count for value in facet.values[:MAX_VALUES]}
    # A selected value must stay removable even if no hit has it.
    chosen_first: dict[str, int | None] = {now: None} if now else {}
    for value, count in (chosen_first | values).items():
        chosen = value == now
        url = form.url(path, **{facet.name: "" if chosen else value})
        yield Choice(value_label(facet.name, value), url, count, chosen)


def _limit_shown(group: Group, at_once: int) -> Group:
    choices = sorted(group.choices, key=lambda choice: not choice.chosen)
    # Show a single remaining option instead of a line that says there is one more.
    shown = at_once if len(choices) > at_once + 1 else len(choices)
    return Group(group.name, group.label, tuple(choices[:shown]), tuple(choices[shown:]))
