"""代表小组活动记录: an activity of a group on paper, blank for the pen or from what was registered (domain.md 4.15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lianxin.domain.dates import show_day_weekday, show_days, show_hours
from lianxin.domain.meetings.attendance import LEAVE
from lianxin.domain.records import Activity
from lianxin.office.desk import office_of
from lianxin.office.meetings.attendance import AttendanceList, ListLine, attendance_list
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look

if TYPE_CHECKING:
    from lianxin.documents.forms.contact_forms import FormPart

TITLE = "代表小组活动记录"


def _made(asked: Asked) -> bytes:
    from lianxin.documents.forms.contact_forms import ContactForm, contact_forms_docx

    activity = asked.reading.get(Activity, asked.uid) if asked.uid else None
    if asked.uid and activity is None:
        raise PapersProblem(f"没有找到这项活动（{asked.uid}），没有生成文件")
    number = (activity.number if activity else "") or "＿＿＿＿＿＿＿＿"
    parts = _filled(asked, activity) if activity else _parts({})
    form = ContactForm(TITLE, office_of(asked.reading).name, f"编号：{number}", parts)
    return contact_forms_docx([form])


def _filled(asked: Asked, activity: Activity) -> Sequence[FormPart]:
    names, people = Names(asked.reading), attendance_list(asked.reading, activity.uid)
    own = [line for line in people.lines if line.attendance.role != "guest"]
    came = [line for line in own if line.attendance.presence == "present"]
    away = (
        f"{line.name}（{line.attendance.shown('presence')}"
        f"{'，' + line.attendance.reason if line.attendance.reason else ''}）"
        for line in own
        if line.attendance.presence in (*LEAVE, "absent")
    )
    said = {
        "小组": names.of("group", activity.group) or activity.shown("organiser"),
        "主持": _chair(people),
        "时间": _when(activity),
        "地点": activity.place or "",
        "主题": activity.topic,
        "应到": f"{len(own)}人",
        "实到": f"{len(came)}人" if came else "",
        "参加": _joined(came or own),
        "请假": "、".join(away),
        "列席": _joined(line for line in people.lines if line.attendance.role == "guest"),
        "内容": activity.agenda or activity.purpose or "",
        "记录": activity.notes or "",
        "建议": "\n".join(part for part in (_raised(activity), activity.feedback or "") if part),
        "小结": activity.summary or "",
    }
    return _parts(said)


def _parts(said: dict[str, str]) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Signed, Whole

    def told(key: str) -> str:
        return said.get(key, "")

    # A long list of names takes its room from the lines for the pen, so that the signatures stay on the page.
    more = -(-max(0, len(told("参加")) - _NAMES_IN_ROOM) // _NAMES_A_LINE)
    return (
        Beside(("代表小组", told("小组")), ("召集、主持", told("主持"))),
        Beside(("时间", told("时间")), ("地点", told("地点"))),
        Whole("活动主题", told("主题"), least=10, short=True),
        Beside(("应到", told("应到")), ("实到", told("实到"))),
        Whole("参加代表", told("参加"), least=14, short=True),
        Whole("请假、缺席\n（事由）", told("请假"), least=12, short=True),
        Whole("列席人员", told("列席"), least=10, short=True),
        Whole("活动内容", told("内容"), least=24),
        Whole("活动记录", told("记录"), least=max(_LEAST_NOTES, 80 - 8 * more)),
        Whole("意见建议\n及转交反馈", told("建议"), least=26),
        Whole("小结", told("小结"), least=22),
        Signed("主持人签名", "记录人签名"),
    )


_NAMES_IN_ROOM, _NAMES_A_LINE = 70, 35
"""Characters of names that fit into the room of the form, and on a line of it."""
_LEAST_NOTES = 40


def _raised(activity: Activity) -> str:
    parts = [f"收集意见建议{activity.opinions}条" if activity.opinions else ""]
    parts += [f"报告转交{activity.report_to}" if activity.report_to else ""]
    words = "，".join(part for part in parts if part)
    return f"{words}。" if words else ""


def _chair(people: AttendanceList) -> str:
    return "、".join(line.name for line in people.lines if line.attendance.role in ("chair", "leader"))


def _joined(lines: Iterable[ListLine]) -> str:
    return "、".join(line.name for line in lines)


def _when(activity: Activity) -> str:
    hours = show_hours(activity.start, activity.end)
    if activity.until and activity.until != activity.day:
        return f"{show_days(activity.day, activity.until)} {hours}".strip()
    return f"{show_day_weekday(activity.day)}{hours}"


GROUP_PAPERS: Sequence[Paper] = (
    Paper(
        "group-activity-record",
        TITLE,
        ".docx",
        "record or blank",
        in_own_look("group-activity-record", _made),
    ),
)
"""For the uid of an activity, or blank."""
