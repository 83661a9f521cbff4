"""代表议案建议 as a clerk drives it: taken in, three looks, two units, judged; from an opinion and back; told; deeds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Deed, Opinion, Signer, Suggestion, Telling
from lianxin.office.cases.opinions import register_opinion
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.opinions.further_forms import StepSheet
from lianxin.ui.opinions.propose_form import ProposeForm
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from lianxin.ui.suggestions import SuggestionsPage
from lianxin.ui.suggestions.deputies_forms import JudgeForm
from lianxin.ui.suggestions.hand_over_form import HandOverForm
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk

DAY = date(2026, 11, 20)
PICTURES = os.environ.get("SUGGESTION_PICTURES", "")
"""Where the pictures of the journey go, when somebody wants to look at them."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def open_window(qtbot: QtBot, town: Township, size: tuple[int, int] = (1366, 768)) -> MainWindow:
    keeper = DraftKeeper(town.desk, "one")
    entries = [
        PageEntry(
            "opinions",
            "意见建议办理",
            lambda w: OpinionsPage(w, town.desk, drafts=keeper),
            kinds=("opinion",),
        ),
        PageEntry(
            "suggestions",
            "代表议案建议",
            lambda w: SuggestionsPage(w, town.desk, drafts=keeper),
            kinds=("suggestion", "signer"),
        ),
    ]
    window = MainWindow(entries, office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def settle(qtbot: QtBot, page: OpinionsPage) -> None:
    page.desk.hub.flush()
    qtbot.waitUntil(lambda: not page.desk.reads.busy() and bool(page.filters.counts()), timeout=10_000)


def page_of(qtbot: QtBot, window: MainWindow, key: str) -> OpinionsPage:
    window.go(key)
    page = window.page(key)
    assert isinstance(page, OpinionsPage)
    settle(qtbot, page)
    return page


def picture(window: MainWindow, name: str) -> None:
    if PICTURES:
        for _ in range(5):
            QApplication.processEvents()
        window.grab().save(f"{PICTURES}/{name}.png")


def act(page: OpinionsPage, words: str) -> None:
    """Press the digit of an act, as it stands on the button or in the menu."""
    place = page.detail.act_labels().index(words) + 1
    assert page.detail.acts.press_digit(place)


def write_suggestion(clerk: Clerk, page: OpinionsPage) -> ProposeForm:
    """Fill in the sheet with the keyboard alone, deputies by their initials, Enter to the next field."""
    form = page.form
    assert isinstance(form, ProposeForm)
    clerk.type("lzm").enter(2)  # the deputy is offered and taken; the day stays
    for initials in ("xgm", "qcs"):
        clerk.type(initials).enter()  # taken into the line of names, and here again
        clerk.qtbot.waitUntil(lambda: form.joint.pick.row("person").editor.control.hasFocus())
    clerk.enter(2)  # the line of names stays, too
    clerk.say("关于修缮长坪村机耕道的建议").enter()
    clerk.say("机耕道破损，农机进不去")
    form.beside.focus_field("basis")
    clerk.say("去年洪水冲毁二公里")
    form.beside.focus_field("proposal")
    clerk.say("请镇政府列入计划硬化")
    return form


def hand_it_over(qtbot: QtBot, town: Township, page: OpinionsPage, clerk: Clerk) -> None:
    """To a unit, as a hard one; spoken with the deputies, a further unit, the four roles."""
    act(page, "交办")
    handing = page.form
    assert isinstance(handing, HandOverForm)
    clerk.type("zswz").enter()  # the unit by its initials
    assert "2027年2月20日前答复（3个月）" in handing.limit.text()
    clerk.type("2")
    assert "2027年5月20日前答复（6个月）" in handing.limit.text() and "第五十一条" in handing.limit.text()
    clerk.save()
    assert "请写明为什么难办" in handing.why.row("hard_reason").problem()
    clerk.say("涉及五个村，要县里的钱").save()
    settle(qtbot, page)
    assert page.detail.texts()["hard"] == "难办：涉及五个村，要县里的钱"
    act(page, "面商")
    picture(clerk.window, "4-consultation")
    consulting = page.form
    assert isinstance(consulting, StepSheet)
    consulting.form.focus_field("place")
    clerk.say("长坪村村部").save()
    settle(qtbot, page)
    assert "面商 答复前沟通（镇水务站，长坪村村部）" in page.detail.texts()["past"]
    act(page, "增加协办")
    page.form.form.set_value("unit", _unit(town, "镇规建站"))  # type: ignore[union-attr]
    clerk.save()
    settle(qtbot, page)
    assert "镇规建站协办" in page.detail.texts()["parts"]
    act(page, "四方督办")
    page.form.form.focus_field("supervisor")  # type: ignore[union-attr]
    clerk.say("主席周某").save()
    settle(qtbot, page)
    assert page.detail.texts()["roles"] == "重点督办 主席周某"
    picture(clerk.window, "4-handling")


def answer_it(qtbot: QtBot, page: OpinionsPage, clerk: Clerk) -> None:
    """Answered by both units, given to every deputy, judged by two of them."""
    act(page, "登记答复")
    clerk.say("今天")
    page.form.result.set_value("A")  # type: ignore[union-attr]
    clerk.save()
    settle(qtbot, page)
    act(page, "登记协办答复")
    clerk.save()
    settle(qtbot, page)
    assert "镇规建站协办，2026年11月20日已答复" in page.detail.texts()["parts"]
    assert page.detail.texts()["next"] == "下一步：征询代表意见"
    act(page, "答复送代表")
    clerk.save()
    settle(qtbot, page)
    assert clerk.told() == "2026-JY0001 答复已送3位代表"
    for name in ("龙志明", "向光明"):
        act(page, "反馈评价")
        judging = page.form
        assert isinstance(judging, JudgeForm)
        judging.attitude.row.setFocus()
        clerk.type("1").enter().type("1").enter().type("1")
        picture(clerk.window, f"5-judging-{name}")
        clerk.save()
        settle(qtbot, page)
        assert clerk.told() == f"2026-JY0001 已登记{name}的评价：满意"
    assert "评价 领衔 龙志明 满意；联名 待征询 覃春生，满意 向光明" in page.detail.texts()["deputies"]
    assert page.detail.file is not None and page.detail.file.state.code == "closed"


def test_a_suggestion_from_its_taking_in_to_the_judgement_by_keyboard(qtbot: QtBot, town: Township) -> None:
    window = open_window(qtbot, town)
    page = page_of(qtbot, window, "suggestions")
    clerk = Clerk(qtbot, window)
    picture(window, "1-empty")
    clerk.press(Qt.Key.Key_F2)
    form = write_suggestion(clerk, page)
    assert form.joint.names() == ["向光明", "覃春生"]
    assert form.who.value("person") == (lead := _person(town, "龙志明"))
    picture(window, "2-sheet")
    clerk.save()
    assert "请选择不受理情形" in form.unfit._problem.text(), "nobody is spared the checklist"
    form.unfit.row.setFocus()
    clerk.type("1").save()
    settle(qtbot, page)
    assert clerk.told().startswith("已登记 2026-JY0001")
    told = page.detail.texts()
    assert told["signers"] == "领衔 龙志明 · 联名 向光明、覃春生（共3名）"
    assert told["next"] == "下一步：人大初审" and "剩" in told["badge"]
    picture(window, "3-taken-in")
    for hour, stage in enumerate(("人大初审", "政府联审", "代表协审"), 10):
        town.clock.at(DAY, hour)
        assert page.detail.texts()["next"] == f"下一步：{stage}"
        act(page, "登记审查")
        clerk.save()
        settle(qtbot, page)
        assert clerk.told() == f"2026-JY0001 已登记{stage}"
    hand_it_over(qtbot, town, page, clerk)
    answer_it(qtbot, page, clerk)
    picture(window, "5-closed")
    with town.desk.store.reading() as reading:
        (matter,) = reading.all(Opinion)
        assert matter.person == lead and reading.count(Signer) == 2


def test_an_opinion_becomes_a_suggestion_seen_from_both_pages_and_undone(
    qtbot: QtBot, town: Township
) -> None:
    register_opinion(
        town.desk, opinion=Opinion(uid="o1", title="桥栏杆断了", words="桥栏杆断了", registered=DAY)
    )
    window = open_window(qtbot, town)
    page, clerk = page_of(qtbot, window, "opinions"), Clerk(qtbot, window)
    act(page, "转为代表建议")
    form = page.form
    assert isinstance(form, ProposeForm) and form.what.value("title") == "桥栏杆断了"
    form.who.set_value("person", _person(town, "龙志明"))
    form.unfit.row.setFocus()
    clerk.type("1").save()
    settle(qtbot, page)
    assert clerk.told() == "2026-YJ0001 已转为代表建议 2026-JY0001"
    assert page.detail.file is not None and page.detail.file.state.code == "converted"
    (link,) = page.detail.file.linked
    page.detail.linked.emit(link.kind, link.uid)
    other = page_of(qtbot, window, "suggestions")
    assert other.detail.file is not None and other.detail.file.number == "2026-JY0001"
    (back,) = other.detail.file.linked
    assert back.words == "来自群众意见 2026-YJ0001 桥栏杆断了" and back.uid == "o1"
    clerk.undo()
    window.go("opinions")
    settle(qtbot, page)
    with town.desk.store.reading() as reading:
        assert reading.count(Suggestion) == 0 and reading.count(Opinion) == 1
    assert page.detail.texts()["badge"] == "剩15天"


def test_guided_later_waits_until_told_and_a_deed_is_made(qtbot: QtBot, town: Township) -> None:
    for uid, words in (("o1", "法院判决不服"), ("o2", "邻居修路没有砂石")):
        register_opinion(town.desk, opinion=Opinion(uid=uid, title=words, words=words, registered=DAY))
    window = open_window(qtbot, town)
    page, clerk = page_of(qtbot, window, "opinions"), Clerk(qtbot, window)
    page.show_matter("o1")
    act(page, "梳理分流")
    form = page.form
    assert form is not None
    form.ways.row.setFocus()  # type: ignore[attr-defined]
    clerk.type("4").enter()
    clerk.type("2").enter()  # 涉法涉诉
    clerk.type("2").enter()  # 随后书面告知
    clerk.say("县人民法院").enter()
    clerk.enter()
    picture(window, "6-guiding")
    clerk.say("司法机关处理").save()
    settle(qtbot, page)
    assert clerk.told() == "2026-YJ0001 已分流：告知引导"
    assert page.detail.file is not None and page.detail.file.state.badge == "剩15天"
    act(page, "登记告知")
    clerk.save()
    settle(qtbot, page)
    assert page.detail.texts()["badge"] == "已引导"
    page.show_matter("o2")
    act(page, "梳理分流")
    form = page.form
    assert form is not None
    form.ways.set_value("deputy_solved")  # type: ignore[attr-defined]
    form.arrange()
    form.deed.set_value("person", _person(town, "龙志明"))  # type: ignore[attr-defined]
    form.deed.focus_field("what")  # type: ignore[attr-defined]
    clerk.say("联系砂石场送来两车").save()
    settle(qtbot, page)
    assert clerk.told() == "2026-YJ0002 已分流：代表协调解决，已记入办实事台账"
    picture(window, "7-deed")
    with town.desk.store.reading() as reading:
        (deed,), (telling,) = reading.all(Deed), reading.all(Telling)
    assert deed.opinion == "o2" and telling.destination == "县人民法院"


def test_the_page_fits_a_small_screen(qtbot: QtBot, town: Township) -> None:
    window = open_window(qtbot, town, (910, 512))
    page = page_of(qtbot, window, "suggestions")
    page.register_new()
    picture(window, "8-small-sheet")
    form = page.form
    assert isinstance(form, ProposeForm) and form.foot_button().isVisible()
    assert form.width() <= window.width()


def _person(town: Township, name: str) -> str:
    from lianxin.domain.records import Person

    return town.uid(Person, name)


def _unit(town: Township, name: str) -> str:
    from lianxin.domain.records import HandlingUnit

    return town.uid(HandlingUnit, name)
