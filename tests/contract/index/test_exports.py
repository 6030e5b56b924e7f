"""An export walks the whole list of every index, each article once, whatever its size."""

from concurrent.futures import ThreadPoolExecutor

from schemas.queries import Query, Sort
from search.api.export import every_hit
from search.api.parameters import EXPORT_PAGE
from search.protocol import Index
from tests.support.disclosures import record_of, row_of

ARTICLES = 2 * EXPORT_PAGE + 37


def test_every_article_is_exported_once_in_every_order(index: Index) -> None:
    def add(number: int) -> None:
        key = f"{number:05}"
        rows = [row_of(key, 0, ordinal, f"依申请公开第{number}号", year=2000 + number % 20) for ordinal in (0, 1)]
        index.replace(record_of(key, rows), rows)

    with ThreadPoolExecutor(128) as pool:  # writers share commits
        list(pool.map(add, range(ARTICLES)))
    index.refresh()
    for text, sort in (("依申请公开", Sort.RELEVANCE), ("依申请公开", Sort.NEWEST), ("", Sort.RELEVANCE)):
        asked = Query(text, sort=sort, size=EXPORT_PAGE, fold=False)
        keys = [hit.key for hit in every_hit(index.search, asked)]
        assert len(keys) == len(set(keys)) == ARTICLES, (text, sort)
