"""The URL parameters of a search: the same for lists, exports, feeds and saved searches."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from schemas.queries import FACETS, MAX_OFFSET, Query, Sort

MAX_QUERY_LENGTH = 1000
# Every page costs a whole search, so an export takes large pages.
EXPORT_PAGE = 500

Value = Annotated[str, StringConstraints(max_length=200)]
Year = Annotated[int, Field(ge=1, le=9999)]
FacetName = Literal["issuer", "region", "year", "kind", "role", "format", "source"]


class SearchParameters(BaseModel):
    """The search; an empty value counts as none. Unknown parameters are refused, so that no filter is ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description='Words; "…" is an exact phrase; -word excludes; OR; issuer: year: no: in:title. Never an error.',
        examples=["主动公开", '"依申请公开" -年报'],
    )
    issuer: Value | None = Field(None, description="发文机关, exact")
    region: Value | None = Field(None, description="地区, exact")
    kind: Value | None = Field(None, description="文种, exact")
    role: Value | None = Field(None, description="what the section treats; a value of the facet `role`")
    format: Value | None = Field(None, description="e.g. docx")
    source: Value | None = Field(None, description="来源, exact")
    year: Year | None = Field(None, description="year of 成文日期, else of 发布日期")
    year_from: Year | None = Field(None, description="first year, inclusive")
    year_to: Year | None = Field(None, description="last year, inclusive")
    prefix: Annotated[str, StringConstraints(max_length=1024)] | None = Field(None, description="start of the key")
    sort: Sort | None = Field(None, description="order; by default by relevance, in feeds newest first")
    fold: bool = Field(True, description="show one of documents that are nearly the same")
    literal: bool = Field(False, description="find words by their characters alone, also where these only meet")

    def query(self, *, sort: Sort = Sort.RELEVANCE) -> Query:
        """Return the query for the index, in the order ``sort`` if none was given."""
        return Query(
            self.q,
            issuer=self.issuer or None,
            region=self.region or None,
            kind=self.kind or None,
            role=self.role or None,
            format=self.format or None,
            source=self.source or None,
            year=self.year,
            year_from=self.year_from,
            year_to=self.year_to,
            prefix=self.prefix or None,
            sort=self.sort or sort,
            fold=self.fold,
            literal=self.literal,
        )


class PageParameters(SearchParameters):
    """One page of a search."""

    page: int = Field(1, ge=1, le=MAX_OFFSET, description="1-based; page × size is at most 10,000")
    size: int = Field(10, ge=1, le=100, description="articles a page")
    cursor: str | None = Field(None, max_length=4000, description="`cursor` of the page before; wins over `page`")
    facets: list[FacetName] = Field(default=[], max_length=len(FACETS), description="which facets to count")
    explain: bool = Field(False, description="say of each hit why it was found")

    def query(self, *, sort: Sort = Sort.RELEVANCE) -> Query:
        """Return the query for the index, in the order ``sort`` if none was given."""
        return replace(
            super().query(sort=sort),
            size=self.size,
            offset=(self.page - 1) * self.size,
            cursor=self.cursor or None,
            facets=tuple(self.facets),
            explain=self.explain,
        )


class ExportParameters(SearchParameters):
    """A whole list of hits as a file; ``format`` is the file's, ``document_format`` that of the documents."""

    format: Literal["csv", "jsonl", "xlsx"] = Field("csv", description="of the file")
    document_format: Value | None = Field(None, description="of the documents, e.g. docx")
    sections: int = Field(3, ge=1, le=20, description="sections shown under each article")

    def query(self, *, sort: Sort = Sort.RELEVANCE) -> Query:
        """Return the query for the index, in the order ``sort`` if none was given."""
        asked = super().query(sort=sort)
        return replace(asked, format=self.document_format or None, sections_each=self.sections, size=EXPORT_PAGE)
