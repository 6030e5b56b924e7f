"""A file checked before it is published: read in the sandbox, its bases held against the index where there is one."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from schemas.office.findings import Finding
from schemas.office.validity import Repeal
from schemas.queries import ArticleLink
from search.protocol import Catalogue
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from workers.convert.source import suffix_of
from workers.extract import extract
from workers.extract.publication.check import RepealedNames, check_document
from workers.normalize import normalize
from workers.sandbox.client import Sandbox


def check_file(
    sandbox: Sandbox, path: Path, name: str, *, beside: Sequence[str] = (), repealed: RepealedNames | None = None
) -> list[Finding]:
    """Return what is to be mended in a file before it is published, files of the names ``beside`` with it.

    Raises:
        DocumentError: It cannot be read.
    """
    with sandbox.convert(path, hint=suffix_of(name)) as conversion:
        converted = conversion.converted
        normalized = normalize(converted)
    enclosed = (*beside, *converted.attachments, *(child.path.rpartition("/")[2] for child in converted.children))
    return list(check_document(name, normalized, extract(normalized), enclosed=enclosed, repealed=repealed))


def repealed_names(index: Catalogue, ended: Callable[[], Mapping[tuple[str, int], Repeal]]) -> RepealedNames:
    """Return the way from titles and 文号 to the documents of the index that are not in force any more."""

    def find(names: Sequence[str]) -> dict[str, Repeal]:
        known = ended()
        keys = {key: name for name in names for key in (number_key(name), title_key(name)) if key}
        found: dict[str, Repeal] = {}
        for link in index.list_cited(list(keys)) if known and keys else ():
            repeal = known.get((link.document_id, link.article))
            found |= {keys[key]: repeal for key in _keys(link) if repeal and key in keys}
        return found

    return find


def _keys(link: ArticleLink) -> tuple[str, ...]:
    title = link.title or ""
    titles = (title_key(title), title_key(title.removeprefix(link.issuer or "")))
    return (number_key(link.document_number), *titles) if link.document_number else titles
