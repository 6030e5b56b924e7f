"""The whole program as a process of its own, as a shell starts it."""

import os
import subprocess
import sys
from pathlib import Path


def gongkai(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return subprocess.run(
        [sys.executable, "-m", "ops.cli", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**environment, "GONGKAI_DATA_DIR": str(folder / "data"), **variables},
        check=False,
    )
