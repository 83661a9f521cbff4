"""报送县人大 after enrolment: sealed reports, texts that name somebody, receipts, and the way back after a restore."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import Contact, SentFile, Visitor
from lianxin.office.cases.registering import register_visit
from lianxin.office.desk import Desk
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.office.sending.history import choose_folder
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.ui.sending.signing_card import NOT_ENROLLED
from lianxin.ui.sending.take_back_dialog import NUMBERS, TakeBackDialog
from tests.county.offices import Offices, offices_in
from tests.ui.county_window import CountyWindow, county_window
from tests.ui.small_office import OtherPage

NAME, WORDS = "单志明", "我叫单志明，电话139 1234 2217。长坪村三组断水"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        visit(made.town, 3)
        made.clock.at(date(2026, 12, 5))
        yield made


@pytest.fixture
def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offices: Offices) -> Iterator[CountyWindow]:
    offices.enrol(offices.town)
    made = county_window(qtbot, monkeypatch, offices)
    yield made
    made.window.close()


def visit(desk: Desk, day: int, words: str = WORDS, name: str = NAME) -> str:
    done = register_visit(
        desk,
        contact=Contact(uid="", channel="visit", day=date(2026, 11, day), words=words, persons=1),
        visitors=[Visitor(uid="", contact="", name=name, phone="13912342217")],
        raised=None,
    )
    return done.contact.uid


def sign(shown: CountyWindow) -> list[Path]:
    """Frozen and signed; the files that lie there now, latest last."""
    shown.press(shown.sending.cards.freeze)
    assert "之后没有变化" in shown.sending.cards.final.said(), shown.sending.cards.differences()
    shown.main()
    assert shown.around.problems == []
    return files(shown)


def files(shown: CountyWindow) -> list[Path]:
    act = shown.sending.shown()
    assert act is not None
    return sorted(each for each in act.folder.glob("*.zip*") if each.is_file())


def receipt(offices: Offices, *sent: Path) -> Path:
    receive(offices.county, list(sent))
    (written,) = write_receipts(offices.county, to=offices.folder / "down")
    return written.path


def test_before_enrolment_the_page_says_how_and_sends_plainly(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offices: Offices
) -> None:
    shown = county_window(qtbot, monkeypatch, offices)
    card = shown.sending.cards.signing
    assert card.way() == NOT_ENROLLED and not card.warns() and not shown.sending.sent.receipts.isVisible()
    (file,) = sign(shown)
    assert "普通报送" in card.said() and file.name.startswith("报送材料")
    shown.press(shown.linked("去登记", card))
    assert shown.county_link.isVisible()
    shown.window.close()


def test_a_sealed_report_is_encrypted_and_the_page_says_so(shown: CountyWindow) -> None:
    card = shown.sending.cards.signing
    assert "加密报送给清江县人大常委会" in card.way() and card.warns()
    (file,) = sign(shown)
    assert file.name.endswith(".zip.age") and "加密报送" in card.said() and str(file) in card.files()
    shown.around.folder = str(file.parent.parent / "stick")
    Path(shown.around.folder).mkdir()
    shown.press(shown.sending.cards.copy)
    assert "可以拔出" in shown.sending.cards.stick.said()
    assert (Path(shown.around.folder) / file.name).is_file()


def test_the_choice_without_personal_data(shown: CountyWindow) -> None:
    card = shown.sending.cards.signing
    (choice,) = card.findChildren(QCheckBox)
    choice.click()
    assert card.plain()
    (file,) = sign(shown)
    assert file.name.endswith(".zip") and "不加密报送" in card.said()
    data = file.read_bytes()
    assert NAME.encode() not in data
    choice.click()
    shown.press(card.repeat)
    assert [each.suffix for each in files(shown)].count(".age") == 1 and "第2期" in card.said()


def test_a_text_is_blacked_out_and_that_is_taken_back(shown: CountyWindow, offices: Offices) -> None:
    found = shown.sending.cards.findings
    shown.press(shown.linked("去看：来访走访", found))
    other = shown.window.page("contacts")
    assert isinstance(other, OtherPage) and other.opened
    shown.window.go("sending")
    shown.settle()
    shown.press(shown.linked("涂黑", found))
    act = shown.sending.shown()
    assert act is not None and act.texts[0].withheld and shown.linked("取消涂黑", found).isVisible()
    shown.undo()
    act = shown.sending.shown()
    assert act is not None and not act.texts[0].withheld
    shown.press(shown.linked("涂黑", found))
    (file,) = sign(shown)
    receive(offices.county, [file])
    with offices.county.store.reading() as reading:
        (arrived,) = reading.all(Contact)
    assert not arrived.words


def test_what_lies_openly_says_why_it_cannot_be_blacked_out(shown: CountyWindow, offices: Offices) -> None:
    # Written before anybody knew of this visitor.
    with offices.town.store.writing(reason="登记") as writing:
        uid = writing.new_uid()
        writing.put(Contact(uid=uid, channel="visit", day=date(2026, 11, 9), words="向文杰家门口路灯不亮"))
        writing.put(Visitor(uid=writing.new_uid(), contact=uid, name="向文杰"))
    shown.press(shown.sending.cards.again)
    act = shown.sending.shown()
    assert act is not None
    (text,) = [each for each in act.texts if each.open]
    assert "已随记录写入" in text.sentence and "文字提到来访人" in shown.sending.cards.check.said()
    blacks = [
        each
        for each in shown.sending.cards.findings.findChildren(type(shown.sending.cards.copy))
        if each.accessibleName().startswith("涂黑") and not each.isHidden() and each.isVisible()
    ]
    assert len(blacks) == len([each for each in act.texts if not each.open])


def test_a_receipt_from_the_stick_marks_the_sending(shown: CountyWindow, offices: Offices) -> None:
    down = receipt(offices, *sign(shown))
    shown.around.sticks = [down.parent]
    shown.press(shown.sending.sent.receipts.stick)
    page = shown.sending
    assert (
        "已接收第1号回执" in page.sent.receipts.said() and "第1期：县人大已收到" in page.sent.receipts.said()
    )
    assert page.sent.list.model.cells(0)[3] == "✓ 县人大已收到"
    assert "县人大已收到（第1号回执） · 新增" in page.sent.said().replace("✓ ", "")
    assert not page.sent.received.isVisible()
    shown.around.files = [down]
    shown.press(page.sent.receipts.choose)
    assert "以前接收过" in page.sent.receipts.said()


def test_a_telephone_call_looks_different_and_the_receipt_rules(
    shown: CountyWindow, offices: Offices
) -> None:
    sent = sign(shown)
    shown.press(shown.sending.sent.received)
    assert shown.sending.sent.list.model.cells(0)[3] == "电话确认收到"
    assert "不是回执" in shown.sending.sent.said()
    shown.around.files = [receipt(offices, *sent)]
    shown.press(shown.sending.sent.receipts.choose)
    assert shown.sending.sent.list.model.cells(0)[3] == "✓ 县人大已收到"


def test_what_the_county_took_back_is_sent_again(shown: CountyWindow, offices: Offices) -> None:
    sent = sign(shown)
    shown.around.files = [receipt(offices, *sent)]
    shown.press(shown.sending.sent.receipts.choose)
    with offices.town.store.reading() as reading:
        (record,) = reading.all(SentFile)
    undo_receive(offices.county, record.bundle_id)
    (written,) = write_receipts(offices.county, to=offices.folder / "down")
    shown.around.files = [written.path]
    shown.press(shown.sending.sent.receipts.choose)
    page = shown.sending
    assert page.sent.list.model.cells(0)[3] == "未收（已撤回）" and "再报送一次" in page.cards.signing.said()
    shown.main()
    again = [each for each in files(shown) if each not in sent]
    shown.around.files = [receipt(offices, *again)]
    shown.press(page.sent.receipts.choose)
    assert page.sent.list.model.cells(0)[3] == "✓ 县人大已收到"


def test_another_file_is_no_receipt_and_a_stick_without_one_is_said(shown: CountyWindow) -> None:
    (file,) = sign(shown)
    shown.around.files = [file]
    shown.press(shown.sending.sent.receipts.choose)
    assert "不是回执" in shown.sending.sent.receipts.said()
    shown.around.folder = str(file.parent)
    shown.press(shown.sending.sent.receipts.stick)
    assert "没有回执" in shown.sending.sent.receipts.said()


def test_a_restored_desk_takes_its_files_back_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offices: Offices
) -> None:
    offices.enrol(offices.town)
    first = county_window(qtbot, monkeypatch, offices)
    (one,) = sign(first)
    first.around.files = [receipt(offices, one)]
    first.press(first.sending.sent.receipts.choose)
    old = copied(offices.town, offices.folder / "old")
    lost = visit(offices.town, 20, "后来登记的")
    first.press(first.sending.cards.thaw)
    sent = sign(first)
    first.window.close()
    down = receipt(offices, *sent)
    choose_folder(old, one.parent)
    shown = county_window(qtbot, monkeypatch, offices, old)
    shown.around.files, shown.around.backs = [down], []
    shown.press(shown.sending.sent.receipts.choose)
    assert set(shown.around.offered) >= set(sent) and shown.sending.sent.receipts.take_back.isVisible()
    shown.around.backs = shown.around.offered
    shown.press(shown.sending.sent.receipts.take_back)
    assert "收回" in shown.sending.sent.receipts.said()
    assert not shown.sending.sent.receipts.take_back.isVisible()
    # The receipt that waited came in by itself; of the file it tells this copy knows nothing.
    assert "第2号回执" in strange(shown) and "本机没有这一期的登记" in strange(shown)
    with old.store.reading() as reading:
        assert reading.get(Contact, lost) is not None
    shown.window.close()
    old.store.close()


def strange(shown: CountyWindow) -> str:
    panel = shown.sending.sent
    panel.list.select(panel.list.model.key_at(panel.list.shown_count() - 1))
    return panel.said()


def copied(desk: Desk, folder: Path) -> Desk:
    """The data folder as it is now, opened elsewhere as a restored backup is."""
    shutil.copytree(desk.store.home, folder, ignore=shutil.ignore_patterns("*.lock"))
    around = Surroundings(desk.store.now, desk.store.random, "另一台", folder / "witness")
    return replace(desk, store=RecordStore.open(folder, desk.store.key, around, actor="01"))


def test_the_dialog_of_the_way_back(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = TakeBackDialog([])
    qtbot.addWidget(dialog)
    assert not dialog.take.isEnabled() and "跳过100个" in NUMBERS
    dialog.add([tmp_path / "a.zip", tmp_path / "b.zip.age", tmp_path / "a.zip"])
    assert dialog.chosen() == [tmp_path / "a.zip", tmp_path / "b.zip.age"]
    item = dialog.files.item(0)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == [tmp_path / "b.zip.age"] and dialog.take.isEnabled()
