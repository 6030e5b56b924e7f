"""Finds the programs a server needs, or installs their Debian packages if this user may."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ops.testservers.server import CannotRunError

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
APT = ("apt-get", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


def find(program: str) -> Path | None:
    """Return the path of a program, also from folders that only an administrator's PATH contains."""
    found = shutil.which(program) or shutil.which(program, path=SYSTEM_PATH)
    return Path(found) if found else None


def require(programs: dict[str, str]) -> dict[str, Path]:
    """Return the path of each program; install the Debian packages of missing ones.

    Args:
        programs: Program → its Debian package.

    Raises:
        CannotRunError: One is missing and cannot be installed here.
    """
    if not all(map(find, programs)):
        # One at a time: apt-get waits for other installations, but not for another update of its lists.
        with lock(Path(tempfile.gettempdir()), f"gongkai-apt-{os.geteuid()}"):
            _install(sorted({package for program, package in programs.items() if not find(program)}))
    found = {program: path for program in programs if (path := find(program))}
    if missing := sorted(set(programs) - set(found)):
        raise CannotRunError(f"{', '.join(missing)} not found, though the packages are installed")
    return found


def _install(packages: Sequence[str]) -> None:
    if not packages:
        return
    wanted = " ".join(packages)
    if not find("apt-get") or os.geteuid() != 0:
        raise CannotRunError(f"missing packages: run `sudo apt-get install --no-install-recommends {wanted}`")
    install = [*APT, "install", *packages]
    # Try without an update first: fetching package lists takes longer than most installations.
    if _apt(install).returncode != 0:
        _apt([*APT, "update"])
        if (result := _apt(install)).returncode != 0:
            reason = (result.stderr.strip() or result.stdout.strip()).split("\n")[-1]
            raise CannotRunError(f"apt-get install {wanted} failed: {reason}")


def _apt(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
    return subprocess.run(
        [*environment, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@contextmanager
def lock(folder: Path, name: str) -> Iterator[None]:
    """Hold the cache folder for one builder of ``name`` at a time, over processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
