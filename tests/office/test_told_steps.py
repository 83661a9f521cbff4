"""Steps told by file bring with them what the window writes beside them, or are refused with what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Opinion, Routing, Suggestion, Telling
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases.listed_states import states_told
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.cases.plainly_closed import plainly_closed
from lianxin.office.lists.listing import listed
from lianxin.office.putting import Put, put_told
from lianxin.office.records import new_uid
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """A township on the day itself, with nothing registered yet."""
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def raised(town: Township, words: str = "桥栏杆断了") -> Opinion:
    opinion = Opinion(uid=new_uid(town.desk), title="", words=words, registered=DAY)
    return register_opinion(town.desk, opinion=opinion).opinion


def code(town: Township, uid: str) -> str:
    file = case_file(town.desk, uid)
    assert file is not None
    return file.state.code


def routed(town: Township, own: Opinion, way: str, **told: JsonValue) -> Put:
    line: dict[str, JsonValue] = {"opinion": own.uid, "date": DAY.isoformat(), "route": way, **told}
    return put_told(town.desk, kind="routing", told=line)


def proposing(source: str | None) -> dict[str, JsonValue]:
    return {
        "title": "关于修桥的建议", "案由": "桥断了", "领衔代表": "龙志明", "方案": "请列入计划",
        "类型": "建议", "提出日期": DAY.isoformat(), "来自群众意见": source,
    }  # fmt: skip


def test_no_opinion_ends_as_a_suggestion_that_is_not_there(town: Township) -> None:
    own = raised(town)
    told = routed(town, own, "转为代表建议")
    assert told.outcome == "refused" and "put suggestion" in told.problems["梳理分流"]
    assert "来自群众意见" in told.problems["梳理分流"] and code(town, own.uid) == "registered"
    first = routed(town, own, "转报县人大")
    changed = put_told(town.desk, kind="routing", told={"uid": first.uid, "route": "转为代表建议"})
    assert changed.outcome == "refused" and code(town, own.uid) == "to_county"


def test_a_suggestion_told_with_its_source_ends_that_opinion(town: Township) -> None:
    own = raised(town)
    put = put_told(town.desk, kind="suggestion", told=proposing(own.number))
    assert put.outcome == "new" and code(town, own.uid) == "converted"
    (line,) = listed(town.desk, kind="suggestion")
    assert line["source_uid"] == own.uid
    assert put_told(town.desk, kind="suggestion", told=line).outcome == "same", "what list tells, put takes"
    again = put_told(town.desk, kind="suggestion", told=proposing(own.number))
    assert again.outcome == "refused" and "已转代表建议" in again.problems["source"]
    with town.desk.store.reading() as reading:
        assert reading.count(Suggestion) == 1 and reading.count(Routing) == 1


def test_a_source_told_later_ends_that_opinion_and_stays(town: Township) -> None:
    own, other = raised(town), raised(town, "路灯不亮")
    put = put_told(town.desk, kind="suggestion", told=proposing(None))
    told = put_told(town.desk, kind="suggestion", told={"uid": put.uid, "来自群众意见": own.number})
    assert told.outcome == "changed" and code(town, own.uid) == "converted"
    moved = put_told(town.desk, kind="suggestion", told={"uid": put.uid, "来自群众意见": other.number})
    assert moved.outcome == "refused" and "不能再改" in moved.problems["source"]
    assert code(town, other.uid) == "registered"


def test_one_ended_so_before_without_its_suggestion_gets_it(town: Township) -> None:
    own = raised(town)
    with town.desk.store.writing(reason="以前登记的") as writing:
        writing.put(Routing(uid=writing.new_uid(), opinion=own.uid, day=DAY, route="to_suggestion"))
    put = put_told(town.desk, kind="suggestion", told=proposing(own.number))
    assert put.outcome == "new"
    with town.desk.store.reading() as reading:
        assert reading.count(Routing) == 1


@pytest.mark.parametrize("way", ["告知引导", "转信访纪检政法"])
def test_guiding_asks_how_and_why_it_was_told(town: Township, way: str) -> None:
    own = raised(town, "法院判决不服")
    bare = routed(town, own, way).problems["梳理分流"]
    assert bare.startswith(f"{way}要写明“告知方式”、“分流理由”，没有改动。") and "随后书面告知" in bare
    no_reason = routed(town, own, way, telling="当场告知").problems["梳理分流"]
    assert "写明理由" in no_reason
    no_way = routed(town, own, way, reason="不属本级").problems["梳理分流"]
    assert "要写明“告知方式”，" in no_way
    first = routed(town, own, "转报县人大")
    changed = put_told(town.desk, kind="routing", told={"uid": first.uid, "route": way})
    assert changed.outcome == "refused" and code(town, own.uid) == "to_county"


def test_told_on_the_spot_by_file_has_its_paper_and_told_later_its_clock(town: Township) -> None:
    one, two = raised(town, "法院判决不服"), raised(town, "举报")
    routed(town, one, "告知引导", telling="当场告知", reason="由法院处理", guided_to="县人民法院")
    routed(town, two, "告知引导", telling="随后书面告知", reason="由纪检处理")
    assert (code(town, one.uid), code(town, two.uid)) == ("guided", "to_tell")
    with town.desk.store.reading() as reading:
        (telling,) = reading.all(Telling)
    assert (telling.opinion, telling.destination, telling.words) == (one.uid, "县人民法院", "由法院处理")
    assert (telling.number or "").endswith("GZ0001")


def test_a_matter_is_no_suggestion_without_what_makes_it_one(town: Township) -> None:
    told: dict[str, JsonValue] = {
        "title": "修桥",
        "words": "桥断了",
        "登记日期": "2026-11-20",
        "办理渠道": "代表建议",
    }
    new = put_told(town.desk, kind="opinion", told=told)
    assert new.outcome == "refused" and "put suggestion" in new.problems.get("意见建议", ""), new
    own = raised(town)
    turned = put_told(town.desk, kind="opinion", told={"uid": own.uid, "办理渠道": "代表建议"})
    assert turned.outcome == "refused" and "来自群众意见" in turned.problems["意见建议"]
    assert (
        put_told(town.desk, kind="opinion", told={"uid": own.uid, "办理渠道": "信访转送"}).outcome
        == "changed"
    )
    put_told(town.desk, kind="suggestion", told=proposing(None))
    with town.desk.store.reading() as reading:
        (made,) = reading.all(Suggestion)
    back = put_told(town.desk, kind="opinion", told={"uid": made.opinion, "办理渠道": "群众意见"})
    assert back.outcome == "refused" and "转为群众意见" in back.problems["意见建议"]
    with town.desk.store.reading() as reading:
        assert reading.count(Opinion) == 2


def test_a_list_tells_where_each_matter_stands_and_put_passes_it_over(town: Township) -> None:
    own, other = raised(town), raised(town, "路灯不亮")
    routed(town, other, "转报县人大")
    lines = {str(each["uid"]): each for each in listed(town.desk, kind="opinion")}
    assert (lines[own.uid]["state"], lines[own.uid]["state_code"]) == ("待分流", "registered")
    assert (lines[other.uid]["state"], lines[other.uid]["state_code"]) == ("已转报县人大", "to_county")
    told = {**lines[own.uid], "state": "已办结", "state_code": "closed"}
    assert put_told(town.desk, kind="opinion", told=told).outcome == "same"
    assert code(town, own.uid) == "registered"


def test_the_states_of_a_long_list_are_those_of_a_short_one(
    town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, opened = raised(town), raised(town, "路灯不亮")
    routed(town, done, "当场答复")
    town.clock.at(date(2026, 11, 30))
    short = {each.uid: each for each in (done, opened)}
    with town.desk.store.reading() as reading:
        judged = states_told(town.desk, reading, list(short.values()))
        monkeypatch.setattr("lianxin.office.cases.listed_states._MANY", 1)
        assert plainly_closed(reading, town.desk.today()).keys() == {done.uid}
        assert states_told(town.desk, reading, list(short.values())) == judged
