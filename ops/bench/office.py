"""Measures the office's counts over made records: seconds and memory of each question, on either index.

The records bear what the office counts and no text; they are written in batches, past the queue and the stages.
"""

import random
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import psutil

from ops import testservers
from schemas.errors import DependencyError
from schemas.office.catalogues.columns import Column
from schemas.office.catalogues.standard import StandardItem
from schemas.office.facts import FactField
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id
from search.elastic.client import ElasticClient, ServerOptions
from search.elastic.index import ElasticIndex
from search.elastic.ingest.writer import ElasticWriter
from search.office.assessment.assess import Month, assess_month
from search.office.assessment.documents import assessment_findings
from search.office.assessment.rules_file import load_rules
from search.office.catalogue.columns.matrix import Selection, count_columns, find_column_entries
from search.office.catalogue.entries import Cell, count_catalogue, find_entries
from search.office.catalogue.guide.check import check_guides, find_guides
from search.office.catalogue.review import review_catalogue
from search.office.deadlines.calendar import load_calendar
from search.office.deadlines.publication import publication_deadlines, publication_pairs
from search.office.letters.count import LetterSelection, count_letters
from search.office.publication.listed import review_shown
from search.office.standard.matches import match_items
from search.open import open_index
from search.protocol import Index
from search.query.lexicon import Segmenter
from search.tantivy.document_store import DocumentStore
from workers.settings import Settings

BATCH = 500
UNITS, YEARS = 200, range(2015, 2027)
TODAY = date(2026, 11, 29)
MONTH = "2026-10"
MAX_SECONDS, MAX_MEGABYTES = 2.0, 64.0
_TITLES = ("部门预算", "管理办法", "应急预案", "政府采购中标公告", "关于召开会议的通知", "义务教育招生工作方案")
_LETTER = "政府信息公开申请答复书"
_KEPT_BACK = "值班安排"  # of the negative list
_ITEMS = "一二三四五六七"
_COLUMNS = ("职能", "办法", "规划", "统计", "许可", "预算", "人事", "采购", "项目", "预案", "检查", "动态")
_STANDARD = [
    StandardItem(str(number), "", name, name, "", "", "", on_request=False, place="")
    for number, name in enumerate(("部门预算", "应急预案", "中标公告", "招生工作方案"))
]


@dataclass(frozen=True, slots=True)
class OfficeFigure:
    """The cost of one question.

    Attributes:
        question: What was asked.
        answers: Size of the answer: rows, findings or documents.
        seconds: Until the whole answer was there.
        cpu_seconds: CPU time of this process meanwhile; that of a server is not in it.
        megabytes: Largest growth of this process's memory meanwhile.
        limited: Whether the limits hold for it; a list of all documents has none.
    """

    question: str
    answers: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    limited: bool

    @property
    def met(self) -> bool:
        """Whether time and memory stay within the limits."""
        return not self.limited or (self.seconds < MAX_SECONDS and self.megabytes < MAX_MEGABYTES)


Question = tuple[str, Callable[[Index], int], bool]
"""What is asked, what answers it with the size of the answer, and whether the limits hold for it."""


def made_documents(count: int, *, seed: int = 20261129) -> Iterator[tuple[DocumentRecord, list[SectionRow]]]:
    """Yield made documents; a hundredth are held, a fiftieth letters of answer, some late or undated."""
    dice = random.Random(seed)
    for number in range(count):
        unit = f"某市第{dice.randrange(UNITS)}局"
        key = f"{unit}/{number:07d}.txt"
        record = DocumentRecord(document_id(key), key, "1", State.INDEXED, size=1, format="txt", stages={})
        if number % 100 == 0:
            yield replace(record, state=State.HELD, modified_at=1.76e9 + number), []
            continue
        signed = date(dice.choice(YEARS), dice.randint(1, 12), dice.randint(1, 28))
        published = signed + timedelta(days=dice.randrange(1, 40))
        letter = number % 50 == 1
        title = _KEPT_BACK if number % 200 == 3 else dice.choice(_TITLES)
        article = ArticleSummary(
            0,
            f"{unit}{_LETTER}" if letter else f"{unit}{signed.year}年{title}",
            issuer=unit,
            document_number=f"某局发〔{signed.year}〕{number % 900}号" if number % 7 else None,
            signed_on=signed.isoformat(),
            published_on=published.isoformat() if number % 11 else None,
            index_number=f"{number:09d}" if number % 3 else None,
            sections=1,
            kind="答复" if letter else "通知",
        )
        yield replace(record, articles=(article,), sections=int(letter)), _letter_rows(record, article, letter, dice)


def measure_office(index: Index, questions: Sequence[Question]) -> Iterator[OfficeFigure]:
    """Yield the cost of each question."""
    for question, answer, limited in questions:
        with _memory_growth() as grown:
            started, cpu = time.perf_counter(), time.process_time()
            answers = answer(index)
            seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        yield OfficeFigure(question, answers, round(seconds, 2), round(cpu, 2), round(grown[0] / 1e6, 1), limited)


def office_questions() -> tuple[Question, ...]:
    """Return what is asked."""
    calendar, year = load_calendar(), Cell(year=MONTH[:4]).where()

    def month_of(index: Index) -> Month:
        return Month(index, MONTH, load_rules(), calendar, TODAY)

    def findings(index: Index) -> int:
        matrix = count_catalogue(index, Cell(), today=TODAY.isoformat())
        return sum(1 for _ in review_catalogue(index, matrix, today=TODAY))

    return (
        ("catalogue", lambda index: len(count_catalogue(index, Cell(), today=TODAY.isoformat()).rows), True),
        ("what the catalogue lacks", findings, True),
        (
            "deadlines of a year",
            lambda index: sum(one.documents for one in publication_pairs(index, calendar, year, today=TODAY)),
            True,
        ),
        (
            "first hundred late of a year",
            lambda index: _length(islice(publication_deadlines(index, calendar, year, today=TODAY), 100)),
            True,
        ),
        ("assessment of a month", lambda index: len(assess_month(month_of(index)).scores), True),
        ("findings of a month", lambda index: _length(assessment_findings(month_of(index))), False),
        ("letters of answer", lambda index: len(count_letters(index, LetterSelection())), True),
        (
            "documents of a month",
            lambda index: _length(index.records_with({FactField.MONTH: (MONTH,)})),
            True,
        ),
        ("all documents of a class", lambda index: _length(find_entries(index, Cell(number=7))), False),
        ("columns", _count_columns, False),
        ("guides", lambda index: _length(check_guides(find_guides(index), today=TODAY)), True),
        ("negative list", lambda index: _length(review_shown(index)), False),
        ("standard catalogue", lambda index: sum(one.count for one in match_items(index, _STANDARD)), False),
    )


def _count_columns(index: Index) -> int:
    columns = [
        Column(number, word, (word,), frozenset(), ("会议",), (), None) for number, word in enumerate(_COLUMNS, 1)
    ]
    entries = find_column_entries(index, columns, Selection())
    return len(count_columns(entries, today=TODAY.isoformat()).rows)


@contextmanager
def embedded_index(count: int, *, tell: Callable[[int], object]) -> Iterator[Index]:
    """Give an embedded index of made documents in a temporary folder; its text is not searchable."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        store = DocumentStore(Path(folder) / "ledger.sqlite3")
        store.create()
        for batch in _batches(count):
            store.write(batch)
            store.settle(record.id for record, _ in batch)
            tell(len(batch))
        store.close()
        index = open_index(f"tantivy://{folder}", prefix="bench")
        yield index
        index.close()


@contextmanager
def server_index(settings: Settings, count: int, *, tell: Callable[[int], object]) -> Iterator[Index]:
    """Give an index of made documents on the Elasticsearch of the settings, on one started for it if they name none.

    Raises:
        DependencyError: No server answers, or none can run here.
    """
    if not settings.embedded:
        options = ServerOptions(settings.index_user, settings.index_password, settings.ca_file)
        with _filled(settings.index_url, options, count, tell) as index:
            yield index
        return
    try:
        server = testservers.start("elasticsearch", testservers.Places.default(""))
    except testservers.CannotRunError as error:
        raise DependencyError("elasticsearch", str(error)) from error
    try:
        with _filled(server.url, ServerOptions(), count, tell) as index:
            yield index
    finally:
        testservers.stop(server)


@contextmanager
def _filled(url: str, options: ServerOptions, count: int, tell: Callable[[int], object]) -> Iterator[Index]:
    prefix = f"bench-{uuid.uuid4().hex[:8]}"
    client = ElasticClient(url, user=options.user, password=options.password, ca_file=options.ca_file)
    index = ElasticIndex(url, prefix=prefix, refresh_seconds=1.5, options=options)
    index.bootstrap()
    names = {"documents": f"{prefix}-documents", "sections": f"{prefix}-sections"}
    writer = ElasticWriter(client, segmenter=Segmenter(), **names)
    try:
        for batch in _batches(count):
            for error in writer.commit(batch).values():
                raise error
            tell(len(batch))
        index.refresh()
        yield index
    finally:
        client.call(lambda server: server.indices.delete(index=[f"{name}-000001" for name in names.values()]))
        index.close()
        client.close()


def _batches(count: int) -> Iterator[list[tuple[DocumentRecord, list[SectionRow]]]]:
    documents = made_documents(count)
    while batch := list(islice(documents, BATCH)):
        yield batch


def _letter_rows(
    record: DocumentRecord, article: ArticleSummary, letter: bool, dice: random.Random
) -> list[SectionRow]:
    if not letter:
        return []
    day = date.fromisoformat(str(article.signed_on)) - timedelta(days=dice.randrange(1, 45))
    item = dice.choice(_ITEMS)
    text = (
        f"本局于{day.year}年{day.month}月{day.day}日收到您提出的政府信息公开申请。"
        f"根据《中华人民共和国政府信息公开条例》第三十六条第（{item}）项的规定，答复如下。"
    )
    row = SectionRow(f"{record.id}-0-0", record.id, record.key, 0, 0, 0, None, None, (), text, title=article.title)
    return [row]


def _length(found: Iterator[object]) -> int:
    return sum(1 for _ in found)


@contextmanager
def _memory_growth() -> Iterator[list[int]]:
    """Give a list whose only item is, after the block, the largest growth of resident memory in bytes."""
    process, done = psutil.Process(), threading.Event()
    before, grown = process.memory_info().rss, [0]

    def watch() -> None:
        while not done.wait(0.01):
            grown[0] = max(grown[0], process.memory_info().rss - before)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield grown
    finally:
        done.set()
        watcher.join()
        grown[0] = max(grown[0], process.memory_info().rss - before)
