"""A registered visit put right: in the form it was entered in, with everybody who came, and with its way back."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Assignment, Contact, Opinion, Region, Routing, Visitor
from lianxin.office.access.access_log import access_notes
from lianxin.office.cases.registering import Raised, register_visit
from lianxin.office.reception import days as reception
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.reception import ContactsPage, ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk, Key, page_of

WORDS = "三组饮水管破损，26户断水4天"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow) -> ContactsPage:
    return page_of(window, "contacts", ContactsPage)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow, page: ContactsPage) -> Clerk:
    return Clerk(qtbot, window)


def registered(town: Township, *names: str, route: str = "assigned", reception_day: str = "") -> str:
    """A visit of these people with its matter; the uid of the contact."""
    village = town.uid(Region, "长坪村")
    return register_visit(
        town.desk,
        contact=Contact(
            uid="", channel="visit", day=date(2026, 11, 20), words=WORDS, persons=len(names),
            station=town.station, reception_day=reception_day or None,
        ),
        visitors=[
            Visitor(uid="", contact="", name=name, phone=f"1391234221{place}", village=village)
            for place, name in enumerate(names)
        ],
        raised=Raised(category="02", route=route) if route else None,
    ).contact.uid  # fmt: skip


def opened(clerk: Clerk, page: ContactsPage, uid: str) -> Clerk:
    """The list, the visit in it, Ctrl+E."""
    page.refresh()
    clerk.qtbot.waitUntil(lambda: page.list.shown_count() == 1)
    clerk.window.open_record("contact", uid)
    clerk.qtbot.waitUntil(lambda: page.facts.uid() == uid and page.list.current_key() == uid)
    clerk.window.setFocus()
    return clerk.press(Key.Key_E, held=CTRL)


def visitors(town: Township, uid: str) -> list[Visitor]:
    with town.desk.store.reading() as reading:
        return reading.children(Visitor, "contact", [uid])


def contact(town: Township, uid: str) -> Contact:
    with town.desk.store.reading() as reading:
        found = reading.get(Contact, uid)
    assert found is not None
    return found


def matter(town: Township) -> Opinion:
    with town.desk.store.reading() as reading:
        (found,) = reading.all(Opinion)
    return found


def test_a_wrong_phone_is_put_right_and_taken_back(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉")
    opened(clerk, page, uid)
    assert page.panel.editing() == uid and page.registering()
    assert page.panel.form.who.row("name").editor.control.hasFocus()
    clerk.enter(2).type("13900001234").save()
    assert [each.phone for each in visitors(town, uid)] == ["13900001234"]
    assert clerk.told() == "已修改 2026-JF0001：电话"
    assert not page.registering() and page.facts.uid() == uid
    clerk.undo()
    assert [each.phone for each in visitors(town, uid)] == ["13912342210"]
    clerk.qtbot.waitUntil(lambda: dict(page.facts.texts()).get("电话") == "139****2210")


def test_the_matter_follows_the_words_it_was_made_of(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉")
    opened(clerk, page, uid)
    form = page.panel.form
    assert form.matter.said().startswith("已形成意见：2026-YJ0001") and form.matter.way_row.isHidden()
    form.said.focus_first()
    clerk.press(Key.Key_A, held=CTRL).say("四组水管破损").enter()
    assert form.category.control.hasFocus() and form.category.text() == "02"
    form.who.set_value("village", town.uid(Region, "卧龙村"))
    clerk.save()
    found = matter(town)
    assert (found.words, found.title, found.category) == ("四组水管破损", "四组水管破损", "02")
    assert found.village == town.uid(Region, "卧龙村")
    assert clerk.told() == "已修改 2026-JF0001：反映内容、村（社区）"
    clerk.undo()
    assert (matter(town).words, contact(town, uid).words) == (WORDS, WORDS)


def test_a_matter_somebody_reworded_keeps_its_words(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉")
    with town.desk.store.writing(reason="修改意见") as writing:
        writing.put(replace(matter(town), words="长坪村三组供水", title="长坪村三组供水"))
    opened(clerk, page, uid)
    page.panel.form.said.focus_first()
    clerk.press(Key.Key_A, held=CTRL).say("四组水管破损").save()
    assert (contact(town, uid).words, matter(town).words) == ("四组水管破损", "长坪村三组供水")


def test_a_wrong_day_takes_the_steps_of_that_day_along(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉", route="to_county")
    opened(clerk, page, uid)
    place = page.panel.form.place
    assert place is not None
    place.focus_field("date")
    clerk.type("11.18").save()
    with town.desk.store.reading() as reading:
        (routing,) = reading.all(Routing)
        assert reading.all(Assignment) == []
    assert contact(town, uid).day == matter(town).registered == routing.day == date(2026, 11, 18)


def test_everybody_who_came_by_keyboard(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉", "石建国")
    town.clock.at(date(2026, 11, 20), 10)
    opened(clerk, page, uid)
    form = page.panel.form
    form.count.focus_first()
    clerk.enter()
    (line,) = form.others.lines()
    assert line.editors["name"].control.hasFocus()
    clerk.say("石建军").enter().type("1").enter().press(Key.Key_J, held=CTRL)
    clerk.say("彭世荣").enter(2).type("13800001111").enter().say("卧龙村").enter().say("五组").enter(2)
    assert form.ticks.control.hasFocus() and form.count.value("persons") == "3"
    clerk.save()
    first, second, third = visitors(town, uid)
    assert (first.name, second.name, second.sex, second.phone) == ("田金玉", "石建军", "male", "13912342211")
    assert (third.name, third.phone, third.village, third.address) == (
        "彭世荣", "13800001111", town.uid(Region, "卧龙村"), "五组",
    )  # fmt: skip
    assert contact(town, uid).persons == 3
    assert clerk.told() == "已修改 2026-JF0001：人次、来访人、性别；增加来访人彭世荣"
    clerk.undo()
    assert [each.name for each in visitors(town, uid)] == ["田金玉", "石建国"]


def test_a_person_taken_off_the_form_comes_back_before_and_after_saving(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉", "石建国")
    opened(clerk, page, uid)
    form = page.panel.form
    form.others.focus_first()
    clerk.press(Key.Key_D, held=CTRL)
    assert form.others.lines() == () and clerk.told() == "已从表上去掉石建国，保存后生效"
    clerk.undo()
    assert [line.typed()["name"] for line in form.others.lines()] == ["石建国"]
    form.others.focus_first()
    clerk.press(Key.Key_D, held=CTRL).save()
    assert [each.name for each in visitors(town, uid)] == ["田金玉"]
    assert clerk.told() == "已修改 2026-JF0001：去掉来访人石建国"
    clerk.undo()
    assert [each.name for each in visitors(town, uid)] == ["田金玉", "石建国"]


def test_the_first_visitor_can_go_as_well(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉", "石建国")
    opened(clerk, page, uid).press(Key.Key_D, held=CTRL).save()
    assert [each.name for each in visitors(town, uid)] == ["石建国"]


def test_several_visitors_are_registered_at_once(
    clerk: Clerk, page: ContactsPage, town: Township, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.list.face() == "empty")
    page.list.setFocus()
    clerk.press(Key.Key_F2).say("田金玉").enter().press(Key.Key_J, held=CTRL)
    clerk.say("石建国").enter().type("3").enter().type("1380000").enter()
    (line,) = page.panel.form.others.lines()
    assert line.problem().startswith("！性别：没有“3”这一项") and "请核对" in line.problem()
    clerk.save()
    assert line.editors["sex"].control.hasFocus()
    clerk.type("1").enter().type("13800001111").enter(3).enter()
    assert line.problem() == ""
    assert page.panel.form.ticks.control.hasFocus()
    clerk.enter().say(WORDS).save()
    with town.desk.store.reading() as reading:
        (made,) = reading.all(Contact)
    assert (made.persons, [each.name for each in visitors(town, made.uid)]) == (2, ["田金玉", "石建国"])


def test_a_form_left_half_way_waits_with_its_changes_only(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉", "石建国")
    opened(clerk, page, uid)
    clerk.enter(2).type("13900001234").enter().press(Key.Key_Escape)
    assert not page.registering() and page.facts.uid() == uid
    with town.desk.store.reading() as reading:
        (draft,) = reading.drafts("contact")
    assert draft.payload["typed"] == {"v.phone": "13900001234"}
    with town.desk.store.writing(reason="另一个窗口") as writing:
        writing.put(replace(contact(town, uid), words="五组也断水"))
        writing.put(replace(visitors(town, uid)[0], sex="female"))
    clerk.press(Key.Key_F2)
    assert page.panel.editing() == "" and page.panel.form.blank()
    opened(clerk, page, uid)
    assert page.panel.form.who.value("phone") == "13900001234"
    clerk.save()
    assert contact(town, uid).words == "五组也断水"
    first = visitors(town, uid)[0]
    assert (first.phone, first.sex) == ("13900001234", "female")
    with town.desk.store.reading() as reading:
        assert reading.drafts("contact") == []


def test_what_another_window_saved_while_the_form_was_open_stays(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉")
    opened(clerk, page, uid)
    with town.desk.store.writing(reason="另一个窗口") as writing:
        writing.put(replace(contact(town, uid), deputies="周桂兰", proposal="转水务站"))
        writing.put(replace(matter(town), urgency="urgent"))
    page.panel.form.said.focus_first()
    clerk.press(Key.Key_A, held=CTRL).say("四组水管破损").save()
    found = contact(town, uid)
    assert (found.words, found.deputies, found.proposal) == ("四组水管破损", "周桂兰", "转水务站")
    assert (matter(town).urgency, matter(town).words) == ("urgent", "四组水管破损")


def test_the_next_new_visit_is_not_of_the_day_of_the_corrected_one(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉")
    town.clock.at(date(2026, 11, 24), 9)
    opened(clerk, page, uid)
    place = page.panel.form.place
    assert place is not None and place.value("date") == "2026-11-20"
    clerk.save()
    clerk.press(Key.Key_F2)
    assert place.value("date") == "2026年11月24日" and page.panel.form.blank()


def test_nothing_changed_writes_nothing(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉")
    with town.desk.store.reading() as reading:
        before = len(reading.history("contact", uid))
    opened(clerk, page, uid).save()
    with town.desk.store.reading() as reading:
        assert len(reading.history("contact", uid)) == before
    assert clerk.told() == "2026-JF0001 没有改动"


def test_a_visit_of_the_day_is_corrected_beside_its_list(
    clerk: Clerk, window: MainWindow, town: Township, qtbot: QtBot
) -> None:
    day, _ = reception.make_day(town.desk, day=date(2026, 11, 20))
    uid = registered(town, "田金玉", reception_day=day.uid)
    found = page_of(window, "reception", ReceptionPage)
    qtbot.waitUntil(lambda: found.list.shown_count() == 1)
    found.list.select(uid)
    qtbot.waitUntil(lambda: found.facts.uid() == uid)
    clerk.press(Key.Key_E, held=CTRL).say("田金凤").save()
    assert visitors(town, uid)[0].name == "田金凤"
    assert found.side.currentWidget() is found.facts
    assert contact(town, uid).reception_day == day.uid


def test_the_history_of_a_fact_is_shown_on_right_click(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    uid = registered(town, "田金玉")
    opened(clerk, page, uid)
    page.panel.form.said.focus_first()
    clerk.press(Key.Key_A, held=CTRL).say("四组水管破损").save()
    shown = next(each for each in page.facts.findChildren(QLabel) if each.text() == "四组水管破损")
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), shown.mapToGlobal(QPoint(3, 3)))
    QApplication.sendEvent(shown, asked)
    (popup,) = page.facts.findChildren(HistoryPopup)
    assert [value for _, value, _ in popup.lines()] == [WORDS, "四组水管破损"]


def test_showing_the_form_of_a_person_is_logged(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    uid = registered(town, "田金玉")
    opened(clerk, page, uid)
    with town.desk.store.reading() as reading:
        (noted,) = access_notes(reading)
    assert noted.what.startswith(f"{Contact.LABEL} ") and noted.what.endswith(" 修改")
