"""回执与下发资料: one button for all that are due, read back, written again, list and rules with the root at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.county.certificates.root_key import export_root
from lianxin.county.outgoing import given
from lianxin.county.outgoing.receipts import Receipt, write_receipts
from lianxin.domain.records import SentFile
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.handover.accepting import accept
from lianxin.ui.county.outgoing.receipts_page import ReturnsPage
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window

Key = Qt.Key


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        made.visit(made.town)
        made.receive(made.send(made.town))
        yield made


@pytest.fixture
def around(tmp_path: Path) -> Around:
    (tmp_path / "U盘").mkdir()
    return Around(folder=str(tmp_path / "U盘"))


@pytest.fixture
def clerk(
    qtbot: QtBot, posts: Posts, around: Around, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, around, monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> ReturnsPage:
    return clerk.go("returns", ReturnsPage)


def town(page: ReturnsPage, code: str) -> tuple[str, ...]:
    return tuple(page.towns.model.cells(page.towns.model.row_of(code)))


def stick(around: Around) -> list[Path]:
    return sorted(each for each in Path(around.folder).iterdir() if not each.name.startswith("."))


def test_receipts_for_all_that_are_due(
    page: ReturnsPage, clerk: CountyClerk, posts: Posts, around: Around
) -> None:
    assert town(page, "439901102")[:2] == ("石牌镇", "待写回执（1份）")
    clerk.press(Key.Key_F2)
    assert "读回核对无误" in page.said() and town(page, "439901102")[1] == "✓ 没有新内容"
    file = next(each for each in stick(around) if "石牌镇" in each.name)
    page.towns.select("439901102")
    assert tuple(page.items.model.cells(0)) == ("2026年11月 第1期", "核验通过", "2026-11-20")
    assert accept(posts.town, [file]).verdicts[0].ok
    with posts.town.store.reading() as reading:
        assert [each.state for each in reading.all(SentFile)] == ["received"]
    made = clerk.window.headline.main_button()
    assert made is not None and not made.isEnabled() and around.problems == []
    clerk.click(page.open_folder)
    assert around.shown == [Path(around.folder)]


def test_written_again_under_the_next_number_when_the_stick_was_lost(
    page: ReturnsPage, clerk: CountyClerk, posts: Posts, around: Around
) -> None:
    clerk.press(Key.Key_F2)
    for each in stick(around):
        each.unlink()
    page.towns.select("439901102")
    clerk.click(page.again)
    (file,) = stick(around)
    assert "0002" in file.name and town(page, "439901102")[2].startswith("第2号")
    assert accept(posts.town, [file]).verdicts[0].ok


def test_a_receipt_that_does_not_open_on_the_stick_is_told(
    page: ReturnsPage, clerk: CountyClerk, around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worn_out(desk: Desk, *, to: Path, codes: Sequence[str], again: bool) -> tuple[Receipt, ...]:
        written = write_receipts(desk, to=to, codes=codes, again=again)
        for each in written:
            data = each.path.read_bytes()
            each.path.write_bytes(data[: len(data) // 2])
        return written

    monkeypatch.setattr(given, "write_receipts", worn_out)
    clerk.press(Key.Key_F2)
    (problem,) = around.problems
    assert problem.code == "S230" and "换一个U盘" in problem.what
    monkeypatch.undo()


def test_a_folder_that_is_gone_is_told_and_nothing_counts_as_given(
    page: ReturnsPage, clerk: CountyClerk, around: Around
) -> None:
    blocked = Path(around.folder) / "一个文件"
    blocked.write_text("")
    good, around.folder = around.folder, str(blocked)
    clerk.press(Key.Key_F2)
    assert len(around.problems) == 1 and town(page, "439901102")[1].startswith("待写回执")
    around.folder = good
    clerk.press(Key.Key_F2)
    assert "读回核对无误" in page.said()


def test_list_and_rules_are_written_with_the_root_here_and_from_the_stick(
    page: ReturnsPage, clerk: CountyClerk, posts: Posts, around: Around
) -> None:
    assert not page.root.isVisible()
    clerk.click(page.write)
    (first,) = stick(around)
    assert page.work.said().startswith("✓") and accept_answer(posts.town, file=first).held.confirmed is False
    root = export_root(posts.county, to=posts.offices.folder / "root", passphrase="清江根密钥")
    page.refresh()
    clerk.rest()
    assert page.root.isVisible()
    clerk.click(page.write)
    assert "请先选根密钥文件" in page.work.said()
    around.file = str(root.path)
    clerk.click(page.root.choose)
    page.root.passphrase.setText("不对的口令")
    clerk.click(page.write)
    assert "打不开" in page.work.said() and len(stick(around)) == 1
    page.root.passphrase.setText("清江根密钥")
    clerk.click(page.write)
    assert page.work.said().startswith("✓") and page.root.passphrase.text() == "" and len(stick(around)) == 2


def test_nobody_registered_is_told_where_to_begin(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.county.offices import offices_in

    with (
        offices_in(tmp_path / "empty") as offices,
        county_window(qtbot, offices.county, Around(), monkeypatch.setattr) as clerk,
    ):
        page = clerk.go("returns", ReturnsPage)
        assert page.towns.face() == "empty"
        page.towns.empty_acted.emit()
        clerk.rest()
        assert clerk.window.current_page() == "settings"
