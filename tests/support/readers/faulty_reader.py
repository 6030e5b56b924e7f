"""A reader that fails in the way its document asks for: the document's text is the name of a function below."""

import ctypes
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from schemas.blocks import Block, Child, Converted
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from workers.confinement.progress import Progress


def convert(
    path: Path, *, hint: str, workdir: Path, passwords: tuple[str, ...] = (), limits: Limits | None = None
) -> Converted:
    name, _, argument = path.read_text().partition(" ")
    found = FAULTS[name](workdir, argument)
    return found if isinstance(found, Converted) else text(str(found or argument))


def text(content: str) -> Converted:
    return Converted(format="txt", blocks=(Block(text=content),))


def fine(workdir: Path, argument: str) -> str:
    return argument or "fine"


def tells_its_process(workdir: Path, argument: str) -> str:
    return str(os.getpid())


def spoils_the_next(workdir: Path, argument: str) -> str:
    FAULTS["fine"] = segfault
    return "spoilt"


def works(workdir: Path, argument: str) -> str:
    end = time.process_time() + float(argument)
    while time.process_time() < end:
        pass
    return "worked"


def segfault(workdir: Path, argument: str) -> None:
    ctypes.string_at(0)


def abort(workdir: Path, argument: str) -> None:
    os.abort()


def killed(workdir: Path, argument: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def exits(workdir: Path, argument: str) -> None:
    sys.exit(3)


def vanishes(workdir: Path, argument: str) -> None:
    print("last words", file=sys.stderr, flush=True)
    os._exit(7)


def loops(workdir: Path, argument: str) -> None:
    while True:
        pass


def sleeps(workdir: Path, argument: str) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(1000)


def goes_page_by_page(workdir: Path, argument: str) -> str:
    """Take 0.7 s for each of so many pages, and then for ever where that is asked for."""
    pages, _, end = argument.partition(" ")
    with Progress(workdir) as progress:
        for page in range(1, int(pages) + 1):
            progress.reach(page, int(pages))
            time.sleep(0.7)
        if end:
            time.sleep(1000)
    return "read"


def claims_pages_for_ever(workdir: Path, argument: str) -> None:
    for page in itertools.count(1):
        Progress(workdir).reach(page, 10**9)
        time.sleep(0.1)


def writes_nonsense_for_progress(workdir: Path, argument: str) -> str:
    (workdir / ".progress").write_bytes(b"\xff 1 2 3" * 1000)
    time.sleep(1.5)
    return "read"


def allocates(workdir: Path, argument: str) -> None:
    held = []
    while True:
        held.append(bytearray(1 << 20))


def starves_natively(workdir: Path, argument: str) -> None:
    """Use up memory as a native library does that aborts when it gets no more."""
    held = []
    try:
        while True:
            held.append(b"x" * (1 << 20))
    except MemoryError:
        os.abort()


def writes_one_file(workdir: Path, argument: str) -> None:
    with (workdir / "out").open("wb") as file:
        while True:
            file.write(bytes(1 << 20))


def writes_many_files(workdir: Path, argument: str) -> None:
    number = 0
    while True:
        number += 1
        (workdir / str(number)).write_bytes(bytes(1 << 20))
        time.sleep(0.01)


def returns_too_much(workdir: Path, argument: str) -> str:
    return "长" * 2_000_000


def leaves_grandchildren(workdir: Path, argument: str) -> None:
    """Start a program in a process group and one in a session of its own, say which, and hang."""
    sleep = [sys.executable, "-c", "import time; time.sleep(1000)"]
    started = [subprocess.Popen(sleep, process_group=0), subprocess.Popen(sleep, start_new_session=True)]
    (workdir / "pids").write_text(" ".join(map(str, (os.getpid(), *(process.pid for process in started)))))
    time.sleep(1000)


def leaves_orphans_and_returns(workdir: Path, argument: str) -> str:
    """Start a daemon in the old way, with a child of its own, and be done."""
    pids = workdir / "pids"
    pids.touch()
    daemon = f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} ')"
    script = f"import os, sys, time; os.fork() and sys.exit(); os.setsid(); os.fork(); {daemon}; time.sleep(1000)"
    subprocess.run([sys.executable, "-c", script], check=True)
    while len(pids.read_text().split()) < 2:
        time.sleep(0.01)
    return pids.read_text()


def prints(workdir: Path, argument: str) -> str:
    for _ in range(100):
        os.write(1, b"noise " * 170_000)
        os.write(2, b"noise\n" * 5_000)
    return "printed"


def raises(workdir: Path, argument: str) -> None:
    raise KeyError("a missing thing")


def refuses(workdir: Path, argument: str) -> None:
    raise DocumentError(Category.ENCRYPTED, "needs a password", page=3)


def raises_with_half_a_character(workdir: Path, argument: str) -> None:
    raise ValueError("half of it: \ud842")


def recurses(workdir: Path, argument: str) -> None:
    recurses(workdir, argument)


def connects(workdir: Path, argument: str) -> str:
    """Return what each way to the network says."""
    host, _, port = argument.partition(":")
    said = []
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
        try:
            with socket.socket(family, socket.SOCK_STREAM if family != socket.AF_NETLINK else socket.SOCK_RAW) as plug:
                plug.connect((host, int(port)))
            said.append("connected")
        except OSError as error:
            said.append(type(error).__name__)
    return " ".join(said)


def joins_the_hosts_network(workdir: Path, argument: str) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        with Path(f"/proc/{argument}/ns/net").open() as namespace:
            return str(libc.setns(namespace.fileno(), 0))
    except PermissionError:
        return "-1"


def environment(workdir: Path, argument: str) -> str:
    return " ".join(os.environ)


def has_children(workdir: Path, argument: str) -> Converted:
    (workdir / "1").write_bytes(b"inside")
    (workdir / "link").symlink_to("/etc/passwd")
    names = ("1", "link", "../escape", "/etc/passwd", "missing")
    children = tuple(Child(path=f"in/{name}", size=6, stored=name) for name in names)
    return Converted(format="zip", blocks=(), container=True, children=children, children_expected=len(children))


FAULTS = {
    function.__name__: function
    for function in (
        fine,
        tells_its_process,
        spoils_the_next,
        works,
        goes_page_by_page,
        claims_pages_for_ever,
        writes_nonsense_for_progress,
        segfault,
        abort,
        killed,
        exits,
        vanishes,
        loops,
        sleeps,
        allocates,
        starves_natively,
        writes_one_file,
        writes_many_files,
        returns_too_much,
        leaves_grandchildren,
        leaves_orphans_and_returns,
        prints,
        raises,
        raises_with_half_a_character,
        refuses,
        recurses,
        connects,
        joins_the_hosts_network,
        environment,
        has_children,
    )
}
