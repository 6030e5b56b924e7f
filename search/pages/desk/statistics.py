"""``/office/statistics``: numbers that documents state, filtered, over the years, and as CSV."""

from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.queries import StatisticsQuery
from search.http.auth import services_of
from search.pages.desk.chart import HEIGHT, WIDTH, trend
from search.pages.desk.trends import Series, choose_series, count_series, figures_by_year, series_of
from search.pages.form import read_year
from search.pages.render import page

router = APIRouter(prefix="/statistics", default_response_class=HTMLResponse)

READ, LISTED, OFFERED = 20_000, 100, 12
MAX_LENGTH = 200


@router.get("")
def statistics_page(
    request: Request, subject: str = "", measure: str = "", unit: str = "", issuer: str = "", year: str = ""
) -> HTMLResponse:
    """Show the statistics that meet the conditions, and the most frequent series of them as a chart."""
    subject, measure, unit, issuer = (text.strip()[:MAX_LENGTH] for text in (subject, measure, unit, issuer))
    asked = StatisticsQuery(
        subject=subject or None, measure=measure or None, issuer=issuer or None, year=read_year(year), prefix=None
    )
    rows = list(islice(services_of(request).index.statistics(asked), READ + 1))
    counted = count_series(rows[:READ])
    chosen = choose_series(counted, subject=subject, measure=measure, unit=unit)
    figures = figures_by_year(rows[:READ], chosen) if chosen else []
    shown = [row for row in rows[:READ] if series_of(row) == chosen]
    return page(
        "office/statistics.html",
        subject=subject,
        measure=measure,
        issuer=issuer,
        year=year.strip()[:5],
        csv=f"/v1/statistics?{_given(subject=subject, measure=measure, issuer=issuer, year=str(asked.year or ''))}",
        count=len(rows[:READ]),
        cut=len(rows) > READ,
        chosen=chosen,
        offered=[(one, number, _address(one, issuer)) for one, number in counted[:OFFERED]],
        others=max(len(counted) - OFFERED, 0),
        figures=figures,
        trend=trend(figures),
        width=WIDTH,
        height=HEIGHT,
        rows=sorted(shown, key=lambda row: -(row.year or 0))[:LISTED],
        shown=len(shown),
        here="office",
    )


def _address(series: Series, issuer: str) -> str:
    given = _given(subject=series.subject, measure=series.measure, unit=series.unit, issuer=issuer)
    return f"/office/statistics?{given}"


def _given(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
