"""Work beside the window, the one handler of the unexpected, and the hub of changes."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from lianxin.ui.changes import ChangeHub
from lianxin.ui.failures import FailureWatch, Problem, ProblemDialog, failure_code, failure_record
from lianxin.ui.jobs import Cancel, Jobs, Progress, ProgressLine, Stopped
from tests.house.measures import ROOT


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    return Jobs()


def test_work_runs_beside_the_window_and_its_result_comes_home(jobs: Jobs, qtbot: QtBot) -> None:
    where: list[object] = []
    told: list[tuple[int, int, str]] = []
    gate = threading.Event()

    def work(progress: Progress, _cancel: Cancel) -> int:
        gate.wait(5)
        where.append(threading.current_thread())
        progress(1, 2, "第一张表")
        progress(2, 2, "第二张表")
        return 42

    def done(value: int) -> None:
        where.append(threading.current_thread())
        told.append((value, 0, ""))

    job = jobs.start(work, title="导入", done=done)
    job.progressed.connect(lambda *args: told.append(args))
    gate.set()
    qtbot.waitUntil(lambda: (42, 0, "") in told, timeout=2_000)
    assert where[0] is not threading.main_thread() and where[1] is threading.main_thread()
    assert told == [(2, 2, "第二张表"), (42, 0, "")] and not jobs.busy()
    jobs.close()


def test_work_goes_one_after_another(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[str] = []
    gate = threading.Event()

    def first(_progress: Progress, _cancel: Cancel) -> str:
        gate.wait(5)
        return "first"

    jobs.start(first, title="一", done=order.append)
    jobs.start(lambda _p, _c: "second", title="二", done=order.append)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 2, timeout=2_000)
    assert order == ["first", "second"]
    jobs.close()


def test_work_can_be_stopped(jobs: Jobs, qtbot: QtBot) -> None:
    ended: list[str] = []
    begun = threading.Event()

    def work(_progress: Progress, cancel: Cancel) -> None:
        begun.set()
        while not cancel():
            pass
        raise Stopped

    job = jobs.start(
        work, title="导入", done=lambda _: ended.append("done"), stopped=lambda: ended.append("stopped")
    )
    begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: ended == ["stopped"], timeout=2_000)
    jobs.close()


def test_an_anticipated_failure_goes_to_who_asked(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[str] = []

    def work(_progress: Progress, _cancel: Cancel) -> None:
        raise OSError("U盘已拔出")

    jobs.start(work, title="报送", done=lambda _: None, failed=lambda wrong: heard.append(str(wrong)))
    qtbot.waitUntil(lambda: heard == ["U盘已拔出"], timeout=2_000)
    jobs.close()


def test_nothing_is_told_to_a_page_that_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[int] = []
    gate = threading.Event()
    owner = QObject()

    def work(_progress: Progress, _cancel: Cancel) -> int:
        gate.wait(5)
        return 1

    jobs.start(work, title="", done=heard.append, owner=owner)
    Shiboken.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=2_000)
    assert heard == []
    jobs.close()


def test_the_progress_line_says_how_far_and_stops(jobs: Jobs, qtbot: QtBot) -> None:
    line = ProgressLine(after_ms=0)
    qtbot.addWidget(line)
    jobs.started.connect(line.follow)
    begun, ended = threading.Event(), []

    def work(progress: Progress, cancel: Cancel) -> None:
        progress(120, 400, "接待台账")
        begun.set()
        while not cancel():
            pass
        raise Stopped

    jobs.start(work, title="正在导入", done=str, stopped=lambda: ended.append(True))
    qtbot.waitUntil(lambda: line.words() == "正在导入  接待台账  120/400" and line.isVisible(), timeout=2_000)
    stop = line.findChild(QPushButton)
    assert isinstance(stop, QPushButton)
    stop.click()
    assert line.words() == "正在停止…"
    qtbot.waitUntil(lambda: bool(ended) and not line.isVisible(), timeout=2_000)
    jobs.close()


def _wrong() -> tuple[type[BaseException], BaseException]:
    try:
        raise KeyError("田金玉 13912342217")
    except KeyError as wrong:
        return type(wrong), wrong


def test_the_unexpected_is_logged_without_what_was_said(
    caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    shown: list[Problem] = []
    watch = FailureWatch(shown.append)
    kind, wrong = _wrong()
    with caplog.at_level(logging.ERROR):
        watch.caught(kind, wrong, wrong.__traceback__)
    (problem,) = shown
    assert problem.code.startswith("U-") and problem.code in caplog.text
    assert "test_jobs.py" in caplog.text and "KeyError" in caplog.text
    assert "田金玉" not in caplog.text and "1391234" not in caplog.text
    assert problem.safe and problem.now and "代码" in problem.text()


def test_the_same_failure_has_the_same_code() -> None:
    kind, wrong = _wrong()
    again_kind, again = _wrong()
    assert failure_code(kind, wrong.__traceback__) == failure_code(again_kind, again.__traceback__)
    assert "_wrong" in failure_record(kind, wrong.__traceback__)


def test_a_failure_while_one_is_shown_is_not_piled_on_top(qtbot: QtBot) -> None:
    shown: list[Problem] = []
    kind, wrong = _wrong()

    def show(problem: Problem) -> None:
        shown.append(problem)
        watch.caught(kind, wrong, None)
        QGuiApplication.processEvents()

    watch = FailureWatch(show)
    watch.caught(kind, wrong, None)
    assert len(shown) == 1


def test_a_failure_in_another_thread_is_told_in_the_window(qtbot: QtBot) -> None:
    shown: list[object] = []
    watch = FailureWatch(lambda _problem: shown.append(threading.current_thread()))
    hooks = sys.excepthook, threading.excepthook
    watch.install()
    try:
        thread = threading.Thread(target=lambda: {}["nothing"])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: shown == [threading.main_thread()], timeout=2_000)
    finally:
        watch.uninstall()
        sys.excepthook, threading.excepthook = hooks


def test_a_problem_can_be_copied(qtbot: QtBot) -> None:
    dialog = ProblemDialog(Problem("报送件没有写到U盘上。", now="请换一个U盘。", code="D210"))
    qtbot.addWidget(dialog)
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "复制说明").click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (
        lines[0] == "报送件没有写到U盘上。" and "已保存的内容都在" in lines[1] and lines[-1] == "代码：D210"
    )


def test_followers_hear_once_of_their_kinds(qtbot: QtBot) -> None:
    hub, owner = ChangeHub(), QWidget()
    qtbot.addWidget(owner)
    heard: list[frozenset[str]] = []
    everything: list[frozenset[str]] = []
    hub.follow(["opinion", "reply"], heard.append, owner=owner)
    hub.follow([], everything.append, owner=owner)
    hub.tell(["opinion"])
    hub.tell(["person", "opinion"])
    qtbot.waitUntil(lambda: len(everything) == 1, timeout=1_000)
    assert heard == [frozenset({"opinion"})] and everything == [frozenset({"opinion", "person"})]
    hub.flush()
    assert len(everything) == 1


def test_who_is_gone_hears_nothing(qtbot: QtBot) -> None:
    hub, owner = ChangeHub(), QObject()
    heard: list[frozenset[str]] = []
    hub.follow(["opinion"], heard.append, owner=owner)
    Shiboken.delete(owner)
    hub.tell(["opinion"])
    hub.flush()
    assert heard == []


def test_no_screen_asks_qt_for_its_thread() -> None:
    """A wrapper of Qt's own thread object kills the event loop when it is let go (seen with PySide6 6.11.1)."""
    ui = ROOT / "src" / "lianxin" / "ui"
    using = [path.name for path in ui.rglob("*.py") if "QThread" in path.read_text(encoding="utf-8")]
    assert using == []
