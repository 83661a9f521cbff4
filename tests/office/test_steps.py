"""Every step goes through one door; what is refused writes nothing; batches have one way back; papers follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from lianxin.domain.records import Deed, HandlingUnit, Opinion, Region, Reply, Visitor
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.case_papers.matter_papers import handovers
from lianxin.office.case_papers.supervision_papers import letters
from lianxin.office.cases import opinions, steps
from lianxin.office.cases.batch import assign_many, supervise_many
from lianxin.office.cases.steps import StepRefused
from lianxin.office.overview import overview
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.office.putting import put_told
from lianxin.office.records import new_uid, save_record, undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 2)


@pytest.fixture
def town(tmp_path: Path) -> Township:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 11, 20))
    return made


def registered(town: Township, title: str = "长坪村三组饮水管破损", day: date = DAY) -> str:
    opinion = Opinion(
        uid=new_uid(town.desk), title=title, words=title, category="02", channel="visit", registered=day,
        village=town.uid(Region, "长坪村"),
    )  # fmt: skip
    visitor = Visitor(uid=new_uid(town.desk), contact="", name="田金玉", phone="13912342217")
    return opinions.register_opinion(town.desk, opinion=opinion, visitor=visitor).opinion.uid


def handled(town: Township, opinion: str, day: date = DAY) -> str:
    unit = town.uid(HandlingUnit, "镇水务站")
    opinions.route(town.desk, opinion=opinion, way="assigned", day=day, unit=unit)
    return unit


def file_of(town: Township, opinion: str) -> CaseFile:
    found = case_file(town.desk, opinion)
    assert found is not None
    return found


def written(town: Township) -> int:
    with town.desk.store.reading() as reading:
        return sum(reading.counters().values())


def paper_text(paper: tuple[str, bytes]) -> str:
    document = Document(BytesIO(paper[1]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_step_not_allowed_says_what_is_and_writes_nothing(town: Township) -> None:
    matter, before = registered(town), 0
    before = written(town)
    with pytest.raises(StepRefused, match=r"待分流.*现在可以：梳理分流、合并办理、撤回"):
        opinions.record_reply(town.desk, opinion=matter, day=DAY, result="A", words=None)
    with pytest.raises(StepRefused, match="没有找到这个承办单位"):
        opinions.route(town.desk, opinion=matter, way="assigned", day=DAY, unit="unknown")
    with pytest.raises(StepRefused, match="早于交办日期"):
        opinions.route(
            town.desk, opinion=matter, way="assigned", day=DAY, unit=town.uid(HandlingUnit, "镇水务站"),
            due=DAY - timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(StepRefused, match="没有找到这件意见"):
        steps.hand_back(town.desk, opinion="unknown", day=DAY, reason="x")
    put = put_told(town.desk, kind="reply", told={"opinion": matter, "date": "2026-11-03", "result": "A"})
    assert put.outcome == "refused" and "待分流" in "".join(put.problems.values())
    assert written(town) == before


def test_handed_back_reassigned_extended_and_supervised(town: Township) -> None:
    matter = registered(town)
    water, building = handled(town, matter), town.uid(HandlingUnit, "镇规建站")
    steps.hand_back(town.desk, opinion=matter, day=DAY + timedelta(days=2), reason="属规建站职责")
    assert file_of(town, matter).state.code == "returned"
    opinions.assign(
        town.desk,
        opinion=matter,
        day=DAY + timedelta(days=3),
        unit=building,
        addressee=water,
        reason="退回后改派",
    )
    found = file_of(town, matter)
    assert (found.state.code, found.unit.name if found.unit else "", found.addressee) == (
        "handling", "镇规建站", "镇水务站",
    )  # fmt: skip
    limit = found.state.handling_due
    assert limit is not None
    steps.extend(
        town.desk,
        opinion=matter,
        day=DAY + timedelta(days=9),
        until=limit + timedelta(days=15),
        reason="等材料",
    )
    asked = file_of(town, matter).pending_extension
    assert asked is not None and file_of(town, matter).state.handling_due == limit
    with pytest.raises(StepRefused, match="请填写审批人"):
        steps.decide_extension(
            town.desk, extension=asked, decision="granted", decided=DAY + timedelta(days=10), decided_by=None
        )
    steps.decide_extension(
        town.desk, extension=asked, decision="granted", decided=DAY + timedelta(days=10), decided_by="何主席"
    )
    assert file_of(town, matter).state.handling_due == limit + timedelta(days=15)
    steps.supervise(
        town.desk, opinion=matter, day=DAY + timedelta(days=11), means="letter", demand="三日内更换主管",
        reply_by=DAY + timedelta(days=14),
    )  # fmt: skip
    steps.supervise(town.desk, opinion=matter, day=DAY + timedelta(days=12), means="phone")
    found = file_of(town, matter)
    assert found.open_supervision is not None and found.open_supervision.number == "439901102-2026-DB0001"
    assert found.state.supervised == 2
    assert [event.act for event in found.events] == [
        "登记", "分流", "交办", "退回", "交办", "延期", "督办", "督办",
    ]  # fmt: skip
    steps.supervision_answered(
        town.desk,
        supervision=found.open_supervision,
        day=DAY + timedelta(days=13),
        answer="已备料",
        outcome="moving",
    )
    after = file_of(town, matter)
    assert after.state.supervision_due is None
    assert "2026-DB0001" in after.events[6].words and "推进：已备料" in after.events[6].words


def test_only_letters_are_numbered_and_printed(town: Township) -> None:
    matter, other = registered(town), registered(town, "路灯不亮")
    for each in (matter, other):
        handled(town, each)
    with pytest.raises(NoSuchMatter):
        letters(town.desk, [matter, other])
    done = supervise_many(
        town.desk, opinions=[matter, other], means="letter", day=date(2026, 11, 20), reply_by=date(2026, 11, 27),
        demand="请在一周内更换。",
    )  # fmt: skip
    assert done.told("督办") == "已督办2件" and done.left == ()
    name, content = letters(town.desk, [matter, other])
    text = paper_text((name, content))
    assert name == "督办函_2026-DB0001等2件.docx"
    assert "关于督促办理“路灯不亮”的函" in text and "镇水务站：" in text
    assert text.count("〔　　　　〕　　号") == 2 and "DB0" not in text, "no 发文字号 was given yet"
    assert "2026年11月27日前书面回复" in text
    forms = paper_text(handovers(town.desk, [matter, other]))
    assert "2026-JB0001" in forms and "2026-JB0002" in forms


def test_a_batch_does_what_can_be_done_and_has_one_way_back(town: Township) -> None:
    fresh, routed, closed = (registered(town, f"第{place}件") for place in range(3))
    opinions.route(town.desk, opinion=routed, way="assigned", day=DAY)
    opinions.route(town.desk, opinion=closed, way="answered_on_spot", day=DAY)
    unit = town.uid(HandlingUnit, "镇水务站")
    done = assign_many(town.desk, opinions=[fresh, routed, closed], unit=unit, day=date(2026, 11, 20))
    assert done.done == (fresh, routed) and len(done.left) == 1
    assert done.told("交办") == "已交办2件；2026-YJ0003没有办：这件意见现在是“已办结”"
    assert {file_of(town, each).state.code for each in (fresh, routed)} == {"handling"}
    undo_changes(town.desk, done.changes)
    assert file_of(town, fresh).state.code == "registered" and file_of(town, routed).state.code == "routed"


def test_a_county_department_is_refused_for_all(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        county = HandlingUnit(uid=writing.new_uid(), name="县水利局", unit_type="county")
        writing.put(county)
    with pytest.raises(StepRefused, match="转报县人大"):
        assign_many(town.desk, opinions=[registered(town)], unit=county.uid, day=DAY)


def test_merged_and_taken_apart_with_its_clock(town: Township) -> None:
    first, second, third = (registered(town, f"第{place}件") for place in range(3))
    handled(town, second)
    before = file_of(town, second).state
    opinions.merge_opinion(town.desk, opinion=second, into=first, day=date(2026, 11, 5), reason="一件事")
    assert file_of(town, second).state.code == "merged"
    with pytest.raises(opinions.MergeRefused, match="已有1件合并到这件"):
        opinions.merge_opinion(town.desk, opinion=first, into=third, day=date(2026, 11, 6))
    steps.take_apart(town.desk, opinion=second, day=date(2026, 11, 9), reason="不是同一处")
    after = file_of(town, second)
    assert after.opinion.merged_into is None and after.main is None
    assert (after.state.code, after.state.due, after.state.unit) == (before.code, before.due, before.unit)


def test_withdrawn_and_taken_up_again(town: Township) -> None:
    matter = registered(town)
    steps.withdraw(town.desk, opinion=matter, day=DAY, reason="已自行解决")
    assert file_of(town, matter).state.label == "已撤回"
    with pytest.raises(StepRefused, match="现在可以：重新分流"):
        handled_again = town.uid(HandlingUnit, "镇水务站")
        opinions.assign(town.desk, opinion=matter, day=DAY, unit=handled_again)
    handled(town, matter, DAY + timedelta(days=1))
    assert file_of(town, matter).state.code == "handling"


def test_a_promise_comes_back_on_the_first_page_until_it_is_kept(town: Township) -> None:
    matter = registered(town)
    handled(town, matter)
    opinions.record_reply(
        town.desk, opinion=matter, day=DAY + timedelta(days=5), result="B", words="列入计划",
        promise="月底前换主管", promised_day=date(2026, 11, 23),
    )  # fmt: skip
    opinions.record_feedback(town.desk, opinion=matter, day=DAY + timedelta(days=6), overall="basically")
    rows = overview(town.desk).to_do.rows()
    (row,) = [row for row in rows if row.title == "月底前换主管"]
    assert (row.badge, row.next_act, row.uid) == ("剩3天", "核实承诺是否兑现", matter)
    (promise,) = file_of(town, matter).promises
    with pytest.raises(StepRefused, match="改为何时完成"):
        steps.keep_promise(town.desk, reply=promise.reply, day=date(2026, 11, 20), outcome="postponed")
    steps.keep_promise(
        town.desk, reply=promise.reply, day=date(2026, 11, 20), outcome="kept", overall="satisfied"
    )
    assert not [row for row in overview(town.desk).to_do.rows() if row.title == "月底前换主管"]
    assert file_of(town, matter).open_promise is None
    assert file_of(town, matter).state.code == "closed"


def test_the_presidium_decides_after_the_last_round(town: Township) -> None:
    matter = registered(town)
    unit = handled(town, matter)
    day = DAY
    for turn in range(town.desk.profile.redo_limit.value + 1):
        opinions.record_reply(town.desk, opinion=matter, day=day, result="B", words="在办")
        opinions.record_feedback(
            town.desk,
            opinion=matter,
            day=day,
            overall="unsatisfied",
            attitude="satisfied",
            outcome="unsatisfied",
        )
        if turn < town.desk.profile.redo_limit.value:
            opinions.assign(town.desk, opinion=matter, day=day, unit=unit, reason="重办")
        # Steps of one moment have no order of their own: a clock that stands would make them so.
        town.clock.now += timedelta(minutes=1)
        day += timedelta(days=1)
    assert file_of(town, matter).state.code == "presidium"
    with pytest.raises(StepRefused, match="现在可以：主席团研究、撤回"):
        opinions.assign(town.desk, opinion=matter, day=day, unit=unit)
    steps.rule_upon(town.desk, opinion=matter, day=day, decision="closed", reason="已当面说明", by="何主席")
    assert file_of(town, matter).state.code == "closed"


def test_a_correction_must_agree_with_itself(town: Township) -> None:
    matter = registered(town)
    handled(town, matter, DAY)
    town.clock.now += timedelta(minutes=1)
    opinions.record_reply(town.desk, opinion=matter, day=DAY, result="A", words="好了")
    (reply,) = file_of(town, matter).case.replies
    assert isinstance(reply, Reply)
    with pytest.raises(StepRefused, match="答复日期还没有到"):
        steps.correct_step(town.desk, step=replace(reply, day=date(2026, 12, 1)), opened=reply)
    steps.correct_step(town.desk, step=replace(reply, day=DAY + timedelta(days=1)), opened=reply)
    assert file_of(town, matter).state.answered_day == DAY + timedelta(days=1)
    opinion = file_of(town, matter).opinion
    with pytest.raises(StepRefused, match="登记日期晚于"):
        opinions.change_opinion(
            town.desk, replace(opinion, registered=DAY + timedelta(days=2)), opened=opinion
        )


def test_a_correction_stays_between_its_neighbours_in_time(town: Township) -> None:
    matter = registered(town)
    handled(town, matter, DAY + timedelta(days=2))
    town.clock.now += timedelta(minutes=1)
    opinions.record_reply(town.desk, opinion=matter, day=DAY + timedelta(days=5), result="A", words="好了")
    case = file_of(town, matter).case
    (reply,), (handing,) = case.replies, case.assignments
    with pytest.raises(StepRefused, match="答复日期早于2026年11月4日的交办，请核对或先更正那一步，没有改动"):
        steps.correct_step(town.desk, step=replace(reply, day=DAY), opened=reply)
    with pytest.raises(StepRefused, match="交办日期晚于2026年11月7日的答复"):
        steps.correct_step(town.desk, step=replace(handing, day=DAY + timedelta(days=6)), opened=handing)
    county = HandlingUnit(uid=new_uid(town.desk), name="县交通运输局", unit_type="county")
    save_record(town.desk, county)
    with pytest.raises(StepRefused, match="乡镇不直接交办"):
        steps.correct_step(town.desk, step=replace(handing, unit=county.uid), opened=handing)
    steps.correct_step(town.desk, step=replace(handing, day=DAY + timedelta(days=3)), opened=handing)
    assert file_of(town, matter).state.assigned_day == DAY + timedelta(days=3)


def test_steps_and_matters_put_right_by_file_are_asked_the_same(town: Township) -> None:
    matter, other = registered(town), registered(town, "长坪村二组路灯不亮")
    handled(town, matter, DAY + timedelta(days=2))
    town.clock.now += timedelta(minutes=1)
    opinions.record_reply(town.desk, opinion=matter, day=DAY + timedelta(days=5), result="A", words="好了")
    (reply,) = file_of(town, matter).case.replies

    def said(kind: str, **told: str | bool | None) -> str:
        found = put_told(town.desk, kind=kind, told=told)
        return "" if found.outcome in ("new", "changed") else "".join(found.problems.values())

    before = written(town)
    assert "早于2026年11月4日的交办" in said("reply", uid=reply.uid, date="2026-11-03")
    assert "登记日期晚于2026年11月4日" in said("opinion", uid=matter, registered="2026-11-10")
    assert "不能合并到自己" in said("opinion", uid=other, merged_into=other)
    assert "没有找到“石桥站”，请先登记这个承办单位" in said(
        "assignment", opinion=matter, unit="石桥站", date="2026-11-08"
    )
    assert "合并办理要说明合并到哪一件" in said("routing", opinion=other, route="合并办理", date="2026-11-08")
    assert "请先在意见的“反映代表”里填写" in said(
        "routing", opinion=other, route="代表协调解决", date="2026-11-08"
    )
    assert written(town) == before
    assert (
        said("opinion", uid=other, merged_into=matter) == "" and file_of(town, other).state.code == "merged"
    )
    assert "拆开要写明理由" in said("opinion", uid=other, merged_into=None)
    assert said("routing", opinion=other, route="拆开单独办理", date="2026-11-20", reason="两回事") == ""
    opened = file_of(town, other)
    assert opened.state.code == "registered" and opened.opinion.merged_into is None


def test_what_a_deputy_settled_is_a_deed_also_by_file(town: Township) -> None:
    matter = registered(town)
    told = {"姓名": "周桂兰", "层级": "县"}
    put_told(town.desk, kind="deputies", told=told)
    assert (
        put_told(town.desk, kind="opinion", told={"uid": matter, "反映代表": "周桂兰"}).outcome == "changed"
    )
    step = {"opinion": matter, "route": "代表协调解决", "date": "2026-11-05", "reason": "联系施工队接好水管"}
    assert put_told(town.desk, kind="routing", told=step).outcome == "new"
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
    assert (deed.opinion, deed.what, deed.day) == (matter, "联系施工队接好水管", date(2026, 11, 5))
    assert deed.number and file_of(town, matter).state.code == "closed"
