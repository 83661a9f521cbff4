"""代表 as a clerk drives it: the roster by level, mandates that are not people, groups, drafts and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, GroupMember, Mandate, Person
from lianxin.office.access.access_log import access_notes
from lianxin.office.deputies.roster import ALL, ENDED, deputy_file
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition
from lianxin.ui.deputies import DeputiesPage
from lianxin.ui.deputies.forms import JoinGroup, MandateForm, MandateState, RegisterDeputy
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.ui.made_up import commit
from tests.ui.small_office import NOW, OtherPage, small_office, window_with

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    made = small_office(tmp_path)
    with made.store.writing(reason="花名册") as writing:
        for name, levels in (
            ("周桂兰", ("county", "township")),
            ("龙志明", ("township",)),
            ("向光明", ("county",)),
        ):
            person = writing.new_uid()
            writing.put(Person(uid=person, name=name, phone="13912342217"))
            for level in levels:
                writing.put(Mandate(uid=writing.new_uid(), person=person, level=level))
        writing.put(
            Contact(
                uid=writing.new_uid(), channel="visit", day=NOW.date(), words="路灯不亮", deputies="周桂兰"
            )
        )
    return made


def shown(qtbot: QtBot, office: Desk) -> tuple[MainWindow, DeputiesPage]:
    window = window_with(
        office,
        PageEntry("deputies", "代表", lambda desk: DeputiesPage(desk, office), kinds=("person", "mandate")),
        PageEntry("contacts", "来访", lambda desk: OtherPage(window, "contacts"), kinds=("contact",)),
        PageEntry("import", "导入", lambda desk: OtherPage(window, "import")),
    )
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("deputies")
    page = window.page("deputies")
    assert isinstance(page, DeputiesPage)
    settle(qtbot, page)
    return window, page


def settle(qtbot: QtBot, page: DeputiesPage) -> None:
    """Wait until list and counts are read."""
    page.desk.hub.flush()
    qtbot.waitUntil(lambda: not page.desk.reads.busy() and bool(page.filters.counts()), timeout=10_000)


def person(office: Desk, name: str) -> str:
    with office.store.reading() as reading:
        (found,) = reading.all(Person, Condition("name", "=", name))
    return found.uid


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def undo(window: MainWindow) -> None:
    next(each for each in window.status.quiet.findChildren(QPushButton) if each.text() == "撤销").click()


def test_one_line_a_person_and_the_chips_agree(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    assert page.list.shown_count() == 3
    assert list(page.list.model.cells(0))[:3] == ["周桂兰", "", "县、乡"]
    assert page.list.model.cells(0)[5] == "139****2217"
    counts = dict(page.filters.counts())
    assert (counts[ALL], counts["county"], counts["township"]) == (3, 2, 2)
    for level in ("county", "township"):
        page.filters.choose(level)
        settle(qtbot, page)
        assert page.list.shown_count() == counts[level]
        assert page.list.current_key() == page.shown_uid()


def test_arrow_keys_show_the_deputy_of_the_row(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    texts = page.detail.texts()
    assert texts["title"] == "周桂兰  县、乡人大代表"
    assert texts["mandates"].splitlines() == ["县人大代表 · 在任", "乡人大代表 · 在任"]
    assert "13912342217" not in texts["facts"] and "139****2217" in texts["facts"]
    assert texts["duties"] == "2026-11-22 日常来访 路灯不亮"
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    assert page.shown_uid() == person(office, "龙志明") == page.list.current_key()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Up)
    look = next(each for each in page.detail.findChildren(QPushButton) if each.text() == "查看")
    look.click()
    contacts = window.page("contacts")
    assert isinstance(contacts, OtherPage) and [kind for kind, _ in contacts.opened] == ["contact"]


def test_f2_registers_person_and_mandate_and_undo_takes_both(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    commit(focused(), "梁世荣")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    settle(qtbot, page)
    new = person(office, "梁世荣")
    qtbot.waitUntil(lambda: page.shown_uid() == new)
    assert page.detail.texts()["mandates"].startswith("乡人大代表")
    assert page.filters.counts()[ALL] == 4
    undo(window)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.filters.counts().get(ALL) == 3)
    assert deputy_file(office, new) is None
    with office.store.reading() as reading:
        assert not reading.children(Mandate, "person", [new])


def test_a_namesake_is_shown_before_somebody_is_registered_twice(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    page.register_new()
    assert isinstance(page.form, RegisterDeputy)
    commit(focused(), "周桂兰")
    with qtbot.waitSignal(page.form.draft_due):
        pass
    assert "已有同名的：周桂兰 · 县、乡" in page.form._same.text()
    key = page.form.key
    page.go_back()
    with office.store.reading() as reading:
        assert reading.draft(Person.KIND, key) is not None
    page.register_new()
    assert isinstance(page.form, RegisterDeputy) and page.form.person.value("name") == "周桂兰"


def test_a_mandate_is_added_to_the_person_there_is(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    page.show_person(person(office, "龙志明"))
    page.add_mandate()
    assert isinstance(page.form, MandateForm)
    page.form.form.set_value("level", "township")
    page.form.form.set_value("term", "")
    page.form.submit()
    assert "已有同一届" in page.form.form.row("level").problem()
    page.form.form.set_value("level", "county")
    page.form.submit()
    assert page.form is None
    assert page.detail.texts()["title"] == "龙志明  县、乡人大代表"
    settle(qtbot, page)
    assert page.filters.counts()[ALL] == 3 and page.filters.counts()["county"] == 3
    undo(window)
    settle(qtbot, page)
    assert page.detail.texts()["title"] == "龙志明  乡人大代表"


def test_a_mandate_ends_with_day_and_document_and_the_person_stays(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    page.show_person(person(office, "向光明"))
    file = page.detail.file
    assert file is not None
    page.change_state(file.mandates[0].uid)
    form = page.form
    assert isinstance(form, MandateState)
    form.submit()
    assert "没有变化" in form.form.row("state").problem()
    form.form.set_value("state", "resigned")
    form.submit()
    assert form.form.row("state_day").problem()
    form.form.set_value("state_day", "11.20")
    form.submit()
    assert form.form.row("state_document").problem()
    form.form.set_value("state_document", "清人发〔2026〕3号")
    form.submit()
    settle(qtbot, page)
    assert page.filters.counts()[ENDED] == 1 and page.filters.counts()[ALL] == 2
    assert person(office, "向光明") not in [page.list.model.key_at(row) for row in range(2)]
    page.show_person(person(office, "向光明"))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.shown_uid() == person(office, "向光明"))
    assert page.detail.texts()["mandates"] == "县人大代表 · 辞职，2026年11月20日，清人发〔2026〕3号"


def test_a_group_below_three_is_warned_about_with_its_source(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    page.join_group()
    form = page.form
    assert isinstance(form, JoinGroup)
    page.add_named(form.form, "group", "第一代表小组")
    form.submit()
    settle(qtbot, page)
    texts = page.detail.texts()
    assert texts["groups"] == "第一代表小组（1人）"
    assert "少于3名" in texts["warning"] and "第四十三条" in texts["warning"]
    assert page.filters.group.itemText(1) == "第一代表小组（1人）"
    file = page.detail.file
    assert file is not None
    page.leave_group(file.groups[0].member.uid)
    settle(qtbot, page)
    assert "少于3名" in window.status.quiet.words()
    assert page.detail.texts()["groups"] == "还没有编入代表小组"
    undo(window)
    settle(qtbot, page)
    with office.store.reading() as reading:
        assert reading.count(GroupMember) == 1
    assert page.detail.texts()["groups"] == "第一代表小组（1人）"


def test_the_telephone_is_hidden_in_the_sheet_too_and_showing_it_is_logged(
    qtbot: QtBot, office: Desk
) -> None:
    _, page = shown(qtbot, office)
    page.edit_person()
    assert page.form is not None
    row = page.form.form.row("phone")  # type: ignore[attr-defined]
    assert row.is_masked() and "13912342217" not in row.hint()
    row.show_button.click()
    with office.store.reading() as reading:
        assert [each.what for each in access_notes(reading)] == ["代表 周桂兰 联系电话"]


def test_the_roster_is_imported_from_its_head(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    _, act = page.head().others
    assert act.label == "导入花名册"
    act.run()
    assert window.current_page() == "import"


def test_a_mandate_found_by_search_opens_its_person(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    file = deputy_file(office, person(office, "龙志明"))
    assert file is not None
    window.open_record("mandate", file.mandates[0].uid)
    settle(qtbot, page)
    assert page.shown_uid() == file.person.uid == page.list.current_key()


def test_an_empty_roster_offers_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    empty = small_office(tmp_path / "empty")
    window, page = shown_empty(qtbot, empty)
    assert page.list.face() == "empty"
    page.list.empty_acted.emit()
    assert window.current_page() == "import"


def shown_empty(qtbot: QtBot, office: Desk) -> tuple[MainWindow, DeputiesPage]:
    window = window_with(
        office,
        PageEntry("deputies", "代表", lambda desk: DeputiesPage(desk, office)),
        PageEntry("import", "导入", lambda desk: OtherPage(window, "import")),
    )
    qtbot.addWidget(window)
    window.show()
    window.go("deputies")
    page = window.page("deputies")
    assert isinstance(page, DeputiesPage)
    qtbot.waitUntil(lambda: not window.reads.busy())
    return window, page
