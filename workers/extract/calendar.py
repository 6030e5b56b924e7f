"""Dates that do not exist: 2019年2月30日 is the author's slip and is reduced to its month."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.record.facts import Fact
from workers.extract.record.labelled import DATES

_NAMES = {
    "signed_on": Sentence.of("date-signed"),
    "published_on": Sentence.of("date-published"),
    "effective_on": Sentence.of("date-effective"),
    "expires_on": Sentence.of("date-expires"),
}


def with_real_dates(record: Mapping[str, Fact]) -> tuple[dict[str, Fact], tuple[Problem, ...]]:
    """Return the record with impossible dates cut to their month, and a problem for each."""
    impossible = {field: record[field] for field in DATES if field in record and not is_real(record[field].value)}
    cut = {field: replace(fact, value=fact.value[:7]) for field, fact in impossible.items()}
    return {**record, **cut}, tuple(_problem(fact, cut[field]) for field, fact in impossible.items())


def is_real(date: str) -> bool:
    """Return whether an ISO 8601 date is one of the calendar; a month or year alone is."""
    if len(date) < len("2019-02-30"):
        return True
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _problem(fact: Fact, cut: Fact) -> Problem:
    name, place = _NAMES[fact.field], fact.text[:80]
    said = Sentence.of("date-impossible", field=name, date=fact.value, month=cut.value)
    return Problem.of("extract", said, place=place)
