"""Forms: made from the dictionary, understood on leaving, never in the way of an IME, nothing typed is lost."""

from __future__ import annotations

import gc
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.records import Contact, Mandate, Opinion, Person, Visitor
from lianxin.ui.facts import FactSheet
from lianxin.ui.form import FormFields
from lianxin.ui.pieces import PickList
from lianxin.ui.understanding import masked, typed_of, understand
from tests.ui.made_up import CONTACT_LINES, TODAY, VISITOR_LINES, MadeUpLookup, commit, compose, today

R = TypeVar("R", bound=Record)


def _contact(qtbot: QtBot) -> FormFields[Contact]:
    form = FormFields(Contact, CONTACT_LINES, today=today, lookup=MadeUpLookup())
    return _shown(qtbot, form)


def _visitor(qtbot: QtBot, *, offer_new: tuple[str, ...] = ()) -> FormFields[Visitor]:
    return _shown(
        qtbot, FormFields(Visitor, VISITOR_LINES, today=today, lookup=MadeUpLookup(), offer_new=offer_new)
    )


def _shown(qtbot: QtBot, form: FormFields[R]) -> FormFields[R]:
    qtbot.addWidget(form)
    form.resize(700, 700)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return form


@pytest.mark.parametrize("cls", kinds(), ids=[cls.KIND for cls in kinds()])
def test_every_record_of_the_dictionary_has_a_form(qtbot: QtBot, cls: type[Record]) -> None:
    form = FormFields(cls, today=today, lookup=MadeUpLookup())
    qtbot.addWidget(form)
    assert form.wires() == tuple(spec.wire for spec in cls.fields())
    for wire in form.wires():
        spec, control = cls.spec(wire), form.row(wire).editor.control
        assert control.accessibleName().startswith(spec.label)
        assert spec.required == control.accessibleName().endswith("必填")
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_beginnings_of_the_dictionary_stand_in_an_empty_form(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    assert form.value("persons") == "1" and form.value("answered") == "否" and form.value("type") == ""


def test_a_day_is_understood_when_the_field_is_left(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    form.focus_field("date")
    day = form.row("date").editor.control
    qtbot.keyClicks(day, "3.5")
    assert form.row("date").hint() == "" and form.row("date").problem() == ""
    form.focus_field("time")
    assert form.row("date").hint() == "2026年3月5日"
    assert isinstance(day, QLineEdit) and day.text() == "3.5"


def test_a_problem_stands_beside_its_field_in_plain_words(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    form.focus_field("date")
    qtbot.keyClicks(form.row("date").editor.control, "2.30")
    form.focus_field("time")
    row = form.row("date")
    assert "没有30日" in row.problem() and row.editor.control.property("wrong") == "true"
    assert row.editor.control.accessibleDescription() == row.problem()
    form.set_value("date", "2.28")
    assert row.problem() == "" and row.hint() == "2026年2月28日"


def test_a_doubt_is_asked_and_does_not_stop(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    form.set_value("date", "26.3.5")
    assert "两位" in form.row("date").doubt() and form.row("date").problem() == ""


def test_composition_is_never_disturbed(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    heard: list[str] = []
    form.changed.connect(heard.append)
    form.focus_field("words")
    box = form.row("words").editor.control
    assert isinstance(box, QPlainTextEdit)
    compose(box, "yin shui")
    assert form.value("words") == "" and form.row("words").problem() == ""
    commit(box, "饮水管破损")
    assert form.value("words") == "饮水管破损" and "words" in heard


def test_enter_goes_on_in_paper_order_and_ends_the_form(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    form.focus_first()
    order = list(form.wires())
    for wire in order[1:]:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is form.row(wire).editor.control
    with qtbot.waitSignal(form.finished, timeout=500):
        qtbot.keyClick(form.row(order[-1]).editor.control, Qt.Key.Key_Return)


def test_tab_goes_the_same_way_as_enter(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.focus_first()
    met = []
    for _ in form.wires():
        met.append(QApplication.focusWidget())
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert met == [form.row(wire).editor.control for wire in form.wires()]


def test_a_hidden_field_is_passed_over_and_keeps_its_text(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.set_value("phone", "13912342217")
    form.set_shown("phone", False)
    form.focus_field("name")
    qtbot.keyClick(form.row("name").editor.control, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.row("sex").editor.control
    assert form.typed()["phone"] == "13912342217"


def test_shift_enter_makes_a_line_and_ctrl_enter_submits(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    box = form.row("words").editor.control
    commit(box, "第一")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    commit(box, "第二")
    assert form.value("words") == "第一\n第二"
    with qtbot.waitSignal(form.submitted, timeout=500):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_record_comes_out_or_the_first_problem_is_focused(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    assert form.read("u1") is None
    assert form.row("date").problem() == "请填写日期" and form.row("words").problem() == "请填写反映内容"
    assert QApplication.focusWidget() is form.row("date").editor.control
    form.set_typed({"date": "3.5", "type": "visit", "words": "饮水管破损", "persons": "3", "answered": "是"})
    record = form.read("u1", also={"recorder": "龙某"})
    assert record is not None
    assert (record.day, record.channel, record.persons, record.answered) == (
        date(2026, 3, 5),
        "visit",
        3,
        True,
    )
    assert record.recorder == "龙某" and record.uid == "u1"
    assert form.row("date").problem() == ""


def test_a_record_shown_and_read_again_is_the_same(qtbot: QtBot) -> None:
    form: FormFields[Mandate] = FormFields(Mandate, today=today, lookup=MadeUpLookup())
    qtbot.addWidget(form)
    record = Mandate(
        uid="m1", person="p1", level="county", elected=date(2021, 11, 3), leader=True, remark="一\n二"
    )
    form.set_record(record)
    assert form.read("m1") == record


@given(
    title=st.text(alphabet="甲乙丙丁abc一", min_size=1, max_size=30),
    words=st.text(alphabet="甲乙\n丙 丁", max_size=60).map(str.strip).filter(bool),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    group=st.booleans(),
    category=st.sampled_from(["01", "09", "18"]),
)
def test_typed_of_parses_back_to_the_same_record(
    title: str, words: str, day: date, group: bool, category: str
) -> None:
    record = Opinion(uid="o1", title=title, words=words, registered=day, group=group, category=category)
    assert Opinion.parse(typed_of(record), uid="o1", today=TODAY).record == record


def test_everything_typed_can_be_put_back_as_a_draft(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    commit(form.row("name").editor.control, "单 大贵")
    commit(form.row("village").editor.control, "不认识的村")
    commit(form.row("phone").editor.control, "半个")
    typed = form.typed()
    assert typed["village"] == "" and typed["village~"] == "不认识的村"
    again = _visitor(qtbot)
    again.set_typed(typed)
    assert again.typed() == typed


def test_a_draft_is_due_after_a_pause_and_on_leaving(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    form.focus_field("words")
    with qtbot.waitSignal(form.draft_due, timeout=2_000):
        commit(form.row("words").editor.control, "饮")
    with qtbot.waitSignal(form.draft_due, timeout=300):
        commit(form.row("words").editor.control, "水")
        form.focus_field("date")


def test_filling_a_form_is_not_typing(qtbot: QtBot) -> None:
    form = _contact(qtbot)
    heard: list[str] = []
    form.changed.connect(heard.append)
    form.set_typed({"date": "3.5", "words": "一", "type": "visit", "answered": "是"})
    form.clear()
    assert heard == []


def test_a_reference_is_found_by_typing_and_taken_with_enter(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.focus_field("village")
    field = form.row("village").editor.control
    commit(field, "村")
    found = form.findChild(PickList)
    assert isinstance(found, PickList) and found.keys() == ["r1", "r2", "r3", "r4"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert form.value("village") == "r2" and found.isHidden()
    assert QApplication.focusWidget() is form.row("address").editor.control


def test_a_reference_that_is_nobody_is_said_and_stops_registering_only(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.focus_field("village")
    commit(form.row("village").editor.control, "不认识的村")
    form.focus_field("name")
    assert "没有找到“不认识的村”" in form.row("village").problem()
    assert "village" in form.problems(also={"contact": "c1"})
    assert form.read("v1", also={"contact": "c1"}) is None


def test_a_name_written_in_full_is_taken_without_the_list(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.focus_field("village")
    commit(form.row("village").editor.control, "响水村")
    form.focus_field("name")
    assert form.value("village") == "r3" and form.row("village").problem() == ""


def test_something_new_is_offered_where_allowed(qtbot: QtBot) -> None:
    form = _visitor(qtbot, offer_new=("village",))
    form.focus_field("village")
    field = form.row("village").editor.control
    commit(field, "新村")
    with qtbot.waitSignal(form.new_wanted, timeout=500) as wanted:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wanted.args == ["village", "新村"]


def test_a_long_code_list_narrows_by_the_words_typed(qtbot: QtBot) -> None:
    form = _shown(qtbot, FormFields(Opinion, ["category", "registered"], today=today))
    assert form.value("category") == "18"
    form.focus_field("category")
    field = form.row("category").editor.control
    assert isinstance(field, QLineEdit) and field.text() == "其他"
    field.selectAll()
    commit(field, "低保")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert form.value("category") == "10" and field.text() == "社会保障与救助"


def test_personal_values_are_masked_until_asked_for(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    record = Visitor(uid="v1", contact="c1", name="田金玉", phone="13912342217", sex="female")
    form.set_record(record, mask=True)
    row = form.row("phone")
    assert row.is_masked() and not row.editor.isVisible() and form.row("address").is_masked() is False
    with qtbot.waitSignal(form.disclosed, timeout=500) as told:
        row.show_button.click()
    assert told.args == ["phone"] and row.editor.isVisible()
    assert form.read("v1", also={"contact": "c1"}) == record


def test_a_box_is_ticked_by_key(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    box = form.row("confidential").editor.control
    assert isinstance(box, QCheckBox)
    qtbot.keyClicks(box, "1")
    assert form.value("confidential") == "是"
    qtbot.keyClicks(box, "0")
    assert form.value("confidential") == "否"


def test_a_hint_offers_what_was_said_last_time(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    form.set_hint("name", "第3次来访", offer="沿用上次住址")
    form.hint_taken.connect(lambda wire: form.set_value("address", f"由{wire}沿用"))
    (offer,) = [one for one in form.row("name").findChildren(QPushButton) if one.text() == "沿用上次住址"]
    offer.click()
    assert form.value("address") == "由name沿用" and form.row("name").hint() == "第3次来访"
    form.clear()
    assert form.row("name").hint() == ""


def test_fields_share_a_line_only_while_there_is_room(qtbot: QtBot) -> None:
    form = _visitor(qtbot)
    phone, sex = form.row("phone"), form.row("sex")
    assert phone.mapTo(form, phone.rect().topLeft()).y() == sex.mapTo(form, sex.rect().topLeft()).y()
    form.resize(360, 900)
    QApplication.processEvents()
    assert sex.mapTo(form, sex.rect().topLeft()).y() > phone.mapTo(form, phone.rect().topLeft()).y()


def test_understanding_is_plain() -> None:
    assert understand(Visitor, Visitor.spec("phone"), "138 2217 0965", today=TODAY).shown == "13822170965"
    assert understand(Visitor, Visitor.spec("phone"), "13822170965", today=TODAY).shown == ""
    wrong = understand(Visitor, Visitor.spec("address"), "长" * 81, today=TODAY)
    assert wrong.problem == "住址最多80字，现在81字"


def test_masks_follow_the_kind() -> None:
    assert masked(Visitor.spec("phone"), "13912342217") == "139****2217"
    assert masked(Visitor.spec("name"), "田金玉") == "田**"
    assert (
        masked(Visitor.spec("address"), "长坪村三组") == "长***"
        and masked(Visitor.spec("sex"), "男") == "***"
    )


def test_a_fact_sheet_hides_personal_values_and_tells_when_they_are_shown(qtbot: QtBot) -> None:
    sheet = FactSheet(lookup=MadeUpLookup())
    qtbot.addWidget(sheet)
    sheet.set_record(Visitor(uid="v", contact="c", name="田金玉", village="r1"), ["name", "village", "age"])
    assert sheet.texts() == [("来访人", "田**"), ("村（社区）", "长坪村")]
    sheet.set_record(Person(uid="p", name="周桂兰"), ["name"])
    gc.collect()
    assert sheet.texts() == [("姓名", "周桂兰")]


def test_typing_into_a_field_reached_by_the_form_takes_the_place_of_what_stood_there(qtbot: QtBot) -> None:
    """A prefilled 1 and a typed 12 must not become 121."""
    form = FormFields(Contact, ("persons", "words"), today=today)
    _shown(qtbot, form)
    assert form.value("persons") == "1"
    form.focus_first()
    box = form.row("persons").editor.control
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "12")
    assert form.value("persons") == "12"
    form.focus_field("words")
    form.focus_field("persons")
    qtbot.keyClicks(box, "3")
    assert form.value("persons") == "3"
