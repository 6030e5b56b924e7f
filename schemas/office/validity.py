"""What documents say of the validity of others: repealed, no longer in force, amended, kept in force."""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What a document does to another."""

    REPEALS = "repeals"  # 废止, 失效, 停止执行: all of it
    REPEALS_PART = "repeals_part"  # only provisions of it
    AMENDS = "amends"
    KEEPS = "keeps"  # 继续有效


CHANGES = {
    Change.REPEALS: "废止",
    Change.REPEALS_PART: "部分废止",
    Change.AMENDS: "修改",
    Change.KEEPS: "继续有效",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document says of the validity of another.

    Attributes:
        change: What becomes of the other.
        title: Of the other, without 《》; None if only its number is given.
        number: Its 文号 in its normal form; None if none is given.
        provisions: The provisions repealed or amended, where they are named.
        since: From when, ISO 8601 or a prefix of it; None if the text says no date of its own.
        evidence: The words it was read from, verbatim.
    """

    change: Change
    title: str | None
    number: str | None
    provisions: tuple[str, ...]
    since: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the question of validity sees it.

    Attributes:
        document: Key of the object.
        document_id: In the index.
        title: Its own.
        dated_on: From when what it states holds: its 施行日期, else 成文日期, else 发布日期; None if none is known.
        marked: Whether its own text says that it was repealed.
        statements: What it says of others.
        rests_on: Title or 文号 of the documents it names as its basis.
    """

    document: str
    document_id: str
    title: str
    dated_on: str | None
    marked: bool = False
    statements: tuple[Statement, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeal:
    """That a document is not in force any more, as a hit says it.

    Attributes:
        words: From when and by which document, in Chinese words.
        document_id: Of the document that ended it.
    """

    words: str
    document_id: str
