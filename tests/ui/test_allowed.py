"""Roles at the buttons: what the door would refuse is out of use and says why; what leaves is noted once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QTableView
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.domain.records import Contact
from lianxin.domain.roles import Act, Acting, Role
from lianxin.office.access.access_log import access_notes, note_paper
from lianxin.store import acting as door
from lianxin.store.layout import KEYRING_NAME
from lianxin.ui.allowed import tell_window
from lianxin.ui.main import township_entries
from lianxin.ui.pieces.buttons import ActButton
from lianxin.ui.printing import show_paper
from lianxin.ui.reception.form_printing import print_forms
from lianxin.ui.record_list import RecordList
from lianxin.ui.sections import SectionedPage
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.made_up import MadeUpSearch
from tests.ui.small_office import NOW, Keeping, matter


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Act]]:
    """What the door refused; questions that would wait for a person are answered with no."""
    found: list[Act] = []
    plain = door.NotAllowed.__init__

    def noted(self: door.NotAllowed, acting: Acting, act: Act) -> None:
        found.append(act)
        plain(self, acting, act)

    monkeypatch.setattr(door.NotAllowed, "__init__", noted)
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QMenu, "exec", lambda *_at: None)
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_asked: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: "")
    monkeypatch.setattr("lianxin.ui.printing.paper_folder", lambda: Path("/nonexistent"))
    yield found


def window_of(qtbot: QtBot, town: Township, role: Role) -> MainWindow:
    """The whole desk as a person of this role sees it."""
    town.desk.store.act_as(Acting("02", "李红", role, alone=False))
    window = MainWindow(
        township_entries(App(town.folder / "home", town.desk), Keeping(town.desk)),
        office="石牌镇人大",
        search=MadeUpSearch(),
        clock=lambda: NOW,
        note_paper=lambda name: note_paper(town.desk, name),
    )
    tell_window(window, town.desk.acting)
    qtbot.addWidget(window)
    window.show()
    return window


def settle(window: MainWindow) -> None:
    """Until nothing is read or made any more."""
    QApplication.processEvents()
    while window.jobs.busy() or window.reads.busy():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


_ACTING = (
    "reception",
    "contacts",
    "opinions",
    "deputies",
    "reports",
    "meetings",
    "registers",
    "sending",
    "settings",
)
"""Pages with acts of their own; the others show, or are made as one of these."""
_KEEPERS = ("county", "backup", "secrets", "people", "handover", "rules", "templates", "bin", "terms")
"""Sections of the settings with acts of their own; the other registers are as the one of the terms."""


def parts(window: MainWindow, page: str) -> Iterator[str]:
    """Every section of a page, shown one after another, the first line of each list chosen."""
    shown = window.page(page)
    sections = list(shown._sections) if isinstance(shown, SectionedPage) else [""]
    sections = list(_KEEPERS) if isinstance(shown, SettingsPage) else sections
    for section in sections:
        if isinstance(shown, SectionedPage | SettingsPage):
            shown.choose(section)
        settle(window)
        for found in window.findChildren(RecordList):
            table = found.findChild(QTableView)
            if found.isVisible() and table is not None and table.model().rowCount():
                table.setCurrentIndex(table.model().index(0, 0))
        settle(window)
        yield f"{page}/{section}"


def press_all(window: MainWindow, page: str, pressed: set[str]) -> Iterator[str]:
    """The words of each button pressed that was not pressed before; back on the page after every one."""
    while True:
        acts = (each for each in window.findChildren(ActButton) if each.act() != "look")
        usable = (each for each in acts if each.isVisible() and each.isEnabled())
        found = next((b for b in usable if _words(b) not in pressed), None)
        if found is None:
            return
        words = _words(found)
        pressed.add(words)
        found.click()
        settle(window)
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog):
                dialog.close()
        yield words
        if window.current_page() != page:
            window.go(page)
            settle(window)


def _words(made: ActButton) -> str:
    """Chips and words of the rail are values and places: one of them stands for all."""
    return made.text() if made.property("look") in ("plain", "main", "link") else str(made.property("look"))


@pytest.mark.parametrize(("role", "pages"), [("viewer", _ACTING), ("recorder", ("sending",))])
def test_no_button_in_use_leads_to_a_closed_door(
    qtbot: QtBot, town: Township, refusals: list[Act], role: Role, pages: tuple[str, ...]
) -> None:
    matter(town.desk, NOW.date())
    (town.folder / "home" / KEYRING_NAME).write_bytes(b"{}")
    window = window_of(qtbot, town, role)
    wrong: list[tuple[str, str, Act]] = []
    pressed = {"锁定", "nav"}
    with qtbot.captureExceptions():
        for page in pages:
            window.go(page)
            for place in parts(window, page):
                for words in press_all(window, page, pressed):
                    wrong += [(place, words, act) for act in refusals]
                    refusals.clear()
    assert not wrong, "\n".join(map(str, wrong))


def test_a_button_out_of_use_says_why_and_stays_so(qtbot: QtBot, town: Township) -> None:
    window = window_of(qtbot, town, "viewer")
    window.go("contacts")
    main = window.headline.main_button()
    assert main is not None and not main.isEnabled()
    assert "您的角色是“只读”，不能登记和修改" in main.toolTip()
    main.setEnabled(True)
    assert not main.isEnabled()


def test_what_leaves_on_paper_is_noted_once_and_refused_to_who_may_not_see(
    qtbot: QtBot, town: Township, refusals: list[Act]
) -> None:
    contact = matter(town.desk, NOW.date())
    window = window_of(qtbot, town, "administrator")
    with town.desk.store.reading() as reading:
        (visit,) = reading.all(Contact)
    papers = town.folder / "papers"
    print_forms(window, town.desk, [visit.uid], papers, owner=window)
    print_forms(window, town.desk, [], papers, owner=window)
    with town.desk.store.reading() as reading:
        (noted,) = access_notes(reading)
    assert (noted.sort, noted.actor) == ("printed", "02") and contact not in noted.what
    window = window_of(qtbot, town, "viewer")
    assert show_paper(window, ("登记表.docx", b"PK"), papers) is None
    assert refusals == ["reveal"] and not (papers / "登记表.docx").exists()
