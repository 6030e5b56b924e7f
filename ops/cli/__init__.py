"""The command ``gongkai``: parses arguments, calls functions and turns their results into exit codes.

Each command imports heavy modules itself: ``gongkai extract`` on a small file must end within half a second.
"""

import gc
import sys

from ops.cli.messages import exit_code, leave
from workers.runtime.character_classes import keep_classes

COLLECT_EVERY = 20_000


def main() -> None:
    """Run the command line and exit."""
    words = sys.argv[1:]
    extracts = words[:1] == ["extract"] and len(words) > 1 and not {"-h", "--help"} & set(words)
    if extracts:
        from workers.sandbox.prestart import begin  # noqa: PLC0415  the others start no process

        begin()
    keep_classes()
    # The default threshold of 700 objects costs 10 % of the start and of the time a document takes.
    gc.set_threshold(COLLECT_EVERY, 10, 10)
    if extracts and not any(word.startswith("-") for word in words):
        leave(_extract(words[1:]))
    from ops.cli.app import make_app  # noqa: PLC0415  the package is also imported for its parts

    app = make_app(*words[:1])
    try:
        app(prog_name="gongkai")
    except SystemExit as ended:
        if words[:1] == ["upload"] and isinstance(ended.code, int):
            leave(ended.code)
        raise


def _extract(paths: list[str]) -> int:
    """Extract files without Typer, whose import takes as long as the rest of this command."""
    from ops.cli.extract_paths import extract_paths  # noqa: PLC0415  as above

    return exit_code(lambda: extract_paths(paths))
