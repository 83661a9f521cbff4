"""Handing over to the window, which loads what it needs itself: nothing of the ledger is imported here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lianxin.cli.saying import CommandProblem

OpenWindow = Callable[[Path, str | None], int]
"""Shows the window on a data folder, with its passphrase when it is known; answers the exit status."""


def open_window(home: Path, words: str | None, window: OpenWindow | None) -> int:
    """Shows the window on an office. Raises CommandProblem when the program was started without one."""
    if window is None:
        raise CommandProblem("这里不能打开窗口，请直接运行 lianxin；数据没有改动", code="C212")
    return window(home, words)
