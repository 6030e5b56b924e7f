"""``gongkai bench relevance``: scores search against judged questions, on a temporary index."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ops.cli.output import FINE, WRONG_USE, print_json, say
from ops.cli.progress_bar import Bar


def bench_relevance(folder: Path | None) -> int:
    """Index a folder's sections, search its questions and print mean scores; see ``ops.bench.search.relevance``."""
    from ops.bench.search.relevance import ask, figures, fill, judgements  # noqa: PLC0415  start-up
    from search.open import WordFiles, open_index  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if folder is None or not (folder / "qrels.tsv").is_file():
        say("give with --documents a folder with corpus.jsonl, queries.tsv and qrels.tsv")
        return WRONG_USE
    settings = load()
    words = WordFiles.named(synonyms=settings.synonyms, lexicon=settings.lexicon)
    with TemporaryDirectory(prefix="gongkai-relevance-") as place, Bar("bench relevance"):
        index = open_index(f"tantivy://{place}", prefix="relevance", words=words)
        names = fill(index, folder)
        found = figures(ask(index, names, judgements(folder)))
        index.close()
    print_json(found)
    return FINE
