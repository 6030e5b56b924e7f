"""The command ``gongkai``: parses arguments, calls functions and turns their results into exit codes.

Each command imports heavy modules itself: ``gongkai extract`` on a small file must end within half a second.
"""

import gc
import sys

from workers.sandbox.prestart import begin

COLLECT_EVERY = 20_000


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:2] == ["extract"] and len(sys.argv) > 2 and not {"-h", "--help"} & set(sys.argv):
        begin()
    # The default threshold of 700 objects costs 10 % of the start and of the time a document takes.
    gc.set_threshold(COLLECT_EVERY, 10, 10)
    from ops.cli.app import app  # noqa: PLC0415  the package is also imported for its parts

    app(prog_name="gongkai")
