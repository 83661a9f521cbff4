"""What the county returns: a reason beside the record, told at the township, corrected there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.deciding import decide
from lianxin.office.handover.accepting import accept
from lianxin.office.returned import decisions, returned_records
from lianxin.ui.county.received.receive_page import ReceivePage
from lianxin.ui.pages import COUNTY_ASKS, PageEntry
from lianxin.ui.sending.asks_page import AsksPage
from lianxin.ui.shell import MainWindow
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window
from tests.ui.made_up import MadeUpSearch


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def test_a_record_is_returned_with_its_reason_and_the_file_passed_again(
    qtbot: QtBot, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = posts.visit(posts.town)
    file = posts.send(posts.town)
    with county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as clerk:
        page = clerk.go("receive", ReceivePage)
        page.look_at([file])
        clerk.rest()
        assert "盖章件" in page.panel.hints.said() and page.panel.decision.isHidden()
        page.take()
        clerk.rest()
        panel = page.panel
        assert "合计" in panel.hints.said() or "年度要求" in panel.hints.said()
        _choose(clerk, page, uid)
        panel.decision.reason.setText("没有写明哪个组")
        clerk.click(panel.decision.give)
        with posts.county.store.reading() as reading:
            (told,) = returned_records(reading)
        assert (told.told.about, told.told.reason) == (uid, "没有写明哪个组")
        assert panel.decision.badge.words() == "部分接收（1条）"
        clerk.undo()
        with posts.county.store.reading() as reading:
            assert returned_records(reading) == () and decisions(reading) == {}
        clerk.click(panel.decision.accept)
        with posts.county.store.reading() as reading:
            assert [each.result for each in decisions(reading).values()] == ["passed"]


def _choose(clerk: CountyClerk, page: ReceivePage, uid: str) -> None:
    """The line of this record in the file's list."""
    records = page.panel.records
    place = [each.uid for each in page.review.shown().records].index(uid)
    records.list.select(records.keys()[place])
    clerk.rest()


def test_the_township_sees_what_was_returned_and_goes_to_the_record(qtbot: QtBot, posts: Posts) -> None:
    uid = posts.visit(posts.town)
    (told,) = posts.receive(posts.send(posts.town))
    decide(posts.county, str(told.bundle_id), reasons={("contact", uid): "没有写明哪个组"})
    (written,) = write_receipts(posts.county, to=posts.offices.folder / "down")
    accept(posts.town, [written.path])
    opened: list[tuple[str, str]] = []
    entries = [
        PageEntry(
            COUNTY_ASKS, "县人大退回和待选定", lambda window: AsksPage(window, posts.town), in_rail=False
        ),
    ]
    window = MainWindow(entries, office="石牌镇人大", search=MadeUpSearch(), clock=posts.town.store.now)
    qtbot.addWidget(window)
    window.open_record = lambda kind, uid: opened.append((kind, uid))  # type: ignore[method-assign]
    window.resize(1366, 768)
    window.show()
    window.go(COUNTY_ASKS)
    qtbot.waitUntil(lambda: not window.reads.busy())
    page = window.page(COUNTY_ASKS)
    assert isinstance(page, AsksPage)
    qtbot.waitUntil(lambda: "没有写明哪个组" in page.returned.said())
    assert page.returned.badge.words() == "待修改"
    page.open_chosen()
    assert opened == [("contact", uid)]
    posts.reword(posts.town, uid, "长坪村三组水管破损")
    page.refresh()
    qtbot.waitUntil(lambda: page.returned.badge.words() == "已修改，待报送")
    window.close()
