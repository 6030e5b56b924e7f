"""Every command of the README and of docs/ is run here as it stands there."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import ops
from ops.testservers import Server, free_port
from ops.testservers.process import wait_until
from search.office.form.html_page import html_page
from tests.support.annual_faults import faults
from tests.support.annual_reports import right_form
from tests.support.application_records import csv_bytes, register, xlsx_bytes
from tests.support.standard_catalogue import docx_table
from workers.settings import environment_with

ROOT = Path(__file__).parent.parent
SAMPLES = Path(ops.__file__).parent / "samples"
FENCE = re.compile(r"^```sh( service)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECONDS = 120
# Dozens of commands, each a process of its own: minutes where others work beside it.
pytestmark = pytest.mark.timeout(1200)


def commands(document: str, *, services: bool = False) -> list[str]:
    """Return the lines of the fences of a document: those that end by themselves, or the services."""
    text = (ROOT / document).read_text("utf-8")
    fences = [body for service, body in FENCE.findall(text) if bool(service) is services]
    return [line for body in fences for line in body.splitlines() if line.strip()]


def environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return environment_with({"PATH": path, "GONGKAI_DATA_DIR": str(folder / "data"), **variables})


def run(line: str, folder: Path, variables: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: PLW1510 - the return code is what is tested
        shlex.split(line, comments=True),
        cwd=folder,
        env=environment(folder, variables),
        capture_output=True,
        timeout=SECONDS,
    )
    expected = int(found[1]) if (found := re.search(r"# exit code (\d)", line)) else 0
    assert done.returncode == expected, f"{line}: {done.stderr.decode()}\n{done.stdout.decode()}"


def with_files(folder: Path) -> Path:
    """Put the files there that the documents speak of."""
    shutil.copy(SAMPLES / "三垟街道2008年政府信息公开工作总结.docx", folder / "报告.docx")
    (folder / "文件夹").mkdir()
    shutil.copy(SAMPLES / "政务公开工作要点.pdf", folder / "文件夹")
    return folder


def with_office_files(folder: Path) -> None:
    """Put the files there that docs/office.md speaks of."""
    (folder / "年报.html").write_text(html_page(right_form()), "utf-8")
    (folder / "有误的年报.html").write_text(faults()[0].html(), "utf-8")
    (folder / "台账.csv").write_bytes(csv_bytes(register()))
    (folder / "台账.xlsx").write_bytes(xlsx_bytes())
    (folder / "问题.txt").write_text("一是公开不够及时，二是解读不够深入。下一步将加强培训。", "utf-8")
    (folder / "待发布.txt").write_text("某市人民政府公告\n\n经办人身份证号：110105199003070033。\n", "utf-8")
    shutil.copy(ROOT / "search/office/assessment/rules.toml", folder / "规则.toml")
    (folder / "标准目录.docx").write_bytes(docx_table())
    (folder / "栏目.json").write_text('{"columns": [{"name": "年度报告", "words": ["年度报告"]}]}', "utf-8")
    (folder / "单位.csv").write_text("单位,上级,类型\n测试市,,政府\n", "utf-8")


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    with_files(tmp_path)
    lines = commands("README.md")
    assert len(lines) >= 5
    for line in lines:
        run(line, tmp_path, {})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files docs/office.md speaks of, and an index of the samples."""
    folder = with_files(tmp_path_factory.mktemp("office"))
    with_office_files(folder)
    run("gongkai run --samples --once", folder, {})
    return folder


def office_parts() -> list[str]:
    """Return the heads of the parts of docs/office.md that have commands."""
    parts = re.split("^## ", (ROOT / "docs/office.md").read_text("utf-8"), flags=re.MULTILINE)
    return [part.partition("\n")[0] for part in parts[1:] if FENCE.search(part)]


@pytest.mark.parametrize("head", office_parts())
def test_the_commands_of_the_offices_page_work(office: Path, head: str) -> None:
    part = (ROOT / "docs/office.md").read_text("utf-8").partition(f"## {head}\n")[2].partition("\n## ")[0]
    lines = [line for _, body in FENCE.findall(part) for line in body.splitlines() if line.strip()]
    assert lines
    for line in lines:
        run(line, office, {})


def test_the_commands_of_the_tutorial_work_in_their_order(tmp_path: Path) -> None:
    lines = commands("docs/tutorial.md")
    assert len(lines) >= 15
    for line in lines:
        run(line, tmp_path, {})
    for line in commands("docs/tutorial.md", services=True):
        port = free_port()
        with service(line, tmp_path, {"GONGKAI_API_PORT": str(port)}):
            assert wait_until(lambda port=port: socket.socket().connect_ex(("127.0.0.1", port)) == 0, seconds=60)


def test_make_run_once_ends_well_when_every_sample_did(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: PLW1510 - the return code is what is tested
        ["make", "run", "ARGS=--once"], cwd=ROOT, env=environment(tmp_path, {}), capture_output=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_both_set_up_commands_are_the_readmes_first_and_ci_runs_the_second() -> None:
    shown = re.findall(r"^    (make \w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert shown == ["make run", "make test"]
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_make_help_lists_every_target() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert [target for target in targets if f"make {target}" not in listed] == []


@contextmanager
def service(line: str, folder: Path, variables: dict[str, str]) -> Iterator[None]:
    """Run a service until the block ends; it must not have ended before, and must end well when told to."""
    process = subprocess.Popen(shlex.split(line), cwd=folder, env=environment(folder, variables))
    try:
        yield
        assert process.poll() is None, f"{line} ended by itself"
    finally:
        process.terminate()
        process.wait(SECONDS)
    assert process.returncode == 0, f"{line} ended with {process.returncode}"


def test_the_services_of_the_interface_guide_start_and_end_well(tmp_path: Path) -> None:
    lines = commands("docs/interface.md", services=True)
    assert lines
    for line in lines:
        port = free_port()
        with service(line, tmp_path, {"GONGKAI_MCP_PORT": str(port)}):
            assert wait_until(lambda port=port: socket.socket().connect_ex(("127.0.0.1", port)) == 0, seconds=60)


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_the_commands_of_the_operators_guide_work_on_the_servers(
    tmp_path: Path, redis_db: str, s3_server: Server, s3_bucket: str, index_prefix: str, elasticsearch_url: str
) -> None:
    address = urlsplit(s3_server.url).netloc
    variables = {
        "GONGKAI_BROKER_URL": redis_db,
        "GONGKAI_INDEX_URL": elasticsearch_url,
        "GONGKAI_INDEX_PREFIX": index_prefix,
        "GONGKAI_OBJECTS_URL": f"s3://{address}/{s3_bucket}",
        "GONGKAI_DERIVED_URL": f"s3://{address}/{s3_bucket}-derived",
        "GONGKAI_S3_ACCESS_KEY": s3_server.access_key,
        "GONGKAI_S3_SECRET_KEY": s3_server.secret_key,
        "GONGKAI_API_PORT": "0",
    }
    with_files(tmp_path)
    first, *others = commands("docs/operation.md")
    run(first, tmp_path, variables)
    with ExitStack() as stack:
        for line in commands("docs/operation.md", services=True):
            stack.enter_context(service(line, tmp_path, variables))
        for line in others:
            run(line, tmp_path, variables)
        time.sleep(1)
