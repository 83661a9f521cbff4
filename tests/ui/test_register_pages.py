"""台账 in the hands of a clerk: kinds found by letters, lines typed one after another, what is asked, copies; 年度任务."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.domain.records import Project, ProjectProgress, ReceptionDay, RuleDocument, Staff, Station
from lianxin.office.cases.courses import Question, save_in_course
from lianxin.office.desk import Desk
from lianxin.office.duties.yearly_duties import yearly_duties
from lianxin.office.reception.duty_places import PLACES
from lianxin.office.records import new_uid
from lianxin.ui.figures.county_table_page import CountyTablePage
from lianxin.ui.main import township_entries
from lianxin.ui.registers.course_form import CourseForm
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.shell import MainWindow
from lianxin.ui.today.duties_page import DutiesPage
from tests.ui.made_up import commit
from tests.ui.small_office import Keeping, small_office, window_with


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path, ticking=True)


@pytest.fixture
def window(office: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window_with(office, *township_entries(App(office.store.home, office), Keeping(office)))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made


def registers(window: MainWindow) -> RegistersPage:
    window.go("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    return page


def test_a_register_is_found_by_its_letters(window: MainWindow, qtbot: QtBot) -> None:
    page = registers(window)
    page.rail.box.setText("zdwj")
    assert page.rail.kinds() == ["rule-document"]
    qtbot.keyClick(page.rail.box, Qt.Key.Key_Down)
    panel = page.panel()
    assert panel is not None and panel.cls is RuleDocument
    page.rail.box.clear()
    assert {"staff", "party-report", "station-check"} <= set(page.rail.kinds())


def test_lines_are_typed_one_after_another_with_enter(window: MainWindow, office: Desk, qtbot: QtBot) -> None:
    project = Project(uid=new_uid(office), year=2026, name="饮水管网改造")
    save_in_course(office, project)
    window.open_record("project", project.uid)
    panel = registers(window).panel()
    assert panel is not None and panel.detail is not None
    panel.detail.show_part("project-progress")
    lines = panel.detail.lines["project-progress"]
    for day in ("3.28", "6.30"):
        control = lines.form.form.row("date").editor.control
        assert isinstance(control, QLineEdit)
        commit(control, day)
        last = lines.form.form.row("remark").editor.control
        qtbot.keyClick(last, Qt.Key.Key_Return)
    with office.store.reading() as reading:
        found = reading.all(ProjectProgress)
    assert {each.day for each in found} == {date(2026, 3, 28), date(2026, 6, 30)}
    assert {each.project for each in found} == {project.uid} and lines.form.uid == ""


def test_a_line_that_is_searched_for_is_shown_with_its_whole(window: MainWindow, office: Desk) -> None:
    project = Project(uid=new_uid(office), year=2026, name="饮水管网改造")
    line = ProjectProgress(uid=new_uid(office), project=project.uid, day=date(2026, 3, 28))
    save_in_course(office, project)
    save_in_course(office, line)
    window.open_record("project-progress", line.uid)
    panel = registers(window).panel()
    assert panel is not None and panel.detail is not None
    assert panel.detail.uid == project.uid and panel.detail.part() == "project-progress"


def test_closing_a_station_asks_and_esc_saves_nothing(window: MainWindow, office: Desk) -> None:
    with office.store.reading() as reading:
        (station,) = reading.all(Station)
    with office.store.writing(reason="准备") as writing:
        day = office.today() + timedelta(days=9)
        writing.put(ReceptionDay(uid=writing.new_uid(), day=day, station=station.uid))
    window.open_record("station", station.uid)
    panel = registers(window).panel()
    assert panel is not None and isinstance(panel.form, CourseForm)
    asked: list[Question] = []

    def not_yet(_parent: QWidget, question: Question) -> str:
        asked.append(question)
        return ""

    panel.form.ask = not_yet
    panel.form.form.set_value("state", "closed")
    assert not panel.form.save() and "1个接待日没有举行" in asked[0].words
    with office.store.reading() as reading:
        assert reading.all(Station)[0].state == "running"


def test_a_copy_begins_as_the_last_one(window: MainWindow, office: Desk) -> None:
    save_in_course(office, Staff(uid=new_uid(office), name="李慧", post="人大专干", employment="full"))
    page = registers(window)
    page.choose("staff")
    page.copy_last()
    panel = page.panel()
    assert panel is not None and panel.form is not None
    assert panel.form.uid == "" and panel.form.form.value("post") == "人大专干"
    panel.form.form.set_value("name", "向光明")
    assert panel.form.save()
    with office.store.reading() as reading:
        assert {(each.name, each.employment) for each in reading.all(Staff)} == {
            ("李慧", "full"),
            ("向光明", "full"),
        }


def test_every_duty_leads_to_where_it_is_done(window: MainWindow, office: Desk, qtbot: QtBot) -> None:
    told = yearly_duties(office, office.today().year)
    assert {duty.key for duty in told.lines} <= set(PLACES)
    window.go("duties")
    page = window.page("duties")
    assert isinstance(page, DutiesPage)
    qtbot.waitUntil(lambda: page.shown is not None and page.list.shown_count() == len(told.lines))
    page.list.select("party_reports")
    page.go_there()
    panel = registers(window).panel()
    assert window.current_page() == "registers" and panel is not None and panel.cls.KIND == "party-report"


def test_the_county_table_page_begins_with_one_button(window: MainWindow) -> None:
    window.go("county-table")
    page = window.page("county-table")
    assert isinstance(page, CountyTablePage) and page.table is None
    main = page.head().main
    assert main is not None and not main.enabled
