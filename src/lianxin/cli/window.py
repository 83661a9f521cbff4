"""Handing over to the window, which loads what it needs itself: nothing of the ledger is imported here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lianxin.cli.saying import CommandProblem

if TYPE_CHECKING:
    from lianxin.bootstrap import App

OpenWindow = Callable[[Path, str | None, Path | None], int]
"""Shows the window on a data folder, with its passphrase when it is known and the file that was double-clicked,
if any; answers the exit status."""

ProveWindow: TypeAlias = "Callable[[App], Iterator[tuple[str, Callable[[], str]]]]"
"""The proofs only a window can give of an installed copy, by name; each answers what it saw or raises."""


def open_window(home: Path, words: str | None, window: OpenWindow | None, *, file: Path | None = None) -> int:
    """Shows the window on an office, and takes `file` to the page it is for. Raises CommandProblem when the program was started without one."""
    if window is None:
        raise CommandProblem("这里不能打开窗口，请直接运行 lianxin；数据没有改动", code="C212")
    return window(home, words, file)
