"""`python -m lianxin`: a command, or the window when none is named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianxin.bootstrap import App


def main() -> int:
    """Runs what the command line asks for and returns the exit status."""
    from lianxin.cli.main import run
    from lianxin.installed import allow_long_paths

    allow_long_paths()
    return run(sys.argv[1:], window=_show_window, prove_window=_prove_window)


def _show_window(home: Path, passphrase: str | None, file: Path | None) -> int:
    # Commands never load Qt: on a server it may not even be there.
    from lianxin.ui.main import run_window

    return run_window(home, passphrase, file)


def _prove_window(app: App) -> Iterator[tuple[str, Callable[[], str]]]:
    from lianxin.ui.self_check import window_proofs

    yield from window_proofs(app)


if __name__ == "__main__":
    sys.exit(main())
