"""代表 in its sections as a clerk drives them: files, scores, rules, honours, the change of terms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import (
    Deed,
    FinalSheet,
    Honour,
    Mandate,
    Meeting,
    Person,
    Publication,
    ScoreClaim,
    ScoreItem,
    ScoreRule,
    Term,
)
from lianxin.office.desk import Desk
from lianxin.office.scoring.templates import copy_template
from lianxin.store.reading import Condition
from lianxin.ui.deputies import DEPUTY_KINDS, DeputiesDesk, DeputiesPage
from lianxin.ui.deputies.files_section import FilesSection
from lianxin.ui.deputies.publication_form import PublicationForm
from lianxin.ui.deputies.rollover_form import RolloverForm
from lianxin.ui.pages import Page, PageEntry
from lianxin.ui.scoring.honour_section import HonourSection
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.scoring.score_forms import ClaimForm, DecideForm, ItemForm
from lianxin.ui.scoring.score_section import ScoreSection
from lianxin.ui.shell import MainWindow
from tests.ui.small_office import OtherPage, small_office, window_with

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    made = small_office(tmp_path)
    with made.store.writing(reason="花名册") as writing:
        for name in ("周桂兰", "龙志明", "向光明", "覃春生", "单大贵"):
            person = writing.new_uid()
            writing.put(Person(uid=person, name=name))
            writing.put(Mandate(uid=writing.new_uid(), person=person, level="township"))
            if name == "龙志明":
                writing.put(Deed(uid=writing.new_uid(), person=person, day=date(2026, 5, 1), what="修通便道"))
    return made


@pytest.fixture(autouse=True)
def no_word_processor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "文书"
    monkeypatch.setattr("lianxin.ui.printing.QDesktopServices.openUrl", lambda url: True)
    for page in (DeputiesPage, FilesSection, ScoreSection):
        monkeypatch.setattr(page, "papers", folder)
    return folder


def shown(qtbot: QtBot, office: Desk) -> tuple[MainWindow, DeputiesDesk]:
    window = window_with(
        office,
        PageEntry("deputies", "代表", lambda desk: DeputiesDesk(desk, office), kinds=DEPUTY_KINDS),
        PageEntry(
            "registers", "台账", lambda desk: OtherPage(window, "registers"), kinds=("deed", "meeting")
        ),
    )
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("deputies")
    page = window.page("deputies")
    assert isinstance(page, DeputiesDesk)
    settle(qtbot, page)
    return window, page


def settle(qtbot: QtBot, page: Page) -> None:
    """Until everything asked for beside the window is read and done."""
    page.desk.hub.flush()
    qtbot.waitUntil(lambda: not page.desk.reads.busy() and not page.desk.jobs.busy(), timeout=20_000)
    page.desk.hub.flush()
    qtbot.waitUntil(lambda: not page.desk.reads.busy(), timeout=20_000)


def person(office: Desk, name: str) -> str:
    with office.store.reading() as reading:
        (found,) = reading.all(Person, Condition("name", "=", name))
    return found.uid


def can_press(window: MainWindow, words: str) -> list[QPushButton]:
    """The buttons on screen that begin with these words."""
    buttons = window.findChildren(QPushButton)
    return [each for each in buttons if each.text().startswith(words) and each.isVisible()]


def press(window: MainWindow, words: str) -> None:
    can_press(window, words)[0].click()


def test_ctrl_p_prints_the_shown_deputys_file(qtbot: QtBot, office: Desk, no_word_processor: Path) -> None:
    _window, page = shown(qtbot, office)
    roster = page.section()
    assert isinstance(roster, DeputiesPage)
    roster.show_person(person(office, "龙志明"))
    settle(qtbot, page)
    qtbot.keyClick(roster.list, Qt.Key.Key_P, CTRL)
    settle(qtbot, page)
    assert [one.name for one in no_word_processor.iterdir()] == ["履职档案_2026年_乡_龙志明.docx"]


def test_the_file_beside_the_deputy_leads_to_its_records(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    page.show_file(person(office, "龙志明"))
    settle(qtbot, page)
    files = page.section()
    assert isinstance(files, FilesSection)
    title = "龙志明  2026年履职档案（乡级）"
    qtbot.waitUntil(lambda: files.card.texts()["title"] == title, timeout=20_000)
    assert "修通便道" in files.card.texts()["contacts"]
    qtbot.waitUntil(lambda: bool(can_press(window, "查看")), timeout=20_000)
    press(window, "查看")
    qtbot.waitUntil(lambda: window.current_page() == "registers", timeout=20_000)


def test_a_file_made_final_tells_what_changed_since(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    page.show_file(person(office, "龙志明"))
    settle(qtbot, page)
    files = page.section()
    assert isinstance(files, FilesSection)
    press(window, "年终定稿")
    settle(qtbot, page)
    with office.store.reading() as reading:
        (sheet,) = reading.all(FinalSheet)
    assert "与现在的记录一致" in files.card.texts()["state"]
    with office.store.writing(reason="后来") as writing:
        writing.put(Deed(uid=writing.new_uid(), person=sheet.person or "", day=date(2026, 6, 1), what="修桥"))
    page.desk.hub.tell({"deed"})
    settle(qtbot, page)
    assert "修桥" in files.card.texts()["changes"]
    files.finish_all()
    settle(qtbot, page)
    with office.store.reading() as reading:
        assert len(reading.all(FinalSheet)) == 6, "five deputies, and one whose records had changed"


def test_everybodys_file_is_written_beside_the_window(
    qtbot: QtBot, office: Desk, no_word_processor: Path
) -> None:
    _, page = shown(qtbot, office)
    files = page.choose("files")
    assert isinstance(files, FilesSection)
    settle(qtbot, page)
    files.write_all(pdf=False)
    settle(qtbot, page)
    assert len(list((no_word_processor / "履职档案_2026年_乡级").iterdir())) == 5


def test_a_publication_is_registered_as_it_is_made(
    qtbot: QtBot, office: Desk, no_word_processor: Path
) -> None:
    _, page = shown(qtbot, office)
    files = page.choose("files")
    assert isinstance(files, FilesSection)
    settle(qtbot, page)
    files.open_publication()
    form = files.form
    assert isinstance(form, PublicationForm)
    form.form.set_value("place", "镇政府公示栏")
    form.submit()
    settle(qtbot, page)
    with office.store.reading() as reading:
        (kept,) = reading.all(Publication)
    assert (kept.place, kept.checked) == ("镇政府公示栏", True)
    assert files.form is None
    assert [one.suffix for one in no_word_processor.iterdir()] == [".docx"]


def test_a_rule_is_copied_changed_and_switched_on(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    rules = page.choose("rules")
    assert isinstance(rules, RuleSection)
    settle(qtbot, page)
    rules.copy_template("ruzhou")
    settle(qtbot, page)
    with office.store.reading() as reading:
        (rule,) = reading.all(ScoreRule)
        items = reading.all(ScoreItem)
    assert not rule.active
    assert rules.list.shown_count() == len(items) == 17
    rules.edit_part(next(one.uid for one in items if one.source == "deeds"))
    form = rules.form
    assert isinstance(form, ItemForm)
    form.form.set_value("base", "7")
    form.submit()
    settle(qtbot, page)
    rules.switch()
    settle(qtbot, page)
    with office.store.reading() as reading:
        assert reading.all(ScoreRule)[0].active
    scores = page.choose("scores")
    assert isinstance(scores, ScoreSection)
    scores.refresh()
    settle(qtbot, page)
    assert scores.card.texts()["title"].startswith("龙志明  2026年 7分")
    assert "修通便道" in scores.card.texts()["points"]


def test_a_claim_counts_when_it_is_approved(qtbot: QtBot, office: Desk) -> None:
    _uid, _ = copy_template(office, "ruzhou")
    _, page = shown(qtbot, office)
    scores = page.choose("scores")
    assert isinstance(scores, ScoreSection)
    settle(qtbot, page)
    scores.list.select(person(office, "龙志明"))
    scores.register_new()
    form = scores.form
    assert isinstance(form, ClaimForm)
    form.form.set_typed({"what": "县电视台采访", "points": "2"})
    form.submit()
    settle(qtbot, page)
    with office.store.reading() as reading:
        (claim,) = reading.all(ScoreClaim)
    scores.decide(claim.uid)
    decide = scores.form
    assert isinstance(decide, DecideForm)
    decide.answer.set_value("approved")
    decide.submit()
    assert decide.problem() == "请填写审批人，申请仍在待审批"
    decide.form.set_value("approver", "王主席")
    decide.submit()
    settle(qtbot, page)
    assert scores.card.texts()["title"].startswith("龙志明  2026年 7分")
    assert "同意" in scores.card.texts()["claims"]


def test_honours_keep_to_the_quota(qtbot: QtBot, office: Desk) -> None:
    _window, page = shown(qtbot, office)
    honours = page.choose("honours")
    assert isinstance(honours, HonourSection)
    settle(qtbot, page)
    assert "可推荐1名" in honours.levels.words()
    for _ in range(2):
        honours.list.select(honours.list.model.key_at(0))
        honours.propose()
        settle(qtbot, page)
        honours.list.select(honours.list.model.key_at(1))
        honours.propose()
        settle(qtbot, page)
    with office.store.reading() as reading:
        assert len(reading.all(Honour)) == 1


def test_a_term_is_closed_and_taken_back(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    roster = page.section()
    assert isinstance(roster, DeputiesPage)
    roster.roll_over()
    form = roster.form
    assert isinstance(form, RolloverForm)
    form.term.set_value("start", "2026-11-18")
    form.people.item(0).setCheckState(Qt.CheckState.Unchecked)
    form.document.set_value("remark", "田新民")
    form.submit()
    settle(qtbot, page)
    with office.store.reading() as reading:
        assert len(reading.all(Term, Condition("level", "=", "township"))) == 2
        assert len(reading.all(Mandate, Condition("state", "=", "serving"))) == 5
    press(window, "撤销")
    settle(qtbot, page)
    with office.store.reading() as reading:
        assert len(reading.all(Term, Condition("level", "=", "township"))) == 1
        assert not reading.all(Person, Condition("name", "=", "田新民"))


def test_records_of_the_page_open_in_their_section(qtbot: QtBot, office: Desk) -> None:
    uid, _ = copy_template(office, "ruzhou")
    with office.store.writing(reason="准备") as writing:
        honour = Honour(
            uid=writing.new_uid(), year=2026, honour_type="deputy", person=person(office, "龙志明")
        )
        writing.put(honour)
        writing.put(Meeting(uid=writing.new_uid(), meeting_type="work", name="例会", day=date(2026, 1, 1)))
    window, page = shown(qtbot, office)
    for kind, wanted, section in (
        ("score-rule", uid, RuleSection), ("honour", honour.uid, HonourSection),
        ("person", person(office, "龙志明"), DeputiesPage),
    ):  # fmt: skip
        window.open_record(kind, wanted)
        settle(qtbot, page)
        assert isinstance(page.section(), section)
