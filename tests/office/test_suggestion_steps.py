"""Suggestions after their taking in: who signs, how long a hard one has, who was spoken with, told and asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from lianxin.domain.casework.standing import CaseState
from lianxin.domain.records import (
    Assignment,
    Consultation,
    HandlingUnit,
    Informing,
    Mandate,
    Opinion,
    Person,
    Reply,
    Satisfaction,
    Signer,
    Suggestion,
)
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases import opinions
from lianxin.office.cases.steps import StepRefused
from lianxin.office.records import undo_changes
from lianxin.office.suggestions.file import suggestion_file
from lianxin.office.suggestions.steps import (
    Handlers,
    consult,
    hand_over,
    inform,
    judge,
    set_signers,
    to_inform,
    turn_bill,
)
from lianxin.office.suggestions.suggestion import Proposed, SuggestionRefused, of_matter, propose, screen
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def proposed(town: Township, *, joint: tuple[str, ...] = ("向光明", "覃春生"), **told: str | int) -> Proposed:
    matter = Opinion(
        uid="", title="关于修缮机耕道的建议", words="机耕道破损", registered=DAY,
        person=town.uid(Person, "龙志明"),
    )  # fmt: skip
    beside = Suggestion(uid="", opinion="", basis="去年洪水冲毁", proposal="请硬化二公里")
    return propose(
        town.desk,
        matter=matter,
        suggestion=replace(beside, **told),  # type: ignore[arg-type]
        signers=[town.uid(Person, name) for name in joint],
    )


def state(town: Township, uid: str) -> CaseState:
    file = case_file(town.desk, uid)
    assert file is not None
    return file.state


def ready(town: Township, uid: str) -> None:
    for hour, stage in enumerate(("office", "government", "deputies"), 10):
        town.clock.at(DAY, hour)
        screen(town.desk, opinion=uid, day=DAY, stage=stage)
    town.clock.at(DAY, 14)


def handed(town: Township, uid: str, *, hard: bool = False) -> None:
    ready(town, uid)
    hand_over(
        town.desk, opinion=uid, day=DAY, unit=town.uid(HandlingUnit, "镇水务站"), hard=hard,
        hard_reason="涉及五个村" if hard else None,
    )  # fmt: skip


def answered(town: Township, uid: str) -> None:
    handed(town, uid)
    town.clock.at(DAY, 15)
    opinions.record_reply(town.desk, opinion=uid, day=DAY, result="A", words="已修好")


def signers(town: Township, uid: str) -> dict[str, date | None]:
    with town.desk.store.reading() as reading:
        beside = of_matter(reading, uid)
        assert beside is not None
        people = reading.by_uid(Person, [])
        return {
            (people.get(each.person) or reading.get(Person, each.person)).name: each.signed  # type: ignore[union-attr]
            for each in reading.children(Signer, "suggestion", [beside.uid])
        }


def test_deputies_join_and_leave_until_it_is_handed_over_each_on_a_day(town: Township) -> None:
    done = proposed(town)
    before = DAY.replace(day=18)
    set_signers(
        town.desk,
        opinion=done.matter.uid,
        signed={town.uid(Person, "覃春生"): before, town.uid(Person, "单大贵"): DAY},
    )
    assert signers(town, done.matter.uid) == {"覃春生": before, "单大贵": DAY}
    with pytest.raises(SuggestionRefused, match="还没有到"):
        set_signers(
            town.desk, opinion=done.matter.uid, signed={town.uid(Person, "单大贵"): date(2026, 12, 1)}
        )
    changes = set_signers(town.desk, opinion=done.matter.uid, signed={})
    assert signers(town, done.matter.uid) == {}
    undo_changes(town.desk, changes)
    assert set(signers(town, done.matter.uid)) == {"覃春生", "单大贵"}
    handed(town, done.matter.uid)
    with pytest.raises(StepRefused, match="联名代表不能再增减"):
        set_signers(town.desk, opinion=done.matter.uid, signed={})


def test_a_bill_keeps_its_least_number(town: Township) -> None:
    everybody = ("向光明", "单大贵", "覃春生", "周桂兰")
    bill = proposed(town, joint=everybody, form="bill")
    with pytest.raises(SuggestionRefused, match="5名以上代表提出，现在4名"):
        set_signers(
            town.desk,
            opinion=bill.matter.uid,
            signed={town.uid(Person, name): DAY for name in everybody[:3]},
        )
    assert len(signers(town, bill.matter.uid)) == 4


def test_a_bill_is_turned_into_a_suggestion_with_its_reason_and_back(town: Township) -> None:
    bill = proposed(town, joint=("向光明", "单大贵", "覃春生", "周桂兰"), form="bill")
    uid = bill.matter.uid
    with pytest.raises(StepRefused, match="不能议案转建议"):
        turn_bill(town.desk, opinion=proposed(town).matter.uid, day=DAY, reason="不属职权")
    changes = turn_bill(town.desk, opinion=uid, day=DAY, reason="主席团会议决定转作建议办理")
    file = case_file(town.desk, uid)
    assert file is not None and file.opinion.track == "suggestion" and file.number == "2026-JY0002"
    beside = suggestion_file(town.desk, file).suggestion
    assert (beside.form, beside.from_bill, beside.bill_number) == (
        "suggestion",
        True,
        "439901102-2026-YA0001",
    )
    assert file.events[-1].words == "主席团：议案转作建议办理：主席团会议决定转作建议办理"
    assert file.state.code == "review", "it goes on where it stood"
    undo_changes(town.desk, changes)
    file = case_file(town.desk, uid)
    assert file is not None and (file.opinion.track, file.number) == ("bill", "2026-YA0001")


def test_a_hard_one_has_six_months_by_the_rule_and_says_why(town: Township) -> None:
    uid = proposed(town).matter.uid
    ready(town, uid)
    unit = town.uid(HandlingUnit, "镇水务站")
    with pytest.raises(StepRefused, match="难办交办要写明理由"):
        hand_over(town.desk, opinion=uid, day=DAY, unit=unit, hard=True)
    changes = hand_over(
        town.desk, opinion=uid, day=DAY, unit=unit, hard=True, hard_reason="涉及五个村",
        handlers=Handlers("张三", "站长", "李四", "13800000000"),
    )  # fmt: skip
    assert state(town, uid).handling_due == date(2027, 5, 20)
    file = case_file(town.desk, uid)
    assert file is not None
    beside = suggestion_file(town.desk, file).suggestion
    assert (beside.hard, beside.hard_reason, beside.handler_head, beside.handler_phone) == (
        True, "涉及五个村", "张三", "13800000000",
    )  # fmt: skip
    undo_changes(town.desk, changes)
    assert state(town, uid).code == "routed"
    other = proposed(town).matter.uid
    handed(town, other)
    assert state(town, other).handling_due == date(2027, 2, 20)


def test_a_look_that_says_merge_merges_and_one_undo_brings_it_back(town: Township) -> None:
    main, double = proposed(town).matter.uid, proposed(town).matter.uid
    opinion = opinions.register_opinion(
        town.desk, opinion=Opinion(uid="o1", title="", words="断水", registered=DAY)
    ).opinion
    with pytest.raises(StepRefused, match="请选择合并到哪一件"):
        screen(town.desk, opinion=double, day=DAY, stage="office", verdict="merge", words="同一件事")
    with pytest.raises(StepRefused, match="不能互相合并"):
        screen(
            town.desk,
            opinion=double,
            day=DAY,
            stage="office",
            verdict="merge",
            words="同一件事",
            into=opinion.uid,
        )
    assert state(town, double).code == "review", "a refused look leaves nothing"
    changes = screen(
        town.desk, opinion=double, day=DAY, stage="office", verdict="merge", words="同一件事", into=main
    )
    assert state(town, double).code == "merged"
    file = case_file(town.desk, main)
    assert file is not None and [each.uid for each in file.merged] == [double]
    undo_changes(town.desk, changes)
    assert state(town, double).code == "review"


def test_speaking_with_the_deputies_stands_in_the_course(town: Township) -> None:
    uid = proposed(town).matter.uid
    with pytest.raises(StepRefused, match="不能面商"):
        consult(town.desk, opinion=uid, day=DAY, place="村部")
    handed(town, uid)
    with pytest.raises(StepRefused, match="要写明地点"):
        consult(town.desk, opinion=uid, day=DAY)
    town.clock.at(DAY, 15)
    changes = consult(
        town.desk, opinion=uid, day=DAY, start=time(9, 30), place="长坪村村部",
        participants="龙志明、站长张三", words="先修塌方段", view="同意",
    )  # fmt: skip
    file = case_file(town.desk, uid)
    assert file is not None and file.state.code == "handling"
    assert file.events[-1].words == (
        "答复前沟通（镇水务站，长坪村村部），参加人龙志明、站长张三：先修塌方段；代表意见：同意"
    )
    undo_changes(town.desk, changes)
    with town.desk.store.reading() as reading:
        assert reading.count(Consultation) == 0


def test_each_deputy_is_given_the_reply_and_each_new_reply(town: Township) -> None:
    uid = proposed(town).matter.uid
    handed(town, uid)
    assert to_inform(town.desk, uid) == []
    town.clock.at(DAY, 15)
    opinions.record_reply(town.desk, opinion=uid, day=DAY, result="A", words="已修好")
    everybody = [town.uid(Person, name) for name in ("龙志明", "向光明", "覃春生")]
    assert set(to_inform(town.desk, uid)) == set(everybody) and to_inform(town.desk, uid)[0] == everybody[0]
    inform(town.desk, opinion=uid, people=everybody[:2], day=DAY)
    assert to_inform(town.desk, uid) == everybody[2:]
    with pytest.raises(StepRefused, match="已经送过"):
        inform(town.desk, opinion=uid, people=everybody[:1], day=DAY)
    with pytest.raises(StepRefused, match="不是这件"):
        inform(town.desk, opinion=uid, people=[town.uid(Person, "单大贵")], day=DAY)
    inform(town.desk, opinion=uid, people=everybody[2:], day=DAY, means="face")
    town.clock.at(DAY, 16)
    opinions.record_reply(town.desk, opinion=uid, day=DAY, result="A", words="又补修一段")
    assert len(to_inform(town.desk, uid)) == 3, "a further reply goes to everybody again"


def evaluated(town: Township, uid: str, name: str, overall: str, **told: str) -> None:
    judge(
        town.desk,
        evaluation=Satisfaction(
            uid="", opinion=uid, day=town.desk.today(), overall=overall, person=town.uid(Person, name),
            means="written", attitude=told.get("attitude"), outcome=told.get("outcome"),
        ),
    )  # fmt: skip


def test_each_deputy_is_asked_apart_and_the_leading_one_decides(town: Township) -> None:
    uid = proposed(town).matter.uid
    answered(town, uid)
    evaluated(town, uid, "向光明", "unsatisfied", attitude="satisfied", outcome="unsatisfied")
    assert state(town, uid).code == "answered"
    evaluated(town, uid, "龙志明", "satisfied", attitude="satisfied", outcome="satisfied")
    assert state(town, uid).code == "closed"
    file = case_file(town.desk, uid)
    assert file is not None
    told = [(each.name, each.answer.words) for each in suggestion_file(town.desk, file).answers]
    assert told == [("龙志明", "满意"), ("向光明", "不满意"), ("覃春生", "待征询")]
    with pytest.raises(StepRefused, match="不是这件的领衔或联名代表"):
        evaluated(town, uid, "单大贵", "satisfied")


def test_half_of_those_who_put_an_inquiry_may_demand_another_reply(town: Township) -> None:
    names = [f"代表{number}" for number in range(1, 10)]
    with town.desk.store.writing(reason="花名册") as writing:
        for name in names:
            person = Person(uid=writing.new_uid(), name=name)
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level="township"))
    with pytest.raises(SuggestionRefused) as refused:
        proposed(town, joint=(*names,), form="inquiry")
    assert set(refused.value.problems) == {"target", "question"}
    uid = proposed(
        town, joint=(*names,), form="inquiry", target="镇人民政府", question="为何没有修"
    ).matter.uid
    answered(town, uid)
    evaluated(town, uid, "龙志明", "satisfied")
    assert state(town, uid).code == "answered", "nobody leads an inquiry: their number decides"
    for name in names[:4]:
        evaluated(town, uid, name, "unsatisfied")
    assert state(town, uid).code == "answered"
    evaluated(town, uid, names[4], "unsatisfied")
    assert state(town, uid).code == "redo", "five of ten are half of them"
    file = case_file(town.desk, uid)
    assert file is not None and "提案代表10名中5名不满意，达到50%" in file.events[-1].words


def test_an_inquiry_closes_once_half_cannot_be_dissatisfied_any_more(town: Township) -> None:
    names = [f"代表{number}" for number in range(1, 10)]
    with town.desk.store.writing(reason="花名册") as writing:
        for name in names:
            person = Person(uid=writing.new_uid(), name=name)
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level="township"))
    uid = proposed(town, joint=(*names,), form="inquiry", target="镇政府", question="为何").matter.uid
    answered(town, uid)
    for name in names[:5]:
        evaluated(town, uid, name, "basically")
    assert state(town, uid).code == "answered"
    evaluated(town, uid, names[5], "satisfied")
    assert state(town, uid).code == "closed" and state(town, uid).satisfaction == "basically"


def test_what_was_taken_in_in_session_names_the_session(town: Township) -> None:
    with pytest.raises(SuggestionRefused, match="第几次会议"):
        proposed(town, occasion="in_session")
    done = proposed(town, occasion="in_session", session=6)
    file = case_file(town.desk, done.matter.uid)
    assert file is not None and "第六次会议" in suggestion_file(town.desk, file).when


def test_nothing_is_left_of_a_refused_step(town: Township) -> None:
    uid = proposed(town).matter.uid
    with pytest.raises(StepRefused):
        inform(town.desk, opinion=uid, people=[town.uid(Person, "龙志明")], day=DAY)
    with town.desk.store.reading() as reading:
        assert reading.count(Informing) == reading.count(Reply) == reading.count(Assignment) == 0
