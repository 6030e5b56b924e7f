"""Servers built from a module of the Go proxy, once, into the cache; a failure is remembered for a day."""

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from ops.testservers.programs import find, lock
from ops.testservers.server import CannotRunError

REFUSAL_SECONDS = 24 * 3600


def build(cache: Path, name: str, module: str, version: str, *, package: str) -> Path:
    """Return the binary ``name`` of the cache; build it if missing.

    Args:
        cache: The cache folder.
        name: Name of the binary.
        module: Module path, without version.
        version: A version on the module proxy.
        package: Path inside the module: ``./weed``.

    Raises:
        CannotRunError: It cannot be built.
    """
    binary = cache / "bin" / name
    with lock(cache, name):
        if not binary.is_file():
            _build(cache, binary, f"{module}@{version}", package)
    return binary


def _build(cache: Path, binary: Path, module: str, package: str) -> None:
    refusal = cache / f"{binary.name}-refused.json"
    if refusal.is_file() and time.time() - refusal.stat().st_mtime < REFUSAL_SECONDS:
        raise CannotRunError(json.loads(refusal.read_text("utf-8")))
    compiler = find("go") or find("/usr/local/go/bin/go")
    if not compiler:
        raise CannotRunError(f"no Go compiler to build {binary.name} with")
    binary.parent.mkdir(parents=True, exist_ok=True)
    draft = binary.with_suffix(".new")
    try:
        folder = json.loads(_run([str(compiler), "mod", "download", "-json", module]))["Dir"]
        _run([str(compiler), "build", "-C", folder, "-ldflags", "-s -w", "-o", str(draft), package])
    except subprocess.CalledProcessError as error:
        last = (error.stderr or error.stdout or "").strip().split("\n")[-1].strip()
        refusal.write_text(json.dumps(reason := f"{module} cannot be built: {last}"), "utf-8")
        raise CannotRunError(reason) from error
    draft.rename(binary)


def _run(command: Sequence[str]) -> str:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
