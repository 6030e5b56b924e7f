"""A worker that is killed leaves no process and no folder behind."""

import subprocess
import sys
from pathlib import Path

import psutil

from tests.support.sandbox_faults import gone, wait_until
from workers.sandbox.folders import OwnedFolder, sweep

WORKER = """
import sys, threading
from pathlib import Path
from tests.support.sandbox_faults import Faults
faults = Faults(Path(sys.argv[1]))
faults.check_fine()
threading.Thread(target=faults.convert, args=("sleeps",)).start()
faults.convert("leaves_grandchildren")
"""


def _below(pid: int) -> list[int]:
    return [process.pid for process in psutil.Process(pid).children(recursive=True)]


def test_a_killed_worker_leaves_nothing(tmp_path: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{WORKER}", str(tmp_path)]
    )
    wait_until(lambda: any(len(pids.read_text().split()) == 3 for pids in tmp_path.glob("sandbox/*/*/pids")))
    wait_until(lambda: len(_below(worker.pid)) == 5)
    processes = _below(worker.pid)
    worker.kill()
    worker.wait()
    wait_until(lambda: all(map(gone, processes)))
    wait_until(lambda: list((tmp_path / "sandbox").iterdir()) == [])


def test_the_folder_of_a_worker_and_a_server_killed_at_once_goes_with_the_next_start(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from workers.sandbox.folders import OwnedFolder\n"
    script += (
        "OwnedFolder(Path(sys.argv[1])).add().joinpath('file').touch(); print('made', flush=True); sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    worker = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], **pipes)
    assert worker.stdout is not None
    assert worker.stdin is not None
    assert worker.stdout.readline() == b"made\n"
    (left,) = tmp_path.iterdir()
    sweep(tmp_path)
    assert left.is_dir()
    worker.kill()
    worker.communicate()
    folder = OwnedFolder(tmp_path)
    assert list(tmp_path.iterdir()) == [folder.path]
    folder.close()
    assert list(tmp_path.iterdir()) == []
