"""The schema of the tantivy index and the document of a row; the rows themselves are in the document store."""

from functools import lru_cache
from itertools import chain

import tantivy

from schemas.queries import FACETS
from schemas.records import SectionRow
from search.query.analysis import fold, grams
from search.query.lexicon import Segmenter
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.query.words import TOLD_APART, text_words
from search.results.autocomplete import row_terms
from search.results.count_sampling import BELOW
from search.results.row_keys import article_key, collapse_key, cut_key, day_number, hash63, row_numbers
from search.results.statutes import is_statute

VERSION = 8
TOKENIZER = "spaced"
# Text facets; the year is a number.
FACET_FIELDS = tuple(name for name in FACETS if name != "year")
# A day after all others: documents without a date come last in both orders.
NO_DAY = 10_000_000
# Dictionary words of names, and the words of texts that are told from characters side by side; characters and their
# pairs of all fields, as in ``search.elastic.mapping``.
WORD_FIELDS = ("title_words", "path_words")
GRAM_FIELDS = ("title", "path", "text")
# Words of text, headings and title that are told from characters side by side. A search wants each in any of the three
# unless it is one in titles, and one term costs far less than a union of three.
EVERY_WORD = "words"
# The field of rows that are counted where only a sample is, and its value; see ``search.results.count_sampling``.
SAMPLE, SAMPLED_ROW = "sample", "1"
# Numbers and dates, whole.
NUMBER_FIELDS = ("title_numbers", "path_numbers", "text_numbers")
# A private-use character that no query contains: it keeps a phrase from matching across two labels.
BREAK = "\ue000"


def schema() -> tantivy.Schema:
    """Return the fields; increase ``VERSION`` with any change, so that an older index is rebuilt from the store."""
    builder = tantivy.SchemaBuilder()
    for name in ("document_id", "key", "number", "title_key", "starts", "statute", "lexicon", SAMPLE):
        builder.add_text_field(name, stored=name == "document_id", tokenizer_name="raw", index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="freq")
    builder.add_text_field(EVERY_WORD, tokenizer_name=TOKENIZER, index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="basic")
    for name in GRAM_FIELDS:
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="position")
    # Signed fields only: deleting or searching by an unsigned one silently matches nothing.
    builder.add_integer_field("article", stored=True)
    builder.add_integer_field("ordinal", stored=True, indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in ("group", "fold"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("newest", "oldest"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Register the tokenizer with ``index``: text arrives already segmented, with one space between tokens."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(TOKENIZER, analyzer)


def document(row: SectionRow, segmenter: Segmenter) -> tantivy.Document:
    """Return the tantivy document of ``row``; ``segmenter`` cuts its names into words."""
    day, group = day_number(row), hash63(article_key(row))
    title, labels = segmenter.words(row.title or ""), [segmenter.words(label) for label in row.path]
    made = tantivy.Document(
        document_id=row.document_id,
        key=cut_key(row.key),
        title=_name_grams(row.title or ""),
        path=f" {BREAK} ".join(map(_name_grams, row.path)),
        text=grams(row.text),
        title_words=" ".join(title),
        path_words=" ".join(chain.from_iterable(labels)),
        words=" ".join(text_words(row.text).union(*map(_short, (title, *labels)))),
        **row_numbers(row),
        article=row.article,
        ordinal=row.ordinal,
        group=group,
        fold=hash63(collapse_key(row)),
        newest=day,
        oldest=day or NO_DAY,
    )
    if group < BELOW:
        made.add_text(SAMPLE, SAMPLED_ROW)
    for name in FACET_FIELDS:
        if (value := getattr(row, name)) is not None:
            made.add_text(name, value)
    for term in row_terms(row):
        made.add_text("starts", term)
    if row.document_number is not None:
        made.add_text("number", number_key(row.document_number))
    if row.lexicon is not None:
        made.add_text("lexicon", row.lexicon)
    if row.title is not None:
        made.add_text("title_key", title_key(row.title))
        if is_statute(fold(row.title)):
            made.add_text("statute", "true")
    if row.year is not None:
        made.add_integer("year", row.year)
    return made


@lru_cache(maxsize=1024)
def _short(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the words of a name that are told from characters side by side."""
    return tuple(word for word in words if len(word) in TOLD_APART)


@lru_cache(maxsize=1024)
def _name_grams(name: str) -> str:
    """Return the characters and pairs of a title or a heading, which the rows of a document have in common."""
    return grams(name)
