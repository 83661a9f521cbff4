"""已打印, 重打 and 签字件已归档 as a clerk sees them beside a visit, with the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, PrintMark
from lianxin.office.paperwork.print_marks import Printed, mark_printed, mark_words, marks_of, set_filed
from lianxin.office.records import new_uid, save_record, undo_changes
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import show_paper
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk


def visit(town: Township) -> str:
    saved = save_record(
        town.desk,
        Contact(
            uid=new_uid(town.desk),
            channel="visit",
            day=town.desk.today(),
            words="修路",
            station=town.station,
        ),
    )
    return saved.record.uid


def words_of(town: Township, uid: str) -> list[str]:
    with town.desk.store.reading() as reading:
        return [mark_words(mark) for mark in marks_of(reading, Contact.KIND, [uid])]


def test_the_first_printing_and_those_after_it(town: Township) -> None:
    uid = visit(town)
    printed = Printed("接待登记表", Contact.KIND, (uid,))
    mark_printed(town.desk, printed)
    assert words_of(town, uid) == ["接待登记表：已打印 11月20日"]
    town.clock.at(town.desk.today().replace(day=24))
    changes = mark_printed(town.desk, printed, 3)
    assert words_of(town, uid) == ["接待登记表：已打印 11月20日，重打1次，最近11月24日"]
    with town.desk.store.reading() as reading:
        (mark,) = marks_of(reading, Contact.KIND, [uid])
    assert (mark.times, mark.copies) == (2, 4)
    undo_changes(town.desk, changes)
    assert words_of(town, uid) == ["接待登记表：已打印 11月20日"]
    set_filed(town.desk, mark.uid, town.desk.today())
    with town.desk.store.reading() as reading:
        assert marks_of(reading, Contact.KIND, [uid])[0].filed == town.desk.today()


def test_several_records_of_one_job_are_marked_in_one_act(town: Township) -> None:
    uids = tuple(visit(town) for _ in range(3))
    changes = mark_printed(town.desk, Printed("接待登记表", Contact.KIND, (*uids, uids[0])))
    assert len(changes) == 3
    undo_changes(town.desk, changes)
    assert [words_of(town, uid) for uid in uids] == [[], [], []]


def test_marks_stand_beside_the_attachments_and_can_be_ticked(
    qtbot: QtBot, window: MainWindow, town: Township, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    uid = visit(town)
    strip = AttachmentStrip(window, town.desk)
    qtbot.addWidget(strip)
    strip.show_owner(Contact.KIND, uid)
    strip.show()
    assert strip.marks.words() == []
    marking = marking_of(window, town.desk, "接待登记表", Contact.KIND, [uid])
    show_paper(window, ("表.docx", b"PK"), town.folder / "papers", marking)
    assert strip.marks.words() == []
    assert window.status.quiet.words() == "已打开“表.docx”，看过后打印"
    assert marking is not None
    marking.mark(1)
    qtbot.waitUntil(lambda: strip.marks.words() == ["接待登记表：已打印 11月20日"])
    qtbot.mouseClick(strip.marks.ticks()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.status.quiet.words() == "“接待登记表”签字件已归档")
    with town.desk.store.reading() as reading:
        assert reading.all(PrintMark)[0].filed == town.desk.today()
    Clerk(qtbot, window).undo()
    with town.desk.store.reading() as reading:
        assert reading.all(PrintMark)[0].filed is None


def test_a_blank_form_is_no_record_and_gets_no_mark(window: MainWindow, town: Township) -> None:
    assert marking_of(window, town.desk, "接待登记表", Contact.KIND, [""]) is None
