"""Locking: what was typed is still there, nothing of it can be read or reached meanwhile, and who may go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.office.access.users import add_user
from lianxin.ui.lock.idle import IdleWatch
from lianxin.ui.lock.lock_dialog import LockDialog
from lianxin.ui.lock.window_lock import WindowLock
from lianxin.ui.main import township_entries
from lianxin.ui.reception import ContactsPage
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.unlock import UnlockScreen
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.store.light_passphrase import light_passphrases
from tests.ui.small_office import BEGINNING, computer

WORDS, OTHER = "石牌镇人大2026", "李红自己的口令"
TYPED = "Tian Jinyu"
SOON = 20_000
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    with light_passphrases():
        bootstrap.begin(tmp_path / "home", WORDS, BEGINNING)[0].close()
        yield tmp_path / "home"


@pytest.fixture
def keeper(qtbot: QtBot, home: Path) -> Iterator[WindowKeeper]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = WindowKeeper(application, home, township_entries)
    made.begin(WORDS)
    qtbot.waitUntil(lambda: made.window is not None, timeout=SOON)
    yield made
    if made.locking is not None and made.locking.dialog is not None:
        made.locking.dialog.release()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    if made.start is not None:
        made.start.close()
    made.close()
    made.deleteLater()


def window_of(keeper: WindowKeeper) -> MainWindow:
    assert keeper.window is not None
    return keeper.window


def locking_of(keeper: WindowKeeper) -> WindowLock:
    assert keeper.locking is not None
    return keeper.locking


def door_of(keeper: WindowKeeper) -> LockDialog:
    dialog = locking_of(keeper).dialog
    assert dialog is not None
    return dialog


def typing(keeper: WindowKeeper) -> tuple[ContactsPage, QLineEdit]:
    """The form of a visit with words in it, and the field that has the focus."""
    window = window_of(keeper)
    window.begin("contacts")
    page = window.page("contacts")
    assert isinstance(page, ContactsPage)
    editor = page.panel.form.who.row("name").editor.control
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    QTest.keyClicks(editor, TYPED)
    return page, editor


def shown_texts(*, but: QWidget | None = None) -> list[str]:
    """Every word a person or a screen reader would find in windows other than the door."""
    found: list[QLabel | QLineEdit] = []
    for window in QApplication.topLevelWidgets():
        found += [*window.findChildren(QLabel), *window.findChildren(QLineEdit)]
    return [each.text() for each in found if each.isVisible() and each.window() is not but and each.text()]


def unlock(keeper: WindowKeeper, words: str, who: str = "") -> None:
    ask = door_of(keeper).ask
    if who:
        ask.questions.row("who").editor.set_text(who)
    ask.questions.row("passphrase").editor.set_text(words)
    ask.submit()


def test_what_comes_on_screen_while_it_is_locked_is_covered_until_it_is_open(
    qtbot: QtBot, keeper: WindowKeeper
) -> None:
    keeper.lock()
    late = QDialog(window_of(keeper))
    QVBoxLayout(late).addWidget(QLabel("彭大爷 13912342217"))
    bar = QLabel("已导入 12 条", window_of(keeper))
    late.show()
    bar.show()
    assert shown_texts(but=door_of(keeper)) == [] and late.windowTitle() == "连心（已锁定）"
    unlock(keeper, WORDS)
    qtbot.waitUntil(lambda: locking_of(keeper).unlocked(), timeout=SOON)
    assert {"彭大爷 13912342217", "已导入 12 条"} <= set(shown_texts())
    late.close()


def test_a_question_that_comes_while_it_is_locked_does_not_bar_the_way_in(
    qtbot: QtBot, keeper: WindowKeeper
) -> None:
    keeper.lock()
    door = door_of(keeper)
    for number in range(2):
        late = QDialog(window_of(keeper))
        late.setModal(True)
        late.show()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is door)
        if number == 0:
            # Closed by the program it leaves the door standing.
            late.done(0)
            late.deleteLater()
    unlock(keeper, WORDS)
    qtbot.waitUntil(lambda: locking_of(keeper).unlocked(), timeout=SOON)
    assert QApplication.activeModalWidget() is late
    late.close()


def test_the_form_stays_as_it_stood_and_nothing_of_it_is_seen_or_reached(
    qtbot: QtBot, keeper: WindowKeeper
) -> None:
    page, editor = typing(keeper)
    before = page.panel.form.typed()
    assert TYPED in str(before)
    editor.setCursorPosition(4)
    question = QDialog(window_of(keeper))
    QVBoxLayout(question).addWidget(QLabel("彭大爷 13912342217"))
    question.setModal(True)
    question.show()
    keeper.lock()
    # Whatever happens to the computer now, it is on the disk.
    with page.office.store.reading() as reading:
        assert any(TYPED in str(draft.payload) for draft in reading.drafts())
    door = door_of(keeper)
    assert shown_texts(but=door) == []
    assert not page.isVisible() and window_of(keeper).windowTitle() == "连心（已锁定）"
    QTest.keyClicks(editor, "overheard")
    QTest.keyClick(window_of(keeper), Qt.Key.Key_F2)
    QTest.keyClick(door, Qt.Key.Key_Escape)
    assert door.isVisible(), "Esc opens nothing"
    unlock(keeper, "不对的口令")
    qtbot.waitUntil(lambda: "口令不对" in door.ask.questions.row("passphrase").problem(), timeout=SOON)
    unlock(keeper, WORDS)
    qtbot.waitUntil(locking_of(keeper).unlocked, timeout=SOON)
    assert question.isVisible() and page.isVisible()
    assert page.panel.form.typed() == before
    assert (page.panel.isVisible(), editor.cursorPosition()) == (True, 4)
    question.close()


def test_another_person_goes_on_in_a_window_of_his_own_and_drafts_wait_for_their_owner(
    qtbot: QtBot, keeper: WindowKeeper, home: Path
) -> None:
    app = keeper._app
    assert app is not None
    add_user(app.desk, name="李红", role="viewer", passphrase=OTHER, own_name="王芳")
    typing(keeper)
    before = keeper.window
    QTest.keyClick(window_of(keeper), Qt.Key.Key_L, CTRL_SHIFT)
    unlock(keeper, OTHER, "02")
    qtbot.waitUntil(lambda: keeper.window is not None and keeper.window is not before, timeout=SOON)
    app = keeper._app
    assert app is not None and app.desk.acting.name == "李红"
    assert keeper.drafts.left("contact") == [], "what the other typed is not hers"
    window = window_of(keeper)
    window.go("contacts")
    main = window.headline.main_button()
    assert main is not None and not main.isEnabled() and "您的角色是“只读”" in main.toolTip()
    keeper.lock()
    door_of(keeper).leave.click()
    assert keeper.start is not None
    screen = keeper.start.now_shown()
    assert isinstance(screen, UnlockScreen) and screen.ask.questions.text("who") == "01"
    screen.questions.row("passphrase").editor.set_text(WORDS)
    screen.submit()
    qtbot.waitUntil(lambda: keeper.window is not None, timeout=SOON)
    (draft,) = keeper.drafts.left("contact")
    assert TYPED in str(draft.payload)


def test_half_an_hour_without_a_touch_locks_once(qtbot: QtBot) -> None:
    now, told = [0.0], []
    watch = IdleWatch(minutes=30, seconds=lambda: now[0])
    watch.due.connect(lambda: told.append(now[0]))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is not None, timeout=SOON)
    for second in (0, 29 * 60, 30 * 60 - 1):
        now[0] = float(second)
        watch.look()
    assert told == []
    window = field.windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_A)
    now[0] = 59 * 60.0
    watch.look()
    assert told == [], "the touch began it anew"
    for minute in (60, 61):
        now[0] = minute * 60.0
        watch.look()
    assert told == [3600.0]
    watch.set_minutes(0)
    now[0] = 1e6
    watch.look()
    assert told == [3600.0], "0 is never"
