"""A reader that runs the program its document names, in the child of a sandbox."""

import sys
from pathlib import Path

from schemas.blocks import Block, Converted
from schemas.limits import Limits
from workers.confinement.external_program import run_program

PROGRAMS = {
    "missing": ("no-such-program",),
    "good": (sys.executable, "-c", "import os; print(os.getcwd(), os.environ['HOME'], os.environ.get('EXTRA'))"),
    "bad": (sys.executable, "-c", "import sys; sys.exit('no such font')"),
    "killed": (sys.executable, "-c", "import os; os.abort()"),
    "floods": ("yes",),
}
SLEEP = "import time, subprocess, sys; {more}; time.sleep(1000)"
AGAIN = (
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)']); open('pid', 'w').write(str(p.pid))"
)


def convert(
    path: Path, *, hint: str, workdir: Path, passwords: tuple[str, ...] = (), limits: Limits | None = None
) -> Converted:
    arguments = PROGRAMS.get(path.read_text()) or (sys.executable, "-c", SLEEP.format(more=AGAIN))
    output = run_program(arguments, workdir=workdir, seconds=2, purpose="reading this", environment={"EXTRA": "1"})
    return Converted(format="txt", blocks=(Block(text=output.out.decode()), Block(text=str(workdir))))
