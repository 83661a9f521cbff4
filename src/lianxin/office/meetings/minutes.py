"""会议记录 and 会议纪要 of a meeting from what was noted, and the blank record (domain.md 4.11, 4.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lianxin.domain.dates import show_clock, show_day, show_day_weekday, show_days, show_hours
from lianxin.domain.meetings.attendance import LEAVE
from lianxin.domain.records import AgendaItem, Decision, Meeting, Office
from lianxin.office.desk import Desk, office_of
from lianxin.office.meetings.attendance import AttendanceList, ListLine
from lianxin.office.meetings.meeting import short_place
from lianxin.office.meetings.record import ItemRecord, MeetingRecord, record_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look

if TYPE_CHECKING:
    from lianxin.documents.forms.minutes import Attending, MinutesItem
    from lianxin.documents.official.meeting_summary import SummaryItem
    from lianxin.office.meetings.ballots import BallotFile

_BODIES = {
    "congress": "人民代表大会", "preparatory": "人民代表大会预备", "presidium": "人大主席团",
    "delegation": "人大代表团", "group": "人大代表小组", "symposium": "人大座谈", "report_back": "人大述职评议",
    "work": "人大工作", "other": "人大",
}  # fmt: skip
_PEOPLE = {"congress": "代表", "preparatory": "代表", "presidium": "主席团成员"}


def _minutes(asked: Asked) -> bytes:
    from lianxin.documents.forms.minutes import Minutes, minutes_docx
    from lianxin.office.meetings.ballot_words import counted_ballots

    office = office_of(asked.reading)
    if asked.uid is None:
        return minutes_docx(None, office=office.name)
    record = _record(asked)
    meeting = record.meeting
    told = Minutes(
        title=meeting.name,
        when=_when(meeting),
        place=meeting.place or "",
        chair=meeting.chair or _role(record.people, "chair"),
        recorder=meeting.recorder or _role(record.people, "recorder"),
        people=_attending(record),
        items=_minutes_items(record, counted_ballots(asked.reading, meeting.uid)),
        conclusion=meeting.conclusion or "",
        closed=show_clock(meeting.end) if meeting.end else "",
        office=office.name,
    )
    return minutes_docx(told, office=office.name)


def _summary(asked: Asked) -> bytes:
    from lianxin.documents.official.meeting_summary import MeetingSummary, meeting_summary_docx
    from lianxin.office.meetings.ballot_words import ballot_decision, counted_ballots

    record, office = _record(asked), office_of(asked.reading)
    meeting = record.meeting
    people = _attending(record)
    told = MeetingSummary(
        body_name=f"{short_place(office)}{_BODIES[meeting.meeting_type]}",
        title=f"{meeting.name}纪要" if meeting.name.endswith(("议", "会")) else f"{meeting.name}会议纪要",
        issuer=office.name if len(office.name) <= _LONGEST_ISSUER else short_issuer(office),
        day=meeting.summary_day or asked.desk.today(),
        number=meeting.summary_number,
        opened=_opened(record),
        items=tuple(_summary_item(each.item) for each in record.items if each.item),
        held=_held(record),
        decided=(
            *(f"{_decided(each).rstrip('。')}。" for each in record.decisions),
            *filter(None, map(ballot_decision, counted_ballots(asked.reading, meeting.uid))),
        ),
        present=people.present,
        leave=tuple(_name(line) for line in _own(record.people) if line.attendance.presence in LEAVE),
        guests=people.guests,
        sent_to=meeting.sent_to or "",
        copies=meeting.copies,
    )
    return meeting_summary_docx(told)


_LONGEST_ISSUER = 17
"""Characters of who issues that leave room for the day on the same line."""


def short_issuer(office: Office) -> str:
    """Without the county before the township: 石牌镇人民代表大会主席团."""
    _, county, rest = office.name.partition("县")
    return rest if county and len(rest) > 4 else office.name


def _record(asked: Asked) -> MeetingRecord:
    assert asked.uid is not None
    record = record_of(asked.desk, asked.reading, asked.uid)
    if record is None:
        raise PapersProblem(f"没有找到这次会议（{asked.uid}），没有生成文件")
    return record


def _when(meeting: Meeting) -> str:
    hours = show_hours(meeting.start, meeting.end)
    if meeting.until and meeting.until != meeting.day:
        return f"{show_days(meeting.day, meeting.until)}{'　' + hours if hours else ''}"
    return f"{show_day_weekday(meeting.day)}{hours}"


def _role(people: AttendanceList, role: str) -> str:
    return next((line.name for line in people.lines if line.attendance.role == role), "")


def _own(people: AttendanceList) -> list[ListLine]:
    return [line for line in people.lines if line.attendance.role != "guest"]


def _name(line: ListLine) -> str:
    return line.name


def _attending(record: MeetingRecord) -> Attending:
    """Who came, who was away, in the words of the record. While nobody is marked nobody is said to have come."""
    from lianxin.documents.forms.minutes import Attending

    people = record.people
    guests = [line for line in people.lines if line.attendance.role == "guest"]
    came = [line for line in guests if line.attendance.presence not in (*LEAVE, "absent")]
    return Attending(
        present=tuple(line.name for line in _own(people) if line.attendance.presence == "present"),
        leave=tuple(
            f"{line.name}{f'（{line.attendance.reason}）' if line.attendance.reason else ''}"
            for line in _own(people)
            if line.attendance.presence in LEAVE
        ),
        absent=tuple(line.name for line in _own(people) if line.attendance.presence == "absent"),
        guests=tuple(f"{line.name}{f'（{line.post}）' if line.post else ''}" for line in came),
        counts=people.tally.words if people.tally.expected else "",
    )


def _minutes_items(record: MeetingRecord, ballots: Sequence[BallotFile]) -> tuple[MinutesItem, ...]:
    """The items in order, a secret ballot with the item that names it, at the end where none does."""
    from lianxin.documents.forms.minutes import MinutesItem
    from lianxin.office.meetings.ballot_words import ballot_title, ballot_words

    items = [_minutes_item(each) for each in record.items]
    for file in ballots:
        words = ballot_words(file)
        at = next((at for at, each in enumerate(items) if file.ballot.title in each.title), -1)
        if at < 0:
            items.append(MinutesItem(title=ballot_title(file), vote=words))
        else:
            known = items[at].vote
            items[at] = replace(items[at], vote=f"{known}\n{words}" if known else words)
    return tuple(items)


def _minutes_item(record: ItemRecord) -> MinutesItem:
    from lianxin.documents.forms.minutes import MinutesItem

    item = record.item
    vote = _vote(item, record) if item else ""
    return MinutesItem(
        title=item.title if item else "其他发言和议定事项",
        reporter=(item.reporter or "") if item else "",
        report=(item.report or "") if item else "",
        speeches=tuple((said.speaker or "发言", said.speech.points) for said in record.said),
        vote=vote,
        decisions=tuple(_decided(each) for each in record.decisions),
    )


def _vote(item: AgendaItem, record: ItemRecord) -> str:
    """举手：赞成7票，反对0票，弃权0票。… with the sentence that says whether it was carried."""
    if record.verdict.outcome == "unknown" and item.votes_for is None:
        return ""
    if item.votes_for is None:
        return f"{record.verdict.words}。"
    told = [f"赞成{item.votes_for}票"]
    told += [
        f"{word}{count}票"
        for word, count in (("反对", item.votes_against), ("弃权", item.abstained))
        if count is not None
    ]
    means = f"{item.shown('means')}表决，" if item.means in ("hands", "ballot") else ""
    _, _, why = record.verdict.words.partition("，")
    return f"{means}{'，'.join(told)}。{why or record.verdict.words}。"


def _decided(decision: Decision) -> str:
    """由镇水务站修复水管（责任单位：镇水务站；完成期限：2026年3月31日）."""
    told = []
    if decision.by:
        told.append(f"责任单位：{decision.by}")
    if decision.due:
        told.append(f"完成期限：{show_day(decision.due)}")
    return decision.what.rstrip("。") + (f"（{'；'.join(told)}）" if told else "")


def _opened(record: MeetingRecord) -> str:
    """The paragraph on top: when, where, who led it, how many came, how many items there were."""
    meeting, tally = record.meeting, record.people.tally
    place = f"在{meeting.place}" if meeting.place else ""
    first = f"{_days(meeting)}，{meeting.name}{place}召开。"
    chair = meeting.chair or _role(record.people, "chair")
    led = f"会议由{chair}主持。" if chair else ""
    came = ""
    if tally.present:
        people = _PEOPLE.get(meeting.meeting_type, "")
        fit = "，符合法定人数" if record.quorum and record.quorum.reached else ""
        away = f"，请假{tally.on_leave}人" if tally.on_leave else ""
        came = f"会议应到{people}{tally.expected}人，实到{tally.present}人{away}{fit}。"
    count = sum(each.item is not None for each in record.items)
    return f"{first}{led}{came}{f'会议共有{count}项议程。' if count else ''}"


def _days(meeting: Meeting) -> str:
    if meeting.until and meeting.until != meeting.day:
        return show_days(meeting.day, meeting.until)
    return show_day(meeting.day)


def _summary_item(item: AgendaItem) -> SummaryItem:
    from lianxin.documents.official.meeting_summary import SummaryItem

    return SummaryItem(item.title, item.reporter or "", (item.report or "").replace("\n", ""))


def _held(record: MeetingRecord) -> tuple[str, ...]:
    """What the meeting thought: its conclusion, else the points that were made, without names."""
    if record.meeting.conclusion:
        return tuple(_lines(record.meeting.conclusion))
    return tuple(line for each in record.items for said in each.said for line in _lines(said.speech.points))


def _lines(text: str) -> Sequence[str]:
    told = [line.strip() for line in text.split("\n") if line.strip()]
    return [line if line.endswith(("。", "！", "？", "；")) else f"{line}。" for line in told]


MINUTES_PAPERS: tuple[Paper, ...] = (
    Paper("minutes", "会议记录", ".docx", "record or blank", in_own_look("minutes", _minutes)),
    Paper(
        "meeting-summary",
        "会议纪要",
        ".docx",
        "record",
        in_own_look("meeting-summary", _summary),
        official=True,
    ),
)
"""For the uid of a meeting; the record also blank."""


def meeting_paper(desk: Desk, name: str, uid: str | None) -> tuple[str, bytes]:
    """File name and content of one of these papers. Raises PapersProblem, KeyError for an unknown name."""
    paper = {each.name: each for each in MINUTES_PAPERS}[name]
    with desk.store.reading() as reading:
        meeting = reading.get(Meeting, uid) if uid else None
        made = paper.make(Asked(desk, reading, uid, None))
    title = f"{meeting.name[:30]}_{_file_day(meeting.day)}" if meeting else "空白"
    return f"{paper.label}_{title}.docx", made


def _file_day(day: date) -> str:
    return day.isoformat()
