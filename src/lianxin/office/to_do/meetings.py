"""What meetings leave to do: decisions to carry out, notices of a congress, resolutions to file, projects, records to sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from lianxin.domain.dates import show_day_short
from lianxin.domain.meetings.checks import notice_by
from lianxin.domain.records import Decision, Filing, Meeting, Project
from lianxin.office.meetings.event_list import short_meeting_name
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.to_do.row import ToDo, View, day_badge, day_tone
from lianxin.store.reading import Condition

_NOTICE_AHEAD = timedelta(days=7)
"""So long before its last day the notice of a congress stands among what is to do."""
_WORDS = 24


def decision_rows(view: View) -> Iterator[ToDo]:
    """Decisions and 审议意见 that are due or near; those without a day stand in the meeting only."""
    last = (view.today + timedelta(days=view.desk.profile.soon_days.value)).isoformat()
    found = view.reading.all(Decision, Condition("state", "=", "open"), Condition("due", "<=", last))
    names = Names(view.reading)
    names.preload("meeting", [each.meeting for each in found])
    for each in found:
        if each.due is None:
            continue
        by = f"催{each.by}" if each.by else "看一看落实情况"
        yield ToDo(
            f"{each.shown('type')}：{_short(each.what)}", f"{by}　{short_meeting_name(names.of('meeting', each.meeting))}",
            day_badge(each.due, view.today), day_tone(each.due, view.today), "", each.due, Decision.KIND, each.uid,
        )  # fmt: skip


def congress_notice_rows(view: View) -> Iterator[ToDo]:
    """A congress that comes up and whose notice was not sent yet, from a week before the last day."""
    for each in view.reading.all(
        Meeting, Condition("type", "=", "congress"), Condition("date", ">=", view.today.isoformat())
    ):
        due = notice_by(each, view.desk.profile)
        if due is not None and due - _NOTICE_AHEAD <= view.today:
            yield ToDo(
                f"{short_meeting_name(each.name)}的通知", f"最迟{show_day_short(due)}发出", day_badge(due, view.today),
                day_tone(due, view.today), short_number(each.number or ""), due, Meeting.KIND, each.uid,
            )  # fmt: skip


def filing_rows(view: View) -> Iterator[ToDo]:
    """Resolutions that were registered for filing and not sent to the county yet."""
    profile = view.desk.profile
    for each in view.reading.all(Filing):
        if each.filed is not None:
            continue
        due = profile.limit(each.passed, profile.filing_days)
        if due - timedelta(days=profile.soon_days.value) <= view.today:
            yield ToDo(
                f"决议备案：{_short(each.title)}", "报县人大常委会备案", day_badge(due, view.today),
                day_tone(due, view.today), each.document, due, Filing.KIND, each.uid,
            )  # fmt: skip


def project_rows(view: View) -> Iterator[ToDo]:
    """Chosen projects whose day comes up or is past."""
    last = (view.today + timedelta(days=view.desk.profile.soon_days.value)).isoformat()
    for each in view.reading.all(Project, Condition("due", "<=", last)):
        if each.due is not None and each.state in ("chosen", "running"):
            yield ToDo(
                f"民生实事：{_short(each.name)}", "登记项目进展", day_badge(each.due, view.today),
                day_tone(each.due, view.today), "", each.due, Project.KIND, each.uid,
            )  # fmt: skip


def _short(words: str) -> str:
    first = words.split("\n")[0]
    return first if len(first) <= _WORDS else f"{first[:_WORDS]}…"
