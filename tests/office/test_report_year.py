"""The year of report-back in a real ledger: promises, plan per level, meetings of one district, the form."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from lianxin.domain.counts import Facts
from lianxin.domain.records import (
    Activity,
    AspectName,
    Attendance,
    Commitment,
    Deed,
    District,
    Improvement,
    Mandate,
    Office,
    Opinion,
    Person,
    ReportAspect,
    ReportQuestion,
    ReportSession,
    Term,
    YearReport,
)
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.records import new_uid, undo_changes
from lianxin.office.reportback import report_sessions, report_year
from lianxin.office.reportback.report_form import forms_paper, keep_words, report_form
from lianxin.office.reportback.report_sessions_papers import announcement, session_paper
from lianxin.office.reportback.report_sessions_view import SessionFile, session_file
from lianxin.office.reportback.report_year import ReportRefused
from lianxin.office.reportback.report_year_promises import copy_promises, promise, settle_promise
from lianxin.office.reportback.report_year_view import PlanLine, YearPlan, year_plan
from lianxin.office.to_do.reporting import reporting_rows
from lianxin.office.to_do.row import View
from tests.office.township import Township, new_township

TOWN = ("龙志明", "向光明", "单大贵", "覃春生")


@pytest.fixture
def town(tmp_path: Path) -> Township:
    made = new_township(tmp_path)
    with made.desk.store.reading() as reading:
        (office,), (term,) = reading.all(Office), reading.all(Term)
    with made.desk.store.writing(reason="准备") as writing:
        writing.put(replace(office, township_shares=True), opened=office)
        writing.put(replace(term, start=date(2021, 12, 28)), opened=term)
    return made


def uids(town: Township, *names: str) -> list[str]:
    return [town.uid(Person, name) for name in names]


def plan(town: Township, level: str = "township") -> YearPlan:
    return year_plan(town.desk, level, 2026)


def line(town: Township, name: str, level: str = "township") -> PlanLine:
    return next(each for each in plan(town, level).lines if each.name == name)


def report(town: Township, name: str, level: str = "township") -> YearReport:
    found = line(town, name, level).deputy.report
    assert found is not None
    return found


def in_district(town: Township, name: str, number: str) -> str:
    """Puts a deputy into a district; its uid."""
    person = town.uid(Person, name)
    with town.desk.store.writing(reason="选区") as writing:
        district = District(uid=writing.new_uid(), number=number, name=f"第{number}选区")
        writing.put(district)
    with town.desk.store.reading() as reading:
        (held,) = reading.children(Mandate, "person", [person])
    with town.desk.store.writing(reason="选区") as writing:
        writing.put(replace(held, district=district.uid), opened=held)
    return district.uid


def session(town: Township, *names: str, district: str | None = None, day: date = date(2026, 11, 20)) -> str:
    made = ReportSession(
        uid=new_uid(town.desk), day=day, level="township", district=district, place="石牌村会议室",
        chair="周桂兰", voters=46, attending="石牌村支书、镇人大专干",
    )  # fmt: skip
    report_sessions.save_session(town.desk, made, deputies=uids(town, *names))
    return made.uid


def file(town: Township, uid: str) -> SessionFile:
    found = session_file(town.desk, uid)
    assert found is not None
    return found


def test_levels_have_their_own_numbers(town: Township) -> None:
    assert (plan(town).told.whole, plan(town, "county").told.whole) == (4, 2)
    assert plan(town).counts == {"township": 4, "county": 2}
    assert plan(town).headline == "已述职0/4名，口头安排0名（已述0名），占0.0%，20%要1名，还差1名"
    assert (
        plan(town).outlook == "本届还有4名没有轮到，还有1年，只按比例安排到届满仍有3名轮不到，每年要安排4名"
    )


def test_shares_are_not_demanded_of_a_level_the_office_did_not_tick(town: Township) -> None:
    with town.desk.store.reading() as reading:
        (office,) = reading.all(Office)
    with town.desk.store.writing(reason="不适用") as writing:
        writing.put(replace(office, township_shares=False), opened=office)
    assert plan(town).headline == "已述职0/4名，口头安排0名（已述0名），占0.0%"
    assert (plan(town).told.missing, plan(town).outlook) == (0, "")
    assert plan(town, "county").told.missing == 1


def test_the_plan_is_filled_by_the_suggestion_and_taken_back_whole(town: Township) -> None:
    by_hand = uids(town, "龙志明")
    report_year.decide(town.desk, level="township", year=2026, persons=by_hand, mode="written")
    oral = report_year.suggested(town.desk, "township", 2026)
    assert oral == tuple(uids(town, "向光明"))
    changes = report_year.arrange(town.desk, level="township", year=2026, oral=oral, due=date(2026, 11, 10))
    assert [each.deputy.mode for each in plan(town).lines] == ["written", "oral", "written", "written"]
    assert line(town, "单大贵").state == "超期10天未交"
    with pytest.raises(ReportRefused, match="已经全部安排"):
        report_year.arrange(town.desk, level="township", year=2026, oral=oral)
    undo_changes(town.desk, changes)
    assert [each.deputy.mode for each in plan(town).lines] == ["written", "", "", ""]


def test_handing_in_and_the_text_for_those_who_have_not(town: Township) -> None:
    people = uids(town, *TOWN)
    report_year.decide(
        town.desk, level="township", year=2026, persons=people, mode="written", due=date(2026, 11, 30)
    )
    assert line(town, "龙志明").state == "还没有交"
    report_year.hand_in(town.desk, reports=[report(town, "龙志明").uid], day=date(2026, 11, 18))
    assert (line(town, "龙志明").state, len(plan(town).told.reported)) == ("已交 11月18日", 1)
    text = report_year.unsubmitted_text(town.desk, 2026)
    assert text == (
        "各位代表：2026年度书面述职报告还没有交到石牌镇人大的有：乡镇人大代表3名：向光明、单大贵、覃春生，"
        "应于2026年11月30日前交。请尽快把《人大代表述职报告表》交来。"
    )
    with pytest.raises(ReportRefused, match="交来日期还没有到"):
        report_year.hand_in(town.desk, reports=[report(town, "向光明").uid], day=date(2026, 12, 1))
    with pytest.raises(ReportRefused, match="已经述职，不能改变述职方式"):
        report_year.decide(town.desk, level="township", year=2026, persons=people[:1], mode="oral")
    report_year.hand_out(
        town.desk,
        reports=[report(town, name).uid for name in TOWN],
        day=date(2026, 11, 19),
        where="各村公示栏",
    )
    assert {report(town, name).handed_where for name in TOWN} == {"各村公示栏"}
    assert "还没有交" in make_paper(town.desk, "unsubmitted-text", period="2026").decode("utf-8-sig")


def test_promises_of_january(town: Township) -> None:
    first, second, third, _ = uids(town, *TOWN)
    promise(town.desk, person=first, level="township", year=2026, lines=["走访选民｜50户", "", "修通机耕道"])
    promise(town.desk, person=first, level="township", year=2026, lines=["办一件实事"])
    copy_promises(town.desk, source=first, level="township", year=2026, persons=[second, third])
    assert [(each.what, each.target, each.place) for each in line(town, "单大贵").promises] == [
        ("走访选民", "50户", 1), ("修通机耕道", None, 2), ("办一件实事", None, 3)
    ]  # fmt: skip
    with pytest.raises(ReportRefused, match="已经有承诺"):
        copy_promises(town.desk, source=first, level="township", year=2026, persons=[second])
    held = line(town, "龙志明").promises[0]
    with pytest.raises(ReportRefused, match="请写佐证"):
        settle_promise(town.desk, replace(held, state="done"), opened=held)
    settle_promise(town.desk, replace(held, state="done", evidence="走访52户"), opened=held)
    assert line(town, "龙志明").promise_words == "1/3"
    assert line(town, "龙志明").promises[0].done == date(2026, 11, 20)


def test_a_meeting_is_for_one_district_and_one_level(town: Township) -> None:
    third, fourth = in_district(town, "龙志明", "3"), in_district(town, "向光明", "4")
    with pytest.raises(ReportRefused, match="龙志明是第3选区，向光明是第4选区。请分开召开"):
        session(town, "龙志明", "向光明")
    with pytest.raises(ReportRefused, match="在第3选区召开，向光明是第4选区选出的"):
        session(town, "向光明", district=third)
    with pytest.raises(ReportRefused, match="层级不同"):
        uid = session(town, "龙志明", district=third)
        report_year.decide(
            town.desk, level="county", year=2026, persons=uids(town, "周桂兰"), mode="oral", session=uid
        )
    assert fourth != third
    with town.desk.store.reading() as reading:
        assert [each.number for each in reading.all(ReportSession)] == ["439901102-2026-SZ0001"]


def test_a_meeting_held_makes_its_deputies_have_reported(town: Township) -> None:
    uid = session(town, "龙志明", "单大贵")
    found = file(town, uid)
    assert [each.name for each in found.deputies] == ["龙志明", "单大贵"]
    assert "参加46人，测评人员一般不少于50人（依据：" in found.note
    assert line(town, "龙志明").state == "尚未述职"
    held = replace(found.session, held=True)
    report_sessions.save_session(town.desk, held, opened=found.session)
    assert line(town, "龙志明").state == "已述职 11月20日"
    with pytest.raises(ReportRefused, match="不能登记为已召开"):
        report_sessions.save_session(town.desk, replace(held, day=date(2026, 11, 21)), opened=held)
    # Taking a deputy off leaves him to report orally elsewhere.
    report_sessions.save_session(town.desk, held, opened=held, deputies=uids(town, "单大贵"))
    assert (report(town, "龙志明").session, report(town, "龙志明").mode) == (None, "oral")


def test_a_question_becomes_a_matter_that_tells_where_it_came_from(town: Township) -> None:
    uid = session(town, "龙志明")
    asked = ReportQuestion(
        uid="",
        report_session=uid,
        person=uids(town, "龙志明")[0],
        asker="田金玉",
        words="三组的路什么时候修？",
    )
    report_sessions.add_question(town.desk, asked)
    (held,) = file(town, uid).questions
    made, changes = report_sessions.turn_into_opinion(town.desk, question=held.question.uid)
    assert (made.channel, made.registered, made.title) == (
        "report_back",
        date(2026, 11, 20),
        "三组的路什么时候修",
    )
    assert "述职评议会上选民提出" in (made.remark or "")
    assert file(town, uid).questions[0].matter == "2026-YJ0001"
    with pytest.raises(ReportRefused, match="已经转为意见 2026-YJ0001"):
        report_sessions.turn_into_opinion(town.desk, question=held.question.uid)
    undo_changes(town.desk, changes)
    with town.desk.store.reading() as reading:
        assert not reading.all(Opinion)
    assert not file(town, uid).questions[0].matter


def test_improvements_have_a_day(town: Township) -> None:
    uid = session(town, "龙志明")
    told = Improvement(
        uid="", person=uids(town, "龙志明")[0], session=uid, what="每季度走访一次", due=date(2026, 11, 15)
    )
    report_sessions.save_improvement(town.desk, told)
    (held,) = file(town, uid).improvements
    assert held.days_left == -5
    done = replace(held.improvement, done=date(2026, 11, 20), outcome="已走访12户")
    report_sessions.save_improvement(town.desk, done, opened=held.improvement)
    assert file(town, uid).improvements[0].days_left is None


def texts(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [
        cell.text.replace("\n", "") for table in document.tables for row in table.rows for cell in row.cells
    ]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_form_is_made_of_the_records(town: Township) -> None:
    person = uids(town, "龙志明")[0]
    report_year.decide(town.desk, level="township", year=2026, persons=[person], mode="oral")
    promise(town.desk, person=person, level="township", year=2026, lines=["走访选民｜50户"])
    with town.desk.store.writing(reason="履职") as writing:
        deed = Deed(uid=writing.new_uid(), person=person, day=date(2026, 5, 1), what="修水渠", households=26)
        training = Activity(
            uid=writing.new_uid(), activity_type="training", topic="代表法培训", day=date(2026, 3, 2)
        )
        there = Attendance(
            uid=writing.new_uid(),
            owner_kind="activity",
            owner=training.uid,
            person=person,
            presence="present",
        )
        for each in (deed, training, there):
            writing.put(each)
    form = report_form(town.desk, report(town, "龙志明").uid)
    assert form is not None and len(form.aspects) == 9
    told = {each.aspect.source: each for each in form.aspects}
    assert told["deeds"].words == "为民办实事1件，受益26户：修水渠。"
    assert [each.uid for each in told["deeds"].sources] == [deed.uid]
    assert told["training"].words == "参加学习培训1次。"
    assert told["commitments"].words == "年初承诺1条，完成0条。\n1. 走访选民（50户）：进行中。"
    assert told["meetings"].words == ""
    held = form.report
    keep_words(
        town.desk, report=held.uid, words={8: "带头遵守村规民约", 7: told["deeds"].made}, opened=held,
        changed=replace(held, shortcomings="走访不够"),
    )  # fmt: skip
    with town.desk.store.reading() as reading:
        assert [each.words for each in reading.all(ReportAspect)] == ["带头遵守村规民约"]
    name, content = forms_paper(town.desk, [held.uid])
    printed = texts(content)
    assert name == "述职报告表_2026_龙志明.docx"
    for words in ("一、出席会议", "九、年初履职承诺完成情况", "带头遵守村规民约", "走访不够", "第一届"):
        assert words in printed
    # Words that are those of the records again are not kept: they follow the records from now on.
    again = report_form(town.desk, held.uid)
    assert again is not None
    keep_words(town.desk, report=held.uid, words={8: ""}, opened=again.report, changed=again.report)
    with town.desk.store.reading() as reading:
        assert not reading.all(ReportAspect)


def test_an_office_names_its_own_aspects(town: Township) -> None:
    with town.desk.store.writing(reason="方面") as writing:
        for place, name, source, active in (
            (3, "联系选民情况", "contacts", True),
            (8, "带头作用", "none", False),
            (10, "参加民生实事票决", "none", True),
        ):
            writing.put(
                AspectName(uid=writing.new_uid(), place=place, name=name, source=source, active=active)
            )
    printed = texts(make_paper(town.desk, "report-blank"))
    for words in ("一、出席会议", "三、联系选民情况", "八、年初履职承诺完成情况", "九、参加民生实事票决"):
        assert words in printed
    assert "带头作用" not in printed and "十、" not in printed


def test_papers_of_a_meeting(town: Township) -> None:
    uid = session(town, "龙志明", "单大贵")
    assert announcement(town.desk, uid) == (
        "【述职评议会】2026年11月20日（星期五）召开乡镇人大代表述职评议会，地点：石牌村会议室，"
        "述职代表：龙志明、单大贵。请各位选民按时到会评议。石牌镇人大"
    )
    for name in ("report-notice", "report-agenda", "report-script", "report-sign-in", "report-plates"):
        _, content = session_paper(town.desk, name, uid)
        assert "龙志明" in texts(content).replace("　", "") or name == "report-plates"
    together = texts(make_paper(town.desk, "report-form", uid=uid))
    assert together.count("人大代表述职报告表") == 2
    assert texts(make_paper(town.desk, "report-forms", period="2026")).count("人大代表述职报告表") == 2


def test_commitments_are_counted_by_their_own_level(town: Township) -> None:
    person = uids(town, "周桂兰")[0]
    promise(town.desk, person=person, level="county", year=2026, lines=["走访"])
    assert line(town, "周桂兰", "county").promise_words == "0/1"
    with town.desk.store.reading() as reading:
        assert [each.level for each in reading.all(Commitment)] == ["county"]


def reminders(town: Township, day: date) -> list[tuple[str, str]]:
    town.clock.at(day)
    with town.desk.store.reading() as reading:
        view = View(town.desk, reading, day, Facts(), (), 0)
        return [(row.title, row.badge) for row in reporting_rows(view)]


def test_what_the_year_reminds_of(town: Township) -> None:
    person = uids(town, "龙志明")[0]
    assert reminders(town, date(2026, 1, 30)) == [
        ("乡镇人大代表还有4名没有登记年初履职承诺", "剩1天"),
        ("县人大代表还有2名没有登记年初履职承诺", "剩1天"),
    ]
    assert reminders(town, date(2026, 10, 9)) == []
    promise(town.desk, person=person, level="township", year=2026, lines=["走访"])
    report_year.decide(
        town.desk,
        level="township",
        year=2026,
        persons=uids(town, *TOWN),
        mode="written",
        due=date(2026, 12, 10),
    )
    uid = session(town, "单大贵", day=date(2026, 12, 8))
    told = Improvement(uid="", person=person, session=uid, what="每季度走访", due=date(2026, 12, 1))
    report_sessions.save_improvement(town.desk, told)
    assert reminders(town, date(2026, 12, 5)) == [
        ("乡镇人大代表述职评议会", "剩3天"),
        ("龙志明整改：每季度走访", "超期4天"),
        ("书面述职报告还有3名没有交", "剩5天"),
        ("年初履职承诺还有1条没有登记完成情况", "剩26天"),
        ("县人大代表还有2名没有安排今年述职", "待安排"),
    ]
    assert reminders(town, date(2026, 12, 9))[0] == ("乡镇人大代表述职评议会", "待登记")
