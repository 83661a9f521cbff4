"""`python -m lianxin`: a command, or the window when none is named."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs what the command line asks for and returns the exit status."""
    from lianxin.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
