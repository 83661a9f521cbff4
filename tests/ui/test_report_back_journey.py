"""A year of report-back in the real window: January's promises, the meeting, its ballots, the file, points, honours.

One clerk, one ledger, every page as the office has it; what is printed is opened and read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.domain.records import (
    Attendance,
    Deed,
    District,
    Evaluation,
    FinalSheet,
    Honour,
    Improvement,
    Mandate,
    Meeting,
    Office,
    Opinion,
    Person,
    Publication,
    ReportSession,
    ScoreRule,
    TallyRow,
    YearReport,
)
from lianxin.domain.scoring import ItemScore
from lianxin.installed import samples_dir
from lianxin.office.attaching import attachments_of, content_of
from lianxin.office.evaluation_papers import vote_paper
from lianxin.store.reading import Condition
from lianxin.ui.deputies import DeputiesDesk
from lianxin.ui.deputies.files_section import FilesSection
from lianxin.ui.deputies.publication_form import PublicationForm
from lianxin.ui.finding import StoreSearch
from lianxin.ui.importing import ImportPage
from lianxin.ui.main import township_entries
from lianxin.ui.reportback import ReportsPage
from lianxin.ui.reportback.session_forms import ImprovementForm, QuestionForm, SessionForm
from lianxin.ui.reportback.tally_section import TallySection
from lianxin.ui.reportback.year_forms import ArrangeForm, PromiseForm, SettleForm
from lianxin.ui.scoring.honour_section import HonourSection
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.scoring.score_section import ScoreSection
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, page_of
from tests.ui.small_office import Keeping
from tests.ui.test_reports_page import pick, sessions_of, year_of
from tests.ui.test_tally_section import type_counts

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PHONE, IDENTITY = "13912342217", "11010519491231002X"
"""Of 龙志明; neither may be on a sheet that is put up."""
HELD = date(2026, 11, 18)
SECTIONS = (
    "基本情况", "各类会议", "视察调研", "学习培训", "代表小组活动", "建议意见", "述职与接受监督", "表彰奖励",
)  # fmt: skip
"""The eight of the file (domain.md 3.29)."""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Township]:
    """Five deputies of the town in one district, two of the county; the shares apply to the town as well."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("lianxin.ui.printing.QDesktopServices.openUrl", lambda url: True)
    made = new_township(tmp_path)
    with made.desk.store.reading() as reading:
        (office,) = reading.all(Office)
        mandates = reading.all(Mandate, Condition("level", "=", "township"))
        (one,) = reading.all(Person, Condition("name", "=", "龙志明"))
    with made.desk.store.writing(reason="准备") as writing:
        writing.put(replace(office, township_shares=True), opened=office)
        writing.put(replace(one, phone=PHONE, identity_number=IDENTITY), opened=one)
        district = District(uid=writing.new_uid(), number="3", name="第3选区")
        writing.put(district)
        fifth = Person(uid=writing.new_uid(), name="田新民")
        writing.put(fifth)
        writing.put(Mandate(uid=writing.new_uid(), person=fifth.uid, level="township", district=district.uid))
        for each in mandates:
            writing.put(replace(each, district=district.uid), opened=each)
    made.clock.at(date(2026, 1, 12))
    yield made
    made.desk.store.close()


@pytest.fixture
def window(qtbot: QtBot, town: Township) -> Iterator[MainWindow]:
    entries = township_entries(App(town.desk.store.home, town.desk), Keeping(town.desk))
    made = MainWindow(entries, office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Until what runs beside the window is done and told."""
    for _ in range(2):
        window.hub.flush()
        qtbot.waitUntil(lambda: not window.reads.busy() and not window.jobs.busy(), timeout=20_000)


def papers(folder: Path, start: str) -> list[Path]:
    """What was written so far whose name begins so."""
    return sorted(each for each in folder.rglob("连心文书/**/*") if each.name.startswith(start))


def words_in(path: Path) -> str:
    """Everything a Word file says."""
    book = Document(str(path))
    told = [each.text for each in book.paragraphs]
    told += [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join(told)


def press(window: MainWindow, words: str) -> None:
    """A button that is on screen."""
    next(
        each
        for each in window.findChildren(QPushButton)
        if each.text().startswith(words) and each.isVisible()
    ).click()


def test_from_januarys_promises_to_the_honour(qtbot: QtBot, town: Township, window: MainWindow) -> None:
    clerk = Clerk(qtbot, window)
    reports = page_of(window, "reports", ReportsPage)
    settle(qtbot, window)
    the_year_is_planned(qtbot, clerk, window, reports, town)
    session = a_meeting_is_prepared(qtbot, clerk, window, reports, town)
    vote = the_ballots_add_up(qtbot, clerk, window, reports, town)
    questions_are_answered(qtbot, clerk, window, reports, town, session)
    the_result_is_printed(qtbot, clerk, window, reports, town, vote)
    the_form_is_printed(qtbot, clerk, window, reports, town)
    other_work_of_the_year(town)
    deputies = page_of(window, "deputies", DeputiesDesk)
    settle(qtbot, window)
    points_lead_to_their_records(qtbot, window, deputies, town)
    deputies = page_of(window, "deputies", DeputiesDesk)
    the_file_is_made_final(qtbot, window, deputies, town)
    the_sheet_is_put_up(qtbot, window, deputies, town)
    the_best_is_proposed(qtbot, window, deputies, town)


# ---- the year and the meeting -------------------------------------------------------------------


def the_year_is_planned(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> None:
    """January: promises, and a plan that meets the share of this level and of no other."""
    section = year_of(page)
    pick(qtbot, window, section, "龙志明")
    clerk.press(Key.Key_F2)
    assert isinstance(section.form, PromiseForm)
    clerk.say("走访选民|50户").enter().say("修通三组机耕道").enter(2).enter()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记龙志明的承诺2条")
    assert "0/5名" in section.top.headline.text(), "five of the town, not seven of both levels"
    assert "20%要1名" in section.top.headline.text()
    section.arrange()
    assert isinstance(section.form, ArrangeForm)
    clerk.save()
    settle(qtbot, window)
    assert "口头安排1名" in section.top.headline.text() and "已够" in section.top.headline.text()
    with town.desk.store.reading() as reading:
        planned = reading.all(YearReport)
    assert sorted(each.mode for each in planned) == ["oral", *["written"] * 4]
    assert {each.level for each in planned} == {"township"}, "the county's deputies are another plan"
    for name in ("龙志明", "向光明"):
        pick(qtbot, window, section, name)
        acts = {act.label: act for act in section.acts_for(section.marked())}
        if "口头述职" in acts:
            acts["口头述职"].run()
            settle(qtbot, window)


def a_meeting_is_prepared(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> str:
    """One district and level; notice, agenda, the chair's words, name cards and the list to sign."""
    town.clock.at(HELD)
    sessions = sessions_of(page)
    settle(qtbot, window)
    clerk.press(Key.Key_F2)
    form = sessions.form
    assert isinstance(form, SessionForm)
    form.first.set_value("level", "township")
    form.first.focus_field("district")
    clerk.pick("第3选区")
    row = form.deputies.row

    def offered() -> list[str]:
        return [each.text() for each in row.findChildren(QPushButton) if not each.isHidden()]

    qtbot.waitUntil(lambda: len(offered()) >= 5)
    row.setFocus()
    keys = {each.split()[-1]: each[0] for each in offered()}
    assert set(keys) >= {"龙志明", "向光明"}, offered()
    clerk.type(keys["龙志明"] + keys["向光明"])
    form.before.focus_field("place")
    clerk.say("石牌村会议室").enter()
    clerk.say("王主席")
    form.after.focus_field("voters")
    clerk.type("54").enter()
    clerk.save()
    settle(qtbot, window)
    told = sessions.card.texts()
    assert told["deputies"].splitlines() == ["1. 龙志明", "2. 向光明"]
    for words in ("通知", "议程", "主持词", "桌牌", "签到表", "述职报告表"):
        before = len(papers(town.folder, ""))
        press(window, words)
        settle(qtbot, window)
        assert len(papers(town.folder, "")) == before + 1, words
    (notice,) = (each for each in papers(town.folder, "") if "通知" in each.name)
    assert "石牌村会议室" in words_in(notice) and "龙志明" in words_in(notice)
    sessions.mark_held()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记召开，2名代表已述职")
    assert sessions.card.file is not None
    return sessions.card.file.session.uid


def questions_are_answered(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township, session: str
) -> None:
    """Two questions, one of which becomes an opinion; an improvement with its date."""
    sessions = sessions_of(page)
    sessions.show_session(session)
    settle(qtbot, window)
    for words in ("三组的路什么时候修？", "接待日能不能放在赶场天？"):
        sessions.edit_question("")
        assert isinstance(sessions.form, QuestionForm)
        clerk.say(words).save()
        settle(qtbot, window)
    file = sessions.card.file
    assert file is not None and len(file.questions) == 2
    sessions.turn_into_opinion(file.questions[0].question.uid)
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (matter,) = reading.all(Opinion)
    assert (matter.channel, matter.words) == ("report_back", "三组的路什么时候修？")
    sessions.edit_improvement("")
    assert isinstance(sessions.form, ImprovementForm)
    sessions.form.form.focus_field("what")
    clerk.say("每季度走访一次")
    sessions.form.form.focus_field("due")
    clerk.type("12.20").save()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (improvement,) = reading.all(Improvement)
    assert improvement.due == date(2026, 12, 20)


# ---- the ballots --------------------------------------------------------------------------------

LONG, XIANG = (46, 4, 1, 0, 1, 0), (41, 8, 2, 0, 0, 1)
"""满意, 基本满意, 不满意, 不了解, 弃权, 该行无效: 52 valid sheets each."""


def the_ballots_add_up(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> str:
    """Totals from the paper, entered by two people; a mistake is named with its number and by how much."""
    sessions = sessions_of(page)
    settle(qtbot, window)
    sessions.card.ballot_wanted.emit()
    settle(qtbot, window)
    section = page.section()
    assert isinstance(section, TallySection)
    assert section.form.targets.text() == "龙志明、向光明", "who reports is known from the meeting"
    section.form.save_and_count()
    assert section.counting()
    section.print_ballots()
    assert len(papers(town.folder, "测评表")) == 1
    type_counts(clerk, 58, 54, 54, 53, 52, 1, 0, 1, 0, 0)
    type_counts(clerk, *LONG)
    type_counts(clerk, *XIANG[:5])
    clerk.type("2")
    board = section.board
    assert board.foot.words() == "还不能确认：向光明：各项合计53票，有效票是52票，多1票"
    assert not board.foot.ready()
    clerk.press(Key.Key_Backspace).type("1").enter()
    assert board.foot.ready(), board.foot.words()
    board.modes.choose("second")
    type_counts(clerk, *LONG)
    type_counts(clerk, 40, 9, *XIANG[2:])
    assert "两遍录入不一致：向光明“满意”：第一遍41票，第二遍40票（另有1处）" in board.foot.words()
    assert not board.foot.ready()
    board.grid.focus_first()
    type_counts(clerk, *LONG)
    type_counts(clerk, *XIANG)
    assert board.foot.ready(), board.foot.words()
    board.act()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (vote,) = reading.all(Evaluation)
        rows = sorted(reading.all(TallyRow), key=lambda row: row.place)
    assert (vote.state, vote.double_entered, vote.session is not None) == ("confirmed", True, True)
    assert [(row.first, row.second, row.grade) for row in rows] == [(46, 4, None), (41, 8, None)]
    return vote.uid


def the_result_is_printed(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township, vote: str
) -> None:
    """Read out with the chair's, counters' and scrutineers' lines; counts and rates, no grade and no place."""
    window.open_record(Evaluation.KIND, vote)
    settle(qtbot, window)
    section = page.section()
    assert isinstance(section, TallySection) and section.counting()
    clerk.press(Key.Key_P, held=CTRL)
    (printed,) = papers(town.folder, "计票结果宣读稿")
    said = words_in(printed)
    for words in (
        "发出测评票54张",
        "龙志明代表获满意票46张",
        "88.5%",
        "有效票52张",
        "主持人",
        "计票人",
        "监票人",
    ):
        assert words in said
    assert "公布票数和比率，不评等次、不排名次。" in said
    name, pdf = vote_paper(town.desk, "result-sheet-pdf", vote)
    assert name.endswith(".pdf") and pdf.startswith(b"%PDF-")


# ---- the deputy's year --------------------------------------------------------------------------


def the_form_is_printed(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> None:
    """A promise is kept with its proof, and the form says so."""
    section = year_of(page)
    pick(qtbot, window, section, "龙志明")
    line = section.card.line
    assert line is not None
    section.settle_promise(line.promises[0].uid)
    assert isinstance(section.form, SettleForm)
    section.form.form.set_value("state", "done")
    section.form.form.focus_field("evidence")
    clerk.say("走访记录52户").save()
    settle(qtbot, window)
    clerk.press(Key.Key_P, held=CTRL)
    settle(qtbot, window)
    printed = [each for each in papers(town.folder, "述职报告表_2026") if "龙志明" in each.name]
    assert len(printed) == 1
    said = words_in(printed[0])
    assert "走访选民" in said and "年初承诺2条，完成1条" in said


def other_work_of_the_year(town: Township) -> None:
    """The congress, at which 向光明 was missing without leave, and a deed of 龙志明."""
    me, other = town.uid(Person, "龙志明"), town.uid(Person, "向光明")
    with town.desk.store.writing(reason="准备") as writing:
        congress = Meeting(
            uid=writing.new_uid(), meeting_type="congress", name="第五次会议", day=date(2026, 1, 8), held=True
        )
        writing.put(congress)
        for person, presence in ((me, "present"), (other, "absent")):
            writing.put(
                Attendance(
                    uid=writing.new_uid(), owner_kind="meeting", owner=congress.uid, person=person,
                    presence=presence,
                )
            )  # fmt: skip
        writing.put(Deed(uid=writing.new_uid(), person=me, day=date(2026, 5, 1), what="修通长坪村便道"))


def points_lead_to_their_records(
    qtbot: QtBot, window: MainWindow, page: DeputiesDesk, town: Township
) -> None:
    """A shipped rule is copied and switched on; every point rests on records that open."""
    rules = page.choose("rules")
    assert isinstance(rules, RuleSection)
    settle(qtbot, window)
    rules.copy_template("ruzhou")
    settle(qtbot, window)
    rules.switch()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (rule,) = reading.all(ScoreRule)
    assert rule.active
    scores = page.choose("scores")
    assert isinstance(scores, ScoreSection)
    scores.refresh()
    settle(qtbot, window)
    scores.list.select(town.uid(Person, "龙志明"))
    settle(qtbot, window)
    line = scores.card.line
    assert line is not None and line.name == "龙志明" and line.place == 1
    gained = {each.name: each.points for each in line.card.categories if each.points}
    assert gained == {"出席人代会": 15, "办好事实事": 5, "述职": 5}
    assert line.card.total == sum(gained.values(), Decimal(0))
    assert [each.name for each in line.card.categories if each.points and not rests(each.items)] == []
    seen: list[tuple[str, str]] = []
    for category in line.card.categories:
        for item in category.items:
            seen += [done.key for done in item.counted]
    assert len(seen) == len(set(seen)) == 3, "nothing is counted twice"
    for kind, uid in seen:
        window.go("deputies")
        scores.card.opened.emit(kind, uid)
        settle(qtbot, window)
        assert window.current_page() != "deputies", kind


def rests(items: tuple[ItemScore, ...]) -> bool:
    """Whether points have a record behind them."""
    return any(each.counted or each.claims for each in items)


def the_file_is_made_final(qtbot: QtBot, window: MainWindow, page: DeputiesDesk, town: Township) -> None:
    """Eight sections from records; the PDF kept has the hash the record tells."""
    page.show_file(town.uid(Person, "龙志明"))
    settle(qtbot, window)
    files = page.section()
    assert isinstance(files, FilesSection)
    qtbot.waitUntil(lambda: files.card.texts()["title"].startswith("龙志明  2026年履职档案"), timeout=20_000)
    told = files.card.texts()
    assert "第五次会议" in told["meetings"] and "口头" in told["supervised"]
    files.print_now()
    settle(qtbot, window)
    (printed,) = papers(town.folder, "履职档案_2026年")
    said = words_in(printed)
    assert [each for each in SECTIONS if each not in said] == []
    files.finish_one()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (sheet,) = reading.all(FinalSheet)
        kept = attachments_of(reading, [sheet.uid])
    pdf = content_of(town.desk, kept[0])
    assert pdf.startswith(b"%PDF-") and sha256(pdf).hexdigest() == sheet.digest
    assert "与现在的记录一致" in files.card.texts()["state"]


def the_sheet_is_put_up(qtbot: QtBot, window: MainWindow, page: DeputiesDesk, town: Township) -> None:
    """公示 without phone and identity number, entered in its register."""
    files = page.section()
    assert isinstance(files, FilesSection)
    files.open_publication()
    form = files.form
    assert isinstance(form, PublicationForm)
    form.form.set_value("place", "镇政府公示栏")
    form.submit()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (kept,) = reading.all(Publication)
    assert kept.checked and kept.place == "镇政府公示栏"
    (printed,) = papers(town.folder, "公示")
    said = words_in(printed)
    assert "龙志明" in said and PHONE not in said and IDENTITY not in said
    assert "周桂兰" not in said, "the county's deputies stand on a sheet of their own"


def the_best_is_proposed(qtbot: QtBot, window: MainWindow, page: DeputiesDesk, town: Township) -> None:
    """One of five may be proposed; who was away from the congress without leave may not."""
    honours = page.choose("honours")
    assert isinstance(honours, HonourSection)
    settle(qtbot, window)
    assert "可推荐1名" in honours.levels.words()
    for name in ("向光明", "龙志明"):
        honours.list.select(town.uid(Person, name))
        honours.propose()
        settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (honour,) = reading.all(Honour)
    assert honour.person == town.uid(Person, "龙志明")


# ---- a summary of last year ---------------------------------------------------------------------


def test_last_years_summary_comes_in_but_for_two_sheets(
    qtbot: QtBot, town: Township, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.clock.at(date(2025, 12, 23))
    page = page_of(window, "import", ImportPage)
    (path,) = samples_dir().glob("石牌镇2025年述职评议测评汇总.xlsx")
    monkeypatch.setattr(page, "_ask_open", lambda _: str(path))
    clerk = Clerk(qtbot, window)
    clerk.press(Key.Key_F2)
    settle(qtbot, window)
    page.panel.list.keep("refused")
    model = page.panel.list.model
    told = "\n".join(" ".join(model.cells(row)) for row in range(page.panel.list.shown_count()))
    assert page.panel.list.shown_count() == 2
    assert "收回票54张多于发出票52张，多2张" in told and "各项合计53票，有效票是50票，多3票" in told
    clerk.press(Key.Key_F2)
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        votes = reading.all(Evaluation)
        assert len(votes) == 8 and {each.state for each in votes} == {"confirmed"}
        assert not reading.all(ReportSession)
