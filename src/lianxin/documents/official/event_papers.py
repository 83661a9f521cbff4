"""Papers of a meeting or an activity: 通知, 议程, 主持词, 活动方案, 活动总结 (domain.md 4.15, founding document 000-04).

Made of one plain `Event`, whoever held it; 签到表 and 桌牌 of the same event are in `event_lists`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    NUMBER_TO_FILL,
    SECOND_LEVEL,
    add_addressee,
    add_blank,
    add_body,
    add_item,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import close_file, file_page
from lianxin.documents.word.person_names import name_lines
from lianxin.documents.word.text import Layout, Piece, across, document_bytes
from lianxin.documents.word.type_area import CHARACTERS_A_LINE
from lianxin.domain.dates import show_day, show_day_weekday, show_hours

if TYPE_CHECKING:
    from docx.document import Document

NUMERALS = "一二三四五六七八九十"
_TO_FILL = "＿＿＿＿"
_LINE_TO_FILL = "＿" * 15
_LINES_TO_FILL = "\n".join(["＿" * 25] * 3)
_DATE_TO_FILL = "＿＿＿＿年＿＿月＿＿日"
WHEN_TO_FILL = f"{_DATE_TO_FILL}＿＿时＿＿分"


@dataclass(frozen=True)
class EventPerson:
    """One person expected. `level` in words (县人大代表), `role` such as 组长 or 列席, `note` for 备注 (请假)."""

    name: str
    post: str = ""
    level: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True)
class EventStep:
    """One line of what is done before, during and after; `stage` in words (活动前)."""

    stage: str
    what: str
    by: str = ""
    done: str = ""


@dataclass(frozen=True)
class Event:
    """A meeting or an activity in words, as its papers tell it. `signed` is the day of the paper.

    Without `day` the time is left to the pen. `number` is that of the notice. `present` and `on_leave` are None while nobody has been counted; the papers then leave room to write them.
    """

    title: str
    issuer: str
    day: date | None
    signed: date | None
    until: date | None = None
    start: time | None = None
    end: time | None = None
    place: str = ""
    chair: str = ""
    agenda: tuple[str, ...] = ()
    people: tuple[EventPerson, ...] = ()
    meeting: bool = True
    number: str = ""
    addressee: str = ""
    purpose: str = ""
    requirements: str = ""
    contact: str = ""
    organiser: str = ""
    plan: str = ""
    steps: tuple[EventStep, ...] = ()
    notes: str = ""
    summary: str = ""
    report: str = ""
    present: int | None = None
    on_leave: int | None = None
    quorum: str = ""


def blank_event(issuer: str, contact: str, *, meeting: bool) -> Event:
    """An event of which only the office is known, so that its papers are forms for the pen."""
    return Event(
        title="＿＿＿＿＿＿＿＿＿＿", issuer=issuer, day=None, signed=None, agenda=(_LINE_TO_FILL,) * 3, meeting=meeting,
        place="＿＿＿＿＿＿＿＿", addressee="＿＿＿＿＿＿＿＿＿＿", contact=contact, organiser=_LINE_TO_FILL,
        notes=_LINES_TO_FILL, summary=_LINES_TO_FILL, report=_LINES_TO_FILL,
    )  # fmt: skip


def notice_docx(event: Event) -> bytes:
    """通知: to whom, what, when, where, who is to come, what to bring."""
    verb = "召开" if event.meeting else "开展"
    document = file_page(event.issuer, number=event.number or NUMBER_TO_FILL)
    add_title(document, f"关于{verb}{_bare(event)}的通知")
    add_blank(document)
    add_addressee(document, event.addressee or "各位代表、各有关单位")
    add_body(
        document, f"{_for(event)}经研究，决定{verb}{_bare(event)}。现将有关事项通知如下："
    )  # fmt: skip
    demand = event.requirements or (
        "请参加人员安排好工作，按时参加。因故不能参加的，请事先请假。"
        if event.meeting
        else "请参加人员提前做好准备，按时参加。因故不能参加的，请事先请假。"
    )
    add_items(
        document,
        [
            ("时间", when_words(event)),
            ("地点", event.place or _TO_FILL),
            ("参加人员", event.people or _LINE_TO_FILL),
            ("议程" if event.meeting else "内容", "\n".join(_numbered(event.agenda)) or event.purpose),
            ("有关要求", demand),
        ],
    )
    add_sealed_signature(document, event.issuer, event.signed)
    add_note(document, f"联系人：{event.contact}" if event.contact else "")
    close_file(document, event.issuer, event.signed)
    return document_bytes(document, title=f"{event.title}通知", author=event.issuer)


def agenda_docx(event: Event) -> bytes:
    """议程: time, place and chair above, the items below, one a line."""
    document = _page(f"{event.title}\n议程")
    for label, text in (("时间", when_words(event)), ("地点", event.place), ("主持", event.chair)):
        add_text(document, [Piece(f"{label}：", FIRST_LEVEL), Piece(text or _TO_FILL, BODY)])
    add_blank(document)
    items = event.agenda or (_TO_FILL,) * 3
    for numeral, item in zip(_numerals(), items, strict=False):
        add_text(document, [Piece(f"{numeral}、{item}", BODY)])
    return document_bytes(document, title=f"{event.title}议程", author=event.issuer)


def script_docx(event: Event) -> bytes:
    """主持词: what the chair reads out, item by item; numbers not yet counted are left to be written in."""
    document = _page(f"{event.title}\n主持词")
    when = show_day(event.day) if event.day else _DATE_TO_FILL
    add_text(document, [Piece(f"（{when}　主持人：{event.chair or _TO_FILL}）", SECOND_LEVEL)], _CENTRED)
    add_blank(document)
    what = "会议" if event.meeting else "活动"
    add_text(document, [Piece("各位代表、同志们：", BODY)], Layout())
    add_body(document, f"{'现在开会。' if event.meeting else f'{event.title}现在开始。'}{_counted(event)}")
    if event.purpose:
        add_body(document, f"{_for(event)}我们今天{'召开' if event.meeting else '开展'}{_bare(event)}。")
    count = _count_words(len(event.agenda))
    if event.agenda and event.day is None:
        add_body(document, f"{what}共有＿＿项议程。")
    elif event.agenda:
        add_body(document, f"{what}共有{count}项议程：" + "；".join(_ordered(event.agenda)) + "。")
    for place, item in enumerate(event.agenda, 1):
        lead = "首先进行" if place == 1 else "下面进行"
        add_text(document, [Piece(f"{lead}第{_count_words(place)}项，{item}。", FIRST_LEVEL)])
        add_body(document, "（进行完毕后）")
    add_body(document, f"各位代表、同志们，{what}的各项议程已经进行完毕。{event.requirements}")
    add_body(document, "散会。" if event.meeting else "活动到此结束，谢谢大家。")
    return document_bytes(document, title=f"{event.title}主持词", author=event.issuer)


def plan_docx(event: Event) -> bytes:
    """活动方案: 工作有方案, and who does what before, during and after (founding documents 000-04, 000-22)."""
    document = _page(f"{event.title}\n{'会议' if event.meeting else '活动'}方案")
    add_body(document, f"{_for(event)}经研究，制定本方案。")
    add_items(
        document,
        [
            ("主题", event.title),
            ("时间", when_words(event)),
            ("地点", event.place or _TO_FILL),
            ("组织单位", event.organiser or event.issuer),
            ("参加人员", event.people or _LINE_TO_FILL),
            ("内容安排", event.plan or "\n".join(_numbered(event.agenda)) or _TO_FILL),
        ],
    )
    if event.steps:
        add_text(document, [Piece("七、步骤分工", FIRST_LEVEL)])
        _add_steps(document, event.steps)
    if event.requirements:
        add_item(document, f"{'八' if event.steps else '七'}、有关要求：", event.requirements)
    add_sealed_signature(document, event.issuer, event.signed)
    return document_bytes(document, title=f"{event.title}方案", author=event.issuer)


def summary_docx(event: Event) -> bytes:
    """活动总结: 事后有总结, with the numbers that were counted and what became of the report."""
    document = _page(f"{event.title}\n{'会议' if event.meeting else '活动'}总结")
    came = f"应参加{len(event.people)}人，实到{event.present}人" if event.present is not None else ""
    leave = f"，请假{event.on_leave}人" if came and event.on_leave else ""
    where = f"在{event.place}" if event.place else ""
    held = f"{show_day(event.day) if event.day else _DATE_TO_FILL}{'至' + show_day(event.until) if event.until else ''}，"
    held += f"{event.organiser or event.issuer}{where}{'召开' if event.meeting else '开展'}{_bare(event)}。"
    add_items(
        document,
        [
            ("基本情况", held + (f"{came}{leave}。" if came else "")),
            ("主要内容", event.notes or "\n".join(_numbered(event.agenda)) or _TO_FILL),
            ("取得成效和存在问题", event.summary or _LINES_TO_FILL),
            ("意见建议和后续落实", event.report or _LINES_TO_FILL),
        ],
    )
    add_sealed_signature(document, event.issuer, event.signed)
    return document_bytes(document, title=f"{event.title}总结", author=event.issuer)


_CENTRED = Layout(align="center")


def when_words(event: Event) -> str:
    """2026年11月20日（星期五）9:00—11:30, or the days of a longer one."""
    if event.day is None:
        return WHEN_TO_FILL
    hours = show_hours(event.start, event.end)
    if event.until and event.until != event.day:
        return f"{show_day(event.day)}至{show_day(event.until)}{'，' + hours if hours else ''}"
    return show_day_weekday(event.day) + hours


def _add_people(document: Document, people: Sequence[EventPerson]) -> None:
    """Everybody's name under role or level; continued lines begin below the first name, no name is cut."""
    groups: dict[str, list[str]] = {}
    for person in people:
        groups.setdefault(person.role or person.level, []).append(person.name)
    for group, names in groups.items():
        lead = f"{group}：" if group else ""
        left = 2 + across(lead)
        # One character less than the grid has: 28 whole characters are 6 points wider than the type area.
        for at, line in enumerate(name_lines(names, CHARACTERS_A_LINE - 1 - left)):
            layout = Layout(align="left", first=2) if at == 0 else Layout(align="left", left=left)
            add_text(document, [Piece((lead if at == 0 else "") + line, BODY)], layout)


def _page(title: str) -> Document:
    """The page of what stays in the house; only the notice of an event goes out under a number."""
    document = official_page()
    add_title(document, title)
    add_blank(document)
    return document


def add_items(document: Document, items: Sequence[tuple[str, str | tuple[EventPerson, ...]]]) -> None:
    """Items numbered 一、二、…; one of several lines stands below its heading, one without content is left out."""
    told = [(heading, content) for heading, content in items if content]
    for numeral, (heading, text) in zip(_numerals(), told, strict=False):
        if isinstance(text, tuple):
            add_text(document, [Piece(f"{numeral}、{heading}", FIRST_LEVEL)])
            _add_people(document, text)
        elif "\n" in text:
            add_text(document, [Piece(f"{numeral}、{heading}", FIRST_LEVEL)])
            add_body(document, text)
        else:
            add_item(document, f"{numeral}、{heading}：", text)


def _add_steps(document: Document, steps: Sequence[EventStep]) -> None:
    stages = list(dict.fromkeys(step.stage for step in steps))
    for numeral, stage in zip(_numerals(), stages, strict=False):
        add_text(document, [Piece(f"（{numeral}）{stage}", SECOND_LEVEL)])
        of_stage = [step for step in steps if step.stage == stage]
        for place, step in enumerate(of_stage, 1):
            by = f"（{step.by}）" if step.by else ""
            add_body(document, f"{place}. {step.what}{by}")


def _numerals() -> Iterator[str]:
    return (_count_words(place) for place in range(1, 100))


def _count_words(number: int) -> str:
    """一 … 十, 十一 … 九十九."""
    tens, ones = divmod(number, 10)
    last = NUMERALS[ones - 1] if ones else ""
    if not tens:
        return last
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + last


def _numbered(items: Sequence[str]) -> Iterator[str]:
    return (f"{place}. {item}" for place, item in enumerate(items, 1))


def _ordered(items: Sequence[str]) -> Iterator[str]:
    return (f"{_count_words(place)}是{item}" for place, item in enumerate(items, 1))


def _bare(event: Event) -> str:
    return event.title.strip("。")


def _for(event: Event) -> str:
    purpose = event.purpose.strip().rstrip("，。")
    if not purpose:
        return ""
    return f"{purpose if purpose.startswith(('为', '根据', '按照')) else f'为了{purpose}'}，"


def _counted(event: Event) -> str:
    """应到47人，实到　人: what was not counted is left open for the pen."""
    if event.day is None:
        return f"应到{_TO_FILL}人，实到{_TO_FILL}人，请假{_TO_FILL}人。"
    if not event.people:
        return ""
    present = _TO_FILL if event.present is None else str(event.present)
    leave = _TO_FILL if event.on_leave is None else str(event.on_leave)
    quorum = f"，{event.quorum}" if event.quorum else ""
    return f"应到{len(event.people)}人，实到{present}人，请假{leave}人{quorum}。"
