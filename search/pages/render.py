"""Render templates to HTML. Everything is escaped; marks come from character ranges, never from markup in the data."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from schemas.access import Scope
from schemas.anchors import section_anchor
from schemas.drawings import DRAWN_FORMATS
from schemas.glossary import CATEGORIES, CITED, ORIGINS, PLACES, ROLES, RULES, STAGES, STATES, label, place_of
from schemas.names import gap_after, join_number, readable
from schemas.queries import Snippet
from search.http.auth import Action, may_now
from search.pages.document import article_url
from search.pages.record_view import sureness
from search.query.hanzi import simplify
from search.query.parser import ParsedQuery
from search.results.highlight import whole

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# So many characters of a search go along to a document; each address of a page of results holds them.
MAX_CARRIED = 24
# So many paragraphs that were taken away one after the other are folded into a line.
FOLDED_FROM = 4

_NUMERIC = re.compile(r"[-+−–±≈<>≤≥¥￥$]?\s?\d[\d\s,，.．:：/∕()（）\-–—~～]{0,38}(?:[%％‰‱℃]|[一-鿿]{1,2})?")
_UNITS = ("B", "KB", "MB", "GB", "TB")

# Meaning of each status for a reader, and what to do about it.
ERRORS: dict[int, tuple[str, str]] = {
    400: ("请求有误", "请返回上一页重试。"),
    401: ("需要凭证", "此处只对持有访问凭证者开放。请填写有效的凭证。"),
    403: ("暂不公开", "该文件正在审核或未开放，审核通过后即可查阅。"),
    404: ("没有找到", "链接可能已失效，请重新检索。"),
    405: ("方式不支持", "此地址不支持这样访问。"),
    413: ("文件过大", "超出一次可上传的大小，请分几次上传。"),
    409: ("正在更新", "文件刚被更新，正在重新处理，请稍后再试。"),
    410: ("已经移除", "该文件已从文件库中移除。"),
    422: ("请求有误", "请检查填写的检索条件。"),
    503: ("暂时无法服务", "后台服务暂时无法连接，请稍后再试。"),
}
SCOPES = {Scope.READ: "查阅", Scope.WRITE: "写入", Scope.OPERATE: "运行", Scope.ADMIN: "管理凭证"}
_OTHER_ERROR = ("出错了", "系统已记录此错误，请稍后再试。")


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template of ``search/templates``."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(_shared() | values), status, headers=headers)


def page_from(folder: Path, template: str, **values: Any) -> HTMLResponse:
    """Render a template of another folder, which may extend those of ``search/templates``."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(_environment_with(folder).get_template(template).render(_shared() | values), headers=headers)


def _shared() -> dict[str, Any]:
    """Return what the head of every page depends on."""
    return {f"may_{scope}": may_now(scope) for scope in (Scope.WRITE, Scope.OPERATE, Scope.ADMIN)}


@lru_cache
def _environment_with(folder: Path) -> Environment:
    loaders = [FileSystemLoader(folder), FileSystemLoader(ROOT / "templates")]
    return _ENVIRONMENT.overlay(loader=ChoiceLoader(loaders))


def error_page(
    status: int, detail: str, *, back: str = "/", scope: Scope | None = None, action: Action | None = None
) -> HTMLResponse:
    """Return the error page: what is wrong and what to do.

    Args:
        status: HTTP status.
        detail: What is wrong with this request, for diagnosis.
        back: Path to open after signing in.
        scope: The scope that the caller's key lacks.
        action: The form to send on after signing in.
    """
    heading, advice = ERRORS.get(status, _OTHER_ERROR)
    if scope and status == HTTPStatus.FORBIDDEN:
        heading, advice = "权限不足", f"当前的凭证没有“{SCOPES[scope]}”权限，请换用有此权限的凭证。"
    phrase = HTTPStatus(status).phrase
    return page(
        "error.html",
        status,
        heading=heading,
        advice=advice,
        detail=detail,
        phrase=phrase,
        code=status,
        back=back,
        action=action,
        asks_key=status == HTTPStatus.UNAUTHORIZED or scope is not None,
    )


def find_words(text: str, words: ParsedQuery | None) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text of a document, each with whether the words of a search stand there."""
    if words is None:
        return iter(((text, False),))
    return segments(whole(simplify(text), text, words.marked, words.told_apart))


@lru_cache(maxsize=256)
def carry(q: str, joint: str = "&") -> str:
    """Return the words of a search as an address carries them on to a document; nothing if they are many."""
    return f"{joint}{urlencode({'q': q})}" if 0 < len(q) <= MAX_CARRIED else ""


def segments(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a snippet in order, each with whether it is marked; ranges are clipped to the text."""
    at = 0
    for start, end in snippet.marks:
        start, end = max(start, at), min(end, len(snippet.text))
        if start >= end:
            continue
        if start > at:
            yield snippet.text[at:start], False
        yield snippet.text[start:end], True
        at = end
    if at < len(snippet.text):
        yield snippet.text[at:], False


def file_size(size: int) -> str:
    """Format a number of bytes: ``3.4 MB``."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.1f} {_UNITS[unit]}" if unit and number < 10 else f"{number:.0f} {_UNITS[unit]}"


def day(value: str | None) -> str:
    """Format an ISO date, or a prefix of one, in Chinese: ``2011年1月13日``."""
    parts = (value or "").split("-")
    units = ("年", "月", "日")
    return "".join(f"{part.lstrip('0')}{unit}" for part, unit in zip(parts, units, strict=False) if part)


def number(value: int | float) -> str:
    """Format a number with thousands separators: ``274,477``, ``12.5``."""
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{value:,.1f}"


def is_numeric(cell: str) -> bool:
    """Tell whether a cell of a table holds a number, which stays on one line: ``128.5``, ``003060312320``, ``12 %``."""
    return _NUMERIC.fullmatch(cell) is not None


def moment(seconds: float) -> str:
    """Format a time in seconds since 1970 as local date and minute."""
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(segments=segments, size=file_size, day=day, moment=moment, label=label, number=number)
    environment.filters.update(sureness=sureness, article_url=article_url, readable=readable, place=place_of)
    environment.filters.update(under=join_number, gap=gap_after, numeric=is_numeric, found=find_words, carry=carry)
    environment.globals.update(STATES=STATES, CATEGORIES=CATEGORIES, STAGES=STAGES, RULES=RULES, ROLES=ROLES)
    environment.globals.update(section_anchor=section_anchor, DRAWN_FORMATS=DRAWN_FORMATS)
    environment.globals.update(FOLDED_FROM=FOLDED_FROM, ORIGINS=ORIGINS, PLACES=PLACES, CITED=CITED)
    environment.globals.update(style=_stamp("page.css"), script=_stamp("page.js"), upload_script=_stamp("upload.js"))
    return environment


def _stamp(name: str) -> str:
    """Return the URL of a static file, with a hash of its content so that browsers may cache it."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


_ENVIRONMENT = _environment()
