"""``python -m ops.bench.page_paint``: what a browser does with the page of a long law, and how large pages are.

Serves a made law of 1,260 articles in an embedded system of its own, opens its page in Chromium (Playwright, which the
development packages bring), and scrolls through text and outline. Paint and long tasks are as the browser counts them
(W3C Paint Timing, Long Tasks API).
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.error import URLError
from urllib.request import urlopen

import typer

from ops.testservers import free_port
from schemas.environment import environment_with
from schemas.records import document_id

ARTICLES, PER_CHAPTER = 1260, 60
KEY = "法律/测试法.txt"
PATIENCE_SECONDS = 120.0
_SENTENCE = (
    "民事主体从事本条所称第{0}类活动，应当遵循公开、公平、诚信的原则，合理确定各方的权利和义务，并依法承担责任；"
    "法律另有规定的，依照其规定。"
)
# Run in the page: collects tasks of more than 50 ms, the least that a browser reports.
_WATCH = """window.long = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => long.push(entry.duration)))
  .observe({type: "longtask", buffered: true});
"""
_SCROLL = """async () => {
  const before = long.length, steps = 60, page = document.documentElement, outline = document.getElementById("outline");
  const frame = () => new Promise(requestAnimationFrame);
  for (let n = 1; n <= steps; n += 1) { outline.scrollTop = outline.scrollHeight * n / steps; await frame(); }
  for (let n = 1; n <= steps; n += 1) { scrollTo(0, page.scrollHeight * n / steps); await frame(); }
  await new Promise(done => setTimeout(done, 300));
  return long.slice(before);
}"""
_TIMES = """() => {
  const named = (kind, name) => performance.getEntriesByType(kind).find(entry => !name || entry.name === name);
  const opened = named("navigation");
  return [opened.responseStart, opened.responseEnd, named("paint", "first-contentful-paint").startTime];
}"""


def numeral(number: int) -> str:
    """Return a number below 10,000 in Chinese, as laws count their articles: 一千二百六十."""
    digits, text, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap else "") + digits[digit] + name
        gap = bool(text) and not digit and number > 0
    return text.removeprefix("一") if text.startswith("一十") else text


def law(articles: int = ARTICLES) -> str:
    """Return a made law with a chapter every 60 articles."""
    lines = ["中华人民共和国测试法", ""]
    for number in range(1, articles + 1):
        if number % PER_CHAPTER == 1:
            lines += [f"第{numeral(number // PER_CHAPTER + 1)}章　第{number // PER_CHAPTER + 1}类规定", ""]
        lines.append(f"第{numeral(number)}条　{_SENTENCE.format(number)}")
    return "\n".join(lines) + "\n"


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Serve the law from an embedded system and yield the address of its page."""
    port = free_port()
    (folder / "inbox" / KEY).parent.mkdir(parents=True)
    (folder / "inbox" / KEY).write_text(law(), encoding="utf-8")
    own = {"GONGKAI_DATA_DIR": str(folder), "GONGKAI_API_PORT": str(port)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.cli", "run"], env=environment_with(own), stdout=log, stderr=log
        )
    try:
        site = f"http://127.0.0.1:{port}"
        _wait(f"{site}/v1/documents/{document_id(KEY)}")
        yield f"{site}/d/{document_id(KEY)}"
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address):
                return
        except URLError:  # not up yet, or the law not indexed yet
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer within {PATIENCE_SECONDS:.0f} s")


def measure(address: str, chromium: str, *, rounds: int) -> dict[str, Any]:
    """Return sizes in bytes, and times in milliseconds, of opening a document's page and scrolling through it.

    Args:
        address: Of the page.
        chromium: Path of the browser.
        rounds: How often it is opened, each time in a browser that knows nothing of it.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a package of the developers' alone

    times, opening, scrolling = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
            page = context.new_page()
            page.add_init_script(_WATCH)
            page.goto(address, wait_until="load")
            times.append([round(at) for at in page.evaluate(_TIMES)])
            opening += page.evaluate("long")
            scrolling += page.evaluate(_SCROLL)
            context.close()
        browser.close()
    with urlopen(address) as answer:
        size = len(answer.read())
    return {
        "page_bytes": size,
        "response_begins_ms": [begins for begins, _, _ in times],
        "response_ends_ms": [ends for _, ends, _ in times],
        "first_paint_ms": [paint for _, _, paint in times],
        "longest_task_opening_ms": round(max(opening, default=0)),
        "longest_task_scrolling_ms": round(max(scrolling, default=0)),
    }


def main(
    chromium: Annotated[str, typer.Option(help="Name or path of the browser.")] = "chromium",
    rounds: Annotated[int, typer.Option(help="How often the page is opened.")] = 3,
) -> None:
    """Measure the page of a law of 1,260 articles in a browser.

    Raises:
        typer.BadParameter: There is no such browser.
    """
    path = shutil.which(chromium)
    if path is None:
        raise typer.BadParameter(f"{chromium} is not installed: apt-get install chromium", param_hint="--chromium")
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as address:
        typer.echo(json.dumps(measure(address, path, rounds=rounds)))


if __name__ == "__main__":
    typer.run(main)
