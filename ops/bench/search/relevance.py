"""``python -m ops.bench.search.relevance``: scores search against judged questions.

The folder holds ``corpus.jsonl`` or ``corpus.jsonl.zst`` (one section a line: id, law, article, text), ``queries.tsv``
(number, question) and ``qrels.tsv`` (TREC: number, 0, id, relevance). Every law becomes a document and every article a
section, so that questions go through ``Index.search`` as a user's do. A named index
(``--index``, ``--prefix``) is filled once and reused.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log2
from pathlib import Path
from statistics import fmean, median

import typer
from backports import zstd

from ops.bench.search.judgements import Answer, JudgedQuestion
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id
from search.open import WordFiles, open_index
from search.protocol import Index, SectionSearch

TOP = 10


def documents(folder: Path) -> Iterator[tuple[DocumentRecord, list[SectionRow], list[str]]]:
    """Yield each law with its rows and, for each row after the opening one, its identifier in the judgements."""
    laws: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in _lines(folder):
        entry = json.loads(line)
        laws[entry["law"]].append(entry)
    for law, entries in laws.items():
        name = document_id(law)
        opening = SectionRow(f"{name}-0-0", name, law, 0, 0, 0, None, None, (), "", title=law)
        rows = [
            SectionRow(
                f"{name}-0-{n}", name, law, 0, n, 3, each["article"], None, (each["article"],), each["text"], title=law
            )
            for n, each in enumerate(entries, 1)
        ]
        summary = ArticleSummary(ordinal=0, title=law, sections=len(rows) + 1)
        record = DocumentRecord(name, law, "1", State.INDEXED, articles=(summary,), sections=len(rows) + 1)
        yield record, [opening, *rows], [each["id"] for each in entries]


def fill(index: Index, folder: Path) -> dict[tuple[str, int], str]:
    """Index missing documents; return each section's (document, ordinal) identifier in the judgements."""
    judged = {}
    index.bootstrap()
    for record, rows, names in documents(folder):
        if index.record(record.id) is None:
            index.replace(record, rows)
        judged.update({(record.id, n): name for n, name in enumerate(names, 1)})
    index.refresh()
    return judged


def judgements(folder: Path) -> JudgedQuestion:
    """Return the questions and the sections that answer them."""
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        number, _, name, degree = line.split()
        if int(degree) > 0:
            relevant[number].add(name)
    lines = (folder / "queries.tsv").read_text("utf-8").splitlines()
    questions = {number: text for number, text, *_ in (line.split("\t") for line in lines) if number in relevant}
    return JudgedQuestion(questions, {number: frozenset(names) for number, names in relevant.items()})


def ask(index: SectionSearch, names: Mapping[tuple[str, int], str], judged: JudgedQuestion) -> dict[str, Answer]:
    """Search every question and score the ten best sections."""
    answers = {}
    for number, question in judged.questions.items():
        started = time.perf_counter()
        found = index.search(Query(question, size=TOP, sections_each=TOP, fold=False))
        taken = (time.perf_counter() - started) * 1000
        scored = [
            (part.score, names.get((hit.document_id, part.ordinal))) for hit in found.hits for part in hit.sections
        ]
        best = [name for _, name in sorted(scored, key=lambda pair: -pair[0])][:TOP]
        answers[number] = _judge(best, judged.relevant[number], taken)
    return answers


def _judge(best: list[str | None], relevant: frozenset[str], taken: float) -> Answer:
    gained = sum(1 / log2(place + 2) for place, name in enumerate(best) if name in relevant)
    ideal = sum(1 / log2(place + 2) for place in range(min(TOP, len(relevant))))
    return Answer(gained / ideal, len(relevant.intersection(best)) / len(relevant), taken)


def figures(answers: Mapping[str, Answer]) -> dict[str, float]:
    """Return the means over all questions and over each half of them, taken in turn."""
    listed = list(answers.values())
    made = {}
    for name, part in (("", listed), (" odd", listed[::2]), (" even", listed[1::2])):
        made[f"ndcg@10{name}"] = round(fmean(each.ndcg for each in part), 4)
        made[f"recall@10{name}"] = round(fmean(each.recall for each in part), 4)
    return made | {"median ms": round(median(each.milliseconds for each in listed), 1)}


def _lines(folder: Path) -> Iterator[str]:
    plain = folder / "corpus.jsonl"
    if plain.exists():
        yield from plain.read_text("utf-8").splitlines()
        return
    with zstd.open(folder / "corpus.jsonl.zst", "rt", encoding="utf-8") as packed:
        yield from packed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.bench.search.relevance", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus, queries and qrels")
    parser.add_argument("--index", default="", help="address of the index; a temporary tantivy index where left out")
    parser.add_argument("--prefix", default="relevance", help="start of the names of the indexes on a server")
    parser.add_argument("--synonyms", type=Path, help="file of synonyms instead of the one shipped")
    parser.add_argument(
        "--try",
        dest="tried",
        action="append",
        default=[],
        metavar="NAME=V,V",
        help="values of a weight of search/weights",
    )
    return parser.parse_args()


def main() -> int:
    """Measure, print one line of JSON for each trial, and return the exit code."""
    from ops.bench.search.relevance_trials import ablations, halves, override_weights  # noqa: PLC0415  only the command tunes

    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="gongkai-relevance-") as folder:
        index = open_index(
            given.index or f"tantivy://{folder}", prefix=given.prefix, words=WordFiles(synonyms=given.synonyms)
        )
        names, judged = fill(index, given.data), judgements(given.data)
        trials = {}
        for label, setting in [("as shipped", {}), *ablations(given.tried)]:
            with override_weights(setting):
                trials[label] = ask(index, names, judged)
            typer.echo(json.dumps({"trial": label, **figures(trials[label])}, ensure_ascii=False))
        if len(trials) > 1:
            typer.echo(json.dumps(halves(trials), ensure_ascii=False))
        index.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
