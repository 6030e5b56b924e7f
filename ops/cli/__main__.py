"""Makes ``python -m ops.cli`` the same as ``gongkai``."""

from ops.cli import main

if __name__ == "__main__":
    main()
