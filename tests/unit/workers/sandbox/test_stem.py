"""The children of a worker each have a fork server of their own, forked from one process that has all imported."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from schemas.limits import Limits
from workers.sandbox import prestart
from workers.sandbox.client import Sandbox


@pytest.fixture
def stem() -> Iterator[psutil.Process]:
    before = set(psutil.Process().children())
    prestart.plant()
    (process,) = set(psutil.Process().children()) - before
    yield process
    _, control = prestart._stems.pop()
    control.close()
    assert process.wait(20) in {0, -signal.SIGKILL, None}


def converted(sandbox: Sandbox, path: Path) -> str:
    path.write_text("关于印发的通知\n一、总则\n")
    return sandbox.convert(path, hint="txt").converted.blocks[0].text


def test_each_sandbox_has_a_fork_server_of_its_own_from_the_stem(stem: psutil.Process, tmp_path: Path) -> None:
    sandboxes = [Sandbox(Limits(), folder=tmp_path) for _ in range(2)]
    assert [converted(one, tmp_path / "公告.txt") for one in sandboxes] == ["关于印发的通知"] * 2
    servers = stem.children()
    assert len(servers) == 2
    assert {os.getsid(one.pid) for one in servers} == {one.pid for one in servers}
    sandboxes[0].close()
    assert len(stem.children()) == 1
    assert converted(sandboxes[1], tmp_path / "公告.txt") == "关于印发的通知"
    sandboxes[1].close()
    assert stem.children() == []


def test_a_fork_server_that_was_killed_is_replaced_from_the_stem(stem: psutil.Process, tmp_path: Path) -> None:
    sandbox = Sandbox(Limits(), folder=tmp_path)
    assert converted(sandbox, tmp_path / "公告.txt") == "关于印发的通知"
    (first,) = stem.children()
    first.kill()
    first.wait(20)
    assert converted(sandbox, tmp_path / "公告.txt") == "关于印发的通知"
    assert [one.pid for one in stem.children()] != [first.pid]
    sandbox.close()


def test_without_its_stem_a_sandbox_starts_a_fork_server_itself(stem: psutil.Process, tmp_path: Path) -> None:
    stem.kill()
    sandbox = Sandbox(Limits(), folder=tmp_path)
    assert converted(sandbox, tmp_path / "公告.txt") == "关于印发的通知"
    sandbox.close()
