"""补录: a form filled in by hand is typed in from top to bottom, in the order in which it is printed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, Visitor
from lianxin.office.reception.visit_papers import reception_form
from lianxin.ui.reception import ContactsPage
from lianxin.ui.shell import MainWindow
from tests.documents.reading_back import all_text
from tests.office.township import Township
from tests.ui.clerk import Clerk, Key, page_of

CTRL = Qt.KeyboardModifier.ControlModifier
ON_PAPER = {
    "纸质表号": "表号", "来访人": "姓名", "联系电话": "电话", "所在村": "住址", "年龄段": "年龄", "来访人数": "人次",
    "处理方式": "当场答复", "承办单位": "转交单位",
}  # fmt: skip
"""What the printed form calls a field of the screen, where the words differ."""


@pytest.fixture
def page(window: MainWindow) -> ContactsPage:
    return page_of(window, "contacts", ContactsPage)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow, page: ContactsPage) -> Clerk:
    qtbot.waitUntil(lambda: page.list.face() == "empty")
    window.setFocus()
    clerk = Clerk(qtbot, window).press(Key.Key_F2)
    assert page.panel.form.fields.age.isHidden()
    return clerk.press(Key.Key_M, held=CTRL)


def test_enter_goes_through_the_fields_in_the_order_of_the_paper(clerk: Clerk, town: Township) -> None:
    met: list[str] = []
    for _ in range(16):
        met.append(clerk.at.accessibleName().partition("，")[0])
        if met[-1] == "处理方式":
            clerk.press(Key.Key_2)
        else:
            clerk.enter()
    assert met[-1] == "承办单位", met
    text = all_text(reception_form(town.desk, None)[1])
    # The number stands above the table, what the visitor is told of his data below it.
    known = [ON_PAPER.get(name, name) for name in met if name not in ("要求保密、已告知", "住址")]
    places = [text.index(word, text.index("来访人") if word in ("姓名", "人次") else 0) for word in known]
    assert places == sorted(places), list(zip(known, places, strict=True))
    assert known[:2] == ["表号", "记录人"] and "拟办意见" in known and "年龄" in known


def test_what_only_the_paper_has_is_kept_and_comes_back(
    clerk: Clerk, page: ContactsPage, town: Township
) -> None:
    clerk.say("0125").enter().say("向光明").enter()
    clerk.say("田金玉").enter(3).pick("长坪村").enter().press(Key.Key_3).enter(3)
    clerk.say("三组饮水管破损").enter(2).say("请水务站先送水").enter().press(Key.Key_3).save()
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        (visitor,) = reading.all(Visitor)
    assert (contact.paper_number, contact.recorder, contact.proposal) == ("0125", "向光明", "请水务站先送水")
    assert visitor.age == "45_59"
    form = page.panel.form
    # The next sheet of the pile: who writes is the same.
    assert form.fields.by_paper and form.fields.head.value("recorder") == "向光明" and form.blank()
    clerk.press(Key.Key_M, held=CTRL)
    form.clear()
    assert form.fields.head.isHidden()
    page.facts.editing.emit(contact.uid)
    assert not form.fields.proposal.isHidden() and form.fields.age.value("age") == "45_59"
