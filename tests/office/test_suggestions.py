"""Suggestions of deputies taken in, looked at three times, handled by two units, judged by the leading deputy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from lianxin.domain.canonical import JsonValue
from lianxin.domain.periods import Period
from lianxin.domain.records import CoHandling, HandlingUnit, Opinion, Person, Signer, Suggestion
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases import opinions
from lianxin.office.cases.leading_elsewhere import guide, solve
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.cases.steps import StepRefused
from lianxin.office.importing.ledger_import import import_ledger
from lianxin.office.lists.listing import listed
from lianxin.office.putting import put_told
from lianxin.office.records import new_uid, undo_changes
from lianxin.office.suggestions.file import suggestion_file
from lianxin.office.suggestions.suggestion import (
    Proposed,
    SuggestionRefused,
    add_co_handler,
    change_suggestion,
    co_reply,
    deputies_named,
    propose,
    screen,
    turn_into_suggestion,
)
from lianxin.store.reading import Condition
from tests.office.counting import figures_of
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)
TOWN = ("龙志明", "向光明", "单大贵", "覃春生")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """A township on the day itself, with nothing registered yet."""
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def matter(town: Township, lead: str = "龙志明") -> Opinion:
    return Opinion(
        uid="",
        title="关于修缮长坪村机耕道的建议",
        words="长坪村机耕道破损，农机进不去",
        person=town.uid(Person, lead) if lead else None,
        registered=DAY,
    )


def beside(**told: str) -> Suggestion:
    return replace(Suggestion(uid="", opinion="", basis="去年洪水冲毁", proposal="请硬化二公里"), **told)  # type: ignore[arg-type]


def proposed(town: Township, **told: str) -> Proposed:
    joint = [town.uid(Person, name) for name in ("向光明", "覃春生")]
    return propose(town.desk, matter=matter(town), suggestion=beside(**told), signers=joint)


def code(town: Township, uid: str) -> str:
    file = case_file(town.desk, uid)
    assert file is not None
    return file.state.code


def pass_three(town: Township, uid: str) -> None:
    for hour, stage in enumerate(("office", "government", "deputies"), 11):
        town.clock.at(DAY, hour)
        screen(town.desk, opinion=uid, day=DAY, stage=stage, by="张三")


def test_a_suggestion_has_numbers_and_signers_of_its_own(town: Township) -> None:
    first, second = proposed(town), proposed(town)
    assert [each.matter.number for each in (first, second)] == [
        "439901102-2026-JY0001",
        "439901102-2026-JY0002",
    ]
    assert first.suggestion.number == first.matter.number and first.matter.track == "suggestion"
    with town.desk.store.reading() as reading:
        assert len(reading.children(Signer, "suggestion", [first.suggestion.uid])) == 2
        register = opinions.register_opinion(
            town.desk, opinion=Opinion(uid="o-own", title="", words="断水", registered=DAY)
        )
    assert (register.opinion.number or "").endswith("YJ0001"), "the public's opinions count for themselves"


def test_a_bill_needs_its_signers_and_its_three_parts(town: Township) -> None:
    with pytest.raises(SuggestionRefused) as refused:
        propose(town.desk, matter=matter(town), suggestion=Suggestion(uid="", opinion="", form="bill"))
    assert set(refused.value.problems) == {"signers", "basis", "proposal"}
    assert "5名" in refused.value.problems["signers"] and "现在1名" in refused.value.problems["signers"]
    more = [town.uid(Person, name) for name in (*TOWN[1:], "周桂兰")]
    bill = propose(town.desk, matter=matter(town), suggestion=beside(form="bill"), signers=more)
    assert (bill.matter.number or "").endswith("2026-YA0001") and bill.matter.track == "bill"


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"unfit": "lawsuit"}, "unfit"),
        ({"one_matter": False}, "one_matter"),
        ({"form": "inquiry"}, "signers"),
    ],
)
def test_what_is_unfit_is_refused_with_where_it_goes(
    town: Township, told: dict[str, str], where: str
) -> None:
    with pytest.raises(SuggestionRefused) as refused:
        proposed(town, **told)
    assert where in refused.value.problems and "没有改动" in str(refused.value)
    with town.desk.store.reading() as reading:
        assert reading.count(Opinion) == 0


def test_only_deputies_propose(town: Township) -> None:
    with town.desk.store.writing(reason="测试") as writing:
        stranger = Person(uid=writing.new_uid(), name="过路人")
        writing.put(stranger)
    with pytest.raises(SuggestionRefused, match="过路人不是在任代表"):
        propose(town.desk, matter=replace(matter(town), person=stranger.uid), suggestion=beside())
    with town.desk.store.reading() as reading:
        assert deputies_named(reading, "龙志明、王五") == (
            [town.uid(Person, "龙志明")],
            "花名册里没有在任代表“王五”",
        )


def test_three_looks_in_their_order_come_before_a_unit(town: Township) -> None:
    uid = proposed(town).matter.uid
    unit = town.uid(HandlingUnit, "镇水务站")
    with pytest.raises(StepRefused, match="不能交办"):
        opinions.assign(town.desk, opinion=uid, day=DAY, unit=unit)
    with pytest.raises(StepRefused, match="现在该人大初审"):
        screen(town.desk, opinion=uid, day=DAY, stage="deputies")
    screen(town.desk, opinion=uid, day=DAY, stage="office")
    with pytest.raises(StepRefused, match="写明审查意见"):
        screen(town.desk, opinion=uid, day=DAY, stage="government", verdict="back")
    town.clock.at(DAY, 10)
    screen(town.desk, opinion=uid, day=DAY, stage="government", verdict="back", words="方案不具体")
    assert code(town, uid) == "revise"
    pass_three(town, uid)
    assert code(town, uid) == "routed"
    opinions.assign(town.desk, opinion=uid, day=DAY, unit=unit)
    file = case_file(town.desk, uid)
    assert file is not None and file.state.handling_due == date(2027, 2, 20), "three months (代表法 §51)"


def test_each_unit_answers_for_itself_and_the_lead_deputy_judges(town: Township) -> None:
    uid = proposed(town).matter.uid
    pass_three(town, uid)
    opinions.assign(town.desk, opinion=uid, day=DAY, unit=town.uid(HandlingUnit, "镇水务站"))
    add_co_handler(town.desk, opinion=uid, day=DAY, unit=town.uid(HandlingUnit, "镇规建站"))
    opinions.record_reply(town.desk, opinion=uid, day=DAY, result="A", words="已修好")
    file = case_file(town.desk, uid)
    assert file is not None and (file.state.code, file.state.co_waiting) == ("answered", 1)
    (part,) = [each for each in file.case.further if isinstance(each, CoHandling)]
    co_reply(town.desk, part=part, answered=DAY, answer="已配合", result="A")
    opinions.record_feedback(town.desk, opinion=uid, day=DAY, overall="satisfied", whom="joint")
    assert code(town, uid) == "answered", "only the leading deputy's judgement closes"
    opinions.record_feedback(town.desk, opinion=uid, day=DAY, overall="unsatisfied", whom="lead")
    assert code(town, uid) == "redo"


def test_an_opinion_becomes_a_suggestion_and_back_with_one_undo(town: Township) -> None:
    raised = opinions.register_opinion(
        town.desk, opinion=Opinion(uid="o-own", title="", words="桥栏杆断了", registered=DAY)
    ).opinion
    done = turn_into_suggestion(
        town.desk, opinion=raised.uid, day=DAY, matter=matter(town), suggestion=beside()
    )
    assert code(town, raised.uid) == "converted" and done.suggestion.source == raised.uid
    with town.desk.store.reading() as reading:
        assert reading.count(Suggestion, Condition("source", "=", raised.uid)) == 1
    undo_changes(town.desk, done.changes)
    assert code(town, raised.uid) == "registered"
    with town.desk.store.reading() as reading:
        assert reading.count(Suggestion) == 0 and reading.count(Opinion) == 1


def test_a_look_may_make_it_an_opinion(town: Township) -> None:
    done = proposed(town)
    screen(
        town.desk, opinion=done.matter.uid, day=DAY, stage="office", verdict="to_opinion", words="属群众诉求"
    )
    assert code(town, done.matter.uid) == "to_opinion"
    with town.desk.store.reading() as reading:
        (standing,) = reading.all(Suggestion)
        assert standing.became
        became = reading.get(Opinion, standing.became)
    assert became is not None and became.track == "opinion" and (became.number or "").endswith("YJ0001")


def test_a_suggestion_is_not_guided_away(town: Township) -> None:
    uid = proposed(town).matter.uid
    pass_three(town, uid)
    with pytest.raises(StepRefused, match="代表议案建议不能告知引导"):
        opinions.route(town.desk, opinion=uid, way="guided", day=DAY, reason="x")
    opinions.route(town.desk, opinion=uid, way="to_county", day=DAY)
    assert code(town, uid) == "to_county"


def test_one_of_an_old_ledger_without_anything_beside_it_is_changed(town: Township) -> None:
    raised = register_opinion(town.desk, opinion=replace(matter(town), uid="old", track="suggestion")).opinion
    file = case_file(town.desk, raised.uid)
    assert file is not None
    told = suggestion_file(town.desk, file).suggestion
    assert told.uid == ""
    changes = change_suggestion(
        town.desk,
        matter=raised,
        opened=raised,
        suggestion=replace(told, key_matter=True),
        opened_suggestion=told,
    )
    with town.desk.store.reading() as reading:
        (made,) = reading.all(Suggestion)
    assert made.key_matter and made.opinion == raised.uid
    undo_changes(town.desk, changes)
    with town.desk.store.reading() as reading:
        assert reading.count(Suggestion) == 0


def test_what_an_old_ledger_left_out_does_not_stand_in_the_way_of_a_change(town: Township) -> None:
    done = proposed(town)
    with town.desk.store.writing(reason="旧台账") as writing:
        old = replace(done.suggestion, occasion="in_session", session=None)
        writing.put(old, opened=done.suggestion)
    told = replace(old, key_matter=True)
    assert change_suggestion(
        town.desk, matter=done.matter, opened=done.matter, suggestion=told, opened_suggestion=old
    )
    with pytest.raises(SuggestionRefused) as refused:
        change_suggestion(
            town.desk, matter=done.matter, opened=done.matter, suggestion=replace(told, form="bill"),
            opened_suggestion=told,
        )  # fmt: skip
    assert set(refused.value.problems) == {"signers"}, "what is new is asked"


def test_one_object_is_a_whole_suggestion(town: Township) -> None:
    told: dict[str, JsonValue] = {
        "title": "关于修桥的建议", "案由": "桥断了", "领衔代表": "龙志明", "联名代表": "向光明、覃春生",
        "方案": "请列入计划", "类型": "建议", "提出日期": "2026-11-19",
    }  # fmt: skip
    refused = put_told(town.desk, kind="suggestions", told={**told, "领衔代表": "张三"})
    assert refused.outcome == "refused"
    put = put_told(town.desk, kind="suggestions", told=told)
    assert (put.outcome, put.number) == ("new", "439901102-2026-JY0001")
    (line,) = listed(town.desk, kind="suggestions")
    assert line["signers"] == ["向光明", "覃春生"] and line["title"] == "关于修桥的建议"
    assert (line["person"], line["form"], line["registered"]) == ("龙志明", "建议", "2026-11-19")
    again = put_told(town.desk, kind="suggestions", told={"uid": put.uid, "重点督办人": "周主席"})
    assert again.outcome == "changed"
    (line,) = listed(town.desk, kind="suggestions")
    assert put_told(town.desk, kind="suggestions", told=line).outcome == "same", "what list tells, put takes"
    more = put_told(
        town.desk, kind="suggestions", told={**line, "signers": ["向光明", "单大贵"], "难办": "是"}
    )
    assert more.outcome == "changed"
    (line,) = listed(town.desk, kind="suggestions")
    assert line["signers"] in (["向光明", "单大贵"], ["单大贵", "向光明"]) and line["hard"] is True
    none = put_told(town.desk, kind="suggestions", told={"uid": put.uid, "signers": ["王五"]})
    assert "没有在任代表" in none.problems["signers"]
    bill = put_told(town.desk, kind="suggestions", told={**told, "类型": "议案"})
    assert bill.outcome == "refused" and set(bill.problems) == {"signers", "basis"}


def test_the_figures_of_the_track_are_apart_from_the_opinions(town: Township) -> None:
    uid = proposed(town).matter.uid
    pass_three(town, uid)
    town.clock.at(DAY, 15)
    opinions.assign(town.desk, opinion=uid, day=DAY, unit=town.uid(HandlingUnit, "镇水务站"), due=DAY)
    opinions.record_reply(town.desk, opinion=uid, day=DAY, result="A", words="已修", means="face")
    opinions.record_feedback(town.desk, opinion=uid, day=DAY, overall="satisfied", whom="lead")
    guide(
        town.desk, opinion=_raised(town), way="guided", day=DAY, guidance="lawsuit", destination=None,
        reason="司法", on_spot=True,
    )  # fmt: skip
    solve(
        town.desk,
        opinion=_raised(town),
        day=DAY,
        person=town.uid(Person, "龙志明"),
        what="送砂石",
        households=3,
    )
    told = figures_of(town.desk, Period.parse("2026-11"))
    shown = {key: told[key].shown for key in (
        "suggestions", "suggestions_closed", "suggestions_answered_rate", "suggestions_met_rate",
        "suggestions_satisfied_rate", "told", "told_in_time_rate", "deeds", "deed_households", "opinions",
        "deputy_solved", "guided",
    )}  # fmt: skip
    assert shown == {
        "suggestions": "1", "suggestions_closed": "1", "suggestions_answered_rate": "100.0%",
        "suggestions_met_rate": "100.0%", "suggestions_satisfied_rate": "100.0%", "told": "1",
        "told_in_time_rate": "100.0%", "deeds": "1", "deed_households": "3", "opinions": "2",
        "deputy_solved": "1", "guided": "1",
    }  # fmt: skip
    assert told.reconciliation.difference == 0


def _raised(town: Township) -> str:
    made = register_opinion(
        town.desk, opinion=Opinion(uid=new_uid(town.desk), title="", words="判决不服", registered=DAY)
    )
    return made.opinion.uid


def test_an_old_ledger_comes_in_with_what_became_of_each(town: Township, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("2026年代表建议台账",),
        ("序号", "标题", "主要内容", "领衔代表", "联名代表", "提出日期", "承办单位", "答复日期", "办理结果", "代表评价"),
        (1, "关于修桥的建议", "桥断了", "龙志明", "向光明、覃春生", "2026-03-02", "镇水务站", "2026-04-01", "A", "满意"),
        (2, "关于路灯的建议", "路灯不亮", "单大贵", "", "2026-05-06", "镇规建站", "", "", ""),
        (3, "关于将来的建议", "日期不对", "单大贵", "", "2027-05-06", "", "", "", ""),
    ):  # fmt: skip
        sheet.append(row)
    path = tmp_path / "建议.xlsx"
    book.save(path)
    done = import_ledger(town.desk, kind="suggestion", path=path, preview=False)
    assert (done.counts["new"], done.counts["refused"]) == (2, 1)
    lines = {str(line["title"]): line for line in listed(town.desk, kind="suggestions")}
    assert lines["关于修桥的建议"]["signers"] == ["向光明", "覃春生"]
    assert code(town, str(lines["关于修桥的建议"]["opinion_uid"])) == "closed"
    assert code(town, str(lines["关于路灯的建议"]["opinion_uid"])) == "handling"
    again = import_ledger(town.desk, kind="suggestion", path=path, preview=False)
    assert again.counts["new"] == 0
