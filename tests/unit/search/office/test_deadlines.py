"""Deadlines around holidays and 调休 of 2019 to 2026, each right value counted from the State Council's notices."""

import datetime
import json
from pathlib import Path

import pytest

from schemas.errors import SettingsError
from schemas.office.applications import Application
from schemas.office.catalogue import Entry
from schemas.office.deadlines import DeadlineState
from search.office.deadlines import rules
from search.office.deadlines.applications import Asked, application_deadlines
from search.office.deadlines.calendar import UnknownYearError, load_calendar
from search.office.deadlines.publication import entry_deadline
from tests.support.holiday_notices import NOTICES

Date = datetime.date
DAY = Date.fromisoformat
CALENDAR = load_calendar()

# (kind, the day it runs from, the last day)
SIMPLE = (
    ("answer", "2018-12-28", "2019-01-28"),
    ("answer", "2019-01-21", "2019-02-21"),
    ("publication", "2019-04-12", "2019-05-13"),
    ("completion", "2019-04-26", "2019-05-08"),
    ("completion", "2019-09-27", "2019-10-12"),
    ("third", "2019-09-30", "2019-10-25"),
    ("answer", "2020-01-03", "2020-02-07"),
    ("answer", "2020-01-17", "2020-02-21"),
    ("completion", "2020-01-22", "2020-02-10"),
    ("publication", "2020-01-31", "2020-02-28"),
    ("third", "2020-04-20", "2020-05-12"),
    ("answer", "2020-06-24", "2020-07-23"),
    ("answer", "2020-09-25", "2020-10-29"),
    ("publication", "2021-01-22", "2021-02-24"),
    ("answer", "2021-02-10", "2021-03-16"),
    ("completion", "2021-02-06", "2021-02-20"),
    ("answer", "2021-04-24", "2021-05-24"),
    ("third", "2021-09-17", "2021-10-14"),
    ("answer", "2021-09-30", "2021-11-03"),
    ("completion", "2022-01-28", "2022-02-11"),
    ("publication", "2022-01-30", "2022-03-04"),
    ("answer", "2022-04-01", "2022-04-29"),
    ("third", "2022-04-29", "2022-05-24"),
    ("answer", "2022-09-30", "2022-11-02"),
    ("answer", "2022-12-12", "2023-01-10"),
    ("answer", "2023-01-06", "2023-02-08"),
    ("completion", "2023-01-20", "2023-02-03"),
    ("third", "2023-04-21", "2023-05-15"),
    ("publication", "2023-06-21", "2023-07-20"),
    ("answer", "2023-09-28", "2023-11-01"),
    ("answer", "2023-10-07", "2023-11-02"),
    ("publication", "2024-01-31", "2024-03-04"),
    ("answer", "2024-02-08", "2024-03-13"),
    ("completion", "2024-02-09", "2024-02-26"),
    ("third", "2024-04-03", "2024-04-25"),
    ("answer", "2024-04-26", "2024-05-27"),
    ("answer", "2024-09-13", "2024-10-17"),
    ("completion", "2024-09-30", "2024-10-15"),
    ("answer", "2025-01-10", "2025-02-13"),
    ("completion", "2025-01-25", "2025-02-10"),
    ("publication", "2025-01-26", "2025-02-28"),
    ("third", "2025-04-30", "2025-05-26"),
    ("answer", "2025-05-30", "2025-06-30"),
    ("answer", "2025-09-26", "2025-10-30"),
    ("completion", "2025-09-28", "2025-10-14"),
    ("answer", "2026-01-01", "2026-01-29"),
    ("publication", "2026-01-30", "2026-03-05"),
    ("answer", "2026-02-13", "2026-03-19"),
    ("completion", "2026-02-14", "2026-03-03"),
    ("third", "2026-04-30", "2026-05-25"),
    ("answer", "2026-09-18", "2026-10-22"),
    ("publication", "2026-11-30", "2026-12-28"),
)
# Put off by 20 more working days: (received, last day).
EXTENDED = (
    ("2019-04-15", "2019-06-12"),
    ("2021-09-03", "2021-11-04"),
    ("2025-01-02", "2025-03-05"),
    ("2026-01-23", "2026-03-26"),
)
# The clock stood while a third party was asked: (received, asked, answered, last day).
STOPPED = (
    ("2020-01-06", "2020-01-16", "2020-02-10", "2020-02-26"),
    ("2023-09-18", "2023-09-27", "2023-10-12", "2023-10-31"),
    ("2025-01-13", "2025-01-24", "2025-02-07", "2025-02-21"),
    ("2026-02-02", "2026-02-12", "2026-03-03", "2026-03-19"),
    ("2024-04-22", "2024-04-27", "2024-05-10", "2024-05-31"),
)
# A completion was asked for: (received, asked, completed, last day).
COMPLETED = (
    ("2022-01-24", "2022-01-29", "2022-02-11", "2022-03-11"),
    ("2024-09-25", "2024-09-29", "2024-10-12", "2024-11-08"),
    ("2026-04-28", "2026-04-30", "2026-05-09", "2026-06-05"),
)


def deadline_of(rule: str, application: Application, *, today: str = "2026-12-30"):
    """Return the one deadline of a rule."""
    found = application_deadlines([application], Asked(CALENDAR, DAY(today), "台账.csv"))
    return next(one for one in found if one.rule.code == rule)


def test_there_are_sixty_cases() -> None:
    assert len(SIMPLE) + len(EXTENDED) + len(STOPPED) + len(COMPLETED) >= 60


@pytest.mark.parametrize("year", NOTICES)
def test_the_calendar_is_that_of_the_notice(year: int) -> None:
    _, ranges, weekends = NOTICES[year]
    off, working = set(), {DAY(f"{year}-{each}") for each in weekends.split()}
    for each in ranges.split():
        first, _, last = each.partition("/")
        day, end = DAY(f"{year}-{first}"), DAY(f"{year}-{last or first}")
        while day <= end:
            off.add(day)
            day += datetime.timedelta(days=1)
    days = [Date(year, 1, 1) + datetime.timedelta(days=number) for number in range(365)]
    told = [day for day in days if day in working or (day not in off and day.weekday() < 5)]
    assert [day for day in days if CALENDAR.is_workday(day)] == told


@pytest.mark.parametrize(("kind", "start", "last"), SIMPLE)
def test_a_deadline_ends_on_its_day(kind: str, start: str, last: str) -> None:
    if kind == "publication":
        entry = Entry("a", "1", 0, "通知", "某局", start[:4], start, last, ())
        found = entry_deadline(entry, CALENDAR, today=DAY(last))
    elif kind == "completion":
        found = deadline_of(
            "deadline.completion", Application("1", "自然人", DAY(start), completion_asked_on=DAY(last))
        )
    elif kind == "third":
        application = Application("1", "自然人", DAY(start), third_party_asked_on=DAY(start))
        found = deadline_of("deadline.third-party", application, today=start)
    else:
        found = deadline_of("deadline.answer", Application("1", "自然人", DAY(start)), today=last)
    assert found.due_on == DAY(last)
    assert found.state is not DeadlineState.LATE


@pytest.mark.parametrize(("start", "last"), EXTENDED)
def test_an_extended_answer_has_forty_days(start: str, last: str) -> None:
    assert deadline_of("deadline.answer", Application("1", "自然人", DAY(start), extended=True)).due_on == DAY(last)


@pytest.mark.parametrize(("start", "asked", "answered", "last"), STOPPED)
def test_the_time_of_a_third_party_does_not_count(start: str, asked: str, answered: str, last: str) -> None:
    application = Application(
        "1", "自然人", DAY(start), third_party_asked_on=DAY(asked), third_party_answered_on=DAY(answered)
    )
    assert deadline_of("deadline.answer", application).due_on == DAY(last)


@pytest.mark.parametrize(("start", "asked", "completed", "last"), COMPLETED)
def test_a_completion_begins_the_time_anew(start: str, asked: str, completed: str, last: str) -> None:
    application = Application("1", "自然人", DAY(start), completion_asked_on=DAY(asked), completed_on=DAY(completed))
    assert deadline_of("deadline.answer", application).due_on == DAY(last)


def test_a_day_too_late_is_late_and_says_by_how_many_working_days() -> None:
    # 2025-09-26: the last day is 10-30; answered on Monday 11-03 it is two working days late.
    application = Application("1", "自然人", DAY("2025-09-26"), DAY("2025-11-03"), "3.1")
    found = deadline_of("deadline.answer", application)
    assert (found.state, found.days) == (DeadlineState.LATE, 2)


def test_what_is_due_by_sunday_is_due_this_week() -> None:
    application = Application("1", "自然人", DAY("2026-10-09"))  # last day: Friday 2026-11-06
    states = {day: deadline_of("deadline.answer", application, today=day).state for day in ("2026-10-30", "2026-11-02")}
    assert list(states.values()) == [DeadlineState.OPEN, DeadlineState.DUE]


def test_the_clock_stands_while_a_third_party_is_asked_and_goes_on_when_its_time_is_over() -> None:
    application = Application("1", "自然人", DAY("2025-03-03"), third_party_asked_on=DAY("2025-03-10"))
    waiting = deadline_of("deadline.answer", application, today="2025-03-20")
    assert (waiting.state, waiting.due_on) == (DeadlineState.WAITING, None)
    assert "2025-03-10" in waiting.reason
    # 15 working days after 03-10 end on 03-31; 5 of 20 days were used, the other 15 end on 04-22 (清明 04-04).
    over = deadline_of("deadline.answer", application, today="2025-04-25")
    assert (over.state, over.due_on) == (DeadlineState.LATE, DAY("2025-04-22"))


def test_an_unknown_year_is_said_and_never_guessed() -> None:
    with pytest.raises(UnknownYearError, match="2027"):
        CALENDAR.add_workdays(DAY("2026-12-10"), 20)
    found = deadline_of("deadline.answer", Application("1", "自然人", DAY("2026-12-10")))
    assert (found.state, found.due_on) == (DeadlineState.UNKNOWN, None)
    assert "2027年" in found.reason


def test_a_file_of_the_office_adds_a_year(tmp_path: Path) -> None:
    path = tmp_path / "节假日.json"
    days = {"source": "国务院办公厅关于2027年部分节假日安排的通知", "off": ["2027-01-01"], "working": ["2027-01-03"]}
    path.write_text(json.dumps({"years": {"2027": days}}), "utf-8")
    calendar = load_calendar(str(path))
    assert calendar.is_workday(DAY("2027-01-03"))
    assert not calendar.is_workday(DAY("2027-01-01"))
    # 2026-12-31 is a Thursday: Friday off, Sunday worked.
    assert calendar.add_workdays(DAY("2026-12-31"), 1) == DAY("2027-01-03")


@pytest.mark.parametrize("text", ["{}", "[]", '{"years": {"2027": {"off": [], "working": []}}}', '{"years": {"x": 1}}'])
def test_a_wrong_file_of_days_stops_the_start_with_the_name_of_the_setting(text: str, tmp_path: Path) -> None:
    path = tmp_path / "节假日.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="GONGKAI_OFFICE_HOLIDAYS"):
        load_calendar(str(path))


@pytest.mark.parametrize(
    ("signed", "published", "reason"),
    [
        (None, "2025-01-02", "没有成文日期"),
        ("2025-01", "2025-02-02", "只写到「2025-01」"),
        ("2025-01-02", None, "没有发布日期"),
        ("2025-03-02", "2025-01-02", "早于成文日期"),
        ("2003-12-30", "2004-01-05", "没有2003年的节假日安排"),
    ],
)
def test_what_cannot_be_told_says_why(signed: str | None, published: str | None, reason: str) -> None:
    entry = Entry("a", "1", 0, "通知", "某局", "", signed, published, ())
    found = entry_deadline(entry, CALENDAR, today=DAY("2026-11-29"))
    assert found.state is DeadlineState.UNKNOWN
    assert reason in found.reason


@pytest.mark.parametrize(
    "application",
    [
        Application("1", "自然人", DAY("2025-03-03"), DAY("2025-03-10"), "3.1", completed_on=DAY("2025-03-05")),
        Application("1", "自然人", DAY("2025-03-03"), third_party_asked_on=DAY("2025-03-01")),
        Application(
            "1", "自然人", DAY("2025-03-03"), DAY("2025-03-10"), "3.1", third_party_answered_on=DAY("2025-03-05")
        ),
    ],
)
def test_dates_that_contradict_each_other_are_said(application: Application) -> None:
    found = deadline_of("deadline.answer", application)
    assert found.state is DeadlineState.UNKNOWN
    assert "日期" in found.reason


def test_every_deadline_rests_on_its_paragraph() -> None:
    paragraphs = {rule.code: rule.bases[0].paragraph for rule in rules.DEADLINE_RULES}
    assert paragraphs == {
        "deadline.publication": "第二十六条",
        "deadline.answer": "第三十三条",
        "deadline.completion": "第三十条",
        "deadline.third-party": "第三十二条",
    }
