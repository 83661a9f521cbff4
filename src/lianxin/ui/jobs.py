"""Long work beside the window: one worker, progress, a way to stop, and results brought home by Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget
from shiboken6 import Shiboken

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px

T = TypeVar("T")
LOOK_MS = 15
"""How often the window looks for results while work is under way."""

Progress = Callable[[int, int, str], None]
"""Told by the work: how much is done, of how much (0 when not known), and what is being done now."""

Cancel = Callable[[], bool]
"""Asked by the work between steps: True when the person wants it to stop."""

Work = Callable[[Progress, Cancel], T]


class Stopped(Exception):
    """The work ended early because it was asked to; what it had not finished was left as it was."""


class Job(QObject):
    """One piece of work under way, as the window sees it; its signals are sent in the window's thread."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, title: str, line: _Line) -> None:
        super().__init__()
        self.title = title
        self._line = line

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._line.stop.set()


class _Line:
    """What passes between the worker and the window: plain values only, nothing of Qt."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.progress: tuple[int, int, str] | None = None

    def told(self, done: int, total: int, text: str) -> None:
        # Only the latest matters to people; the window fetches it when it next looks.
        self.progress = (done, total, text)

    def fetch(self) -> tuple[int, int, str] | None:
        latest, self.progress = self.progress, None
        return latest

    def run(self, work: Work[T]) -> T:
        return work(self.told, self.stop.is_set)


@dataclass(frozen=True)
class _UnderWay:
    job: Job
    line: _Line
    future: Future[object]
    deliver: Callable[[Future[object]], None]


class Jobs(QObject):
    """Runs work one after another on one worker. `started(job)` lets the window show its progress.

    The worker never touches Qt: the window looks for results itself while anything is under way. (Objects of Qt
    that die in another thread crash the program.)
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lianxin-work")
        self._under_way: list[_UnderWay] = []
        self._delivered: list[_UnderWay] = []
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._looked)

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

        def deliver(future: Future[object]) -> None:
            if future.cancelled() or (owner is not None and not Shiboken.isValid(owner)):
                return
            wrong = future.exception()
            if wrong is None:
                done(cast("T", future.result()))
            elif isinstance(wrong, Stopped):
                if stopped is not None:
                    stopped()
            elif failed is None or not isinstance(wrong, Exception):
                raise wrong
            else:
                failed(wrong)

        line = _Line()
        job = Job(title, line)
        if title:
            self.started.emit(job)
        future = cast("Future[object]", self._worker.submit(line.run, work))
        self._under_way.append(_UnderWay(job, line, future, deliver))
        self._look.start()
        return job

    def busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return bool(self._under_way)

    def close(self) -> None:
        """Ask everything to stop and wait for the step under way. Called when the window closes."""
        for known in self._under_way:
            known.job.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._look.stop()

    def _looked(self) -> None:
        # What was delivered at the last look is let go now, so that the worker's own hold on it ended before.
        self._delivered.clear()
        for known in list(self._under_way):
            ready = known.future.done()
            latest = known.line.fetch()
            if latest is not None:
                known.job.progressed.emit(*latest)
            if not ready:
                break
            self._under_way.remove(known)
            self._delivered.append(known)
            known.job.ended.emit()
            known.deliver(known.future)
        # A delivery, or letting the last one go, may have ended the window these jobs belong to.
        if not self._under_way and not self._delivered and Shiboken.isValid(self._look):
            self._look.stop()


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


class Latest:
    """Readings for one owner of which only the one asked for last is shown: earlier answers are to another question."""

    def __init__(self, owner: QObject) -> None:
        self._owner, self._asked = owner, 0

    def read(self, reads: Jobs, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Do `work()` on the worker of readings, then `show(result)` unless something was asked since."""
        self._asked += 1
        asked = self._asked

        def done(found: T) -> None:
            if asked == self._asked:
                show(found)

        reads.start(lambda _progress, _cancel: work(), title="", done=done, owner=self._owner)
