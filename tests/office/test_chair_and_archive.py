"""主席审阅 before handing over, 归档 after the end; what is archived stays as it is; papers of one matter and of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Archiving, HandlingUnit, Opinion, Visitor
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.case_papers.dossier import dossiers
from lianxin.office.case_papers.supervision_papers import letters
from lianxin.office.cases import opinions, steps
from lianxin.office.cases.archive import archive, archive_many, open_archive, propose_number
from lianxin.office.cases.batch import assign_many, supervise_many
from lianxin.office.cases.states import ARCHIVED, CaseBook
from lianxin.office.cases.steps import StepRefused
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.putting import put_told
from lianxin.office.records import new_uid, undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 2)
NUMBER = "Z109-WS·2026-D10-RDB-0001"


@pytest.fixture
def town(tmp_path: Path) -> Township:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 11, 20))
    return made


def registered(town: Township, title: str = "三组断水", *, group: bool = False, secret: bool = False) -> str:
    opinion = Opinion(
        uid=new_uid(town.desk), title=title, words=title, category="02", registered=DAY, group=group,
        confidential=secret,
    )  # fmt: skip
    visitor = Visitor(uid=new_uid(town.desk), contact="", name="田金玉", phone="13912342217")
    return opinions.register_opinion(town.desk, opinion=opinion, visitor=visitor).opinion.uid


def waterworks(town: Township) -> str:
    return town.uid(HandlingUnit, "镇水务站")


def routed(town: Township, matter: str) -> None:
    opinions.route(town.desk, opinion=matter, way="assigned", day=DAY, unit=waterworks(town))


def closed(town: Township, title: str = "三组断水") -> str:
    matter = registered(town, title)
    routed(town, matter)
    opinions.record_reply(town.desk, opinion=matter, day=DAY + timedelta(days=3), result="A", words="已修好")
    opinions.record_feedback(town.desk, opinion=matter, day=DAY + timedelta(days=5), overall="satisfied")
    return matter


def file_of(town: Township, matter: str) -> CaseFile:
    found = case_file(town.desk, matter)
    assert found is not None
    return found


def words_of(paper: bytes) -> str:
    document = Document(BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# ---- 主席审阅


@pytest.mark.parametrize("why", ["group", "secret"])
def test_a_group_or_a_sensitive_matter_waits_for_the_chair(town: Township, why: str) -> None:
    matter = registered(town, group=why == "group", secret=why == "secret")
    routed(town, matter)
    file = file_of(town, matter)
    assert (file.state.label, file.next_act, file.intended_unit) == ("待主席审阅", "送主席审阅", "镇水务站")
    assert not file.case.assignments
    with pytest.raises(StepRefused, match=r"“待主席审阅”，不能交办.*现在可以：主席审阅"):
        opinions.assign(town.desk, opinion=matter, day=DAY, unit=waterworks(town))
    done = assign_many(town.desk, opinions=[matter], unit=waterworks(town), day=DAY)
    assert not done.done and "主席审阅" in done.left[0][1]
    steps.chair_review(
        town.desk, opinion=matter, day=DAY, verdict="agreed", words="请水务站办理", by="向主席"
    )
    assert file_of(town, matter).state.code == "routed"
    opinions.assign(town.desk, opinion=matter, day=DAY, unit=waterworks(town))
    file = file_of(town, matter)
    assert file.state.code == "handling"
    assert [event.words for event in file.events if event.act == "审阅"] == [
        "主席：同意（向主席）：请水务站办理"
    ]


def test_the_chair_may_send_it_back_or_to_the_presidium(town: Township) -> None:
    matter = registered(town, group=True)
    routed(town, matter)
    with pytest.raises(StepRefused, match="没有同意的要写明批示"):
        steps.chair_review(town.desk, opinion=matter, day=DAY, verdict="back")
    steps.chair_review(town.desk, opinion=matter, day=DAY, verdict="back", words="补充人数")
    assert file_of(town, matter).state.label == "退回补充"
    steps.chair_review(town.desk, opinion=matter, day=DAY, verdict="presidium", words="上会")
    assert file_of(town, matter).state.code == "presidium"
    with pytest.raises(StepRefused, match="“同意交办”或“退回补充”"):
        steps.rule_upon(town.desk, opinion=matter, day=DAY, decision="closed", reason="不办")
    steps.rule_upon(town.desk, opinion=matter, day=DAY, decision="assign", reason="交水务站")
    assert file_of(town, matter).state.code == "routed"


def test_a_matter_registered_in_a_batch_is_not_routed_past_the_chair(town: Township) -> None:
    matter = registered(town, group=True)
    done = assign_many(town.desk, opinions=[matter], unit=waterworks(town), day=DAY)
    assert not done.done and not file_of(town, matter).case.routings


# ---- 归档


def test_what_is_archived_is_locked_until_it_is_taken_out(town: Township) -> None:
    matter = closed(town)
    with pytest.raises(StepRefused, match="全宗号"):
        proposal = propose_number(town.desk, file_of(town, matter).opinion)
        archive(
            town.desk, opinion=matter, day=date(2026, 11, 20), number=proposal.number,
            retention=proposal.retention,
        )  # fmt: skip
    archive(town.desk, opinion=matter, day=date(2026, 11, 20), number=NUMBER, retention="years10")
    file = file_of(town, matter)
    assert (file.state.label, file.state.archive_number) == ("已办结，已归档", NUMBER)
    locked = rf"已在2026年11月20日归档（档号{NUMBER}）.*取消归档"
    opinion = file.opinion
    with pytest.raises(StepRefused, match=locked):
        opinions.record_feedback(
            town.desk, opinion=matter, day=date(2026, 11, 20), overall="unsatisfied", words="又断"
        )
    with pytest.raises(StepRefused, match=locked):
        opinions.change_opinion(town.desk, replace(opinion, title="改题"), opened=opinion)
    reply = file.case.replies[0]
    with pytest.raises(StepRefused, match=locked):
        steps.correct_step(town.desk, step=replace(reply, words="别的"), opened=reply)
    with pytest.raises(StepRefused, match=locked):
        steps.remove_step(town.desk, step=reply)
    told = put_told(town.desk, kind="opinion", told={"uid": matter, "title": "改题"})
    assert "归档" in str(told.problems)
    with pytest.raises(StepRefused, match="理由"):
        open_archive(town.desk, opinion=matter, day=date(2026, 11, 20), reason=" ")
    open_archive(town.desk, opinion=matter, day=date(2026, 11, 20), reason="又断水")
    assert file_of(town, matter).state.label == "已办结"
    opinions.record_feedback(town.desk, opinion=matter, day=date(2026, 11, 20), overall="unsatisfied")
    assert file_of(town, matter).state.code == "redo"
    assert len(file_of(town, matter).case.further) == 2


def test_an_open_matter_and_one_with_a_promise_are_not_archived(town: Township) -> None:
    matter = registered(town)
    with pytest.raises(StepRefused, match="待分流"):
        archive(town.desk, opinion=matter, day=DAY, number=NUMBER, retention="years10")
    routed(town, matter)
    opinions.record_reply(
        town.desk, opinion=matter, day=DAY, result="B", words="下月修", promise="换管",
        promised_day=date(2026, 12, 20),
    )  # fmt: skip
    opinions.record_feedback(town.desk, opinion=matter, day=DAY, overall="satisfied")
    with pytest.raises(StepRefused, match="承诺还没有核实"):
        archive(town.desk, opinion=matter, day=DAY, number=NUMBER, retention="years10")


def test_many_are_archived_with_running_numbers_and_one_way_back(town: Township) -> None:
    matters = [closed(town, f"第{place}件") for place in range(3)]
    still_open = registered(town, "没办完")
    done = archive_many(
        town.desk, opinions=[*matters, still_open], day=date(2026, 11, 20), first=NUMBER, retention="years10"
    )
    numbers = [file_of(town, matter).state.archive_number for matter in matters]
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]
    assert len(done.left) == 1 and done.told("归档").startswith("已归档3件；")
    book = CaseBook(town.desk)
    with town.desk.store.reading() as reading:
        groups = [book.standings(reading)[matter].group for matter in matters]
    assert groups == [ARCHIVED] * 3
    other = closed(town, "又一件")
    assert propose_number(town.desk, file_of(town, other).opinion).number == "Z109-WS·2026-D10-RDB-0004"
    with pytest.raises(StepRefused, match=r"已经给了2026-YJ\d+"):
        archive(town.desk, opinion=other, day=date(2026, 11, 20), number=NUMBER, retention="years10")
    with pytest.raises(StepRefused, match="接着往下编"):
        archive_many(town.desk, opinions=[other], day=date(2026, 11, 20), first="一号", retention="years10")
    undo_changes(town.desk, done.changes)
    with town.desk.store.reading() as reading:
        assert not reading.all(Archiving)
    assert file_of(town, matters[0]).state.label == "已办结"


def test_a_category_changed_after_the_end_needs_a_reason(town: Township) -> None:
    matter = closed(town)
    opinion = file_of(town, matter).opinion
    with pytest.raises(StepRefused, match="改类别要写明理由"):
        opinions.change_opinion(town.desk, replace(opinion, category="06"), opened=opinion)
    opinions.change_opinion(town.desk, replace(opinion, category="06"), opened=opinion, why="原来归错了类")
    assert file_of(town, matter).opinion.category == "06"
    told: dict[str, JsonValue] = {"uid": matter, "category": "07"}
    assert put_told(town.desk, kind="opinion", told=told).outcome == "refused"
    assert put_told(town.desk, kind="opinion", told={**told, "修改理由": "县里退回"}).outcome == "changed"
    assert file_of(town, matter).opinion.category == "07"


# ---- papers


def test_one_letter_presses_for_all_matters_of_a_unit(town: Township) -> None:
    matters = [registered(town, f"第{place}件断水") for place in range(3)]
    other = registered(town, "路灯不亮")
    for matter in matters:
        routed(town, matter)
    builders = town.uid(HandlingUnit, "镇规建站")
    opinions.route(town.desk, opinion=other, way="assigned", day=DAY, unit=builders)
    day = date(2026, 11, 20)
    supervise_many(town.desk, opinions=[*matters, other], means="letter", day=day, together=True)
    numbers = [file_of(town, each).open_supervision for each in (*matters, other)]
    given = [each.number for each in numbers if each is not None]
    assert len(given) == 4 and len(set(given)) == 2 and given[0] == given[2] != given[3]
    name, paper = letters(town.desk, [*matters, other])
    assert name.endswith("等2件.docx")
    told = words_of(make_paper(town.desk, "supervision-letter", uid=matters[1]))
    assert "3件群众反映事项" in told and "第0件断水" in told and "路灯" not in told
    assert "路灯不亮" in words_of(paper)
    with pytest.raises(PapersProblem, match="没有找到这件意见或督办"):
        make_paper(town.desk, "supervision-letter", uid="nonsense")
    with pytest.raises(PapersProblem, match="没有找到这件意见或交办（nonsense）"):
        make_paper(town.desk, "handover", uid="nonsense")


def test_the_dossier_tells_every_step_with_who_and_why(town: Township) -> None:
    matter = closed(town)
    archive(town.desk, opinion=matter, day=date(2026, 11, 20), number=NUMBER, retention="years10")
    _, paper = dossiers(town.desk, [matter])
    told = words_of(paper)
    for event in file_of(town, matter).events:
        assert event.words in told and event.act in told
    assert NUMBER in told and "田金玉" in told and "没有附件" in told
    with pytest.raises(PapersProblem, match="没有找到这件意见"):
        make_paper(town.desk, "dossier", uid="nonsense")
