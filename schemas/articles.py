"""The artefact of the extract stage: articles with their record (metadata) and the tree of their sections."""

from dataclasses import dataclass

from schemas.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an article, in document order.

    Attributes:
        level: By the form of the number, on the ladder of GB/T 9704: 编, 章 and 一、 1; 节 and (一) 2; 1. 3; (1) 4;
            the same where a step is skipped, and one below the numbered section that holds it where that is deeper: a
            章 in a 编 and 一、 in a 第一部分 are 2.
        path: Labels (number and heading) from the outermost section down to this one: the true nesting.
        number: As written, with its marks (「一、」「(一)」「第一章」「第三条」); None for an unnumbered heading.
        heading: Without the number; None for a numbered paragraph that has none.
        text: The section's own paragraphs, newline separated; not those of its subsections.
        heading_original: ``heading`` in the original script, same length; None if equal.
        text_original: ``text`` in the original script, same length; None if equal.
        page: 1-based page it starts on.
        role: What it treats, a key of ``schemas.glossary.ROLES``; None if no rule is sure.
    """

    level: int
    path: tuple[str, ...]
    number: str | None
    heading: str | None
    text: str
    heading_original: str | None = None
    text_original: str | None = None
    page: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Statistic:
    """One statistic of disclosure work that the text states.

    Attributes:
        subject: What is counted, e.g. ``主动公开政府信息``.
        measure: Which aspect of it, e.g. ``条数`` or the column of a table; may be empty.
        value: The exact number: an int if the text states one, else a decimal as written (``12.5``).
        unit: 条, 件, 次, 万元 …; empty if none is stated.
        year: The year it is about, if the text or the article's title says so.
        evidence: The sentence or table cell it was read from, verbatim.
        table: Whether it was read from a table.
    """

    subject: str
    measure: str
    value: int | float
    unit: str
    year: int | None
    evidence: str
    table: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A law or document the text cites.

    Attributes:
        title: The title without 《》; None if only a number is cited.
        document_number: In the form 国办发〔2017〕42号; None if none is cited.
        articles: Cited provisions in the form ``第十九条第二款``, in order.
        kind: ``basis`` (根据、依据、按照), ``repeals`` (废止), ``amends`` (修订、修改), ``forwards`` (转发、印发) or
            ``mentions``.
        evidence: The words it was read from, verbatim.
    """

    title: str | None
    document_number: str | None
    articles: tuple[str, ...]
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Source and confidence of a value of the record.

    Attributes:
        field: Name of the field of ``Article``.
        text: The words it was read from.
        origin: ``body``, ``signature``, ``meta_table``, ``publish_line``, ``file_name``, ``derived`` …
        confidence: 0 to 1.
        reasons: Names of the reasons for a value decided by several pieces of evidence (the title), strongest first.
    """

    field: str
    text: str
    origin: str
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article; most documents have one, a page that joins several texts has several.

    Dates are ISO 8601 (``2011-01-13``), or a prefix of it (``2011-01``, ``2011``) if the source is less precise.

    Attributes:
        title: Simplified; None if no title survives and none can be derived.
        title_derived: True if the title was composed from issuer, year and kind because none survives.
        issuer: 发文机关, as signed.
        document_number: 文号, in the form 国办发〔2017〕42号.
        signed_on: 成文日期.
        published_on: 发布日期.
        source: 来源, as stated.
        author: As stated.
        index_number: 索引号.
        preamble: Text before the first section (without title and record lines), newline separated.
        text: The whole clean text of the article, title and signature included, newline separated.
        sections: In document order.
        title_original: ``title`` in the original script; None if equal.
        preamble_original: ``preamble`` in the original script, same length; None if equal.
        attachments: 附件, as listed.
        co_issuers: 联合发文机关 beside ``issuer``, in order.
        signatory: 签发人.
        addressees: 主送机关, as written.
        copied_to: 抄送机关, as written.
        identifier: 公文标识, identifier of the document (GB/T 33480), as stated.
        copy_number: 份号, serial number of the copy, six digits.
        note: 附注, note below the date in brackets, without them: 此件公开发布.
        release_level: 发布层次, how far down the document is sent: 县团级.
        printed_by: 印发机关, authority that printed and sent it out.
        printed_on: 印发日期, when it was printed and sent out.
        purchaser: 采购人, the buyer in a procurement.
        agent: 代理机构, the agency that runs a procurement for the purchaser.
        secrecy: 密级 with its term, as written, e.g. ``秘密★1年``.
        urgency: 紧急程度: 特急, 加急, 特提 or 平急.
        effective_on: 施行日期.
        expires_on: End of 有效期.
        validity: ``repealed``, ``amended`` or ``valid``, if the text says so.
        topic: 主题分类, as stated.
        genre: 体裁 (文种): 通知, 报告, 办法, 年度报告 …
        region: Administrative region of the issuer, if its name contains it.
        statistics: Statistics of disclosure work, in text order.
        references: Laws and documents cited, in text order, each once for each set of provisions.
        evidence: Source of each value.
        problems: Gaps and contradictions found in this article, e.g. 「(3) 缺失」.
    """

    title: str | None
    title_derived: bool
    issuer: str | None
    document_number: str | None
    signed_on: str | None
    published_on: str | None
    source: str | None
    author: str | None
    index_number: str | None
    preamble: str
    text: str
    sections: tuple[Section, ...]
    title_original: str | None = None
    preamble_original: str | None = None
    attachments: tuple[str, ...] = ()
    co_issuers: tuple[str, ...] = ()
    signatory: str | None = None
    addressees: str | None = None
    copied_to: str | None = None
    identifier: str | None = None
    copy_number: str | None = None
    note: str | None = None
    release_level: str | None = None
    printed_by: str | None = None
    printed_on: str | None = None
    purchaser: str | None = None
    agent: str | None = None
    secrecy: str | None = None
    urgency: str | None = None
    effective_on: str | None = None
    expires_on: str | None = None
    validity: str | None = None
    topic: str | None = None
    genre: str | None = None
    region: str | None = None
    statistics: tuple[Statistic, ...] = ()
    references: tuple[Reference, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data or a secrecy mark, for which a policy may hold the document.

    Attributes:
        kind: A key of ``schemas.glossary.FINDINGS``.
        text: The text found; personal data is masked (``1101**********1234``).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """All articles of a document, and the problems of all stages so far.

    Attributes:
        format: As in ``Converted``.
        articles: In document order; empty only for containers and documents without text.
        breadcrumb: 首页 > 政府信息公开 > …, outermost first.
        flags: As in ``Normalized``, and each kind of ``findings``.
        problems: Problems of all stages so far; an article's own are in ``Article.problems``.
        findings: Personal data and secrecy marks; the settings decide which of them hold the document.
        removed_count: Number of stretches removed by normalisation (listed in its artefact).
        damaged_count: Number of damaged places it found.
    """

    format: str
    articles: tuple[Article, ...]
    breadcrumb: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    removed_count: int = 0
    damaged_count: int = 0
