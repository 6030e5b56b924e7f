"""Letters of answer over HTTP: counts by unit, year and result, the letters themselves, and the fee."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.findings import basis_text
from search.api.routes.office.catalogue import Issuer, Year
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import services_of
from search.office.letters.count import (
    LetterSelection,
    count_letters,
    count_table,
    find_letters,
    letter_table,
)
from search.office.letters.fee import MOST as MOST_CHARGED
from search.office.letters.fee import Fee, fee_by_pages, fee_by_requests
from search.office.letters.reader import load_results

router = APIRouter()

Result = Annotated[int | None, Query(ge=0, le=7, description="item of 第三十六条, 1 to 7; 0: none of them")]
Count = Annotated[int | None, Query(ge=0, le=MOST_CHARGED)]
MOST = 1000


class ResultAnswer(BaseModel):
    """One of the seven results, and how many letters give it."""

    model_config = ConfigDict(frozen=True)

    number: int
    mark: str
    text: str
    letters: int


class LetterCountAnswer(BaseModel):
    """The letters of one unit in one year; ``results`` has those that are not empty, by number, 0 for none of them."""

    model_config = ConfigDict(frozen=True)

    unit: str
    year: str
    letters: int
    results: dict[int, int]


class LettersAnswer(BaseModel):
    """Letters in counts; a letter with two results counts in both, and once in ``letters``."""

    model_config = ConfigDict(frozen=True)

    letters: int
    results: tuple[ResultAnswer, ...]
    rows: tuple[LetterCountAnswer, ...]
    more: int


class LetterAnswer(BaseModel):
    """One letter; ``section`` and ``evidence`` are where and with which words it gives its result."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    article: int
    title: str
    unit: str
    signed_on: str
    received_on: str | None
    results: tuple[int, ...]
    section: int | None
    evidence: str


class TierAnswer(BaseModel):
    """The part of a fee that one rate gives, in 元."""

    model_config = ConfigDict(frozen=True)

    first: int
    last: int
    rate: int
    amount: int


class FeeAnswer(BaseModel):
    """A fee in 元, and the paragraph it rests on."""

    model_config = ConfigDict(frozen=True)

    unit: str
    count: int
    amount: int
    tiers: tuple[TierAnswer, ...]
    basis: str
    source: str


@router.get("/letters", summary="Letters of answer in counts", response_model=LettersAnswer, responses=OR_A_FILE)
def letters(
    request: Request, unit: Issuer = "", year: Year = "", file_format: FileFormat = None
) -> LettersAnswer | StreamingResponse:
    """Count letters of answer by the seven results of 条例第三十六条, by unit and year."""
    rows = count_letters(services_of(request).index, LetterSelection(unit.strip(), year))
    if file_format is not None:
        return download(count_table(rows), file_format)
    results = tuple(
        ResultAnswer(
            number=one.number,
            mark=one.mark,
            text=one.text,
            letters=sum(row.results.get(one.number, 0) for row in rows),
        )
        for one in load_results()
    )
    answers = tuple(
        LetterCountAnswer(unit=row.unit, year=row.year, letters=row.letters, results=dict(row.results))
        for row in rows[:MOST]
    )
    total = sum(row.letters for row in rows)
    return LettersAnswer(letters=total, results=results, rows=answers, more=max(len(rows) - MOST, 0))


@router.get("/letters/documents", summary="The letters counted", response_model=list[LetterAnswer], responses=OR_A_FILE)
def letter_documents(
    request: Request, result: Result = None, unit: Issuer = "", year: Year = "", file_format: FileFormat = None
) -> list[LetterAnswer] | StreamingResponse:
    """List the letters of a result, unit and year, each with the section that gives the result; JSON a thousand."""
    found = find_letters(services_of(request).index, LetterSelection(unit.strip(), year, result))
    if file_format is not None:
        return download(letter_table(found), file_format)
    return [
        LetterAnswer(
            document=one.document,
            document_id=one.document_id,
            article=one.article,
            title=one.title,
            unit=one.unit,
            signed_on=one.signed_on,
            received_on=one.letter.received_on,
            results=one.letter.results,
            section=one.letter.section,
            evidence=one.letter.evidence,
        )
        for one in islice(found, MOST)
    ]


@router.get("/fee", summary="The fee of applications")
def fee(requests: Count = None, pages: Count = None) -> FeeAnswer:
    """Compute the fee of one applicant's requests in a month, or of one request's pages (国办函〔2020〕109号)."""
    found = fee_of(requests, pages)
    tiers = tuple(TierAnswer(first=one.first, last=one.last, rate=one.rate, amount=one.amount) for one in found.tiers)
    return FeeAnswer(
        unit=found.unit,
        count=found.count,
        amount=found.amount,
        tiers=tiers,
        basis=basis_text(found.basis),
        source=found.basis.source,
    )


def fee_of(requests: int | None, pages: int | None) -> Fee:
    """Return the fee by one of the two ways.

    Raises:
        HTTPException: Both or neither are given (422).
    """
    if (requests is None) == (pages is None):
        raise HTTPException(422, "give either requests or pages: a fee is never by both (第三条)")
    return fee_by_requests(requests) if requests is not None else fee_by_pages(pages or 0)
