"""The whole application in a process of its own, with a small library: what a browser is pointed at."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from ops.testservers import free_port
from schemas.access import Scope
from schemas.records import document_id
from workers.settings import environment_with

PATIENCE_SECONDS = 90.0
# The API and workers are started at once; on a machine with much else to do each loads its modules for a minute.
START_SECONDS = 300.0
HOSTILE = '某市"><img src=x onerror=document.title=1>2020年政务公开工作报告'
REPORT = """\
某市水利局{year}年政务公开工作总结

一、主动公开情况
全年主动公开政府信息{many}条，其中规范性文件{few}件。

二、依申请公开情况
全年受理申请{few}件，均已答复。第{year}号水库的资料已经归档。

某市水利局
{year}年12月20日
"""
LETTER = """\
某市教育局政府信息公开申请答复书

张某：
本局于2024年1月8日收到您的申请。经检索，该政府信息不存在。

某市教育局
2024年3月5日
"""
TEXTS = {
    "教育局/答复书.txt": LETTER,
    "敌意/标题.txt": f"{HOSTILE}\n\n一、总体情况\n<script>document.title=2</script>银杏工程已经完成。\n",
    **{f"水利局/{year}.txt": REPORT.format(year=year, many=year - 1900, few=year - 2000) for year in range(2008, 2024)},
}
SAMPLE = "samples/牡丹江市残联2010年政务公开工作总结.txt"
PINYIN = "samples/开展政务公开的意义.txt"
SAMPLES = 10  # articles in those samples that can be read, at least
LOCKED = "samples/加密的报告.pdf"


@dataclass(frozen=True)
class Site:
    """Where it answers, where its inbox lies, a key that may upload, one that may operate, one that may do all."""

    url: str
    inbox: Path
    key: str
    operator: str
    everything: str

    def page(self, key: str, query: str = "") -> str:
        """Return the address of a document's page."""
        return f"{self.url}d/{document_id(key)}{query}"


def chromium() -> str | None:
    """Return where this machine's Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def print_page(page: Path, pdf: Path) -> None:
    """Print an HTML file as a PDF, as Chromium does."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")
    command = [str(chromium()), *flags, f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Run the application over the library until the block ends."""
    port = free_port()
    variables = {"GONGKAI_DATA_DIR": str(folder), "GONGKAI_API_PORT": str(port)}
    inbox = folder / "inbox"
    for name, text in TEXTS.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ops.cli"]
    environment = environment_with(variables)
    keys = [_key(command, environment, *scopes) for scopes in (("write",), ("operate",), tuple(Scope))]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "run", "--samples"], env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}/"
        until(lambda: _indexed(url) >= len(TEXTS) + SAMPLES, "the library to be searchable", folder / "log")
        yield Site(url, inbox, *keys)
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def running_servers(variables: dict[str, str], folder: Path) -> Iterator[Site]:
    """Run workers and API on the servers that the settings name until the block ends; the library is empty."""
    environment = environment_with(variables)
    command = [sys.executable, "-m", "ops.cli"]
    keys = [_key(command, environment, *scopes) for scopes in (("write",), ("operate",), tuple(Scope))]
    log = folder / "log"
    with log.open("wb") as output:
        started = [
            subprocess.Popen([*command, *words], env=environment, stdout=output, stderr=output)
            for words in (("api",), ("worker", "--concurrency", "1"))
        ]
    try:
        url = f"http://127.0.0.1:{variables['GONGKAI_API_PORT']}/"
        until(lambda: _answers(url), "the API to answer", log, patience=START_SECONDS)
        yield Site(url, folder, *keys)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def _answers(url: str) -> bool:
    try:
        found(url)
    except OSError:
        return False
    return True


def put(site: Site, key: str, data: bytes) -> None:
    """Upload a file and wait for its outcome."""
    sent = {"Authorization": f"Bearer {site.everything}", "Content-Type": "application/octet-stream"}
    request = Request(f"{site.url}v1/uploads?{urlencode({'key': key})}", data, sent)
    with urlopen(request) as answer:
        batch = json.load(answer)["batch"]

    def ended() -> bool:
        with urlopen(Request(f"{site.url}v1/uploads/{batch}", headers=sent)) as state:
            return int(json.load(state)["left"]) == 0

    until(ended, f"{key} to be processed", site.inbox, patience=START_SECONDS)


def _key(command: list[str], environment: dict[str, str], *scopes: str) -> str:
    given = [word for scope in scopes for word in ("--scope", scope)]
    made = subprocess.run(
        [*command, "key", "create", f"browser {' '.join(scopes)}", *given, "--json"],
        env=environment, capture_output=True, check=True,
    )  # fmt: skip
    return str(json.loads(made.stdout)["key"])


def until(true: Callable[[], bool], what: str, log: Path, *, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until something is true; fail with what was waited for."""
    end = time.monotonic() + patience
    while not true():
        if time.monotonic() > end:
            said = log.read_text("utf-8", "replace")[-2000:] if log.is_file() else ""
            raise AssertionError(f"waited {patience:.0f} s for {what}\n{said}")
        time.sleep(0.1)


def found(url: str, **asked: str) -> int:
    """Return how many documents a search finds, reprints too."""
    with urlopen(f"{url}v1/search?{urlencode({'fold': '0', **asked})}") as answer:
        return int(json.load(answer)["documents"])


def _indexed(url: str) -> int:
    try:
        return found(url)
    except OSError:
        return 0
