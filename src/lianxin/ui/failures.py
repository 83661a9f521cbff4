"""When something goes wrong: one calm dialog, one log, and a code that can be told over the telephone."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.store.acting import NotAllowed
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import dress, px

_log = logging.getLogger("lianxin.failures")

SAFE = "已保存的内容都在，正在填写的内容也留有草稿。"


@dataclass(frozen=True)
class Problem:
    """What people are told: what happened, whether their data is safe, what to do now, a code."""

    what: str
    safe: str = SAFE
    now: str = ""
    code: str = ""

    def text(self) -> str:
        """All of it, as it is copied and read aloud."""
        code = f"代码：{self.code}" if self.code else ""
        return "\n".join(part for part in (self.what, self.safe, self.now, code) if part)


class ProblemDialog(QDialog):
    """Shows one problem; 复制说明 puts it on the clipboard."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if parent is None:
            dress(self)
        self.setWindowTitle("提示")
        self.setMinimumWidth(px(460))
        self._problem = problem
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(18))
        box.setSpacing(px(10))
        box.addWidget(label(problem.what, "heading", wrap=True))
        for words in (problem.safe, problem.now):
            if words:
                box.addWidget(label(words, wrap=True))
        if problem.code:
            code = label(f"代码：{problem.code}", "soft")
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(code)
        box.addSpacing(px(6))
        line = QHBoxLayout()
        self._copy = button("复制说明", act=self._copied)
        known = button("知道了", act=self.accept)
        known.setDefault(True)
        line.addWidget(self._copy)
        line.addStretch(1)
        line.addWidget(known)
        box.addLayout(line)
        self.setAccessibleDescription(problem.text())
        known.setFocus()

    def problem(self) -> Problem:
        """What is shown."""
        return self._problem

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._problem.text())
        self._copy.setText("已复制")


def unexpected(kind: type[BaseException], trace: TracebackType | None) -> Problem:
    """How an exception nobody foresaw is told."""
    return Problem(
        what="程序遇到了没有料到的情况，刚才这一步可能没有做完。",
        now="可以继续使用。请看一看刚才这一步是否已经做好；若再次出现，请关闭程序重新打开，并把代码告诉维护人员。",
        code=failure_code(kind, trace),
    )


def failure_code(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The same short code for the same failure at the same place, such as U-3F2A91."""
    frames = traceback.extract_tb(trace)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"U-{zlib.crc32(f'{kind.__name__}@{place}'.encode()) & 0xFFFFFF:06X}"


def failure_record(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What the log keeps: type and places. The message is left out, for it may hold what a visitor said."""
    places = [
        f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([f"{failure_code(kind, trace)} {kind.__name__}", *places])


class FailureWatch(QObject):
    """The one handler of the unexpected: writes the log and tells `show`, one dialog at a time.

    Install it once after the application object is made. Failures in other threads come here as well.
    """

    _failed = Signal(object)

    def __init__(self, show: Callable[[Problem], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show, self._showing = show, False
        self._failed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over what Python does with exceptions nobody caught."""
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

    def uninstall(self) -> None:
        """Give back Python's own handlers."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def caught(self, kind: type[BaseException], wrong: BaseException, trace: TracebackType | None) -> None:
        """Log and tell one exception."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, wrong, trace)
            return
        if isinstance(wrong, NotAllowed):
            # A page that offered what the role may not do: the door said no, nothing is broken.
            problem = Problem(what=wrong.message, safe="", code=wrong.code)
        else:
            _log.error("%s", failure_record(kind, trace))
            problem = unexpected(kind, trace)
        # Asked of Python, for wrappers of Qt's own thread objects must not be made and let go (the loop dies).
        if threading.current_thread() is threading.main_thread() and not self._showing:
            self._tell(problem)
        else:
            self._failed.emit(problem)

    def _caught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        self.caught(found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback)

    def _tell(self, problem: Problem) -> None:
        # A dialog runs its own loop; a second failure meanwhile is in the log and not piled on top.
        if self._showing:
            return
        self._showing = True
        try:
            self._show(problem)
        finally:
            self._showing = False


def show_problem(problem: Problem, parent: QWidget | None = None) -> None:
    """Show one problem and wait until it was read."""
    ProblemDialog(problem, parent).exec()
