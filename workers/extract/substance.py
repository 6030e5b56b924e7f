"""Adds to an article the content of its text: statistics, references, and the subject of each section."""

from collections.abc import Sequence
from dataclasses import replace

from schemas.articles import Article
from workers.extract.grammar.lines import Line
from workers.extract.outline.roles import with_roles
from workers.extract.references.reader import read_references
from workers.extract.statistics.reader import read_statistics


def with_substance(article: Article, body: Sequence[Line]) -> Article:
    """Return ``article`` with the statistics, references and roles read from ``body``, the lines below its head."""
    statistics, problems = read_statistics(article.title, body)
    return replace(
        article,
        sections=with_roles(article.sections),
        statistics=statistics,
        references=read_references(body, article.document_number),
        problems=(*article.problems, *problems),
    )
