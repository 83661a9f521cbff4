"""Duties of the year that report-backs fulfil: everybody reports, enough of them orally, each level by itself.

Sources: 代表法 §58, founding document 003-11 and 003-12; the numbers stand in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lianxin.domain.counts import Facts
from lianxin.domain.duties.duty import Duty, standing
from lianxin.domain.reporting_year import LevelYear, asked_of, level_year
from lianxin.domain.rules import RuleProfile

_LEVELS = (("county", "县代表"), ("township", "乡镇代表"))


def report_duties(year: int, facts: Facts, *, profile: RuleProfile, today: date) -> tuple[Duty, ...]:
    """The duties of a calendar year as they stand on `today`; none of a level that has no deputies."""
    found: list[Duty] = []
    for level, label in _LEVELS:
        told = level_year(
            level, year, mandates=facts.mandates, reports=facts.reports, sessions=facts.sessions,
            terms=facts.terms, asked=asked_of(level, profile, townships_too=facts.township_shares), day=today,
        )  # fmt: skip
        if told.whole:
            found += _of_level(told, label, profile, today)
    return tuple(found)


def _of_level(told: LevelYear, label: str, profile: RuleProfile, today: date) -> Iterator[Duty]:
    over = today > date(told.year, 12, 31)
    waiting = [each for each in told.deputies if not each.reported]
    late = [each for each in waiting if each.report and each.report.due and each.report.due < today]
    done = told.whole - len(waiting)
    said = f"还有{len(waiting)}名没有述职，12月31日前" if waiting else "全部已述职"
    said = f"{len(late)}名书面述职超期未交；{said}" if late else said
    yield Duty(
        f"reported_{told.level}", f"{label}每年述职", done, told.whole, told.whole if over else len(late) + done,
        "名", profile.reports_yearly.source, said,
        standing(done, told.whole, 0, 1 if waiting and (over or late) else 0),
        tuple(each.person for each in waiting),
    )  # fmt: skip
    if told.asked.applies and told.quota:
        yield _oral(told, label, over)


def _oral(told: LevelYear, label: str, over: bool) -> Duty:
    done, quota = len(told.oral_done), told.quota
    planned = f"已安排{len(told.oral)}名"
    short = f"，还要安排{told.missing}名" if told.missing else f"，还有{quota - done}名没有开会"
    said = "已达到比例" if done >= quota else f"{planned}{short}，12月31日前"
    return Duty(
        f"oral_{told.level}", f"{label}口头述职不少于{told.asked.share}%", done, quota, quota if over else 0, "名",
        told.asked.source, said, standing(done, quota, 0, 1 if over and done < quota else 0),
        tuple(each.person for each in told.oral_done),
    )  # fmt: skip
