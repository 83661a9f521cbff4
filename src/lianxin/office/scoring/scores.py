"""履职积分 at the office: rules in use, the table of a year, claims, all computed from records when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lianxin.domain.codes import LEVEL
from lianxin.domain.counts import Case
from lianxin.domain.figures.handled_in_time import handled_in
from lianxin.domain.kinds import plain_decimal
from lianxin.domain.records import (
    DeputyGroup,
    HandlingUnit,
    Person,
    Reporter,
    ScoreBand,
    ScoreClaim,
    ScoreItem,
    ScoreRule,
)
from lianxin.domain.scoring.points import RuleBook, ScoreCard, places, rule_problems, score
from lianxin.domain.work_facts import Handled, Subject, WorkFacts
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.scoring.work_facts import deputies_of_year, year_facts
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


_OF_HANDLING = frozenset({"closed_rate", "on_time_rate"})


class ScoreProblem(Exception):
    """Nothing was written; the message is a Chinese sentence that says why and what now."""


class ScoringStopped(Exception):
    """The clerk stopped it; what was not finished is as it was."""


@dataclass(frozen=True)
class ScoreLine:
    """One line of the table: whose score, its place (equal totals share one), and the card it comes from."""

    subject: Subject
    name: str
    place: int
    card: ScoreCard


@dataclass(frozen=True)
class ScoreTable:
    """The scores of a year by one rule, the highest first."""

    book: RuleBook
    year: int
    lines: tuple[ScoreLine, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order of the rule."""
        return tuple(dict.fromkeys(item.category for item in self.book.items))


def rules(reading: Reading) -> list[ScoreRule]:
    """Every rule, those in use first."""
    return sorted(reading.all(ScoreRule), key=lambda one: (not one.active, one.name, one.uid))


def book_of(reading: Reading, rule: ScoreRule) -> RuleBook:
    """A rule with its items and grades."""
    mine = Condition("score_rule", "=", rule.uid)
    return RuleBook.of(rule, reading.all(ScoreItem, mine), reading.all(ScoreBand, mine))


def book_named(reading: Reading, uid: str) -> RuleBook:
    """The rule of this uid with what belongs to it. Raises ScoreProblem."""
    rule = reading.get(ScoreRule, uid)
    if rule is None:
        raise ScoreProblem("没有找到这个积分办法，可能已经删除，数据没有改动")
    return book_of(reading, rule)


def active_books(reading: Reading, target: str, level: str, year: int) -> list[RuleBook]:
    """The rules in use for a target and level in a year."""
    return [
        book_of(reading, rule)
        for rule in rules(reading)
        if rule.active and rule.target == target and rule.level in (None, level) and rule.year in (None, year)
    ]


def subjects_of(reading: Reading, book: RuleBook, year: int) -> list[tuple[Subject, str]]:
    """Who is scored by a rule, with the name people know them by."""
    target, level = book.rule.target, book.rule.level or ""
    if target == "deputy":
        people = [mandate.person for mandate in deputies_of_year(reading, level, year)]
        named = reading.by_uid(Person, people)
        return [(Subject(target, uid, level), one.name) for uid, one in named.items()]
    if target == "township":
        return [(Subject(target, "", level), office_of(reading).name)]
    if target == "group":
        return [(Subject(target, one.uid, level), one.name) for one in reading.all(DeputyGroup)]
    if target == "unit":
        return [(Subject(target, one.uid, level), one.name) for one in reading.all(HandlingUnit)]
    return [(Subject(target, one.uid, level), one.name) for one in reading.all(Reporter)]


def score_table(
    desk: Desk,
    rule: str,
    year: int,
    *,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> ScoreTable:
    """The table of a year, computed now. Raises ScoreProblem, ScoringStopped."""
    with desk.store.reading() as reading:
        book = book_named(reading, rule)
        facts = year_facts(reading, year, desk.today())
        if any(item.source in _OF_HANDLING for item in book.items):
            facts = replace(facts, handled=_handled(desk, reading, facts))
        subjects = subjects_of(reading, book, year)
    return table_of(book, facts, subjects, progress=progress, cancelled=cancelled)


def _handled(desk: Desk, reading: Reading, facts: WorkFacts) -> tuple[Handled, ...]:
    """What fell due in the year with this office, for rates of closing and of answering in time."""
    day = min(desk.today(), facts.end)
    cases = [Case(each.opinion, state_in(desk, each, day)) for each in cases_of(reading, facts.opinions)]
    return handled_in(cases, facts.assignments, facts.start, day)


def table_of(
    book: RuleBook,
    facts: WorkFacts,
    subjects: Sequence[tuple[Subject, str]],
    *,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> ScoreTable:
    """Scores of all subjects from one snapshot of facts. Raises ScoringStopped."""
    each = [Scored(subject, name, facts) for subject, name in subjects]
    return table_of_each(book, facts.year, each, progress=progress, cancelled=cancelled)


@dataclass(frozen=True)
class Scored:
    """Who is scored, the name people know them by, and the facts that are theirs."""

    subject: Subject
    name: str
    facts: WorkFacts


def table_of_each(
    book: RuleBook,
    year: int,
    each: Sequence[Scored],
    *,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> ScoreTable:
    """The same where every subject has facts of its own, as the townships of a county do. Raises ScoringStopped."""
    cards: list[tuple[ScoreCard, str]] = []
    for done, one in enumerate(each):
        if cancelled():
            raise ScoringStopped
        progress(done, len(each), one.name)
        cards.append((score(book, one.facts, one.subject), one.name))
    cards.sort(key=lambda one: (-one[0].total, one[0].subject.uid))
    ranks = places([card.total for card, _ in cards])
    lines = [
        ScoreLine(card.subject, name, rank, card) for (card, name), rank in zip(cards, ranks, strict=True)
    ]
    return ScoreTable(book, year, tuple(lines))


def switch_rule(desk: Desk, uid: str, *, on: bool) -> tuple[Change, ...]:
    """启用 or 停用; a rule that cannot be used stays off and says why. Raises ScoreProblem."""
    with desk.store.reading() as reading:
        book = book_named(reading, uid)
    wrong = rule_problems(book) if on else ()
    if wrong:
        raise ScoreProblem(f"还不能启用：{'；'.join(wrong)}。请先修改，办法仍然停用。")
    with desk.store.writing(reason="启用积分办法" if on else "停用积分办法") as writing:
        writing.put(replace(book.rule, active=on), opened=book.rule)
        return tuple(writing.changes)


def claims_of(reading: Reading, year: int) -> list[ScoreClaim]:
    """The claims of a year, those that wait first."""
    found = reading.all(ScoreClaim, Condition("year", "=", year))
    return sorted(found, key=lambda one: (one.state != "asked", one.uid))


def decide_claim(desk: Desk, uid: str, *, approved: bool, approver: str, day: date) -> tuple[Change, ...]:
    """同意 or 不同意 on a claim, by whom and when; the points follow at once. Raises ScoreProblem."""
    with desk.store.reading() as reading:
        claim = reading.get(ScoreClaim, uid)
        item = reading.get(ScoreItem, claim.item) if claim is not None and claim.item else None
    if claim is None:
        raise ScoreProblem("没有找到这条加分申请，可能已经删除，数据没有改动")
    if approved and not approver.strip():
        raise ScoreProblem("请填写审批人，申请仍在待审批")
    if approved and item is not None and item.evidence and not claim.evidence:
        raise ScoreProblem(f"“{item.category}”须有佐证，请先在申请里写明佐证，申请仍在待审批")
    decided = replace(
        claim, state="approved" if approved else "refused", approver=approver.strip() or None, decided=day
    )
    with desk.store.writing(reason="同意加分" if approved else "不同意加分") as writing:
        writing.put(decided, opened=claim)
        return tuple(writing.changes)


def level_words(level: str | None) -> str:
    """乡级, 县级; empty for none."""
    return f"{LEVEL.label_of(level)}级" if level else ""


def points_words(points: Decimal) -> str:
    """12, 4.5: without noughts at the end."""
    return plain_decimal(points)
