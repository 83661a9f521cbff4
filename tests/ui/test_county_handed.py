"""下发资料 and 代表 as a county clerk uses them, and what the township's clerk sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lianxin.county.outgoing.handed_down import categories_handing, hand_down
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import HandlingUnit, Mandate, Opinion, Person
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept
from lianxin.ui.county.deputies.page import SAME, DeputiesPage
from lianxin.ui.county.outgoing.receipts_page import HANDED, ReturnsPage
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.matter_forms import RegisterForm
from lianxin.ui.settings.county_came import CountyCameSection
from tests.county.offices import TOWN
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window, texts
from tests.ui.small_office import Keeping


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


@pytest.fixture
def clerk(
    qtbot: QtBot, posts: Posts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, Around(folder=str(tmp_path)), monkeypatch.setattr) as made:
        yield made


def test_units_are_handed_down_to_one_township_and_taken_into_use_there(
    clerk: CountyClerk, posts: Posts, qtbot: QtBot
) -> None:
    page = clerk.go("returns", ReturnsPage)
    page.show_view(HANDED)
    clerk.rest()
    section = page.handed
    section.begin("units")
    clerk.click(section.send_button)
    assert "还没有填" in section.problem.text()
    section.editor.lines.setPlainText("县水利局：水库、渠道")
    section.editor.whom.set_code("some")
    clerk.click(section.send_button)
    assert "还没有选乡镇" in section.problem.text()
    section.editor._tick((TOWN,))
    clerk.click(section.send_button)
    assert section.list.shown_count() == 1 and "已下发" in clerk.told()
    assert "石牌镇" in section.list.model.cells(0)[3] and "待写回执1" in section.list.model.cells(0)[-1]
    section.begin_again()
    assert section.editor.lines.toPlainText() == "县水利局：水库、渠道" and section.editor.codes() == (TOWN,)
    clerk.click(section.send_button)
    assert "一样" in section.problem.text() and page.go_back()
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN])
    accept(posts.town, [receipt.path])
    _takes_into_use(clerk, posts.town, qtbot)
    clerk.click(section.withdraw_button)
    assert section.list.shown_count() == 0
    clerk.undo()
    assert section.list.shown_count() == 1


def _takes_into_use(clerk: CountyClerk, town: Desk, qtbot: QtBot) -> None:
    section = CountyCameSection(clerk.window, town, Keeping(town), lambda _key: None)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    assert section.list.shown_count() == 1 and section.list.model.cells(0)[-1] == "待采用"
    section.take_now()
    assert "已在用" in section.list.model.cells(0)[-1] and section.take.isHidden()
    with town.store.reading() as reading:
        assert [each.name for each in reading.all(HandlingUnit)] == ["县水利局"]


def test_two_who_may_be_one_are_decided_by_the_clerk(clerk: CountyClerk, posts: Posts) -> None:
    for desk in (posts.town, posts.offices.other):
        with desk.store.writing(reason="登记代表") as writing:
            person = Person(
                uid=writing.new_uid(), name="刘青山", sex="male", born="1975-03", phone="13912342217"
            )
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level="township"))
    posts.receive(posts.send(posts.town), posts.send(posts.offices.other))
    page = clerk.go("deputies", DeputiesPage)
    assert page.list.shown_count() == 2 and "139****2217" in page.list.model.cells(0)
    page.show_view(SAME)
    clerk.rest()
    assert "出生年月相同" in texts(page) and "第四十八条" in page.pair_hint.text()
    clerk.click(page.same_button)
    assert "是同一人" in clerk.told() and "两地任职" in page.list.model.cells(0)[-1]
    clerk.click(page.back_button)
    assert page.same_button.isVisible()
    clerk.click(page.different_button)
    assert not page.same_button.isVisible() and "两地任职" not in page.list.model.cells(0)[-1]


def test_smaller_categories_stand_in_the_form_of_a_matter(posts: Posts, qtbot: QtBot) -> None:
    lookup = StoreLookup(posts.town)
    plain = RegisterForm(posts.town, lookup, "a")
    qtbot.addWidget(plain)
    assert "subcategory" not in plain.what.wires()
    hand_down(posts.county, categories_handing("行路：通村路、桥梁"))
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN])
    accept(posts.town, [receipt.path])
    form = RegisterForm(posts.town, lookup, "b")
    qtbot.addWidget(form)
    form.start()
    form.what.set_value("category", "01")
    form.small.follow()
    assert "通村路、桥梁" in form.what.row("subcategory").hint()
    form.what.set_typed({"words": "通村路塌方，过不去车", "category": "01", "subcategory": "通村路"})
    assert form.save() is not None
    with posts.town.store.reading() as reading:
        (opinion,) = reading.all(Opinion)
    assert (opinion.category, opinion.subcategory) == ("01", "通村路")
