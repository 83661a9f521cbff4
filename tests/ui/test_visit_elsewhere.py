"""At the door: told where it belongs, settled by a deputy, refused, a group; by keyboard, on a real ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, Deed, Opinion, Person, Routing, Telling
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.office.reception.visit_papers import reception_form
from lianxin.office.reception.visitors import add_named
from lianxin.store.reading import Order
from lianxin.ui.reception import ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.documents.reading_back import all_text
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, Key, page_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    day, _ = reception.make_day(made.desk, day=made.desk.today())
    on_duty.put_on_duty(made.desk, day=day.uid, person=made.uid(Person, "周桂兰"))
    yield made
    made.desk.store.close()


@pytest.fixture
def page(window: MainWindow) -> ReceptionPage:
    return page_of(window, "reception", ReceptionPage)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow, page: ReceptionPage) -> Clerk:
    page.focus_first()
    return Clerk(qtbot, window)


def said(clerk: Clerk, words: str, persons: str = "") -> Clerk:
    """From the name to the way."""
    clerk.say("田金玉").enter(3).pick("长坪村").enter()
    if persons:
        clerk.press(Key.Key_A, held=CTRL).type(persons)
    return clerk.enter(2).say(words).enter()


def test_guiding_asks_what_it_is_about_and_where_to_and_offers_the_paper(
    clerk: Clerk, page: ReceptionPage, town: Township
) -> None:
    said(clerk, "法院判决一年没有执行，路费报销也没有说法").press(Key.Key_4)
    form = page.panel.form
    rows = form.matter.elsewhere
    assert rows.about.text() == "lawsuit" and rows.telling.text() == "on_spot"
    clerk.say("县人民法院").enter()
    assert rows.reason.text().startswith("反映的是涉法涉诉事项")
    clerk.save()
    with town.desk.store.reading() as reading:
        (routing,) = reading.all(Routing)
        (telling,) = reading.all(Telling)
    assert (routing.route, routing.guidance, routing.guided_to, routing.telling) == (
        "guided", "lawsuit", "县人民法院", "on_spot",
    )  # fmt: skip
    assert telling.destination == "县人民法院" and form.blank()
    clerk.press(Key.Key_G, held=CTRL)
    (paper,) = (town.folder / "papers").iterdir()
    assert paper.name == "来访事项告知单_2026-GZ0001.docx"
    said(clerk, "路灯不亮").press(Key.Key_1).save()
    clerk.press(Key.Key_G, held=CTRL)
    assert len(list((town.folder / "papers").iterdir())) == 1
    with town.desk.store.reading() as reading:
        first = reading.all(Contact, order=Order("number"))[0]
    assert "告知引导：县人民法院" in all_text(reception_form(town.desk, first.uid)[1])
    page.facts.show_contact(first.uid)
    assert not page.facts.notice.isHidden()


def test_a_petition_is_told_later_and_its_reason_is_not_forgotten(
    clerk: Clerk, page: ReceptionPage, town: Township
) -> None:
    said(clerk, "征地补偿款被挪用，要求上级查处").press(Key.Key_0, Key.Key_1)
    rows = page.panel.form.matter.elsewhere
    assert rows.about.text() == "petition"
    clerk.enter().press(Key.Key_A, held=CTRL).press(Key.Key_Backspace).save()
    assert rows.reason_problem() == "请写明为什么引导、该找谁"
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == []
    clerk.say("属信访事项，请向县信访局提出").enter().press(Key.Key_2).save()
    with town.desk.store.reading() as reading:
        (routing,) = reading.all(Routing)
        assert reading.all(Telling) == []
    assert (routing.route, routing.telling) == ("to_petition", "later")
    assert "已登记" in clerk.told()


def test_what_a_deputy_settles_is_put_down_as_his_deed(
    clerk: Clerk, page: ReceptionPage, town: Township, qtbot: QtBot
) -> None:
    said(clerk, "两家为屋檐滴水吵架").press(Key.Key_0, Key.Key_2)
    rows = page.panel.form.matter.elsewhere
    assert rows.deputy.shown().startswith("周桂兰"), "she is the only one who receives today"
    clerk.say("当场调解，双方商定装雨槽").save()
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
    assert (deed.person, deed.what) == (town.uid(Person, "周桂兰"), "当场调解，双方商定装雨槽")
    clerk.undo()
    with town.desk.store.reading() as reading:
        assert reading.all(Deed) == [] and reading.all(Contact) == []
    assert page.panel.form.way.text() == "deputy_solved" and rows.what.text() != ""


def test_a_refused_step_writes_nothing_and_keeps_what_was_typed(
    clerk: Clerk, page: ReceptionPage, town: Township
) -> None:
    add_named(town.desk, "unit", "县水利局")
    said(clerk, "水库坝脚渗水").press(Key.Key_2).pick("县水利局").save()
    form = page.panel.form
    assert "请把处理方式改为“转报县人大”" in form.matter.way_row.problem()
    assert form.who.value("name") == "田金玉" and form.said.value("words") == "水库坝脚渗水"
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == [] and len(reading.drafts("contact")) == 1
    clerk.press(Key.Key_3).save()
    with town.desk.store.reading() as reading:
        (opinion,) = reading.all(Opinion)
    assert opinion.level == "county"


def test_a_group_waits_for_the_chair_before_it_is_handed_over(
    clerk: Clerk, page: ReceptionPage, town: Township
) -> None:
    said(clerk, "征地补偿没有到位", persons="7")
    assert page.panel.form.waits.text() == "超过5人，按集体来访登记，转交前由主席审阅。"
    clerk.press(Key.Key_2).pick("规建").save()
    assert clerk.told() == "已登记 2026-JF0001 田金玉：拟转镇规建站；集体来访，待主席审阅"
    with town.desk.store.reading() as reading:
        (opinion,) = reading.all(Opinion)
    assert opinion.group


def test_a_sensitive_matter_is_ticked_and_can_be_put_right(
    clerk: Clerk, page: ReceptionPage, town: Township
) -> None:
    clerk.say("田金玉").enter(3).pick("长坪村").enter(2).press(Key.Key_3)
    clerk.enter().say("反映某工程安全隐患").enter().press(Key.Key_3).save()
    assert clerk.told().endswith("转报县人大；涉密敏感")
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
    page.facts.editing.emit(contact.uid)
    ticks = page.panel.form.ticks
    assert ticks.text() == "sensitive"
    ticks.control.setFocus()
    clerk.press(Key.Key_3).save()
    with town.desk.store.reading() as reading:
        (opinion,) = reading.all(Opinion)
    assert not opinion.confidential and clerk.told() == "已修改 2026-JF0001：意见的涉密敏感"
