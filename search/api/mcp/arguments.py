"""The arguments of each tool; unknown ones are refused, so that no filter is silently ignored."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from schemas.queries import Query, Sort
from search.api.parameters import SearchParameters
from search.api.routes.related import StatisticsConditions

Identifier = Annotated[str, Field(max_length=64, description="`document_id` of a hit")]
Ordinal = Annotated[int, Field(ge=0, le=1_000_000)]


class SearchArguments(SearchParameters):
    """The search, and the number of articles in one response."""

    size: int = Field(10, ge=1, le=50, description="articles at most")
    cursor: str | None = Field(None, max_length=4000, description="`cursor` of the answer before, for the next ones")

    def query(self, *, sort: Sort = Sort.RELEVANCE) -> Query:
        """Return the query for the index, in the order ``sort`` if none was given."""
        return replace(super().query(sort=sort), size=self.size, cursor=self.cursor or None)


class DocumentArguments(BaseModel):
    """The document, and the part of its outline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: Identifier
    skip: Ordinal = Field(0, description="headings to pass over; `next_skip` of the answer before")


class SectionArguments(BaseModel):
    """The section, and the first character to return."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: Identifier
    article: Ordinal = Field(0, description="as in a hit or in the outline")
    ordinal: Ordinal = Field(0, description="as in a hit or in the outline; 0 is what stands before the first heading")
    below: bool = Field(False, description="with the sections below it; with ordinal 0 the whole article")
    skip: int = Field(0, ge=0, description="characters to pass over; `next_skip` of the answer before")


class StatisticsArguments(StatisticsConditions):
    """The statistics, and the maximum of rows."""

    size: int = Field(100, ge=1, le=1000, description="rows at most")
