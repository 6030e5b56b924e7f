"""Dates that do not exist: 2019年2月30日 is the author's slip and is reduced to its month."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from schemas.outcomes import Problem
from workers.extract.record.facts import Fact
from workers.extract.record.labelled import DATES

_NAMES = {"signed_on": "成文日期", "published_on": "发布日期", "effective_on": "施行日期", "expires_on": "有效期"}


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
    return Problem(
        "extract", f"{name}写作{fact.value}，日历上没有这一天；只取到月（{cut.value}），请核对原文", place=place
    )
