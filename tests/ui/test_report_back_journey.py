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
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.domain.records import (
    Attendance,
    Deed,
    District,
    Evaluation,
    FinalSheet,
    Honour,
    Mandate,
    Meeting,
    Office,
    Person,
    Publication,
    ReportSession,
    ScoreRule,
)
from lianxin.domain.scoring.points import ItemScore
from lianxin.installed import samples_dir
from lianxin.office.attaching import attachments_of, content_of
from lianxin.store.reading import Condition
from lianxin.ui.deputies import DeputiesDesk
from lianxin.ui.deputies.files_section import FilesSection
from lianxin.ui.deputies.publication_form import PublicationForm
from lianxin.ui.finding import StoreSearch
from lianxin.ui.importing import ImportPage
from lianxin.ui.main import township_entries
from lianxin.ui.reportback import ReportsPage
from lianxin.ui.scoring.honour_section import HonourSection
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.scoring.score_section import ScoreSection
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, page_of
from tests.ui.report_back_steps import (
    a_meeting_is_prepared,
    papers,
    questions_are_answered,
    settle,
    the_ballots_add_up,
    the_form_is_printed,
    the_result_is_printed,
    the_year_is_planned,
    words_in,
)
from tests.ui.small_office import Keeping

Key = Qt.Key
PHONE, IDENTITY = "13912342217", "11010519491231002X"
"""Of 龙志明; neither may be on a sheet that is put up."""
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
