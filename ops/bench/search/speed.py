"""``python -m ops.bench.search.speed``: how fast a large index answers a mixed log of queries.

The product's own code fills the index with generated sections (``ops.bench.search.sections``), unless it holds them
already. Then a seeded log of words, phrases, filters, facets, orders and second pages is searched, on a server by
several users in parallel, beside bare ``match`` queries for the same words and field, the least a search costs there.
Measures only time; for relevance see ``ops.bench.search.relevance``.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

import typer
from elasticsearch import Elasticsearch

from ops.bench.percentiles import p50_p95
from ops.bench.search.sections import Shelf, disclosure, documents, shelf, zipf
from ops.bench.throughput.documents import SEED
from schemas.queries import FACETS, Query, Sort
from search.open import open_index
from search.protocol import Index
from workers.settings import Settings

USERS = 4
# Documents that share a commit, and processes that index into a server.
BATCH_SIZE, PROCESSES = 200, 3
# Number of each kind in a hundred queries.
MIX = {"words": 40, "phrase": 15, "filters": 15, "facets": 15, "newest": 8, "second page": 7}
QUERIES, WARM_UP = 400, 100
# Limits of p95: milliseconds on a server and embedded, and the multiple of a bare match.
SERVER, EMBEDDED, TIMES = 250.0, 100.0, 3.0
MIXED, BARE = "mixed", "bare match"

Timed = tuple[str, float]


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """Search speed; milliseconds as (p50, p95) by kind of query, ``mixed`` for all together.

    Attributes:
        index: Kind of index.
        sections: Number of sections in it.
        users: Number of parallel users.
        fill_seconds: Seconds spent filling; 0 if it was full.
        milliseconds: Times by kind of query.
        times: p95 of all as a multiple of a bare match's; None without a bare match.
        met: Whether the limits are met.
    """

    index: str
    sections: int
    users: int
    fill_seconds: float
    milliseconds: Mapping[str, tuple[float, float]]
    times: float | None
    met: bool


def queries(count: int, *, seed: int = SEED) -> list[tuple[str, Query]]:
    """Return the (kind, query) pairs of a log; deterministic by seed."""
    source, wanted = random.Random(f"{seed} queries"), shelf(seed)
    kinds = source.choices(list(MIX), list(MIX.values()), k=count)
    return [(kind, ASKED[kind](source, wanted)) for kind in kinds]


def _words(source: random.Random, wanted: Shelf) -> Query:
    count = source.choice((1, 2, 2, 3, 4))
    some = (zipf(source, wanted.known) if source.random() < 0.8 else source.choice(wanted.words) for _ in range(count))
    return Query(" ".join(some))


def _phrase(source: random.Random, wanted: Shelf) -> Query:
    return Query(f'"{zipf(source, wanted.clauses)}"')


def _filter_query(source: random.Random, wanted: Shelf) -> Query:
    year = source.randrange(2005, 2023)
    chosen = ({"year": year}, {"region": zipf(source, wanted.places)}, {"year_from": year, "kind": "通知"})
    return replace(_words(source, wanted), **source.choice(chosen))


ASKED: Mapping[str, Callable[[random.Random, Shelf], Query]] = {
    "words": _words,
    "phrase": _phrase,
    "filters": _filter_query,
    "facets": lambda source, wanted: replace(_words(source, wanted), facets=FACETS),
    "newest": lambda source, wanted: replace(_words(source, wanted), sort=Sort.NEWEST),
    "second page": _words,
}


def fill(url: str, prefix: str, count: int, *, part: int = 0, parts: int = 1) -> None:
    """Put the documents of one part into the index, many at a time."""
    index = _open(url, prefix)

    def put(one: tuple[int, int]) -> None:
        index.replace(*disclosure(*one))

    wanted = documents(count, part=part, parts=parts)
    with ThreadPoolExecutor(BATCH_SIZE) as threads:
        # Wait for a bounded number at a time: all of a million would be held in memory.
        while chunk := [one for _, one in zip(range(10 * BATCH_SIZE), wanted, strict=False)]:
            list(threads.map(put, chunk))
    index.close()


def measure(url: str, prefix: str, count: int) -> SearchFigures:
    """Fill the index if it is empty, and run the log."""
    index = _open(url, prefix)
    index.bootstrap()
    server, started = url.startswith("http"), time.perf_counter()
    missing = not any(index.counts().values())
    if missing:
        parts = PROCESSES if server else 1
        with ProcessPoolExecutor(parts, get_context("spawn")) as processes:
            list(processes.map(partial(_fill_part, url, prefix, count, parts), range(parts)))
    filled = time.perf_counter() - started if missing else 0.0
    index.refresh()
    users = USERS if server else 1
    asked = queries(WARM_UP + QUERIES)
    bare = partial(_match, Elasticsearch(url), f"{prefix}-sections") if server else None
    for log in (asked[:WARM_UP], asked[WARM_UP:]):
        timed = _time_query(partial(_ask, index), log, users)
        if bare is not None:
            timed += _time_query(bare, log, users)
    made = _figures(index.describe(), index.search(Query("")).sections, users, timed)
    index.close()
    return replace(made, fill_seconds=round(filled, 1))


def _open(url: str, prefix: str) -> Index:
    """Return the index as the product opens it: how often it refreshes decides what filling costs."""
    return open_index(url, prefix=prefix, refresh_seconds=Settings().index_refresh_seconds)


def _fill_part(url: str, prefix: str, count: int, parts: int, part: int) -> None:
    fill(url, prefix, count, part=part, parts=parts)


def _time_query(ask: Callable[[tuple[str, Query]], Timed], log: Iterable[tuple[str, Query]], users: int) -> list[Timed]:
    with ThreadPoolExecutor(users) as threads:
        return list(threads.map(ask, log))


def _ask(index: Index, one: tuple[str, Query]) -> Timed:
    kind, query = one
    if kind == "second page":
        query = replace(query, cursor=index.search(query).cursor)
    started = time.perf_counter()
    index.search(query)
    return kind, time.perf_counter() - started


def _match(server: Elasticsearch, name: str, one: tuple[str, Query]) -> Timed:
    words = one[1].text.replace('"', "")
    started = time.perf_counter()
    server.search(index=name, query={"match": {"text": words}}, size=10)
    return BARE, time.perf_counter() - started


def _figures(index: str, sections: int, users: int, timed: Sequence[Timed]) -> SearchFigures:
    kinds: dict[str, list[float]] = defaultdict(list)
    for kind, seconds in timed:
        kinds[kind].append(seconds)
        if kind != BARE:
            kinds[MIXED].append(seconds)
    found = {kind: _percentiles(kinds[kind]) for kind in (*MIX, MIXED, BARE) if len(kinds[kind]) > 1}
    slowest, least = found[MIXED][1], found.get(BARE)
    times = round(slowest / least[1], 2) if least else None
    met = slowest < EMBEDDED if times is None else slowest < SERVER and times <= TIMES
    return SearchFigures(index, sections, users, 0.0, found, times, met)


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    p50, p95 = p50_p95(seconds)
    return round(1000 * p50, 1), round(1000 * p95, 1)


def _print(found: SearchFigures) -> None:
    typer.echo(f"{found.index}: {found.sections:,} sections, filled in {found.fill_seconds} s; users: {found.users}")
    typer.echo(f"{'milliseconds':14}{'p50':>8}{'p95':>8}")
    for kind, (middle, slow) in found.milliseconds.items():
        typer.echo(f"{kind:14}{middle:8.1f}{slow:8.1f}")
    against = "" if found.times is None else f"p95 of all is {found.times} times that of a bare match (at most {TIMES})"
    typer.echo(f"{against}{'; ' if against else ''}{'met' if found.met else 'MISSED'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.bench.search.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--sections", type=int, default=20_000, help="how many to make")
    parser.add_argument("--index", default="", help="address of the index; a temporary tantivy index where left out")
    parser.add_argument("--prefix", default="", help="start of the names of the indexes on a server")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print JSON")
    return parser.parse_args()


def main() -> int:
    """Measure and print; return 1 if a limit is missed."""
    given = _arguments()
    prefix = given.prefix or f"bench-{given.sections}"
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-search-") as folder:
        found = measure(given.index or f"tantivy://{folder}", prefix, given.sections)
    if given.as_json:
        typer.echo(json.dumps({name: getattr(found, name) for name in SearchFigures.__slots__}, ensure_ascii=False))
    else:
        _print(found)
    return 0 if found.met else 1


if __name__ == "__main__":
    sys.exit(main())
