"""Plans of a year, its theme and the pairs of who keeps contact with whom, each with what the records count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lianxin.domain.counts import Facts
from lianxin.domain.duties.year_plan import (
    Progress,
    ThemeProgress,
    progress_of,
    theme_progress,
    times_together,
)
from lianxin.domain.records import (
    Activity,
    AnnualTheme,
    Attendance,
    Contact,
    ContactPair,
    Deed,
    Mandate,
    Meeting,
    Plan,
    PlanItem,
    ReceptionDay,
    ReportSession,
    ThemeTask,
    Visitor,
    YearReport,
)
from lianxin.office.names import Names
from lianxin.store.reading import Condition, Reading


def year_facts(reading: Reading, year: int) -> Facts:
    """What plans, themes and pairs of a year are counted from; of matters nothing."""
    span = (Condition("date", ">=", f"{year}-01-01"), Condition("date", "<=", f"{year}-12-31"))
    activities, meetings = reading.all(Activity, *span), reading.all(Meeting, *span)
    visits = reading.all(Contact, Condition("type", "=", "home_visit"), *span)
    return Facts(
        days=reading.all(ReceptionDay, *span),
        contacts=visits,
        visitors=reading.children(Visitor, "contact", [each.uid for each in visits]),
        mandates=reading.all(Mandate),
        deeds=reading.all(Deed, *span),
        reports=reading.all(YearReport, Condition("year", "=", year)),
        sessions=reading.all(ReportSession, *span),
        activities=activities,
        meetings=meetings,
        attendances=reading.children(Attendance, "owner", [each.uid for each in (*activities, *meetings)]),
    )


def items_of(reading: Reading, plan: str) -> list[PlanItem]:
    """The tasks of a plan in their order."""
    return sorted(reading.children(PlanItem, "plan", [plan]), key=lambda each: (each.place, each.uid))


def plan_progress(reading: Reading, plan: Plan, today: date) -> tuple[Progress, ...]:
    """Every task of a plan with what was done of it."""
    facts = year_facts(reading, plan.year)
    return tuple(progress_of(item, plan.year, facts, today=today) for item in items_of(reading, plan.uid))


def progress_words(told: Sequence[Progress]) -> str:
    """6项任务，完成2项，还差4项."""
    if not told:
        return "还没有任务"
    met = sum(not each.short for each in told)
    return f"{len(told)}项任务，完成{met}项" + (f"，还差{len(told) - met}项" if met < len(told) else "")


def theme_told(reading: Reading, theme: AnnualTheme, today: date) -> ThemeProgress:
    """What was done under a theme."""
    tasks = reading.children(ThemeTask, "annual_theme", [theme.uid])
    return theme_progress(theme.uid, tasks, year_facts(reading, theme.year), today=today)


def pair_counts(reading: Reading, pairs: Sequence[ContactPair], today: date) -> Mapping[str, str]:
    """uid → 3/4: how often a pair met this year, of how often at least."""
    if not pairs:
        return {}
    facts, names = year_facts(reading, today.year), Names(reading)
    found: dict[str, str] = {}
    for pair in pairs:
        called = (names.of("person", pair.person), pair.household or "")
        times = times_together(pair, today.year, facts, called, today=today)
        found[pair.uid] = f"{times}/{pair.yearly_least}" if pair.yearly_least else str(times)
    return found
