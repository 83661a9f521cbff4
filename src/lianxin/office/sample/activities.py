"""Activities and meetings of the sample office: groups, a presidium, a year of events at every stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from lianxin.domain.records import (
    Activity,
    ActivityStep,
    AnnualTheme,
    Attendance,
    DeputyGroup,
    Expense,
    GroupMember,
    Mandate,
    Meeting,
    Plan,
    PlanItem,
    ThemeTask,
)
from lianxin.office.desk import Desk, current_term
from lianxin.office.meetings.activities import make_activity, steps_of
from lianxin.office.meetings.attendance import ListFrom, list_of
from lianxin.office.meetings.meeting import make_meeting, put_agenda
from lianxin.office.names import numeral
from lianxin.office.records import new_uid
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing

_YEAR, _BODY = 2025, "人民代表大会"
_GROUPS = ("第一代表小组", "第二代表小组", "第三代表小组")
_PRESIDIUM = 9
_TOWN = "石牌镇第十九届"


@dataclass(frozen=True)
class _Held:
    """How an event of the past went: places on its list of those who were away, with presence and reason."""

    away: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class _People:
    """Groups by name, and the township's deputies in the order of the roster."""

    groups: dict[str, str]
    deputies: tuple[str, ...]


def make_sample_activities(desk: Desk) -> None:
    """Puts the year in; nothing when there are activities or no deputies."""
    with desk.store.reading() as reading:
        if reading.holds_any(Activity) or not reading.holds_any(Mandate):
            return
    people = _bodies(desk)
    theme, items = _year(desk, people)
    _activities(desk, people, theme, items)
    _meetings(desk)


def _bodies(desk: Desk) -> _People:
    """Three groups, nine members of the presidium."""
    with desk.store.writing(reason="示例数据") as writing:
        mandates = [m for m in Reading(writing.connection).all(Mandate) if m.level == "township"]
        deputies = tuple(dict.fromkeys(each.person for each in mandates if each.state == "serving"))
        for mandate in mandates[:_PRESIDIUM]:
            writing.put(replace(mandate, presidium=True), opened=mandate)
        groups: dict[str, str] = {}
        for at, name in enumerate(_GROUPS):
            groups[name] = writing.new_uid()
            writing.put(DeputyGroup(uid=groups[name], name=name))
            for place, person in enumerate(deputies[at :: len(_GROUPS)]):
                role = "leader" if place == 0 else "member"
                writing.put(
                    GroupMember(uid=writing.new_uid(), group=groups[name], person=person, role=role)
                )  # fmt: skip
    return _People(groups, deputies)


def _year(desk: Desk, people: _People) -> tuple[str, dict[str, str]]:
    """The theme of the year with what three deputies took on, and the plan of the deputies' work."""
    with desk.store.writing(reason="示例数据") as writing:
        theme, plan = writing.new_uid(), writing.new_uid()
        writing.put(
            AnnualTheme(
                uid=theme, year=_YEAR, name="双岗建功·乡村振兴", when="3月动员，4月至11月开展，12月总结",
                method="围绕饮水、道路、产业三件事，每名代表认领一件实事。", steps="动员部署\n组织实施\n总结表彰",
                organisation="镇人大主席团统一组织，代表小组分片负责。", praise="年底评选先进代表小组和优秀代表。",
                goals="每个小组开展主题活动2次以上，每名代表办实事1件。",
            )
        )  # fmt: skip
        claims = (("联系修通大堰村机耕道300米", "done"), ("帮扶白岩村3户脱贫户发展茶叶", "open"),
                  ("协调双溪村安装路灯12盏", "open"))  # fmt: skip
        for person, (what, state) in zip(people.deputies, claims, strict=False):
            done = date(_YEAR, 9, 30) if state == "done" else None
            writing.put(
                ThemeTask(
                    uid=writing.new_uid(), annual_theme=theme, person=person, what=what, state=state, done=done
                )
            )  # fmt: skip
        writing.put(
            Plan(
                uid=plan, year=_YEAR, name="2025年石牌镇人大代表工作计划", passed_at=f"{_TOWN}{_BODY}第六次会议",
                passed=date(_YEAR, 1, 15), published=date(_YEAR, 1, 22),
            )
        )  # fmt: skip
        return theme, _plan_items(writing, plan)


def _plan_items(writing: Writing, plan: str) -> dict[str, str]:
    told = (
        ("代表集中学习培训", 2, "training", None),
        ("组织代表视察、专题调研", 2, "activity", "inspection"),
        ("每个代表小组开展活动", 12, "activity", "group"),
        ("代表接待选民", 12, "reception", None),
        ("召开主席团会议", 4, "meeting", None),
        ("走访脱贫户和监测户", 20, "none", None),
    )
    found: dict[str, str] = {}
    for place, (what, times, counted, activity_type) in enumerate(told, 1):
        found[what] = writing.new_uid()
        writing.put(
            PlanItem(
                uid=found[what], plan=plan, place=place, what=what, times=times, counted=counted,
                activity_type=activity_type, meeting_type="presidium" if counted == "meeting" else None,
                start=date(_YEAR, 1, 1), due=date(_YEAR, 12, 31),
                done=14 if counted == "none" else None,
            )
        )  # fmt: skip
    return found


def _activities(desk: Desk, people: _People, theme: str, items: dict[str, str]) -> None:
    town, (first, second, third) = ListFrom("level", "township"), people.groups.values()
    learn = Activity(
        uid=new_uid(desk), activity_type="training", topic="代表法修改后的学习培训", day=date(_YEAR, 4, 10),
        start=time(9), end=time(16, 30), place="镇政府三楼会议室", training_form="class",
        agenda="学习新修改的代表法\n代表建议怎样写\n交流发言", lecturer="县人大代表工作委员会",
        plan_item=items["代表集中学习培训"], summary="四十余名代表参加，现场解答问题9个。", purpose="提高代表履职能力",
    )  # fmt: skip
    _put(desk, learn, town, _Held(((3, "private", "外出务工"), (11, "sick", "住院"), (20, "absent", ""))))
    look = Activity(
        uid=new_uid(desk), activity_type="inspection", topic="饮用水水源保护视察", day=date(_YEAR, 5, 20),
        start=time(8, 30), end=time(12), place="老鸦溪水库、长坪村", purpose="了解全镇饮用水水源保护情况",
        agenda="实地察看水源地\n听取镇水务站汇报\n座谈", report_to="镇人民政府", report_sent=date(_YEAR, 5, 28),
        report_due=date(_YEAR, 7, 31), feedback="已划定保护区，拆除养殖棚两处，补设警示牌十二块。", opinions=4,
        summary="形成视察报告，提出意见4条。", plan_item=items["组织代表视察、专题调研"],
    )  # fmt: skip
    _put(desk, look, ListFrom("presidium"), _Held(((4, "official", "参加县里会议"),)))
    check = Activity(
        uid=new_uid(desk), activity_type="law_check", topic="水污染防治法执法检查", day=date(_YEAR, 9, 16),
        until=date(_YEAR, 9, 17), place="响水村、卧龙村", report_to="镇人民政府", report_sent=date(_YEAR, 9, 26),
        report_due=date(_YEAR, 11, 30), opinions=6, purpose="推动水污染防治法在本镇落实",
        agenda="听取执法情况汇报\n抽查养殖场和污水处理站\n检查组碰头", summary="发现问题6个，已形成检查报告。",
    )  # fmt: skip
    _put(desk, check, ListFrom("group", second), _Held(((5, "private", "家中有事"),)))
    _theme_and_groups(desk, theme, items, (first, second, third))
    coming = Activity(
        uid=new_uid(desk), activity_type="visiting", topic="年末走访慰问", day=date(_YEAR, 12, 26), start=time(9),
        place="大堰村、双溪村", purpose="听取群众对明年工作的意见",
    )  # fmt: skip
    make_activity(desk, coming, source=ListFrom("group", third))


def _theme_and_groups(desk: Desk, theme: str, items: dict[str, str], groups: tuple[str, str, str]) -> None:
    themed = Activity(
        uid=new_uid(desk), activity_type="theme", topic="“双岗建功”机耕道义务修整", day=date(_YEAR, 6, 18),
        start=time(8), end=time(17), place="大堰村", theme=theme, summary="修整机耕道300米，受益42户。",
    )  # fmt: skip
    made = _put(desk, themed, ListFrom("group", groups[0]), _Held())
    with desk.store.writing(reason="示例数据") as writing:
        writing.put(
            Expense(
                uid=writing.new_uid(), day=themed.day, what="主题活动工具、午餐", item="activity",
                money=Decimal(860), activity=made,
            )
        )  # fmt: skip
    for month, day, group, topic in (
        (3, 12, 0, "小组学习和走访"), (6, 20, 0, "察看村级公路"), (9, 18, 0, "走访脱贫户"), (4, 22, 1, "春耕走访"),
        (10, 14, 1, "秋收走访"), (5, 15, 2, "察看村小学"),
    ):  # fmt: skip
        activity = Activity(
            uid=new_uid(desk), activity_type="group", topic=topic, day=date(_YEAR, month, day), organiser="group",
            group=groups[group], start=time(9), end=time(11, 30), plan_item=items["每个代表小组开展活动"],
            summary="已记入履职档案。",
        )  # fmt: skip
        _put(desk, activity, ListFrom("group", groups[group]), _Held(((6, "private", "家中有事"),)))


def _put(desk: Desk, activity: Activity, source: ListFrom, held: _Held) -> str:
    made = make_activity(desk, activity, source=source).record.uid
    with desk.store.writing(reason="示例数据") as writing:
        for step in steps_of(Reading(writing.connection), made):
            writing.put(_done(step, activity.day), opened=step)
        _mark(writing, made, held)
    return made


def _done(step: ActivityStep, day: date) -> ActivityStep:
    return replace(step, done=day)


def _mark(writing: Writing, owner: str, held: _Held) -> None:
    away = {place: (presence, reason) for place, presence, reason in held.away}
    for each in list_of(Reading(writing.connection), owner):
        presence, reason = away.get(each.place, ("present", ""))
        writing.put(_marked(each, presence, reason), opened=each)


def _marked(each: Attendance, presence: str, reason: str) -> Attendance:
    leave = presence not in ("present", "absent")
    return replace(
        each, presence=presence, reason=reason or None, approval="approved" if leave else None,
        approver="梁世荣" if leave else None,
    )  # fmt: skip


def _meetings(desk: Desk) -> None:
    congress, presidium = ListFrom("level", "township"), ListFrom("presidium")
    told = (
        ("congress", 1, 15, 6, "听取和审议镇人民政府工作报告\n听取和审议镇人大主席团工作报告\n审查和批准财政预算",
         congress, _Held(((3, "private", "外出务工"), (20, "absent", "")))),
        ("presidium", 3, 26, 15, "讨论2025年代表工作计划\n研究重点督办建议", presidium, _Held()),
        ("presidium", 6, 24, 16, "听取重点督办建议办理情况\n讨论年中会议有关事项", presidium,
         _Held(((7, "official", "参加县里会议"),))),
        ("congress", 7, 18, 7, "听取和审议镇人民政府上半年工作报告\n听取代表建议办理情况报告", congress,
         _Held(((8, "sick", "住院"),))),
        ("presidium", 9, 23, 17, "听取执法检查报告\n讨论年度述职安排", presidium, _Held(((2, "absent", ""),))),
    )  # fmt: skip
    with desk.store.reading() as reading:
        term = current_term(reading, "township", desk.today())
    for meeting_type, month, day, ordinal, agenda, source, held in told:
        body = _BODY if meeting_type == "congress" else f"{_BODY}主席团"
        meeting = Meeting(
            uid=new_uid(desk), meeting_type=meeting_type, name=f"{_TOWN}{body}第{numeral(ordinal)}次会议",
            ordinal=ordinal, day=date(_YEAR, month, day), start=time(9), end=time(11, 30),
            days=Decimal(1) if meeting_type == "congress" else None, place="镇政府三楼会议室", chair="梁世荣",
            notified=date(_YEAR, month, day - 8), held=True, term=term.uid if term else None,
        )  # fmt: skip
        made = make_meeting(desk, meeting, source=source).record.uid
        with desk.store.writing(reason="示例数据") as writing:
            put_agenda(writing, made, agenda.split("\n"))
            _mark(writing, made, held)
