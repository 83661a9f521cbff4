"""台账 as a clerk uses it: choose a kind, F2, type, Enter, saved, taken back; drafts outlive the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lianxin.domain.dictionary import kinds
from lianxin.domain.records import HandlingUnit, Station
from lianxin.office.desk import Desk
from lianxin.office.papers.register_groups import IN_SETTINGS, WRITTEN_BY_PROGRAM, parent_of
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import PageEntry
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.shell import MainWindow
from tests.ui.made_up import commit
from tests.ui.small_office import NOW, OtherPage, matter, small_office, unit, window_with

ELSEWHERE = frozenset({"contact", "visitor", "opinion", "routing", "assignment", "reply", "satisfaction"})


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def shown(qtbot: QtBot, office: Desk, window_id: str = "w1") -> tuple[MainWindow, RegistersPage]:
    drafts = DraftKeeper(office, window_id)
    window = window_with(
        office,
        PageEntry(
            "registers", "台账", lambda desk: RegistersPage(desk, office, drafts=drafts, elsewhere=ELSEWHERE)
        ),
        PageEntry("contacts", "来访走访登记", lambda desk: OtherPage(desk, "contacts"), kinds=("contact",)),
        PageEntry("import", "导入", lambda desk: OtherPage(desk, "import"), in_rail=False),
    )
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    return window, page


def panel(page: RegistersPage, kind: str) -> RegisterPanel:
    page.choose(kind)
    found = page.panel()
    assert found is not None and kind == found.cls.KIND
    return found


def filled(qtbot: QtBot, found: RegisterPanel, count: int) -> None:
    qtbot.waitUntil(lambda: found.list.shown_count() == count)


def type_into(qtbot: QtBot, found: RegisterPanel, wire: str, text: str) -> None:
    assert found.form is not None
    control = found.form.form.row(wire).editor.control
    assert isinstance(control, QLineEdit)
    control.setFocus()
    commit(control, text)


def test_every_kind_of_the_dictionary_can_be_chosen(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    offered = page.rail.kinds()
    for cls in kinds():
        if cls.KIND in ELSEWHERE | IN_SETTINGS or (cls.PARENT and parent_of(cls) in ELSEWHERE):
            continue
        page.choose(cls.KIND)
        found = page.panel()
        assert found is not None and found.cls.KIND in offered
        if cls.KIND in WRITTEN_BY_PROGRAM:
            assert found.form is None
        elif parent_of(cls) == found.cls.KIND:
            assert found.detail is not None and cls.KIND in found.detail.lines
        else:
            assert found.form is not None


def test_f2_type_and_save_makes_a_record_that_can_be_taken_back(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    units = panel(page, "unit")
    qtbot.keyClick(window, Qt.Key.Key_F2)
    type_into(qtbot, units, "name", "镇水务站")
    assert units.form is not None
    units.form.save_button.click()
    filled(qtbot, units, 1)
    assert window.status.quiet.words() == "已新增承办单位“镇水务站”"
    window.status.quiet.findChildren(type(units.form.save_button))[0].click()
    filled(qtbot, units, 0)
    with office.store.reading() as reading:
        assert reading.count(HandlingUnit) == 0


def test_ctrl_enter_saves_and_goes_on_with_an_empty_form(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    units = panel(page, "unit")
    units.begin_new()
    type_into(qtbot, units, "name", "镇民政所")
    assert units.form is not None
    control = units.form.form.row("name").editor.control
    qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert units.form.form.value("name") == "" and units.form.uid == ""
    filled(qtbot, units, 1)


def test_what_is_missing_is_said_beside_the_field(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    units = panel(page, "unit")
    assert units.form is not None and not units.form.save()
    assert units.form.form.row("name").problem() == "请填写单位名称"


def test_typing_survives_the_window(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    units = panel(page, "unit")
    units.begin_new()
    type_into(qtbot, units, "name", "镇卫生院")
    window.close()
    _, again = shown(qtbot, office, "w2")
    found = panel(again, "unit").form
    assert found is not None and found.form.value("name") == "镇卫生院"


def test_changes_of_a_known_record_are_a_draft_until_saved_and_can_be_dropped(
    qtbot: QtBot, office: Desk
) -> None:
    first, second = unit(office, "镇水务站"), unit(office, "镇民政所")
    _, page = shown(qtbot, office)
    units = panel(page, "unit")
    filled(qtbot, units, 2)
    units.list.select(first)
    type_into(qtbot, units, "leader", "龙志明")
    units.list.select(second)
    units.list.select(first)
    assert units.form is not None
    assert units.form.form.value("leader") == "龙志明"
    units.form.drop()
    assert units.form.form.value("leader") == ""
    with office.store.reading() as reading:
        assert reading.draft("unit", first) is None


def test_removing_goes_to_the_bin_unless_the_record_is_used(
    qtbot: QtBot, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, free = unit(office, "镇水务站"), unit(office, "供电所")
    matter(office, NOW.date(), unit=used)
    window, page = shown(qtbot, office)
    said: list[str] = []
    monkeypatch.setattr(window, "problem", lambda problem: said.append(problem.what))
    units = panel(page, "unit")
    filled(qtbot, units, 2)
    units.list.select(used)
    assert units.form is not None
    units.form.remove()
    assert said and "交办1条" in said[0]
    units.list.select(free)
    units.form.remove()
    filled(qtbot, units, 1)


def test_kinds_of_other_pages_are_read_here_and_opened_there(qtbot: QtBot, office: Desk) -> None:
    matter(office, NOW.date())
    window, page = shown(qtbot, office)
    contacts = panel(page, "contact")
    assert contacts.form is None and window.headline.main_button() is None
    filled(qtbot, contacts, 1)
    key = contacts.list.model.key_at(0)
    contacts.list.select(key)
    contacts.list.opened.emit(key)
    other = window.page("contacts")
    assert isinstance(other, OtherPage) and other.opened == [("contact", key)]


def test_a_record_found_elsewhere_is_shown_here(qtbot: QtBot, office: Desk) -> None:
    with office.store.reading() as reading:
        (station,) = reading.all(Station)
    window, page = shown(qtbot, office)
    window.hub.flush()
    page.open_record("station", station.uid)
    found = page.panel()
    assert found is not None and found.form is not None and found.form.uid == station.uid
    assert found.form.form.value("name") == "石牌镇代表联络站"


def test_export_writes_a_workbook_and_opens_it(
    qtbot: QtBot, office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit(office)
    _, page = shown(qtbot, office)
    panel(page, "unit")
    written: list[tuple[str, bytes]] = []
    monkeypatch.setattr(
        "lianxin.ui.registers.registers_page.show_paper",
        lambda desk, paper, folder, **_: written.append(paper),
    )
    page.export()
    qtbot.waitUntil(lambda: bool(written))
    assert written[0][0] == "承办单位台账.xlsx" and written[0][1][:2] == b"PK"
