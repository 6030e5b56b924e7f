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
from urllib.request import urlopen

from ops.testservers import free_port
from schemas.access import Scope
from schemas.records import document_id
from workers.settings import environment_with

PATIENCE_SECONDS = 90.0
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


def _key(command: list[str], environment: dict[str, str], *scopes: str) -> str:
    given = [word for scope in scopes for word in ("--scope", scope)]
    made = subprocess.run(
        [*command, "key", "create", f"browser {' '.join(scopes)}", *given, "--json"],
        env=environment, capture_output=True, check=True,
    )  # fmt: skip
    return str(json.loads(made.stdout)["key"])


def until(true: Callable[[], bool], what: str, log: Path) -> None:
    """Wait until something is true; fail with what was waited for."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > end:
            raise AssertionError(
                f"waited {PATIENCE_SECONDS:.0f} s for {what}\n{log.read_text('utf-8', 'replace')[-2000:]}"
            )
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
