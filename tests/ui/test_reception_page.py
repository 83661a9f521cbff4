"""接待日 as a clerk uses it: a day, who is there, visit after visit, the queue, the end of the day, the rules."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, Opinion, Person, ReceptionDay, ReceptionRule, Rota, Visitor
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.store.reading import Order
from lianxin.ui.reception import ContactsPage, ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk, Key, choose, open_window, page_of

TODAY = date(2026, 11, 20)


@pytest.fixture
def today(town: Township) -> ReceptionDay:
    day, _ = reception.make_day(town.desk, day=TODAY)
    for name in ("周桂兰", "向光明"):
        on_duty.put_on_duty(town.desk, day=day.uid, person=town.uid(Person, name))
    return day


@pytest.fixture
def page(today: ReceptionDay, window: MainWindow) -> ReceptionPage:
    return page_of(window, "reception", ReceptionPage)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow, page: ReceptionPage) -> Clerk:
    page.focus_first()
    return Clerk(qtbot, window)


def visit(clerk: Clerk, name: str, words: str, way: Key = Key.Key_1) -> None:
    """One visit with the keys only."""
    clerk.say(name).enter(3).pick("长坪村").enter(3).say(words).enter().press(way)
    clerk.save()


def contacts(town: Township) -> list[Contact]:
    with town.desk.store.reading() as reading:
        return reading.all(Contact, order=Order("number"))


def test_without_a_day_the_page_says_what_to_do(window: MainWindow, qtbot: QtBot, town: Township) -> None:
    page = page_of(window, "reception", ReceptionPage)
    assert page.sheet() is None
    window.setFocus()
    clerk = Clerk(qtbot, window).press(Key.Key_F2)
    dialog = page.acts.dialog
    assert dialog is not None and dialog.fields.value("date") == "2026年11月20日"
    dialog.settle()
    sheet = page.sheet()
    assert sheet is not None and sheet.day.day == TODAY and len(sheet.duties) == 2
    assert clerk.told() == "已建11月20日接待日，接待代表已自动安排"
    clerk.undo()
    qtbot.waitUntil(lambda: page.sheet() is None)
    with town.desk.store.reading() as reading:
        assert reading.all(ReceptionDay) == [] and reading.all(Rota) == []


def test_the_title_and_the_strip_show_the_day(page: ReceptionPage) -> None:
    assert page.head().title == "接待日 · 11月20日 星期五 09:00–11:00"
    assert page.strip.words() == ["✓ 今天"]
    assert page.duty.words() == ["周桂兰（县） 待到岗", "向光明（乡） 待到岗"]


def test_arriving_is_one_word_in_the_menu(
    page: ReceptionPage, clerk: Clerk, town: Township, qtbot: QtBot
) -> None:
    town.clock.at(TODAY, 8, 52)
    choose(page.duty.chips()[0].menu(), "到岗")
    qtbot.waitUntil(lambda: page.duty.words()[0] == "✓ 周桂兰（县） 8:52到岗")
    clerk.undo()
    qtbot.waitUntil(lambda: page.duty.words()[0] == "周桂兰（县） 待到岗")


def test_a_leave_with_somebody_standing_in(page: ReceptionPage, town: Township, qtbot: QtBot) -> None:
    choose(page.duty.chips()[1].menu(), "请假")
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.fields.set_typed({"reason": "住院", "substitute": town.uid(Person, "单大贵")})
    dialog.settle()
    qtbot.waitUntil(lambda: page.duty.words()[1] == "✓ 向光明（乡） 请假，单大贵替班")


def test_changing_a_deputy_by_hand_survives_a_proposal(
    page: ReceptionPage, today: ReceptionDay, town: Township, qtbot: QtBot
) -> None:
    choose(page.duty.chips()[0].menu(), "换人")
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.fields.set_typed({"person": town.uid(Person, "覃春生")})
    dialog.settle()
    page.acts.propose(today)
    qtbot.waitUntil(lambda: "覃春生（乡） 待到岗" in page.duty.words())


def test_visits_of_the_day_carry_its_date_place_and_deputies(
    page: ReceptionPage, clerk: Clerk, town: Township, today: ReceptionDay, qtbot: QtBot
) -> None:
    choose(page.duty.chips()[0].menu(), "到岗")
    qtbot.waitUntil(lambda: page.duty.words()[0].startswith("✓"))
    page.focus_first()
    town.clock.at(TODAY, 9, 31)
    visit(clerk, "石建国", "咨询医保异地报销")
    (contact,) = contacts(town)
    assert (contact.channel, contact.day, contact.reception_day) == ("reception_day", TODAY, today.uid)
    assert (contact.station, contact.deputies) == (town.station, "周桂兰")
    assert contact.at is not None and (contact.at.hour, contact.at.minute) == (9, 31)
    assert page.counts.text() == "已接待1批1人次 · 意见1条 · 当场答复1条"
    assert page.list.model.rowCount() == 1


def test_the_words_of_an_answer_are_asked_for_and_kept(clerk: Clerk, town: Township) -> None:
    clerk.say("石建国").enter(3).pick("长坪村").enter(3).say("咨询医保异地报销").enter()
    clerk.press(Key.Key_1).enter().say("按规定可以报销").save()
    (contact,) = contacts(town)
    assert (contact.answered, contact.answer) == (True, "按规定可以报销")


def test_the_queue_at_the_door_line_after_line(
    page: ReceptionPage, clerk: Clerk, town: Township, qtbot: QtBot
) -> None:
    page.queue.focus_first()
    for name, words in (("欧阳长青", "集镇垃圾清运"), ("龙腊梅", "危房改造补助"), ("覃某", "")):
        clerk.say(name).enter().pick("卧龙村").say(words).enter().type("2").enter()
    assert [each.to_complete for each in contacts(town)] == [True] * 3
    assert page.counts.text().endswith("待补全3条")
    first = contacts(town)[0]
    page.list.select(first.uid)
    page.list.view.setFocus()
    clerk.enter()
    assert page.panel.editing() == first.uid
    assert page.panel.form.who.value("name") == "欧阳长青"
    page.panel.form.way.pick("to_county")
    clerk.save()
    done = contacts(town)[0]
    assert (done.to_complete, done.number, done.persons) == (False, first.number, 2)
    with town.desk.store.reading() as reading:
        assert len(reading.all(Opinion)) == 1 and len(reading.all(Visitor)) == 3


def test_an_unfinished_line_of_the_queue_outlives_a_kill(
    page: ReceptionPage, clerk: Clerk, town: Township, qtbot: QtBot
) -> None:
    page.queue.focus_first()
    clerk.say("欧阳长青").enter()
    second = open_window(qtbot, town, window_id="two")
    again = page_of(second, "reception", ReceptionPage)
    assert again.queue.typed()["name"] == "欧阳长青"
    second.close()


def test_a_draft_of_this_page_is_not_taken_by_the_other(
    page: ReceptionPage, clerk: Clerk, window: MainWindow
) -> None:
    clerk.say("石建国").enter()
    other = page_of(window, "contacts", ContactsPage)
    assert other.panel.form.blank() and other.panel.parked_words() == []
    window.go("reception")
    assert page.panel.form.who.value("name") == "石建国"


def test_a_visit_is_read_and_the_form_comes_back_with_what_was_typed(
    page: ReceptionPage, clerk: Clerk, town: Township, window: MainWindow
) -> None:
    visit(clerk, "石建国", "咨询医保异地报销")
    clerk.say("龙腊梅").enter()
    page.list.select(contacts(town)[0].uid)
    assert page.side.currentWidget() is page.facts
    page.list.view.setFocus()
    clerk.press(Key.Key_Escape)
    assert page.side.currentWidget() is page.panel
    assert page.panel.form.who.value("name") == "龙腊梅"


def test_the_end_of_the_day_asks_nothing_and_says_what_is_open(
    page: ReceptionPage, clerk: Clerk, today: ReceptionDay, town: Township, qtbot: QtBot
) -> None:
    page.queue.focus_first()
    clerk.say("欧阳长青").enter(4)
    page.close_day()
    assert clerk.told() == "11月20日接待已结束：1批1人次；还有1条待补全；周桂兰、向光明没有记到岗"
    qtbot.waitUntil(lambda: page.state.text() == "已开展")
    assert "结束接待" not in [act.label for act in page.head().others]
    clerk.undo()
    qtbot.waitUntil(lambda: page.state.text() == "计划")


def test_postponing_asks_for_date_and_reason(page: ReceptionPage, today: ReceptionDay, qtbot: QtBot) -> None:
    page.acts.postpone(today)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.fields.set_typed({"date": "11.23"})
    dialog.settle()
    assert dialog.fields.row("state_reason").problem() == "请填写原因"
    dialog.fields.set_typed({"state_reason": "防汛"})
    dialog.settle()
    sheet = page.sheet()
    assert sheet is not None and sheet.day.day == date(2026, 11, 23)
    qtbot.waitUntil(
        lambda: "20日周五 已顺延" in "".join(page.strip.words()) or "今天 已顺延" in page.strip.words()
    )


def test_the_notice_is_written_and_the_day_is_announced(
    page: ReceptionPage, town: Township, qtbot: QtBot
) -> None:
    page.print_notice()
    assert [each.name for each in (town.folder / "papers").iterdir()] == ["接待日公告_2026年11月20日.docx"]
    qtbot.waitUntil(lambda: page.state.text() == "已公告")


def test_a_rule_is_written_and_makes_the_days_ahead(
    page: ReceptionPage, clerk: Clerk, town: Township, window: MainWindow
) -> None:
    choose(page.state.menu(), "接待日规则")
    assert page.whole.currentWidget() is page.rules
    page.rules.fields.set_typed({"recurrence": "monthly_day", "days": "初几"})
    page.rules.save()
    assert page.rules.fields.row("days").problem() != ""
    page.rules.fields.set_typed({"days": "5、20"})
    page.rules.save()
    with town.desk.store.reading() as reading:
        (rule,) = reading.all(ReceptionRule)
    assert (rule.station, rule.deputies, rule.holidays) == (town.station, 2, "postpone")
    page.acts.make_days()
    assert clerk.told() == "已按规则生成6个接待日，并安排了接待代表"


def test_other_months_are_one_press_away(page: ReceptionPage, town: Township, qtbot: QtBot) -> None:
    reception.make_day(town.desk, day=date(2026, 12, 5))
    page.strip.month_wanted.emit(date(2026, 12, 1))
    qtbot.waitUntil(lambda: page.strip.words() == ["5日周六"])
    page.strip.month_wanted.emit(date(2027, 1, 1))
    qtbot.waitUntil(lambda: page.strip.words() == [])


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_needs_a_bar_to_the_side(
    qtbot: QtBot, town: Township, today: ReceptionDay, size: tuple[int, int]
) -> None:
    window = open_window(qtbot, town, size=size)
    for key, cls in (("reception", ReceptionPage), ("contacts", ContactsPage)):
        page = page_of(window, key, cls)
        viewport = page.parentWidget()
        assert viewport is not None
        qtbot.waitUntil(lambda page=page, viewport=viewport: page.width() <= viewport.width())
    window.close()
