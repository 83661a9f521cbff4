"""接收报送 as a county clerk does it: drop, look, receive, what is bad told in words, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, ReceivedFile
from lianxin.office.receiving.receive import alone
from lianxin.ui.county.received import receive_page
from lianxin.ui.county.received.receive_page import ReceivePage
from lianxin.ui.jobs import Stopped
from tests.county.busy_morning import Morning, busy_morning
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window

Key = Qt.Key


@pytest.fixture
def around() -> Around:
    return Around()


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


@pytest.fixture
def clerk(
    qtbot: QtBot, posts: Posts, around: Around, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, around, monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> ReceivePage:
    return clerk.go("receive", ReceivePage)


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[Morning]:
    with busy_morning(tmp_path) as made:
        yield made


def dropped(page: ReceivePage, *paths: Path) -> None:
    """Files let go over the line at the top."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    page.drop.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.drop.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))


def cells(page: ReceivePage) -> list[tuple[str, ...]]:
    model = page.files.model
    return [tuple(model.cells(row)) for row in range(page.files.shown_count())]


def logged(posts: Posts) -> list[ReceivedFile]:
    with posts.county.store.reading() as reading:
        return reading.all(ReceivedFile)


def test_a_morning_with_a_stick_of_everything(
    qtbot: QtBot, morning: Morning, around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    with county_window(qtbot, morning.county, around, monkeypatch.setattr) as clerk:
        page = clerk.go("receive", ReceivePage)
        before = morning.posts.hash_of()
        past = page.history.shown_count()
        dropped(page, morning.stick)
        clerk.rest()
        found = {row[0]: row for row in cells(page) if row[0] not in ("龙潭镇",)}
        assert found["石牌镇"][1:5] == ("11月 第1期", "核验通过", "新增14条", "可以接收")
        assert found["白水镇"][2] == "重复（已接收过）" and found["大坪乡"][2] == "暂存等待"
        assert found["响水乡"][2:4] == ("待确认", "修改1条、待确认1条")
        assert found["附件(3).zip"][2] == found["会议照片.jpg"][2] == "核验未通过"
        assert sorted(row[2] for row in cells(page) if row[0] == "龙潭镇") == sorted(
            ["另存待查", "核验通过", "核验未通过"]
        )
        assert page.filter.counts() == {
            "all": 11, "accept": 4, "noop": 1, "conflict": 1, "hold": 1, "quarantine": 1, "reject": 3,
        }  # fmt: skip
        assert morning.posts.hash_of() == before and page.history.shown_count() == past
        (aside,) = [each for each in cells(page) if each[2] == "另存待查"]
        assert "接收时这一份原样另存" in aside[4]
        assert clerk.main() == "接收6份" and "还没有导入" in page.said()
        clerk.press(Key.Key_F2)
        assert morning.posts.hash_of() != before and clerk.main() == "接收下一批"
        assert page.history.shown_count() == past + 11
        assert "已接收5份：新增40条、修改1条" in clerk.told()
        done = {row[0]: row for row in cells(page) if row[0] != "龙潭镇"}
        assert done["石牌镇"][4] == "已接收，可以写回执" and done["响水乡"][4] == "到“待确认”处理"
        assert done["附件(3).zip"][2] == "核验未通过"
        assert around.problems == []
        clerk.undo()
        assert clerk.window.current_page() == "returns"


def test_the_chosen_file_says_who_signed_and_what_it_does(
    page: ReceivePage, posts: Posts, clerk: CountyClerk
) -> None:
    posts.visit(posts.town, "路灯不亮", name="田金玉")
    file = posts.send(posts.town)
    dropped(page, file)
    clerk.rest()
    facts = dict(page.panel.facts.texts())
    batch = page.batch()
    assert batch is not None
    assert facts["数字签名"] == "清江县石牌镇人大主席团（电脑1）"
    assert facts["核对码"] == batch.files[0].check_code and len(facts["核对码"].replace(" ", "")) == 20
    assert page.panel.said().startswith("核验通过 核验通过，内容与签名时完全一致。")
    list_ = page.panel.records.list
    rows = [tuple(list_.model.cells(row)) for row in range(list_.shown_count())]
    assert ("新增", "来访走访　2026年11月3日 路灯不亮") in rows
    assert any(row[1].startswith("来访人　田") for row in rows) and not any(
        "田金玉" in row[1] for row in rows
    )
    assert not page.panel.back.isVisible()
    # A record that is not taken in yet cannot be opened.
    list_.opened.emit(list_.model.key_at(0))
    assert "还没有接收" in clerk.told() and clerk.window.current_page() == "receive"


def test_a_paper_is_opened_from_the_stick_and_later_from_the_kept_file(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, around: Around
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    dropped(page, file)
    clerk.rest()
    names = page.panel.papers()
    assert any(name.endswith(".docx") for name in names)
    place = next(at for at, name in enumerate(names) if name.endswith(".xlsx"))
    page.panel.press_paper(place)
    clerk.press(Key.Key_F2)
    file.unlink()
    page.panel.press_paper(place)
    page.put_away()
    page.history.select(page.history.model.key_at(0))
    page.panel.press_paper(place)
    assert len(around.shown) == 3 and all(posts.county.store.home in path.parents for path in around.shown)
    assert len(set(around.contents)) == 1 and around.contents[0][:2] == b"PK"
    assert set(around.modes) == {(0o400, 0o700)} and around.problems == []


def test_a_stick_pulled_before_a_paper_is_opened_is_told(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, around: Around
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    dropped(page, file)
    clerk.rest()
    file.unlink()
    page.panel.press_paper(0)
    (problem,) = around.problems
    assert problem.code == "R311" and "U盘可能已拔出" in problem.what


def test_a_bad_file_gives_a_line_for_the_township(
    page: ReceivePage, posts: Posts, clerk: CountyClerk
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    cut = file.with_name("截断.zip.age")
    cut.write_bytes(file.read_bytes()[:500])
    dropped(page, cut)
    clerk.rest()
    assert clerk.main() == "记下结论" and page.panel.copy.isVisible()
    clerk.click(page.panel.copy)
    line = QGuiApplication.clipboard().text()
    assert "截断.zip.age" in line and "核验未通过（请重报）" in line and line.endswith("2026年11月20日）")
    assert "\n" not in line
    clerk.press(Key.Key_F2)
    assert [each.verdict for each in logged(posts)] == ["reject"]
    assert page.history.shown_count() == 1


def test_a_file_is_taken_back_and_may_come_again(page: ReceivePage, posts: Posts, clerk: CountyClerk) -> None:
    empty = posts.hash_of()
    posts.visit(posts.town)
    file = posts.send(posts.town)
    dropped(page, file)
    clerk.rest()
    clerk.press(Key.Key_F2)
    with posts.county.store.reading() as reading:
        assert reading.count(Contact) == 1
    clerk.click(page.panel.back)
    with posts.county.store.reading() as reading:
        assert reading.count(Contact) == 0
    assert posts.hash_of() == empty
    assert cells(page)[0][2] == "已撤回" and page.history.model.cells(0)[3] == "已撤回"
    assert "已撤回石牌镇 2026年11月 第1期" in clerk.told()
    clerk.undo()
    assert clerk.main() == "接收1份"
    clerk.press(Key.Key_F2)
    with posts.county.store.reading() as reading:
        assert reading.count(Contact) == 1


def test_taking_back_tells_what_waits_again(page: ReceivePage, posts: Posts, clerk: CountyClerk) -> None:
    from lianxin.county.outgoing.receipts import write_receipts
    from lianxin.office.handover.accepting import accept

    files = []
    for number in range(2):
        posts.visit(posts.town, f"第{number}件")
        files.append(posts.send(posts.town, folder=f"stick {number}"))
        posts.receive(files[-1])
        (receipt,) = write_receipts(posts.county, to=posts.offices.folder / f"down {number}")
        accept(posts.town, [receipt.path])
    page.refresh()
    clerk.rest()
    first = next(
        uid for uid in (page.history.model.key_at(row) for row in range(page.history.shown_count()))
        if page.history.model.cells(page.history.model.row_of(uid))[2].endswith("第1期")
    )  # fmt: skip
    page.history.select(first)
    clerk.click(page.panel.back)
    assert "靠它的1份重新暂存等待" in clerk.told()
    assert {tuple(page.history.model.cells(row))[3] for row in range(2)} == {"已撤回", "暂存等待"}


def test_from_the_stick_or_asked_where(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, around: Around
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town, folder="usb")
    (file.parent / "回执_石牌镇_0001.zip").write_bytes(b"PK")
    (file.parent / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    around.sticks = [file.parent.parent / "usb"]
    clerk.click(page.drop.stick)
    batch = page.batch()
    assert batch is not None and [each.file_name for each in batch.files] == [file.name]
    page.put_away()
    around.sticks, around.folder = [], str(file.parent)
    clerk.click(page.drop.stick)
    again = page.batch()
    assert again is not None and [each.file_name for each in again.files] == [file.name]


def test_files_chosen_by_f2_and_put_away_by_esc(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, around: Around
) -> None:
    assert clerk.main() == "选择文件" and page.history.face() == "empty"
    clerk.press(Key.Key_F2)
    assert page.batch() is None
    posts.visit(posts.town)
    around.files = [posts.send(posts.town)]
    clerk.press(Key.Key_F2)
    assert clerk.main() == "接收1份"
    clerk.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    clerk.press(Key.Key_Escape)
    assert page.batch() is None and clerk.main() == "选择文件" and logged(posts) == []


def test_stopped_while_verifying_nothing_is_changed(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)

    def stopped(*_: object, **__: object) -> None:
        raise Stopped

    monkeypatch.setattr(receive_page, "look_at", stopped)
    page.look_at([file])
    clerk.rest()
    assert "已停止" in clerk.told() and page.batch() is None and clerk.main() == "选择文件"


def test_stopped_while_receiving_what_is_done_stays(
    page: ReceivePage, posts: Posts, clerk: CountyClerk
) -> None:
    for desk in (posts.town, posts.offices.other):
        posts.visit(desk)
    files = [posts.send(posts.town, folder="one"), posts.send(posts.offices.other, folder="two")]
    dropped(page, *files)
    clerk.rest()
    batch = page.batch()
    assert batch is not None
    from lianxin.county.received.batch import take

    asked = iter([False, False, False, True])
    cut = take(posts.county, batch, progress=lambda *_: None, cancelled=lambda: next(asked, True))
    left = [each for each in cut.files if each.looked_at]
    assert len(left) == 1 and len(logged(posts)) == 1
    page._taken(cut)
    assert "还有1份没有接收" in page.said() and clerk.main() == "接收1份"
    clerk.press(Key.Key_F2)
    assert {each.verdict for each in logged(posts)} == {"accept", "noop"}


def test_another_window_that_receives_is_told(
    page: ReceivePage, posts: Posts, clerk: CountyClerk, around: Around
) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    with alone(posts.county):
        dropped(page, file)
        clerk.rest()
    (problem,) = around.problems
    assert problem.code == "R302" and page.drop.files.isEnabled()


def test_a_plain_file_is_judged_and_not_read(page: ReceivePage, posts: Posts, clerk: CountyClerk) -> None:
    from tests.county.offices import new_desk

    stranger = new_desk(posts.offices.folder, posts.offices.clock, "439901110", "清江县茶洞镇人大主席团")
    try:
        posts.visit(stranger)
        file = posts.send(stranger, plain=True, folder="plain")
    finally:
        stranger.store.close()
    dropped(page, file)
    clerk.rest()
    ((who, _issue, verdict, brought, act),) = cells(page)
    assert (who, verdict, brought) == ("清江县茶洞镇人大主席团", "核验通过", "不并入")
    assert "核对" in act and "未经确认" in dict(page.panel.facts.texts())["数字签名"]
    before = posts.hash_of()
    clerk.press(Key.Key_F2)
    assert posts.hash_of() == before and page.history.shown_count() == 1
    assert "内容暂不并入台账" in page.panel.said()
