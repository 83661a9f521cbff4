"""How far a plan of the year is: what was done of each task is counted from the records (代表法 §43; domain.md 3.30a)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import Facts, serving
from lianxin.domain.records import ContactPair, PlanItem, ThemeTask
from lianxin.domain.reporting_year import report_day


@dataclass(frozen=True)
class Progress:
    """One task of a plan: how often it was done, and by which records (kind, uid)."""

    item: PlanItem
    done: int
    records: tuple[tuple[str, str], ...]

    @property
    def short(self) -> int:
        """How many times are missing."""
        return max(self.item.times - self.done, 0)

    def standing(self, today: date) -> str:
        """已完成, 缺3次, 超期5天: in the words of a badge."""
        if not self.short:
            return "已完成"
        if self.item.due is not None and self.item.due < today:
            return f"超期{(today - self.item.due).days}天"
        return f"缺{self.short}次"


def progress_of(item: PlanItem, year: int, facts: Facts, *, today: date) -> Progress:
    """What was done of a task from its beginning (or the year's) to its end and today."""
    first = item.start or date(year, 1, 1)
    last = min(item.due or date(year, 12, 31), today)
    found = tuple(_counted(item, first, last, facts))
    return Progress(item, (item.done or 0) if item.counted == "none" else len(found), found)


def _counted(item: PlanItem, first: date, last: date, facts: Facts) -> Iterable[tuple[str, str]]:
    match item.counted:
        case "activity" | "training":
            wanted = "training" if item.counted == "training" else item.activity_type
            for activity in facts.activities:
                fits = activity.plan_item == item.uid or (
                    activity.plan_item is None and wanted is not None and activity.activity_type == wanted
                )
                if fits and not activity.cancelled and first <= activity.day <= last:
                    yield activity.KIND, activity.uid
        case "meeting":
            for meeting in facts.meetings:
                fits = item.meeting_type is None or meeting.meeting_type == item.meeting_type
                if fits and meeting.held and first <= meeting.day <= last:
                    yield meeting.KIND, meeting.uid
        case "reception":
            for day in facts.days:
                if day.state == "held" and first <= day.day <= last:
                    yield day.KIND, day.uid
        case "contact":
            for contact in facts.contacts:
                if contact.channel == "home_visit" and first <= contact.day <= last:
                    yield contact.KIND, contact.uid
        case "report":
            for report in facts.reports:
                told = report_day(report, facts.sessions)
                if told is not None and first <= told <= last:
                    yield report.KIND, report.uid


@dataclass(frozen=True)
class ThemeProgress:
    """What was done under the theme of a year."""

    claims: int
    claims_done: int
    activities: tuple[str, ...]
    deeds: tuple[str, ...]
    deputies: int
    whole: int

    @property
    def words(self) -> str:
        """认领3件，完成1件；主题活动2次，办实事4件；3名代表参加认领（在任42名）."""
        return (
            f"认领{self.claims}件，完成{self.claims_done}件；主题活动{len(self.activities)}次，"
            f"办实事{len(self.deeds)}件；{self.deputies}名代表认领（在任{self.whole}名）"
        )


def theme_progress(theme: str, tasks: Sequence[ThemeTask], facts: Facts, *, today: date) -> ThemeProgress:
    """Counts of a theme: claims, activities and deeds that name it."""
    own = [each for each in tasks if each.annual_theme == theme]
    in_office = {mandate.person for mandate in serving(facts.mandates, today)}
    return ThemeProgress(
        claims=len(own),
        claims_done=sum(each.state == "done" for each in own),
        activities=tuple(each.uid for each in facts.activities if each.theme == theme and not each.cancelled),
        deeds=tuple(each.uid for each in facts.deeds if each.theme == theme),
        deputies=len({each.person for each in own} & in_office),
        whole=len(in_office),
    )


def times_together(pair: ContactPair, year: int, facts: Facts, names: Sequence[str], *, today: date) -> int:
    """How often a pair met in a year, as far as the records tell (founding documents 000-11, 000-15).

    With a deputy: activities and meetings at which both were present. With a group: its activities at which the
    person was present. With voters: home visits the person made, to that household when its name is known.
    `names` are the person's name and the household's, "" where there is none.
    """
    first = max(pair.start or date(year, 1, 1), date(year, 1, 1))
    last = min(pair.end or date(year, 12, 31), date(year, 12, 31), today)
    if pair.pair_type == "voters":
        return _visits(pair, first, last, facts, names)
    days = {each.uid: each.day for each in facts.activities if not each.cancelled}
    days.update((each.uid, each.day) for each in facts.meetings if each.held)
    mine = _present_at(facts, pair.person)
    if pair.pair_type == "area":
        of_group = {each.uid for each in facts.activities if each.group == pair.group}
        met = mine & of_group
    else:
        met = mine & _present_at(facts, pair.deputy or "")
    return sum(first <= days[uid] <= last for uid in met if uid in days)


def _present_at(facts: Facts, person: str) -> set[str]:
    return {each.owner for each in facts.attendances if each.person == person and each.presence == "present"}


def _visits(pair: ContactPair, first: date, last: date, facts: Facts, names: Sequence[str]) -> int:
    name, household = names
    seen = {
        each.contact
        for each in facts.visitors
        if (not household or each.name == household)
        and (pair.village is None or each.village == pair.village)
    }
    anyone = not household and pair.village is None
    return sum(
        contact.channel == "home_visit"
        and first <= contact.day <= last
        and name in (contact.deputies or "").split("、")
        and (anyone or contact.uid in seen)
        for contact in facts.contacts
    )
