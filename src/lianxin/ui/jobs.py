"""Long work beside the window: one worker, progress, a way to stop, and results brought home by Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget
from shiboken6 import Shiboken

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px

T = TypeVar("T")

Progress = Callable[[int, int, str], None]
"""Told by the work: how much is done, of how much (0 when not known), and what is being done now."""

Cancel = Callable[[], bool]
"""Asked by the work between steps: True when the person wants it to stop."""

Work = Callable[[Progress, Cancel], T]


class Stopped(Exception):
    """The work ended early because it was asked to; what it had not finished was left as it was."""


class Job(QObject):
    """One piece of work under way. Connect its signals to methods of widgets: those are called in the window's
    thread, a plain function may be called in the worker's."""

    progressed = Signal(int, int, str)
    ended = Signal()
    _came_home = Signal(object)

    def __init__(self, title: str, deliver: Callable[[object], None]) -> None:
        super().__init__()
        self.title = title
        self._stop = threading.Event()
        self._deliver = deliver
        self.running = True
        self._came_home.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def run(self, work: Work[object]) -> None:
        """Do the work in the worker's thread; whatever comes of it goes home as one value."""
        try:
            outcome: object = _Done(work(self._told, self._stop.is_set))
        except Stopped:
            outcome = _WasStopped()
        except Exception as wrong:
            outcome = _Wrong(wrong)
        self._came_home.emit(outcome)

    def _told(self, done: int, total: int, text: str) -> None:
        self.progressed.emit(done, total, text)

    def _arrived(self, outcome: object) -> None:
        self.running = False
        self.ended.emit()
        self._deliver(outcome)


class _Done:
    def __init__(self, value: object) -> None:
        self.value = value


class _Wrong:
    def __init__(self, wrong: Exception) -> None:
        self.wrong = wrong


class _WasStopped:
    pass


class Jobs(QObject):
    """Runs work one after another on one worker. `started(job)` lets the window show its progress."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lianxin-work")
        self._under_way: set[Job] = set()

    def start(
        self,
        work: Work[T],
        *,
        title: str,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        stopped: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Do `work(progress, cancel)` in the background; then, in the window's thread, `done(result)`.

        `failed(exception)` takes what went wrong; without it the exception reaches the one handler of the
        unexpected. `stopped()` follows a cancel. Nothing is told once `owner` is gone. An empty title keeps
        the work off the progress line.
        """

        def deliver(outcome: object) -> None:
            self._under_way.discard(job)
            if owner is not None and not Shiboken.isValid(owner):
                return
            if isinstance(outcome, _Done):
                done(outcome.value)  # type: ignore[arg-type]
            elif isinstance(outcome, _Wrong):
                if failed is None:
                    raise outcome.wrong
                failed(outcome.wrong)
            elif stopped is not None:
                stopped()

        job = Job(title, deliver)
        self._under_way.add(job)
        if title:
            self.started.emit(job)
        self._worker.submit(job.run, work)
        return job

    def busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return bool(self._under_way)

    def close(self) -> None:
        """Ask everything to stop and wait for the step under way. Called when the window closes."""
        for job in self._under_way:
            job.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)


class ProgressLine(QWidget):
    """A calm line: what is being done, how far, and 停止. Shows itself only for work longer than a blink."""

    def __init__(self, parent: QWidget | None = None, *, after_ms: int = 300) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        self._words = label("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(180))
        self._stop = button("停止", "link")
        self._stop.clicked.connect(self._stop_pressed)
        line.addWidget(self._words)
        line.addWidget(self._bar)
        line.addWidget(self._stop)
        self._jobs: list[Job] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(after_ms)
        self._wait.timeout.connect(self.show)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job until it ends; several are shown one after another."""
        self._jobs.append(job)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)
        if len(self._jobs) == 1:
            self._begin(job)

    def words(self) -> str:
        """What the line says."""
        return self._words.text()

    def _begin(self, job: Job) -> None:
        self._words.setText(job.title)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.title)
        self._stop.setEnabled(True)
        self._wait.start()

    def _progressed(self, done: int, total: int, text: str) -> None:
        if not self._jobs or self.sender() is not self._jobs[0]:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        part = f"{done:,}/{total:,}" if total else ""
        words = [self._jobs[0].title, text, part]
        self._words.setText("  ".join(word for word in words if word))

    def _ended(self) -> None:
        ended = self.sender()
        self._jobs = [job for job in self._jobs if job is not ended]
        if self._jobs:
            self._begin(self._jobs[0])
        else:
            self._wait.stop()
            self.hide()

    def _stop_pressed(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self._words.setText("正在停止…")
            self._stop.setEnabled(False)
