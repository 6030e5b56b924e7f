"""An export walks the whole list of every index, each article once, whatever its size."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.queries import Query, Sort
from search.api.listing import every_hit
from search.api.parameters import EXPORT_PAGE
from search.open import open_index
from search.protocol import Index
from tests.contract.disclosures import record_of, row_of

ARTICLES = 2 * EXPORT_PAGE + 37


class ExportContract:
    """The assertions; a subclass per backend says where a fresh index is."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def prefix(self) -> str:
        return "test"

    @pytest.fixture
    def index(self, url: str, prefix: str) -> Iterator[Index]:
        index = open_index(url, prefix=prefix, refresh_seconds=0.5)
        index.bootstrap()
        yield index
        index.close()

    def test_every_article_is_exported_once_in_every_order(self, index: Index) -> None:
        def add(number: int) -> None:
            key = f"{number:05}"
            rows = [row_of(key, 0, ordinal, f"依申请公开第{number}号", year=2000 + number % 20) for ordinal in (0, 1)]
            index.replace(record_of(key, rows), rows)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(add, range(ARTICLES)))
        index.refresh()
        for text, sort in (("依申请公开", Sort.RELEVANCE), ("依申请公开", Sort.NEWEST), ("", Sort.RELEVANCE)):
            asked = Query(text, sort=sort, size=EXPORT_PAGE, fold=False)
            keys = [hit.key for hit in every_hit(index.search, asked)]
            assert len(keys) == len(set(keys)) == ARTICLES, (text, sort)


class TestTantivy(ExportContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"tantivy://{tmp_path}/index"


@pytest.mark.elasticsearch
class TestElasticsearch(ExportContract):
    @pytest.fixture
    def url(self, elasticsearch_url: str) -> str:
        return elasticsearch_url

    @pytest.fixture
    def prefix(self, index_prefix: str) -> str:
        return index_prefix
