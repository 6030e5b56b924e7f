"""The command ``gongkai``: from words on a command line to functions, and from what they return to exit codes.

Nothing heavy is imported before a command is known to need it: ``gongkai extract`` on a small file has to be done in
half a second.
"""

import gc
import sys

from workers.sandbox.prestart import begin

COLLECT_EVERY = 20_000


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:2] == ["extract"] and len(sys.argv) > 2 and not {"-h", "--help"} & set(sys.argv):
        begin()
    # The default of 700 new objects costs a tenth of a start and of a document's time.
    gc.set_threshold(COLLECT_EVERY, 10, 10)
    from ops.cli.app import app  # noqa: PLC0415  the package is also imported for its parts

    app(prog_name="gongkai")
