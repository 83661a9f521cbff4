"""How each picture of the manual is arranged: the page, what is chosen on it, what lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin.installed import samples_dir
from lianxin.office.safekeeping.practice import begin_practice, put_practice_away
from lianxin.ui.activities.event_section import EventSection
from lianxin.ui.activities.page import MeetingsPage
from lianxin.ui.county.received.receive_page import ReceivePage
from lianxin.ui.county.settings_page import CountySettingsPage
from lianxin.ui.help.practice_panel import PracticePanel
from lianxin.ui.importing.import_page import ImportPage
from lianxin.ui.reception import ContactsPage
from lianxin.ui.reception.reception_page import ReceptionPage
from lianxin.ui.record_list import RecordList
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.sections import SectionedPage
from lianxin.ui.sending import SendingPage
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.screens import Screen, WelcomeScreen
from lianxin.ui.start.set_up import SetUpScreen
from tests.screenshots.taking import quiet

View = Callable[[MainWindow], QWidget | None]
"""Arranges the window; answers another widget when the picture is of that."""

_STICKS: list[Path] = []


def on_stick(folder: Path) -> None:
    """Where the files lie that the county receives in the picture."""
    _STICKS[:] = [folder]


def _page(key: str) -> View:
    def arrange(window: MainWindow) -> None:
        window.go(key)
        quiet(window)
        _first_row(window.page(key))

    return arrange


def _section(key: str, section: str) -> View:
    def arrange(window: MainWindow) -> None:
        window.go(key)
        page = window.page(key)
        assert isinstance(page, SectionedPage)
        chosen = page.choose(section)
        quiet(window)
        _first_row(chosen)

    return arrange


def _setting(key: str) -> View:
    def arrange(window: MainWindow) -> None:
        window.go("settings")
        page = window.page("settings")
        assert isinstance(page, SettingsPage | CountySettingsPage)
        page.choose(key)

    return arrange


def _first_row(page: QWidget) -> None:
    """Choose the first row of the list that is seen, so that its record stands beside it."""
    lists = [each for each in page.findChildren(RecordList) if each.isVisible()]
    if lists and lists[0].shown_count() and not lists[0].current_key():
        lists[0].select(lists[0].model.key_at(0))


def _rota(window: MainWindow) -> None:
    window.go("reception")
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    page.show_rota()
    page.rota.choose("2025-Q4")
    page.rota.refresh()


def _minutes(window: MainWindow) -> None:
    _section("meetings", "meetings")(window)
    page = window.page("meetings")
    assert isinstance(page, MeetingsPage)
    section = page.section()
    assert isinstance(section, EventSection)
    section.detail.show_tab("notes")


def _register(window: MainWindow) -> None:
    window.go("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    page.choose("unit")
    quiet(window)
    _first_row(page)


def _import(window: MainWindow) -> None:
    window.go("import")
    page = window.page("import")
    assert isinstance(page, ImportPage)
    page.look_at(next(iter(sorted(samples_dir().glob("响水乡*接待群众台账.csv")))))


def _texts(window: MainWindow) -> None:
    window.go("sending")
    page = window.page("sending")
    assert isinstance(page, SendingPage)
    quiet(window)
    page.picker.forth.click()
    quiet(window)
    bar = page.cards.findings.verticalScrollBar()
    bar.setValue(bar.maximum())


def _practice(window: MainWindow) -> None:
    window.go("contacts")
    page = window.page("contacts")
    assert isinstance(page, ContactsPage)
    begin_practice(page.office)
    panel = PracticePanel(window, page.office)
    window.put_beside(panel)
    panel.show()
    put_practice_away(page.office)


def _receive(window: MainWindow) -> None:
    window.go("receive")
    page = window.page("receive")
    assert isinstance(page, ReceivePage)
    page.look_at(_STICKS)
    quiet(window)
    _first_row(page)


START: Mapping[str, Callable[[], Screen]] = {"start-welcome": WelcomeScreen, "start-setup": SetUpScreen}
TOWNSHIP: Mapping[str, View] = {
    "home": _page("home"),
    "reception": _page("reception"),
    "rota": _rota,
    "contacts": _page("contacts"),
    "opinions": _page("opinions"),
    "suggestions": _page("suggestions"),
    "deputies": _section("deputies", "roster"),
    "performance": _section("deputies", "files"),
    "reports": _section("reports", "year"),
    "tally": _section("reports", "tally"),
    "meetings": _section("meetings", "meetings"),
    "minutes": _minutes,
    "registers": _register,
    "duties": _page("duties"),
    "figures": _page("figures"),
    "sending": _page("sending"),
    "sending-texts": _texts,
    "import": _import,
    "settings": _page("settings"),
    "settings-backup": _setting("backup"),
    "settings-secrets": _setting("secrets"),
    "settings-county": _setting("county"),
    "settings-people": _setting("people"),
    "settings-handover": _setting("handover"),
    "settings-templates": _setting("templates"),
    "practice": _practice,
}
COUNTY: Mapping[str, View] = {
    "county-matrix": _page("matrix"),
    "county-receive": _receive,
    "county-waiting": _page("waiting"),
    "county-referred": _page("referred"),
    "county-figures": _page("figures"),
    "county-deputies": _page("deputies"),
    "county-returns": _page("returns"),
    "county-keys": _setting("register"),
}
