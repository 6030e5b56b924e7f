"""Lets ``python -m ops.cli`` be the command."""

from ops.cli import main

if __name__ == "__main__":
    main()
