"""Pictures of a county's morning: a stick of everything received, what waits, receipts, merged records, keys."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin.bootstrap import App
from lianxin.ui.county.entries import county_entries
from lianxin.ui.county.keys.register_section import RegisterSection
from lianxin.ui.county.merged_page import MergedPage
from lianxin.ui.county.received.receive_page import ReceivePage
from lianxin.ui.county.received.waiting_page import WaitingPage
from lianxin.ui.county.settings_page import CountySettingsPage
from lianxin.ui.finding import StoreSearch
from lianxin.ui.shell import MainWindow
from tests.county.busy_morning import Morning, busy_morning
from tests.county.offices import new_desk
from tests.ui.small_office import Keeping

Save = Callable[[str, QWidget], None]
Quiet = Callable[[MainWindow], None]


def county_pictures(save: Save, quiet: Quiet) -> None:
    """Saves the county's pages, from the empty morning to the receipts."""
    with tempfile.TemporaryDirectory() as folder, busy_morning(Path(folder)) as morning:
        county = morning.county
        entries = county_entries(App(county.store.home, county), Keeping(county))
        window = MainWindow(
            entries, office="清江县人大常委会（示例数据）", search=StoreSearch(county), clock=county.store.now
        )

        def taken(name: str) -> None:
            quiet(window)
            save(f"county-{name}", window)

        _receiving(window, morning, taken, quiet)
        for key in ("matrix", "waiting", "returns"):
            window.go(key)
            taken(key)
        page = window.page("waiting")
        assert isinstance(page, WaitingPage)
        page.panes.show_right()
        window.go("waiting")
        taken("waiting-one")
        _merged(window, taken, quiet)
        _keys(window, morning, taken)
        window.close()


def _receiving(window: MainWindow, morning: Morning, taken: Callable[[str], None], quiet: Quiet) -> None:
    window.go("receive")
    taken("receive")
    page = window.page("receive")
    assert isinstance(page, ReceivePage)
    page.look_at([morning.stick])
    taken("receive-looked-at")
    batch = page.batch()
    assert batch is not None
    page.files.select(next(each.key for each in batch.files if each.town == "石牌镇"))
    page.panes.show_right()
    taken("receive-one")
    page.panes.show_left()
    page.take()
    taken("receive-done")


def _merged(window: MainWindow, taken: Callable[[str], None], quiet: Quiet) -> None:
    window.go("registers")
    quiet(window)
    page = window.page("registers")
    assert isinstance(page, MergedPage)
    page.list.select(page.list.model.key_at(0))
    taken("registers")


def _keys(window: MainWindow, morning: Morning, taken: Callable[[str], None]) -> None:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, CountySettingsPage)
    offices = morning.posts.offices
    town = new_desk(offices.folder, offices.clock, "439901109", "清江县古城镇人大主席团")
    try:
        section = page.section()
        assert isinstance(section, RegisterSection)
        taken("keys-register")
        section.read(offices.request(town))
        taken("keys-request")
    finally:
        town.store.close()
    for key in ("codes", "root", "rebuild", "office"):
        page.choose(key)
        taken(f"keys-{key}")
