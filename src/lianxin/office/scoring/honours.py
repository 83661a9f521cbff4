"""表彰奖励: who may be proposed, how many, and the chain from proposal to award (domain.md 3.28, 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lianxin.domain.codes import HONOUR_STATE
from lianxin.domain.records import Honour, Mandate, Person
from lianxin.domain.scoring.points import score
from lianxin.domain.scoring.sources import missed_of
from lianxin.domain.work_facts import Subject, WorkFacts
from lianxin.office.desk import Desk
from lianxin.office.scoring.scores import active_books
from lianxin.office.scoring.work_facts import deputies_of_year, year_facts
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

BEST_DEPUTY = "deputy"
NEXT: Mapping[str, Sequence[str]] = {
    "proposed": ("examined", "publicised", "dropped"),
    "examined": ("directors", "publicised", "dropped"),
    "directors": ("committee", "publicised", "dropped"),
    "committee": ("publicised", "granted", "dropped"),
    "publicised": ("granted", "dropped"),
    "granted": (),
    "dropped": ("proposed",),
}
"""乡镇推荐 → 县级审查 → 主任会议 → 常委会 → 公示 → 表彰 (domain.md 5.2); a township's own award goes shorter."""


class HonourRefused(ValueError):
    """Nothing was written; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Nominee:
    """One deputy of a level as the list of proposals shows them. `why_not` "" when nothing speaks against it."""

    person: str
    name: str
    points: Decimal | None
    why_not: str
    proposed: bool


@dataclass(frozen=True)
class Nominees:
    """Everybody of a level and year, how many may be proposed (None: no quota) and how many are."""

    level: str
    year: int
    lines: tuple[Nominee, ...]
    quota: int | None
    quota_words: str
    proposed: int


def nominees(desk: Desk, level: str, year: int) -> Nominees:
    """Who can be proposed as 优秀代表, those with most points first."""
    with desk.store.reading() as reading:
        facts = year_facts(reading, year, desk.today())
        mandates = [one for one in deputies_of_year(reading, level, year) if one.state == "serving"]
        people = reading.by_uid(Person, [one.person for one in mandates])
        points = _points(reading, facts, level, [one.person for one in mandates])
        taken = {one.person for one in _standing(reading, year)}
    lines = [
        Nominee(
            one.person, people[one.person].name, points.get(one.person), exclusion(desk, facts, one),
            one.person in taken,
        )
        for one in mandates
    ]  # fmt: skip
    lines.sort(key=lambda one: (not one.proposed, bool(one.why_not), -(one.points or Decimal(0)), one.name))
    quota, words = _quota(desk, len(mandates))
    return Nominees(level, year, tuple(lines), quota, words, sum(one.proposed for one in lines))


def proposals(desk: Desk, year: int) -> dict[str, Honour]:
    """Person → the 优秀代表 proposal of the year; one that was dropped only when there is no other."""
    with desk.store.reading() as reading:
        asked = (Condition("year", "=", year), Condition("type", "=", BEST_DEPUTY))
        found = sorted(reading.all(Honour, *asked), key=lambda one: one.state != "dropped")
    return {one.person: one for one in found if one.person}


def exclusion(desk: Desk, facts: WorkFacts, mandate: Mandate) -> str:
    """Why a deputy is not proposed: 领导干部, unapproved absence from the congress, no report-back this year."""
    subject = Subject("deputy", mandate.person, mandate.level)
    told: list[str] = []
    if mandate.leader:
        told.append("领导干部")
    missed = list(missed_of("deputy", "congress")(facts, subject))
    if missed:
        told.append(f"未经批准缺席人代会{len(missed)}次")
    reports = [one for one in facts.reports if (one.person, one.level) == (mandate.person, mandate.level)]
    due = [one for one in reports if one.due is not None and one.due < facts.today and one.submitted is None]
    if any(one.mode == "written" for one in due):
        told.append("本年度没有按期述职")
    return "、".join(told)


def propose(desk: Desk, nominee: Nominee, *, within: Nominees) -> tuple[Change, ...]:
    """拟推荐 one deputy. Raises HonourRefused for the excluded, the proposed, and beyond the quota."""
    if nominee.proposed:
        raise HonourRefused(f"{nominee.name}已经推荐过了")
    if nominee.why_not:
        raise HonourRefused(f"{nominee.name}不宜推荐：{nominee.why_not}，没有登记")
    if within.quota is not None and within.proposed >= within.quota:
        raise HonourRefused(f"名额已满：{within.quota_words}，没有登记。请先撤下一名再推荐。")
    with desk.store.writing(reason="推荐优秀代表") as writing:
        writing.put(
            Honour(
                uid=writing.new_uid(), year=within.year, honour_type=BEST_DEPUTY, person=nominee.person,
                points=nominee.points,
            )
        )  # fmt: skip
        return tuple(writing.changes)


def advance(
    desk: Desk, uid: str, state: str, *, day: date, until: date | None = None, authority: str = "",
    document: str = "",
) -> tuple[Change, ...]:  # fmt: skip
    """The next step of an honour: publicity with its dates, the award with who gave it. Raises HonourRefused."""
    with desk.store.reading() as reading:
        honour = reading.get(Honour, uid)
    if honour is None:
        raise HonourRefused("没有找到这条表彰，可能已经删除，数据没有改动")
    if state not in NEXT[honour.state]:
        said, wanted = honour.shown("state"), HONOUR_STATE.label_of(state)
        raise HonourRefused(f"现在是“{said}”，不能直接到“{wanted}”，没有改动")
    changed = replace(honour, state=state)
    if state == "publicised":
        if until is None or until < day:
            raise HonourRefused("请填写公示截止日期，不能早于公示起始日期")
        changed = replace(changed, publicised=day, publicised_until=until)
    if state == "granted":
        if honour.publicised_until is not None and day <= honour.publicised_until:
            raise HonourRefused(f"公示到{honour.shown('publicised_until')}才结束，结束以后再登记表彰")
        if not authority.strip():
            raise HonourRefused("请填写授予机关")
        changed = replace(
            changed, granted=day, authority=authority.strip(), document=document.strip() or honour.document
        )
    with desk.store.writing(reason=f"表彰：{HONOUR_STATE.label_of(state)}") as writing:
        writing.put(changed, opened=honour)
        return tuple(writing.changes)


def _standing(reading: Reading, year: int) -> list[Honour]:
    asked = (Condition("year", "=", year), Condition("type", "=", BEST_DEPUTY))
    return [one for one in reading.all(Honour, *asked) if one.state != "dropped"]


def _points(reading: Reading, facts: WorkFacts, level: str, people: Sequence[str]) -> dict[str, Decimal]:
    books = active_books(reading, "deputy", level, facts.year)
    if not books:
        return {}
    return {uid: score(books[0], facts, Subject("deputy", uid, level)).total for uid in people}


def _quota(desk: Desk, deputies: int) -> tuple[int | None, str]:
    rule = desk.profile.honour_quota
    if rule is None:
        return None, "没有规定名额"
    most = deputies * rule.value // 100
    return most, f"代表{deputies}名，不超过{rule.shown}，可推荐{most}名（依据：{rule.source}）"
