"""A command that ends without the interpreter's clean-up still gives out all it printed, or says that it could not."""

import os
import subprocess
import sys
from pathlib import Path

# -E: an output that is not buffered has nothing left to give out.
PROGRAM = "import sys; from ops.cli.messages import leave; sys.stdout.write('x' * {size}); leave({code})"


def test_all_output_is_out_before_the_process_ends() -> None:
    command = [sys.executable, "-E", "-c", PROGRAM.format(size=300_000, code=3)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, len(done.stdout), done.stderr) == (3, 300_000, b"")


def test_a_reader_that_has_closed_the_pipe_makes_the_command_fail_without_a_traceback() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-E", "-c", PROGRAM.format(size=100, code=0)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_full_disk_is_no_success() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-E", "-c", PROGRAM.format(size=100, code=0)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode != 0
    assert b"No space left" in done.stderr
