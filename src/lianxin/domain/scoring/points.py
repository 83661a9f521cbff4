"""履职积分: points always computed anew from records, each point with the records it rests on (domain.md 5.2).

A record counts in one item only, the first by place whose source takes it; nothing is kept between two
computations, so that a correction of any record corrects the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from lianxin.domain import codes
from lianxin.domain.records import ScoreBand, ScoreClaim, ScoreItem, ScoreRule
from lianxin.domain.scoring.sources import AVERAGED, SOURCES, missed_of, source_of
from lianxin.domain.work_facts import Done, Subject, WorkFacts

_CENT = Decimal("0.01")
_NO_LEVEL_TOLD = "township"


@dataclass(frozen=True)
class RuleBook:
    """A rule whole: its items by place, its grades from the highest."""

    rule: ScoreRule
    items: tuple[ScoreItem, ...]
    bands: tuple[ScoreBand, ...] = ()

    @staticmethod
    def of(rule: ScoreRule, items: Iterable[ScoreItem], bands: Iterable[ScoreBand] = ()) -> RuleBook:
        """The rule with what belongs to it, in order."""
        return RuleBook(
            rule,
            tuple(sorted(items, key=lambda one: (one.place, one.uid))),
            tuple(sorted(bands, key=lambda one: (-one.least, one.uid))),
        )


@dataclass(frozen=True)
class ItemScore:
    """The points of one item and what they rest on. `lacking` was done but has no evidence the item asks for.

    `points` are within the item's own cap, before `penalty` (not negative) is taken.
    """

    item: ScoreItem
    counted: tuple[Done, ...]
    lacking: tuple[Done, ...]
    missed: tuple[Done, ...]
    claims: tuple[ScoreClaim, ...]
    amount: Fraction
    points: Decimal
    penalty: Decimal


@dataclass(frozen=True)
class CategoryScore:
    """The items of one category, within the highest of their caps, less penalties."""

    name: str
    items: tuple[ItemScore, ...]
    cap: Decimal | None
    points: Decimal


@dataclass(frozen=True)
class ScoreCard:
    """The score of one subject. `extra` are approved claims beyond the items; `band` "" when the rule has none."""

    subject: Subject
    start: Decimal
    categories: tuple[CategoryScore, ...]
    extra: tuple[ScoreClaim, ...]
    total: Decimal
    band: str


def score(book: RuleBook, facts: WorkFacts, subject: Subject) -> ScoreCard:
    """The score of a deputy, group, unit, reporter or of the office, from its records alone."""
    approved = _approved(facts, subject)
    taken: set[tuple[str, str]] = set()
    scored = [_item_score(item, book.rule.target, facts, subject, approved, taken) for item in book.items]
    by_category: dict[str, list[ItemScore]] = {}
    for one in scored:
        by_category.setdefault(one.item.category, []).append(one)
    categories = tuple(_category(name, items) for name, items in by_category.items())
    # A claim that names an item of another rule was asked for under that rule and counts there.
    extra = tuple(claim for claim in approved if claim.item is None or _further(book, claim))
    total = book.rule.start_points + sum((one.points for one in categories), Decimal(0))
    total += sum((claim.points for claim in extra), Decimal(0))
    return ScoreCard(subject, book.rule.start_points, categories, extra, total, band_of(book, total))


def band_of(book: RuleBook, total: Decimal) -> str:
    """The highest grade reached, compared exactly; "" when none is."""
    return next((band.name for band in book.bands if total >= band.least), "")


def _approved(facts: WorkFacts, subject: Subject) -> list[ScoreClaim]:
    return [
        claim
        for claim in facts.claims
        if claim.person == subject.uid
        and claim.year == facts.year
        and claim.state == "approved"
        and subject.level in ("", claim.level or _NO_LEVEL_TOLD)
    ]


def _further(book: RuleBook, claim: ScoreClaim) -> bool:
    return any(item.uid == claim.item and item.source != "by_hand" for item in book.items)


def _item_score(
    item: ScoreItem,
    target: str,
    facts: WorkFacts,
    subject: Subject,
    approved: Sequence[ScoreClaim],
    taken: set[tuple[str, str]],
) -> ItemScore:
    fresh = _fresh(source_of(target, item.source)(facts, subject), taken)
    counted = tuple(done for done in fresh if done.evident or not item.evidence)
    lacking = tuple(done for done in fresh if item.evidence and not done.evident)
    missed = _fresh(missed_of(target, item.source)(facts, subject), taken) if item.penalty else ()
    claims = tuple(claim for claim in approved if item.source == "by_hand" and claim.item == item.uid)
    amount = _amount(item, counted)
    points = _points(item, amount, bool(counted)) + sum((claim.points for claim in claims), Decimal(0))
    return ItemScore(
        item, counted, lacking, missed, claims, amount,
        points=points if item.cap is None else min(points, item.cap),
        penalty=(item.penalty or Decimal(0)) * len(missed),
    )  # fmt: skip


def _fresh(found: Iterable[Done], taken: set[tuple[str, str]]) -> tuple[Done, ...]:
    """What no earlier item took, each once; it is taken from here on."""
    fresh: list[Done] = []
    for done in found:
        if done.key not in taken:
            taken.add(done.key)
            fresh.append(done)
    return tuple(sorted(fresh, key=lambda done: (str(done.day or ""), done.key)))


def _amount(item: ScoreItem, counted: Sequence[Done]) -> Fraction:
    if item.source in AVERAGED:
        return sum((done.amount for done in counted), Fraction(0)) / len(counted) if counted else Fraction(0)
    if item.unit == "day":
        return sum((done.days for done in counted), Fraction(0))
    return Fraction(len(counted))


def _points(item: ScoreItem, amount: Fraction, any_counted: bool) -> Decimal:
    """`base` for the first (or for what is wanted at least), `per_unit` for each further one."""
    first = Fraction(item.least) if item.least is not None else Fraction(0 if item.source in AVERAGED else 1)
    if not any_counted or (item.least is not None and amount < first):
        return Decimal(0)
    further = max(Fraction(0), amount - first)
    return _rounded(Fraction(item.base) + Fraction(item.per_unit) * further)


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_CENT, ROUND_HALF_UP)


def _category(name: str, items: Sequence[ItemScore]) -> CategoryScore:
    cap = category_cap([one.item for one in items])
    gained = sum((one.points for one in items), Decimal(0))
    lost = sum((one.penalty for one in items), Decimal(0))
    return CategoryScore(name, tuple(items), cap, (gained if cap is None else min(gained, cap)) - lost)


def category_cap(items: Sequence[ScoreItem]) -> Decimal | None:
    """The highest cap of the items of a category; none when one of them has none."""
    caps = [item.cap for item in items if item.cap is not None]
    return max(caps) if caps and len(caps) == len(items) else None


def places(totals: Sequence[Decimal]) -> list[int]:
    """The place of each total; equal totals share one (并列)."""
    return [1 + sum(other > total for other in totals) for total in totals]


def rule_problems(book: RuleBook) -> tuple[str, ...]:
    """What stands against using a rule, in the clerk's words; nothing when it can be used."""
    found: list[str] = []
    rule, target = book.rule, codes.SCORE_TARGET.label_of(book.rule.target)
    if not book.items:
        found.append("还没有积分项目")
    if rule.target == "deputy" and rule.level is None:
        found.append("还没有选代表层级：各级代表分开计分，不混在一起")
    for item in book.items:
        counted = item.source == "by_hand" or item.source in SOURCES.get(rule.target, {})
        if not counted:
            found.append(f"“{item.category}”按“{item.shown('source')}”记分，{target}没有这类记录")
        if min(item.base, item.per_unit, item.cap or Decimal(0), item.penalty or Decimal(0)) < 0:
            found.append(f"“{item.category}”的分值不能是负数，扣分请填在“每缺一次扣”")
        if item.cap is not None and item.base > item.cap:
            found.append(f"“{item.category}”首次得分{item.base:f}，比最高分{item.cap:f}还高")
    return tuple(found)


def rule_words(book: RuleBook) -> tuple[str, ...]:
    """The rule in lines of words, as it is kept with what was made final by it."""
    rule = book.rule
    told = [rule.document, rule.version, f"参照{rule.copied_from}" if rule.copied_from else None]
    head = "，".join(part for part in told if part)
    lines = [f"{rule.name}（{head}）" if head else rule.name]
    if rule.start_points:
        lines.append(f"基础分{rule.start_points:f}分")
    lines += [f"{at}. {item_words(item)}" for at, item in enumerate(book.items, 1)]
    lines += [f"{band.least:f}分以上：{band.name}" for band in book.bands]
    return tuple(lines)


def item_words(item: ScoreItem) -> str:
    """出席人代会：首次15分，每多一次0分，最高15分；每缺一次扣1分."""
    unit = item.shown("unit")
    parts = [] if item.source == "by_hand" else [f"首次{item.base:f}分"]
    if item.per_unit and item.source != "by_hand":
        parts.append(f"每多1{unit}{item.per_unit:f}分")
    if item.least is not None:
        parts.append(f"至少{item.least:f}{unit}")
    parts.append("不设上限" if item.cap is None else f"最高{item.cap:f}分")
    if item.evidence:
        parts.append("须有佐证")
    if item.penalty:
        parts.append(f"每缺一次扣{item.penalty:f}分")
    source = item.shown("source")
    named = item.category if source == item.category else f"{item.category}（{source}）"
    return f"{named}：{'，'.join(parts)}"
