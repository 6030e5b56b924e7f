"""The output of ``gongkai extract``: one ``ExtractLine`` as a line of JSON for each input file.

The dataclasses are the source of ``extract-line.schema.json`` beside this file; regenerate it with
``python -m schemas.lines``. They are flat and stable for other programs; the artefact of the extract stage is in
``articles.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from schemas.articles import Article, Evidence, Reference, Section, Statistic
from schemas.glossary import ROLES, TERMS
from schemas.messages.sentence import Value
from schemas.outcomes import Category, Problem, Status

if TYPE_CHECKING:
    from pydantic import Field, TypeAdapter

    Day = str

SCHEMA_FILE = Path(__file__).with_name("extract-line.schema.json")

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"

# Fields whose name means another term elsewhere.
_TERM_OF = {("StatisticLine", "subject"): "counted", ("ReferenceLine", "articles"): "provisions"}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One thing that went wrong, in a line a person can act on."""

    stage: Annotated[str, Field(description="convert, normalize, extract or index")]
    message: Annotated[str, Field(description="what is wrong and what to do, one sentence")]
    category: Annotated[Category | None, Field(description="set if the problem decides the outcome")]
    page: Annotated[int | None, Field(ge=1, description="1-based page, if the format has pages")]
    place: Annotated[str | None, Field(description="where else it stood")]
    lossy: Annotated[bool, Field(description="text of the document is missing or damaged because of it")]
    code: Annotated[
        str, Field(description="name of the sentence, the same in every language; empty where it has none")
    ] = ""
    values: Annotated[Mapping[str, Value], Field(description="what fills the places of the sentence, by name")] = field(
        default_factory=dict, hash=False
    )


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of an article."""

    level: Annotated[
        int,
        Field(
            ge=1,
            description="by the form of the number, on the ladder of GB/T 9704: 编, 章 and 一、 1; 节 and (一) 2; "
            "1. 3; (1) 4; the same where a step is skipped",
        ),
    ]
    path: Annotated[
        tuple[str, ...],
        Field(description="number and heading of each section from the outermost down to this one: the true nesting"),
    ]
    number: Annotated[
        str | None,
        Field(description="with its marks, as written: 「一、」「(一)」「第一章」; null for an unnumbered heading"),
    ]
    heading: Annotated[str | None, Field(description="without the number; null for a numbered paragraph that has none")]
    text: Annotated[str, Field(description="the section's own paragraphs, newline separated; not its subsections'")]
    role: Annotated[
        str | None,
        Field(
            description="what the section of a disclosure report treats; null if no rule is sure",
            json_schema_extra={"enum": [*ROLES, None]},
        ),
    ]


@dataclass(frozen=True, slots=True)
class StatisticLine:
    """One number of disclosure work that the text states."""

    subject: Annotated[str, Field(description="what is counted: 主动公开政府信息; row of a table")]
    measure: Annotated[str, Field(description="which aspect of it, or the column of a table; may be empty")]
    value: Annotated[int | float, Field(description="exact, as stated; 0 for a stated absence")]
    unit: Annotated[str, Field(description="条, 件, 人次, 万元, % …; empty if none is stated")]
    year: Annotated[int | None, Field(description="the year it is about, if the text or the title says so")]
    evidence: Annotated[str, Field(description="the sentence or table row it was read from, verbatim")]
    table: Annotated[bool, Field(description="read from a table")]


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One law or document the text cites."""

    title: Annotated[str | None, Field(description="without 《》; null if only a number is cited")]
    document_number: Annotated[str | None, Field(description="in the form 国办发〔2017〕42号; null if none is cited")]
    articles: Annotated[tuple[str, ...], Field(description="cited provisions: 第十九条第二款")]
    kind: Annotated[
        str,
        Field(
            description="what the text does with it: 根据, 废止, 修订, 印发 or 转发, or only mentions it",
            json_schema_extra={"enum": ["basis", "repeals", "amends", "forwards", "mentions"]},
        ),
    ]
    evidence: Annotated[str, Field(description="the words it was read from, verbatim")]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Where one value of the record came from, and how sure it is."""

    field: Annotated[str, Field(description="name of the value")]
    text: Annotated[str, Field(description="the words it was read from")]
    origin: Annotated[str, Field(description="body, signature, meta_table, html_meta, embedded, derived …")]
    confidence: Annotated[float, Field(ge=0, le=1, description="how sure it is")]
    reasons: Annotated[
        tuple[str, ...], Field(description="what spoke for a value that several pieces of evidence decide: the title")
    ]


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article of a document; most documents hold one."""

    title: Annotated[str | None, Field(description="in simplified characters; null if none can be given")]
    title_derived: Annotated[bool, Field(description="composed from issuer, year and kind because none survives")]
    issuer: Annotated[str | None, Field(description="as signed")]
    document_number: Annotated[str | None, Field(description="in the form 国办发〔2017〕42号")]
    signed_on: Annotated[Day | None, Field(description="ISO 8601, or a prefix of it if the source says no more")]
    published_on: Annotated[Day | None, Field(description="ISO 8601, or a prefix of it")]
    source: Annotated[str | None, Field(description="as stated")]
    author: Annotated[str | None, Field(description="as stated")]
    index_number: Annotated[str | None, Field(description="as stated")]
    co_issuers: Annotated[tuple[str, ...], Field(description="authorities that signed beside the issuer, in order")]
    signatory: Annotated[str | None, Field(description="who approved it; several joined by 、")]
    addressees: Annotated[str | None, Field(description="whom it is sent to, as written")]
    copied_to: Annotated[str | None, Field(description="who receives a copy, as written")]
    identifier: Annotated[str | None, Field(description="identifier of the document (GB/T 33480), as stated")]
    copy_number: Annotated[str | None, Field(description="serial number of the copy, six digits")]
    note: Annotated[str | None, Field(description="note below the date in brackets, without them: 此件公开发布")]
    release_level: Annotated[str | None, Field(description="how far down the document is sent: 县团级")]
    printed_by: Annotated[str | None, Field(description="authority that printed and sent it out")]
    printed_on: Annotated[Day | None, Field(description="when it was printed and sent out")]
    purchaser: Annotated[str | None, Field(description="who buys, in papers of a procurement")]
    agent: Annotated[str | None, Field(description="who runs a procurement for the purchaser")]
    secrecy: Annotated[str | None, Field(description="secrecy mark with its term, as written: 秘密★1年")]
    urgency: Annotated[str | None, Field(description="特急, 加急, 特提 or 平急")]
    effective_on: Annotated[Day | None, Field(description="from when it applies, ISO 8601 or a prefix of it")]
    expires_on: Annotated[Day | None, Field(description="last day it applies, ISO 8601 or a prefix of it")]
    validity: Annotated[str | None, Field(description="repealed, amended or valid, if the text says so")]
    topic: Annotated[str | None, Field(description="class in the disclosure catalogue, as stated")]
    genre: Annotated[str | None, Field(description="kind of document: 通知, 办法, 年度报告 …")]
    region: Annotated[str | None, Field(description="administrative region, as far as the issuer's name tells")]
    preamble: Annotated[str, Field(description="what stands before the first section, newline separated")]
    text: Annotated[str, Field(description="the whole clean text, title and signature included, newline separated")]
    sections: Annotated[tuple[SectionLine, ...], Field(description="in document order")]
    statistics: Annotated[
        tuple[StatisticLine, ...], Field(description="numbers of disclosure work, of sentences and tables, in order")
    ]
    references: Annotated[
        tuple[ReferenceLine, ...],
        Field(description="laws and documents cited, in order, each once for each set of provisions"),
    ]
    evidence: Annotated[tuple[EvidenceLine, ...], Field(description="where each value of the record came from")]


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """What became of one input file."""

    file: Annotated[str, Field(description="the path as given, joined with what was found below it")]
    status: Annotated[Status, Field(description="ok, partial (text is missing or damaged), held or failed")]
    category: Annotated[Category | None, Field(description="why it failed, or not all of it could be read")]
    problems: Annotated[tuple[ProblemLine, ...], Field(description="everything met, the deciding one first")]
    seconds: Annotated[float, Field(ge=0, description="wall time spent on the file")]
    container: Annotated[bool, Field(description="true for archives and mail")]
    children: Annotated[
        tuple[ExtractLine, ...],
        Field(description="the files inside a container, each as a line of its own; file is container!/path"),
    ]
    articles: Annotated[tuple[ArticleLine, ...], Field(description="in document order; empty if nothing was read")]


def problem_line(problem: Problem) -> ProblemLine:
    """Return the printed form of a problem."""
    place = (problem.page, problem.place)
    return ProblemLine(
        problem.stage, problem.message, problem.category, *place, problem.lossy, problem.code, problem.values
    )


def article_line(article: Article) -> ArticleLine:
    """Return the printed form of an article."""
    return ArticleLine(
        title=article.title,
        title_derived=article.title_derived,
        issuer=article.issuer,
        document_number=article.document_number,
        signed_on=article.signed_on,
        published_on=article.published_on,
        source=article.source,
        author=article.author,
        index_number=article.index_number,
        co_issuers=article.co_issuers,
        signatory=article.signatory,
        addressees=article.addressees,
        copied_to=article.copied_to,
        identifier=article.identifier,
        copy_number=article.copy_number,
        note=article.note,
        release_level=article.release_level,
        printed_by=article.printed_by,
        printed_on=article.printed_on,
        purchaser=article.purchaser,
        agent=article.agent,
        secrecy=article.secrecy,
        urgency=article.urgency,
        effective_on=article.effective_on,
        expires_on=article.expires_on,
        validity=article.validity,
        topic=article.topic,
        genre=article.genre,
        region=article.region,
        preamble=article.preamble,
        text=article.text,
        sections=tuple(_section_line(section) for section in article.sections),
        statistics=tuple(_statistic_line(statistic) for statistic in article.statistics),
        references=tuple(_reference_line(reference) for reference in article.references),
        evidence=tuple(_evidence_line(evidence) for evidence in article.evidence),
    )


def _section_line(section: Section) -> SectionLine:
    return SectionLine(section.level, section.path, section.number, section.heading, section.text, section.role)


def _statistic_line(row: Statistic) -> StatisticLine:
    return StatisticLine(row.subject, row.measure, row.value, row.unit, row.year, row.evidence, row.table)


def _reference_line(cited: Reference) -> ReferenceLine:
    return ReferenceLine(cited.title, cited.document_number, cited.articles, cited.kind, cited.evidence)


def _evidence_line(said: Evidence) -> EvidenceLine:
    return EvidenceLine(said.field, said.text, said.origin, said.confidence, said.reasons)


def to_json(line: ExtractLine) -> bytes:
    """Return ``line`` as one line of JSON in UTF-8, newline included.

    A file name that is not valid UTF-8 keeps its bytes as lone surrogates, as ``os.fsdecode`` returns them.
    """
    text = json.dumps(asdict(line), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line, each field with its description and its Chinese term."""
    schema = _described_type().json_schema(mode="serialization")
    for definition in _objects(schema):
        definition["additionalProperties"] = False
        definition["required"] = list(definition["properties"])
        for name, described in definition["properties"].items():
            term = _TERM_OF.get((definition["title"], name), name)
            if term in TERMS:
                described["title"] = TERMS[term].chinese
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gongkai extract line", **schema}


def _described_type() -> TypeAdapter[ExtractLine]:
    # Imported for the schema alone: every run of `gongkai extract` would wait for it.
    from pydantic import Field, TypeAdapter  # noqa: PLC0415

    # The annotations above are strings; pydantic evaluates them with the names of the function that calls it.
    names = {"Field": Field, "Day": Annotated[str, Field(pattern=_DATE)]}
    adapter = TypeAdapter(ExtractLine)
    adapter.rebuild(force=True, raise_errors=True, _types_namespace={**globals(), **names})
    return adapter


def _objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for definition in (schema, *schema.get("$defs", {}).values()):
        if "properties" in definition:
            yield definition


def schema_text() -> str:
    """Return the schema file's content."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
