"""来访走访登记 as a clerk uses it: list, facts, the form by keyboard, drafts that outlive a kill."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Assignment, Contact, HandlingUnit, Opinion, Region, Routing, Visitor
from lianxin.store.reading import Order
from lianxin.ui.reception import ContactsPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk, Key, open_window, page_of

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "三组饮水管破损，26户断水4天"


@pytest.fixture
def page(window: MainWindow) -> ContactsPage:
    return page_of(window, "contacts", ContactsPage)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow, page: ContactsPage) -> Clerk:
    qtbot.waitUntil(lambda: page.list.face() == "empty")
    page.list.setFocus()
    clerk = Clerk(qtbot, window)
    window.setFocus()
    return clerk.press(Key.Key_F2)


def visit(clerk: Clerk, name: str = "田金玉", phone: str = "139 1234 2217", words: str = WORDS) -> Clerk:
    """From the name to the words; the focus is on 处理方式 then, for the words tell the category."""
    clerk.say(name).enter().press(Key.Key_2).enter().type(phone).enter()
    clerk.pick("长坪村").say("三组").enter()
    clerk.enter().press(Key.Key_2).enter()
    return clerk.say(words).enter()


def test_a_visit_from_f2_to_ctrl_enter(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    assert page.registering()
    visit(clerk)
    assert page.panel.form.category.shown() == "饮水水利"
    clerk.press(Key.Key_2).pick("水务")
    assert page.panel.form.unit_row.hint() == "期限12月20日"
    clerk.save()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        (visitor,) = reading.all(Visitor)
        (opinion,) = reading.all(Opinion)
        (routing,) = reading.all(Routing)
        (assignment,) = reading.all(Assignment)
        assert reading.drafts() == []
    assert (contact.channel, contact.words, contact.station) == ("visit", WORDS, town.station)
    assert (visitor.name, visitor.sex, visitor.phone, visitor.address) == (
        "田金玉", "female", "13912342217", "三组",
    )  # fmt: skip
    assert visitor.village == town.uid(Region, "长坪村")
    assert (visitor.informed, visitor.confidential, visitor.anonymous) == (True, False, False)
    assert (opinion.category, opinion.village, routing.route) == ("02", visitor.village, "assigned")
    assert assignment.unit == town.uid(HandlingUnit, "镇水务站")
    assert clerk.told() == "已登记 2026-JF0001 田金玉：转镇水务站，期限12月20日"
    assert page.panel.form.blank() and page.panel.form.who.row("name").editor.control.hasFocus()


def test_a_simple_visit_costs_thirteen_keys_beside_its_text(clerk: Clerk, town: Township) -> None:
    before = clerk.keys
    visit(clerk).press(Key.Key_2).pick("水务").save()
    assert clerk.keys - before == 13
    with town.desk.store.reading() as reading:
        assert len(reading.all(Assignment)) == 1


def test_twenty_visits_without_the_mouse(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    for number in range(20):
        visit(clerk, name=f"来访人{number}", phone=f"139000012{number:02d}", words=f"第{number}件：路灯不亮")
        clerk.press(Key.Key_1 if number % 2 else Key.Key_3)
        clerk.save()
    with town.desk.store.reading() as reading:
        contacts = reading.all(Contact, order=Order("number"))
        assert [each.number for each in contacts][-1] == "439901102-2026-JF0020"
        assert len({each.day for each in contacts}) == 1 and {each.station for each in contacts} == {
            town.station
        }
        routes = [each.route for each in reading.all(Routing)]
    assert sorted(routes) == ["answered_on_spot"] * 10 + ["to_county"] * 10


def test_undo_takes_the_visit_back_and_puts_the_words_into_the_form(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    visit(clerk)
    clerk.save()
    clerk.undo()
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == [] and reading.all(Opinion) == []
    assert page.panel.form.said.value("words") == WORDS
    assert page.panel.form.who.value("name") == "田金玉"


def test_undo_does_not_write_over_the_next_visitor(clerk: Clerk, page: ContactsPage) -> None:
    visit(clerk)
    clerk.save()
    clerk.say("石建国").enter()
    clerk.undo()
    assert page.panel.form.who.value("name") == "田金玉"
    assert len(page.panel.parked_words()) == 1 and "石建国" in page.panel.parked_words()[0]


def test_without_words_nothing_is_registered_and_the_draft_stays(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    clerk.say("田金玉").enter().save()
    assert page.panel.form.said.row("words").problem() == "请填写反映内容"
    assert page.panel.form.said.row("words").editor.control.hasFocus()
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == [] and len(reading.drafts("contact")) == 1


def test_nobody_s_name_is_an_anonymous_visitor(clerk: Clerk, town: Township) -> None:
    clerk.enter(6)
    clerk.enter().say("有人乱倒垃圾").save()
    with town.desk.store.reading() as reading:
        (visitor,) = reading.all(Visitor)
    assert visitor.anonymous and visitor.name is None


def test_what_is_typed_outlives_a_killed_window(
    clerk: Clerk, page: ContactsPage, town: Township, qtbot: QtBot
) -> None:
    visit(clerk)
    clerk.press(Key.Key_2)
    with qtbot.waitSignal(page.panel.form.draft_due, raising=False, timeout=600):
        pass
    # A killed window says nothing more: another one simply comes.
    second = open_window(qtbot, town, window_id="two")
    again = page_of(second, "contacts", ContactsPage)
    assert again.registering()
    form = again.panel.form
    assert (form.who.value("name"), form.said.value("words")) == ("田金玉", WORDS)
    assert (form.way.text(), form.category.text()) == ("assigned", "02")
    again.panel.save()
    with town.desk.store.reading() as reading:
        assert len(reading.all(Contact)) == 1 and reading.drafts("contact") == []
    second.close()


def test_parked_visits_come_back(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    visit(clerk)
    page.panel.park()
    assert page.panel.form.blank()
    town.clock.at(date(2026, 11, 20), 9, 1)
    clerk.say("彭世荣").enter()
    page.panel.park()
    assert [words.split("  ")[1] for words in page.panel.parked_words()] == ["彭世荣", "田金玉"]
    page.panel.take_up_parked(1)
    assert page.panel.form.who.value("name") == "田金玉"
    assert len(page.panel.parked_words()) == 1
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == []


def test_a_known_visitor_is_greeted_and_the_last_address_taken(clerk: Clerk, page: ContactsPage) -> None:
    visit(clerk)
    clerk.save()
    clerk.enter(2).type("13912342217").enter()
    assert page.panel.hints.known_words().startswith("第2次来访 · 上次11月20日：三组饮水管破损")
    page.panel.take_known()
    assert page.panel.form.who.value("name") == "田金玉"
    assert page.panel.form.who.value("address") == "三组"


def test_a_matter_that_sounds_alike_is_shown_and_saved_all_the_same(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    visit(clerk)
    clerk.save()
    visit(clerk, name="石建国", phone="13800001111", words="三组饮水管破损，26户断水5天")
    assert page.panel.hints.alike_words().startswith("可能重复：2026-YJ0001 三组饮水管破损")
    clerk.save()
    with town.desk.store.reading() as reading:
        assert len(reading.all(Opinion)) == 2


def test_one_key_joins_a_visit_to_the_matter_that_sounds_alike(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    visit(clerk)
    clerk.save()
    visit(clerk, name="石建国", phone="13800001111", words="三组饮水管破损，26户断水5天")
    form = page.panel.form
    clerk.press(Key.Key_B, held=CTRL)
    assert form.matter.said() == "与 2026-YJ0001 三组饮水管破损，26户断水4天 合并办理，不另立意见"
    assert form.matter.way_row.isHidden() and form.matter.category_row.isHidden()
    assert page.panel.hints.alike_words() == "" and clerk.at.accessibleName() == "保存并登记下一位"
    clerk.press(Key.Key_B, held=CTRL)
    assert form.matter.said() == "" and not form.matter.way_row.isHidden()
    clerk.press(Key.Key_B, held=CTRL).save()
    with town.desk.store.reading() as reading:
        (opinion,) = reading.all(Opinion)
        second = reading.all(Contact)[-1]
    assert (second.joined, second.persons) == (opinion.uid, 1)
    assert clerk.told() == "已登记 2026-JF0002 石建国：并入 2026-YJ0001 三组饮水管破损，26户断水4天"
    clerk.undo()
    assert form.matter.joined() == opinion.uid and form.who.value("name") == "石建国"


def test_what_the_visitor_asks_for_is_a_tab_away_and_costs_no_enter(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    visit(clerk)
    form = page.panel.form
    assert form.way.control.hasFocus()
    form.said.focus_first()
    clerk.press(Key.Key_Tab)
    assert form.asked.row("request").editor.control.hasFocus()
    clerk.say("尽快恢复供水").enter()
    assert form.way.control.hasFocus()
    clerk.save()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
    assert contact.request == "尽快恢复供水"
    page.open_record("contact", contact.uid)
    clerk.qtbot.waitUntil(lambda: dict(page.facts.texts()).get("诉求") == "尽快恢复供水")


def test_a_village_not_on_the_books_is_added_on_the_way(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    clerk.say("田金玉").enter(3).say("白岩村").enter()
    assert page.panel.form.who.value("village") == town.uid(Region, "白岩村")


def test_the_clerk_s_category_is_not_changed_by_a_suggestion(clerk: Clerk, page: ContactsPage) -> None:
    visit(clerk)
    page.panel.form.category.pick("09")
    page.panel.form.said.focus_first()
    clerk.say("，水质也不好").enter()
    assert page.panel.form.category.text() == "09"


def test_the_list_hides_names_and_the_facts_show_them_on_demand(
    clerk: Clerk, page: ContactsPage, window: MainWindow, qtbot: QtBot, town: Township
) -> None:
    visit(clerk)
    clerk.press(Key.Key_3).save()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    cells = page.list.model.cells(0)
    assert "田**" in cells and "转报县人大" in cells and "长坪村" in cells and "田金玉" not in "".join(cells)
    clerk.press(Key.Key_Escape)
    assert not page.registering()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
    window.open_record("contact", contact.uid)
    qtbot.waitUntil(lambda: "电话" in dict(page.facts.texts()))
    texts = dict(page.facts.texts())
    assert (texts["来访人"], texts["电话"], texts["反映内容"]) == ("田**", "139****2217", WORDS)


def test_the_list_is_sorted_by_day_on_its_header(
    clerk: Clerk, page: ContactsPage, town: Township, qtbot: QtBot
) -> None:
    for day in ("11.18", "11.3", "11.11"):
        place = page.panel.form.place
        assert place is not None
        place.set_value("date", day)
        clerk.say("田金玉").enter(7).say("路灯不亮").save()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 3)

    def days() -> list[str]:
        return [page.list.model.cells(row)[1] for row in range(3)]

    assert days() == ["11月18日", "11月11日", "11月3日"]
    page.list.view.horizontalHeader().sectionClicked.emit(1)
    qtbot.waitUntil(lambda: days() == ["11月3日", "11月11日", "11月18日"])
    page.list.view.horizontalHeader().sectionClicked.emit(1)
    qtbot.waitUntil(lambda: days() == ["11月18日", "11月11日", "11月3日"])


def test_a_date_still_to_come_is_refused_beside_its_field(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    visit(clerk)
    place = page.panel.form.place
    assert place is not None
    place.set_value("date", "12.1")
    clerk.save()
    assert place.row("date").problem() == "日期还没有到，请核对"
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == []


def test_fields_of_a_home_visit(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    place = page.panel.form.place
    assert place is not None
    place.set_value("type", "home_visit")
    assert not place.row("households").isHidden() and not place.row("place").isHidden()
    assert place.row("station").isHidden()
    place.set_value("households", "3")
    visit(clerk)
    page.panel.form.way.pick("none")
    clerk.save()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        assert (contact.channel, contact.households, reading.all(Opinion)) == ("home_visit", 3, [])


def test_the_form_prints_filled_and_blank(clerk: Clerk, page: ContactsPage, town: Township) -> None:
    visit(clerk)
    clerk.save()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
    page.print_form(contact.uid)
    page.print_blank()
    made = sorted(each.name for each in (town.folder / "papers").iterdir())
    assert made == ["接待登记表_439901102-2026-JF0001.docx", "接待登记表（空白）.docx"]
