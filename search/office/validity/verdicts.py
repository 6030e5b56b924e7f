"""Statements carried over to the documents they name: by 文号 and title, never to a younger one of the same name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.office.validity import Change, Source, Statement
from schemas.queries import ArticleLink
from search.protocol import Catalogue
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key

Place = tuple[str, int]
_MOST = 1000
# A title shorter than this names no document: 《办法》 may be any.
_MIN_TITLE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one document of the index, by the word of another.

    Attributes:
        target: The document it became of.
        statement: What the other says.
        source: The other.
        since: From when; None if neither the statement nor the other document has a date.
    """

    target: ArticleLink
    statement: Statement
    source: Source
    since: str | None

    @property
    def place(self) -> Place:
        """Document and article it became of."""
        return self.target.document_id, self.target.article


def find_verdicts(index: Catalogue, sources: Iterable[Source]) -> list[Verdict]:
    """Return what the statements of ``sources`` mean for the documents of the index, oldest first."""
    found = [verdict for source in sources for verdict in _of_source(index, source)]
    return sorted(found, key=lambda one: (one.since or "", one.source.document))


def by_place(verdicts: Iterable[Verdict]) -> dict[Place, list[Verdict]]:
    """Return the verdicts of each document."""
    found: dict[Place, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        found[one.place].append(one)
    return dict(found)


def repeals(verdicts: Iterable[Verdict], *, today: str) -> dict[Place, Verdict]:
    """Return by which statement each document is not in force any more today, the first that ended it."""
    ended: dict[Place, Verdict] = {}
    for one in verdicts:
        if one.statement.change is Change.REPEALS and (one.since or "") <= today:
            ended.setdefault(one.place, one)
    return ended


def chain(ended: Mapping[Place, Verdict], verdict: Verdict) -> tuple[Verdict, ...]:
    """Return the verdict, what became of the document that spoke it, and so on to one that is in force."""
    links, seen = [verdict], {verdict.target.document_id}
    following = {place[0]: one for place, one in ended.items()}
    while (after := following.get(links[-1].source.document_id)) and after.target.document_id not in seen:
        seen.add(after.target.document_id)
        links.append(after)
    return tuple(links)


def names_of(statement: Statement) -> tuple[str, ...]:
    """Return the keys the document of a statement may be found by."""
    number = (number_key(statement.number),) if statement.number else ()
    title = title_key(statement.title or "")
    return (*number, title) if len(title) >= _MIN_TITLE_LENGTH else number


def _of_source(index: Catalogue, source: Source) -> Iterator[Verdict]:
    wanted = list(dict.fromkeys(name for one in source.statements for name in names_of(one)))
    links = list(index.list_cited(wanted, size=_MOST)) if wanted else []
    for statement in source.statements:
        since = statement.since or source.dated_on
        for link in _meant(links, statement):
            if link.document_id != source.document_id and not _younger(link, since):
                yield Verdict(link, statement, source, since)


def _meant(links: Sequence[ArticleLink], statement: Statement) -> list[ArticleLink]:
    """Return the articles a statement names: where it gives a 文号, none that bears another."""
    number, title = number_key(statement.number) if statement.number else "", title_key(statement.title or "")
    same = [link for link in links if number and link.document_number and number_key(link.document_number) == number]
    if same:
        return same
    return [
        link
        for link in links
        if link.title
        and title in (title_key(link.title), title_key(link.title.removeprefix(link.issuer or "")))
        and not (number and link.document_number)
    ]


def _younger(link: ArticleLink, since: str | None) -> bool:
    dated = link.signed_on or link.published_on
    return bool(dated and since and dated >= since)
