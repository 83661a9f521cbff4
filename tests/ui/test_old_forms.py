"""An old form cannot undo what another window saved: every form that edits writes only what was changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    DeputyGroup,
    HandlingUnit,
    Mandate,
    Opinion,
    Person,
    ReceptionRule,
    Reply,
    Station,
)
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases import opinions
from lianxin.office.deputies.roster import deputy_file
from lianxin.office.desk import Desk
from lianxin.ui.deputies.forms import EditPerson, GroupForm, MandateForm
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import FormFields
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import ActForm
from lianxin.ui.opinions.matter_forms import EditForm
from lianxin.ui.opinions.step_forms import StepForm
from lianxin.ui.pages import PageEntry
from lianxin.ui.reception.rule_panel import RulePanel
from lianxin.ui.registers.register_form import RegisterForm
from tests.ui.made_up import BlankPage, commit
from tests.ui.small_office import NOW, small_office, window_with


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def put(office: Desk, record: Record) -> str:
    """What another window saves; the uid."""
    with office.store.writing(reason="另一个窗口") as writing:
        made = type(record).unpacked({**record.packed(), "uid": record.uid or writing.new_uid()})
        writing.put(made)
        return made.uid


def stored(office: Desk, cls: type[Record], uid: str) -> Record:
    with office.store.reading() as reading:
        found = reading.get(cls, uid)
    assert found is not None
    return found


def write_over(form: FormFields[Record], wire: str, words: str) -> None:
    """Select what stands in a field and put words there, as a clerk with an IME does."""
    form.focus_field(wire)
    at = QApplication.focusWidget()
    assert isinstance(at, QLineEdit | QPlainTextEdit)
    at.selectAll()
    commit(at, words)


@dataclass(frozen=True)
class Old:
    """A form that was opened: its fields, how it is saved, how it is opened again with its draft."""

    fields: FormFields[Record]
    save: Callable[[], object]


def act(qtbot: QtBot, form: ActForm, fields: FormFields[Record]) -> Old:
    qtbot.addWidget(form)
    form.start()
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return Old(fields, form.save)


def a_matter(office: Desk) -> str:
    opinion = Opinion(uid="", title="路灯不亮", words="路灯不亮", registered=NOW.date())
    return opinions.register_opinion(office, opinion=replace(opinion, uid=put(office, opinion))).opinion.uid


def case(name: str, qtbot: QtBot, office: Desk) -> tuple[Old, type[Record], str, str, str, Record]:
    """The old form; class and uid; the field typed in it; the field the other window writes, as it writes it."""
    lookup = StoreLookup(office)
    if name == "register":
        uid = put(office, HandlingUnit(uid="", name="镇电管站"))
        window = window_with(office, PageEntry("blank", "空", BlankPage))
        qtbot.addWidget(window)
        form = RegisterForm(window, office, HandlingUnit, DraftKeeper(office, "one"))
        qtbot.addWidget(form)
        assert form.open(uid)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        other = HandlingUnit(uid=uid, name="镇电管站", leader="单大贵")
        return Old(form.form, form.save), HandlingUnit, uid, "contact", "leader", other
    if name == "rule":
        station = put(office, Station(uid="", name="石牌站"))
        rule = ReceptionRule(uid="", station=station, recurrence="monthly_day", days="15")
        uid = put(office, rule)
        window = window_with(office, PageEntry("blank", "空", BlankPage))
        qtbot.addWidget(window)
        panel = RulePanel(window, office, DraftKeeper(office, "one"))
        qtbot.addWidget(panel)
        panel.refresh()
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        return Old(panel.fields, panel.save), ReceptionRule, uid, "days", "start", replace(
            rule, uid=uid, start=time(8, 30)
        )  # fmt: skip
    if name in ("person", "mandate"):
        uid = put(office, Person(uid="", name="周桂兰", phone="13912342217"))
        seat = put(office, Mandate(uid="", person=uid, level="county"))
        file = deputy_file(office, uid)
        assert file is not None
        if name == "person":
            edit = EditPerson(office, file.person)
            other_person = replace(file.person, phone="13800001111")
            return act(qtbot, edit, edit.form), Person, uid, "work", "phone", other_person
        opened = stored(office, Mandate, seat)
        assert isinstance(opened, Mandate)
        change = MandateForm(office, lookup, file, opened)
        other_seat = replace(opened, state_document="公告3号")
        return act(qtbot, change, change.form), Mandate, seat, "certificate", "state_document", other_seat
    if name == "group":
        group = DeputyGroup(uid="", name="一组")
        uid = put(office, group)
        group = replace(group, uid=uid)
        sheet = GroupForm(office, group)
        return (
            act(qtbot, sheet, sheet.form),
            DeputyGroup,
            uid,
            "remark",
            "name",
            replace(group, name="第一组"),
        )
    uid = a_matter(office)
    if name == "step":
        opinions.route(office, opinion=uid, way="to_county", day=NOW.date())
        opinions.record_reply(office, opinion=uid, day=NOW.date(), result="A", words="修好了")
        found = case_file(office, uid)
        assert found is not None
        reply = next(each.record for each in found.events if isinstance(each.record, Reply))
        step = StepForm(office, lookup, found, reply)
        return (
            act(qtbot, step, step.form),
            Reply,
            reply.uid,
            "words",
            "document",
            replace(reply, document="3号"),
        )
    found = case_file(office, uid)
    assert found is not None
    matter = EditForm(office, lookup, found)
    other_matter = replace(found.opinion, urgency="urgent")
    return act(qtbot, matter, matter.form), Opinion, uid, "title", "urgency", other_matter


FORMS = ("register", "rule", "person", "mandate", "group", "matter", "step")


@pytest.mark.parametrize("name", FORMS)
def test_what_another_window_saved_stays(qtbot: QtBot, office: Desk, name: str) -> None:
    old, cls, uid, mine, theirs, other = case(name, qtbot, office)
    put(office, other)
    write_over(old.fields, mine, "20" if name == "rule" else "新写的")
    assert old.save() is not None or name == "rule"
    now = stored(office, cls, uid).packed()
    assert now[mine] == ("20" if name == "rule" else "新写的")
    assert now[theirs] == other.packed()[theirs] is not None


@pytest.mark.parametrize("name", FORMS)
def test_a_draft_keeps_only_what_was_changed(qtbot: QtBot, office: Desk, name: str) -> None:
    old, _, _, mine, _, _ = case(name, qtbot, office)
    write_over(old.fields, mine, "改过")
    assert old.fields.changes() == {mine: "改过"}


def test_a_draft_put_back_undoes_nothing_saved_meanwhile(qtbot: QtBot, office: Desk) -> None:
    uid = put(office, HandlingUnit(uid="", name="镇电管站"))
    window = window_with(office, PageEntry("blank", "空", BlankPage))
    qtbot.addWidget(window)
    form = RegisterForm(window, office, HandlingUnit, DraftKeeper(office, "one"))
    qtbot.addWidget(form)
    form.open(uid)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    write_over(form.form, "contact", "彭世荣")
    form.keep()
    put(office, HandlingUnit(uid=uid, name="镇供电所", leader="单大贵"))
    again = RegisterForm(window, office, HandlingUnit, DraftKeeper(office, "one"))
    qtbot.addWidget(again)
    assert again.open(uid) and again.save()
    now = stored(office, HandlingUnit, uid)
    assert now == HandlingUnit(uid=uid, name="镇供电所", leader="单大贵", contact="彭世荣")


def test_the_form_shows_what_stands_after_saving(qtbot: QtBot, office: Desk) -> None:
    old, _, _, mine, _, other = case("register", qtbot, office)
    put(office, other)
    write_over(old.fields, mine, "彭世荣")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert old.save() is True
    assert old.fields.value("leader") == "单大贵"
